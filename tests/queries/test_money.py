"""What the citizen's pages read about money: parts that add up, month sums, the estimate, movements one by one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from planner import clock
from planner.domain.ledger import Balance, EntryKind
from planner.domain.money import ZERO, Money
from planner.domain.period import month_of
from planner.models.base import db
from planner.queries import home, money, movements
from planner.queries import purchases as own_purchases
from planner.queries.money import OwnBudget
from planner.usecases import courses, deliveries, purchases, readings
from tests import factories
from tests.days import on
from tests.factories import Running, Town

if TYPE_CHECKING:
    from flask import Flask

JANUARY = date(2026, 1, 1)
MAY = date(2026, 5, 16)


@pytest.fixture
def town(in_app: "Flask") -> Iterator[Town]:
    with on(JANUARY):
        yield factories.make_town()


@pytest.fixture
def running(town: Town) -> Running:
    """Bo's plan for half a year: curtains for 600 kr., a peer, and free money."""
    return factories.run_plan(town, "peer-individuel", days=181)


def of(citizen: int) -> OwnBudget:
    db.session.remove()
    found = money.of_citizen(citizen)[0].own
    assert found is not None
    return found


def buy(running: Running, town: Town, day: date, kroner: int | str, name: str = "") -> int:
    with on(day):
        return factories.buy(running.envelope(name), kroner, factories.user(town.bo)).purchase_id


def test_the_pots_of_a_budget_are_the_whole_amount(town: Town, running: Running) -> None:
    buy(running, town, MAY, 250)
    buy(running, town, MAY, "99.95", "Nye gardiner")

    budget = of(town.bo)

    assert budget.balance == Balance(Money.kroner("24550.00"), Money.kroner("5100.05"), Money.kroner("349.95"))
    assert budget.balance.total == Money.kroner(30_000)
    assert [pot.package_id or pot.title for pot in budget.pots if pot.item_id] == ["peer-individuel", "Nye gardiner"]


def test_a_plan_without_a_budget_tells_what_may_be_expected(town: Town) -> None:
    factories.open_course(town, amount=25_000)

    (plan,) = money.of_citizen(town.bo)

    assert (plan.own, plan.expected, plan.adviser) == (None, Money.kroner(25_000), "Mette Kjær")
    assert money.of_citizen(town.lis) == ()


def test_help_that_the_municipality_pays_is_another_budget(town: Town) -> None:
    factories.run_plan(town, "peer-individuel", template="drawing")

    (plan,) = money.of_citizen(town.bo)

    assert [(b.own, b.balance.total) for b in plan.budgets] == [
        (True, Money.kroner(30_000)),
        (False, Money.kroner(4_600)),
    ]


def test_the_plan_that_runs_comes_before_the_next_and_the_last(town: Town) -> None:
    first = factories.open_course(town, days=90)
    second = factories.open_course(town, days=90, first_day=JANUARY + timedelta(200))
    third = factories.open_course(town, days=90, first_day=JANUARY + timedelta(400))
    plans = money.of_citizen(town.bo)

    def on_day(days: int) -> int | None:
        found = money.current(plans, JANUARY + timedelta(days))
        return found.id if found else None

    assert [on_day(days) for days in (0, 89, 90, 199, 200, 300, 400, 900)] == [
        *(first, first, second, second),
        *(second, third, third, third),
    ]
    assert money.current((), JANUARY) is None


def test_what_can_be_bought_from_is_what_the_citizen_chose_and_has_left(town: Town, running: Running) -> None:
    def buyable() -> list[str]:
        return [pot.title or pot.kind.value for pot in of(town.bo).pots if pot.buyable]

    assert buyable() == ["free", "Nye gardiner"]
    buy(running, town, MAY, 600, "Nye gardiner")
    assert buyable() == ["free"]


def test_month_sums_count_by_the_day_of_buying_and_net(town: Town, running: Running) -> None:
    buy(running, town, date(2026, 3, 31), 100)
    bought = buy(running, town, MAY, 300)
    with on(MAY):
        purchases.refund(bought, Money.kroner(50), MAY, by=factories.user(town.bo), at=clock.now())
    buy(running, town, MAY, 40, "Nye gardiner")

    paid = money.paid_by_month(of(town.bo).id)

    assert {m: a for m, a in money.spent_in(paid).items() if a} == {
        "2026-03": Money.kroner(100),
        "2026-05": Money.kroner(290),
    }
    assert paid[running.envelope("Nye gardiner")]["2026-05"] == Money.kroner(40)


def test_the_estimate_of_a_worked_example(town: Town, running: Running) -> None:
    """16 May 2026, 45 days before the last of 181: line by line, and the free money at its pace.

    Curtains: 40 kr. used, 560 kr. set aside, and their 600 kr. were planned for January, so nothing more: 40 kr.
    The peer: 4.600 kr. for 181 days, nothing used; May and June are 61 of them: 4.600 × 61/181 = 1.550,28 kr.
    Free money: 900 kr. in April, all of it in the last 90 days, so 10 kr. a day for 45 days: 900 + 450 kr.
    """
    buy(running, town, date(2026, 2, 3), 40, "Nye gardiner")
    buy(running, town, date(2026, 4, 15), 900)
    with on(MAY):
        budget = of(town.bo)
        planned = money.planned_from(running.plan_id, month_of(MAY))
        guess = money.estimate(budget, money.paid_by_month(budget.id), planned, MAY)

    assert (budget.period.last_day - MAY).days == 45
    assert guess == Money.kroner("2940.28")


def test_the_estimate_takes_the_planned_months_up_to_what_is_set_aside(town: Town, running: Running) -> None:
    budget = of(town.bo)
    planned = money.planned_from(running.plan_id, "2026-01")

    whole = money.estimate(budget, {}, planned, JANUARY)

    assert whole == budget.balance.committed
    assert planned[running.items["Nye gardiner"]] == Money.kroner(600)
    assert money.estimate(budget, {}, {item: Money.kroner(90_000) for item in planned}, JANUARY) == whole


def test_one_row_for_a_purchase_money_back_and_help_that_was_given(town: Town, running: Running) -> None:
    first = buy(running, town, date(2026, 1, 3), 300)
    with on(date(2026, 1, 5)):
        citizen, mette = factories.user(town.bo), factories.user(town.mette)
        back = purchases.refund(first, Money.kroner(50), date(2026, 1, 4), by=citizen, at=clock.now())
        deliveries.deliver(running.items["peer-individuel"], "1", JANUARY, by=mette, at=clock.now())
        wrong = factories.buy(running.envelope("Nye gardiner"), 700, citizen, dearer_agreed=True)
        purchases.take_back(wrong.purchase_id, by=citizen, at=clock.now())
    budget = of(town.bo)

    page = movements.movements(budget.id, town.bo)

    assert [(m.kind, m.purchase_id, m.taken_back, m.by) for m in page.rows] == [
        (EntryKind.PAY, wrong.purchase_id, True, "Bo Madsen"),
        (EntryKind.PAY, None, False, "Mette Kjær"),
        (EntryKind.REFUND, back.purchase_id, False, "Bo Madsen"),
        (EntryKind.PAY, first, False, "Bo Madsen"),
    ]
    assert (page.rows[1].part, page.rows[1].which) == ("phase", "1")
    assert page.older is None


def test_money_back_that_is_taken_back_is_still_one_row(town: Town, running: Running) -> None:
    bought = buy(running, town, JANUARY, 300)
    with on(JANUARY):
        citizen = factories.user(town.bo)
        back = purchases.refund(bought, Money.kroner(50), JANUARY, by=citizen, at=clock.now())
        purchases.take_back(back.purchase_id, by=citizen, at=clock.now())
    budget = of(town.bo)

    rows = movements.movements(budget.id, town.bo).rows

    assert [(m.purchase_id, m.taken_back) for m in rows] == [(back.purchase_id, True), (bought, False)]
    assert budget.balance.paid == Money.kroner(300)


def test_pages_of_movements_hold_each_once_the_newest_first(town: Town, running: Running) -> None:
    bought = [buy(running, town, JANUARY, 1) for _ in range(2 * movements.PAGE + 1)]
    budget = of(town.bo)
    seen: list[int | None] = []
    before: int | None = None
    pages = 0
    while before or not pages:
        page = movements.movements(budget.id, town.bo, before)
        seen += [m.purchase_id for m in page.rows]
        before, pages = page.older, pages + 1

    assert pages == 3
    assert seen == bought[::-1]


def test_an_objection_and_its_answer_stand_with_the_payment(town: Town, running: Running) -> None:
    buy(running, town, JANUARY, 300)
    buy(running, town, JANUARY, 200)
    budget = of(town.bo)
    newer, older = movements.movements(budget.id, town.bo).rows
    with on(MAY):
        citizen, mette = factories.user(town.bo), factories.user(town.mette)
        said = deliveries.object_to(budget.id, older.number, "Det var ikke mig", by=citizen, at=clock.now())
        assert_waiting(budget, older.number, town)
        deliveries.answer(said, "Vi ser på det", by=mette, at=clock.now())

    rows = movements.movements(budget.id, town.bo).rows

    assert rows[0].number == newer.number
    assert rows[0].said == ()
    assert [(s.words, s.answer, s.answered_by) for s in rows[1].said] == [
        ("Det var ikke mig", "Vi ser på det", "Mette Kjær")
    ]


def assert_waiting(budget: OwnBudget, number: int, town: Town) -> None:
    found = movements.movement(budget.id, number, town.bo)
    assert found is not None
    assert [(s.answer, s.answered_by) for s in found.said] == [(None, None)]


def test_only_payments_are_movements(town: Town, running: Running) -> None:
    budget = of(town.bo)

    assert movements.movements(budget.id, town.bo).rows == ()
    assert movements.movement(budget.id, 1, town.bo) is None


def test_the_postings_of_a_budget_are_every_entry_in_order(town: Town, running: Running) -> None:
    bought = buy(running, town, MAY, 300)
    budget = of(town.bo)

    postings = movements.postings(budget.id)

    assert [p.number for p in postings] == list(range(1, len(postings) + 1))
    assert [p.transfer.kind for p in postings[-2:]] == [EntryKind.COMMIT, EntryKind.PAY]
    assert movements.postings_of(bought) == postings[-2:]


def test_a_purchase_knows_what_can_still_come_back_and_whether_it_can_be_taken_back(
    town: Town, running: Running
) -> None:
    bought = buy(running, town, JANUARY, 300)

    def seen(purchase: int) -> tuple[Money, bool]:
        db.session.remove()
        found = own_purchases.of_citizen(town.bo, purchase)
        assert found is not None
        return found.refundable, found.can_be_taken_back

    assert seen(bought) == (Money.kroner(300), True)
    with on(MAY):
        citizen = factories.user(town.bo)
        back = purchases.refund(bought, Money.kroner(120), MAY, by=citizen, at=clock.now()).purchase_id
        assert seen(bought) == (Money.kroner(180), False)
        assert seen(back) == (ZERO, True)
        purchases.take_back(back, by=citizen, at=clock.now())
        assert seen(bought) == (Money.kroner(300), True)
        purchases.take_back(bought, by=citizen, at=clock.now())
    assert seen(bought) == (ZERO, False)
    assert own_purchases.of_citizen(town.lis, bought) is None


def test_looks_are_counted_by_the_months_of_denmark(town: Town) -> None:
    look = readings.Look("caseworker", town.north, "caseworker.review", "decide")
    mette = factories.user(town.mette)
    before_midnight = datetime(2026, 4, 30, 23, 59, tzinfo=clock.COPENHAGEN)
    for moment in (
        before_midnight,
        before_midnight + timedelta(minutes=2),
        before_midnight + timedelta(days=31, minutes=2),
    ):
        readings.write(look, [town.bo], by=mette, at=moment)

    assert home.counts(town.bo, None, None, MAY).looks == 1
    assert home.counts(town.lis, None, None, MAY).looks == 0


def test_an_ended_course_keeps_what_was_paid(town: Town, running: Running) -> None:
    buy(running, town, MAY, 300)
    with on(MAY):
        courses.end_course(running.plan_id, by=factories.user(town.mette), at=clock.now())

    budget = of(town.bo)

    assert budget.ended
    assert budget.balance == Balance(paid=Money.kroner(300))
