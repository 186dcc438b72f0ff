"""The figures of finance: every grouping adds up to the øre, every figure is the sum of its entries, at one price."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select, text

from planner import clock
from planner.domain.errors import DomainError
from planner.domain.forecast import free_estimate, line_estimate
from planner.domain.ledger import Balance, EnvelopeKind
from planner.domain.money import ZERO, Money
from planner.domain.period import Period, add_months, month_of
from planner.models.base import db
from planner.models.budget import Budget, Envelope, MonthSum
from planner.models.plan import Decision, LineMonth, Plan, PlanItem, PlanLine, PlanVersion
from planner.queries import budgets, finance
from planner.queries.finance import FREE_MONEY, OWN_LINE, Figures, Grouping, Scope
from planner.queries.postings import Measure, Wanted, all_postings, postings
from planner.usecases import courses, deliveries, purchases
from planner.usecases.transaction import transaction
from tests import factories
from tests.days import MONDAY, on
from tests.statements import counted

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import Running, Town

SEEDS = (1, 2)
_MIXES = (("peer-individuel", "fritid-badminton"), ("mbsr",), ("cti", "trivselskort"))


@pytest.fixture
def town(in_app: "Flask") -> Iterator["Town"]:
    """Make the town four months ago, so that a history fits behind it."""
    with on(MONDAY - timedelta(120)):
        made = factories.make_town()
    with on(MONDAY):
        yield made


def history(town: "Town", seed: int) -> None:
    """Let three citizens live through four months: purchases, money back, mistakes, help, a change, an end."""
    chance = random.Random(seed)
    runs = []
    with on(MONDAY - timedelta(119)):
        for citizen, mix in zip((town.bo, town.lis, town.bo), _MIXES, strict=True):
            runs.append((citizen, _running(town, citizen, mix, chance)))
    for days in range(110, -1, -5):
        with on(MONDAY - timedelta(days)):
            citizen, plan = chance.choice(runs)
            _live(town, citizen, plan, chance)
    with on(MONDAY):
        courses.end_course(runs[-1][1].plan_id, by=factories.user(town.mette), at=clock.now())


def _running(town: "Town", citizen: int, mix: tuple[str, ...], chance: random.Random) -> "Running":
    template, amount = chance.choice((("full", 90_000), ("drawing", 40_000)))
    plan_id = factories.open_course(town, citizen=citizen, template=template, amount=amount)
    by = factories.user(citizen)
    items = factories.compose(plan_id, by, *mix, own=("Nye gardiner",))
    factories.approve(town, factories.submit(plan_id, by), amount, by=town.karen)
    return factories.Running(plan_id, items)


def _live(town: "Town", citizen: int, plan: "Running", chance: random.Random) -> None:
    by = factories.user(citizen)
    amount = f"{chance.randint(1, 400)}.{chance.randint(0, 99):02d}"
    where = chance.choice(("", "Nye gardiner", *plan.items))
    try:
        if where in plan.items and chance.random() < 0.3:
            deliveries.deliver(plan.items[where], "1", clock.today(), by=factories.user(town.mette), at=clock.now())
        done = factories.buy(
            plan.envelope(where), amount, by, dearer_agreed=chance.random() < 0.7, last=chance.random() < 0.1
        )
        if chance.random() < 0.3:
            purchases.refund(done.purchase_id, Money.kroner("0.50"), clock.today(), by=by, at=clock.now())
        elif chance.random() < 0.3:
            purchases.take_back(done.purchase_id, by=by, at=clock.now())
    except DomainError:
        pass  # What the rules refuse moves no money.


def scope(town: "Town", **bounds: str) -> Scope:
    return Scope(frozenset({1, town.north, town.south}), **bounds)


def balances() -> Balance:
    db.session.remove()
    return sum((envelope.balance for envelope in db.session.scalars(select(Envelope))), Balance())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rows_of_every_grouping_add_up_to_the_money_there_is(seed: int, town: "Town") -> None:
    history(town, seed)
    there = balances()

    for grouping in Grouping:
        found = finance.overview(scope(town), grouping, MONDAY)

        total = sum((row.figures for row in found.rows), Figures())
        assert (total.granted, total.committed, total.spent) == (there.total, there.committed, there.paid)
        assert (total.free, found.total.free) == (there.available, there.available)
        assert grouping is Grouping.MONTH or total.estimate == found.total.estimate


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_the_sum_of_the_entries_it_leads_to(seed: int, town: "Town") -> None:
    history(town, seed)

    for bounds in ({}, {"first": "2026-02", "last": "2026-03"}):
        whole = scope(town, **bounds)
        for grouping in Grouping:
            found = finance.overview(whole, grouping, MONDAY)
            for measure in Measure:
                _check(Wanted(whole), measure, getattr(found.total, measure))
                for row in found.rows:
                    _check(_rows_of(row.key, grouping, whole), measure, getattr(row.figures, measure))


def _rows_of(key: str, grouping: Grouping, whole: Scope) -> Wanted:
    if grouping is Grouping.MONTH:
        return Wanted(Scope(whole.units, key, key))
    return Wanted(whole, **{grouping.value: key})


def _check(wanted: Wanted, measure: Measure, figure: Money) -> None:
    listed = all_postings(wanted, measure, 10_000)
    page = postings(wanted, measure, 1)

    assert Money.sum(row.amounts.of(measure) for row in listed) == figure
    assert page.total.of(measure) == figure
    assert page.place.total == len(listed)
    assert all(row.amounts.of(measure) for row in listed)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_estimate_is_the_sum_of_the_rows_it_leads_to(seed: int, town: "Town") -> None:
    history(town, seed)

    for bounds in ({}, {"last": "2026-07"}, {"first": "2026-03"}, {"last": "2026-03"}):
        whole = scope(town, **bounds)
        for grouping in (Grouping.PACKAGE, Grouping.ACCOUNT):
            found = finance.overview(whole, grouping, MONDAY)
            assert budgets.estimates(Wanted(whole), MONDAY, 1).estimate == found.total.estimate
            for row in found.rows:
                led = budgets.estimates(_rows_of(row.key, grouping, whole), MONDAY, 1)
                assert led.estimate == row.figures.estimate == Money.sum(each.estimate for each in led.rows)


def test_what_is_set_aside_counts_as_granted_to_its_line(town: "Town") -> None:
    with on(MONDAY - timedelta(1)):
        plan = factories.run_plan(town, "fritid-badminton")
        factories.buy(plan.envelope("fritid-badminton"), 300, factories.user(town.bo))
        factories.buy(plan.envelope(), 100, factories.user(town.bo))
    there = balances()

    rows = {row.key: row.figures for row in finance.overview(scope(town), Grouping.PACKAGE, MONDAY).rows}

    badminton, own, free = rows["fritid-badminton"], rows[OWN_LINE], rows[FREE_MONEY]
    assert (badminton.granted, badminton.spent) == (Money.kroner("739.73"), Money.kroner(300))
    assert (own.granted, own.committed) == (Money.kroner(600), Money.kroner(600))
    assert (free.spent, free.free) == (Money.kroner(100), there.available)
    assert all(row.granted == row.committed + row.spent + row.free for row in rows.values())


def test_the_money_of_other_units_does_not_count(town: "Town") -> None:
    factories.run_plan(town)

    assert finance.overview(Scope(frozenset({town.south})), Grouping.PACKAGE, MONDAY).rows == ()
    assert finance.overview(Scope(frozenset({town.north})), Grouping.PACKAGE, MONDAY).total.granted.oere > 0
    assert postings(Wanted(Scope(frozenset({town.south}))), None, 1).place.total == 0
    assert budgets.budget(frozenset({town.south}), 1) is None
    assert budgets.estimates(Wanted(Scope(frozenset({town.south}))), MONDAY, 1).place.total == 0


def test_a_time_without_money_shows_zeros(town: "Town") -> None:
    factories.run_plan(town)

    found = finance.overview(scope(town, first="2020-01", last="2020-12"), Grouping.PACKAGE, MONDAY)

    assert (found.rows, found.total) == ((), Figures())


# The estimate for many budgets is written in SQL; the rule is that of the domain.


def scatter(town: "Town", chance: random.Random, count: int = 50) -> None:
    """Write budgets of every age straight into the tables, with sums and plans of every size."""
    with transaction() as session:
        for _ in range(count):
            first = MONDAY + timedelta(chance.randint(-400, 40))
            days = {"first_day": first, "last_day": first + timedelta(chance.randint(1, 500))}
            opened: dict[str, Any] = {"opened_by": town.mette, "opened_at": clock.now(), "template_id": 1}
            base = {"citizen_id": town.bo, "unit_id": chance.choice((town.north, town.south)), **opened, **days}
            plan = session.scalars(
                insert(Plan).values(**base, indicative_oere=Money(1), lock_version=0).returning(Plan.id)
            ).one()
            budget = session.scalars(
                insert(Budget).values(plan_id=plan, source_id=1, entries=0, **days).returning(Budget.id)
            ).one()
            session.execute(insert(PlanVersion).values(plan_id=plan, number=1))
            decided = {"plan_id": plan, "number": 1, "digest": "x", "legal_basis_id": 1, "outcome": "granted"}
            session.execute(insert(Decision).values(**decided, award_oere=ZERO, by_id=town.mette, at=clock.now()))
            _free_money(session, chance, budget, base["unit_id"])
            _line(session, chance, plan, budget, days)


def _free_money(session: Any, chance: random.Random, budget: int, unit: int) -> None:
    sums = {"available": Money(chance.randint(0, 10**7)), "committed": ZERO}
    months = {month_of(add_months(MONDAY, -back)): Money(chance.randint(-9_999, 99_999)) for back in range(6)}
    values = {"budget_id": budget, "kind": EnvelopeKind.FREE, "account_string": "A", **sums}
    envelope = session.scalars(
        insert(Envelope)
        .values(**values, paid=Money(max(0, sum(m.oere for m in months.values()))))
        .returning(Envelope.id)
    ).one()
    for month, paid in months.items():
        cell = {"envelope_id": envelope, "month": month, "account_string": "A", "unit_id": unit}
        session.execute(insert(MonthSum).values(**cell, awarded=ZERO, committed=ZERO, paid=paid))


def _line(session: Any, chance: random.Random, plan: int, budget: int, days: dict[str, date]) -> None:
    item = session.scalars(
        insert(PlanItem).values(plan_id=plan, kind="budget_item", package_id="cti").returning(PlanItem.id)
    ).one()
    line = {"plan_id": plan, "number": 1, "item_id": item}
    session.execute(
        insert(PlanLine).values(
            **line, kind="budget_item", title="", terms={}, category="other", cost_oere=ZERO, **days
        )
    )
    for ahead in range(-2, 4):
        month = month_of(add_months(MONDAY, ahead))
        session.execute(insert(LineMonth).values(**line, month=month, oere=Money(chance.randint(0, 9_999))))
    sums = {"available": ZERO, "committed": Money(chance.randint(0, 40_000)), "paid": ZERO}
    values = {"budget_id": budget, "kind": EnvelopeKind.ITEM, "item_id": item, "account_string": "B"}
    session.execute(insert(Envelope).values(**values, **sums))


def by_the_domain() -> Money:
    """Estimate envelope by envelope with the rules of the domain."""
    db.session.remove()
    estimate = ZERO
    for envelope, budget in db.session.execute(select(Envelope, Budget).join(Budget, Budget.id == Envelope.budget_id)):
        cells = db.session.scalars(select(MonthSum).where(MonthSum.envelope_id == envelope.id))
        paid = {cell.month: cell.paid for cell in cells}
        spent = Money.sum(paid.values())
        if envelope.kind is EnvelopeKind.FREE:
            estimate += free_estimate(spent, envelope.available, paid, budget.period, MONDAY)
        else:
            planned = select(LineMonth.oere).where(LineMonth.item_id == envelope.item_id, LineMonth.month >= "2026-05")
            estimate += line_estimate(spent, envelope.committed, Money.sum(db.session.scalars(planned)))
    return estimate


@pytest.mark.parametrize("seed", SEEDS)
def test_the_estimate_is_the_domains_for_every_budget(seed: int, town: "Town") -> None:
    scatter(town, random.Random(seed))

    expected = by_the_domain()

    assert finance.overview(scope(town), Grouping.PACKAGE, MONDAY).total.estimate == expected
    assert budgets.estimates(Wanted(scope(town)), MONDAY, 1).estimate == expected


@pytest.mark.parametrize("last", ["2026-03", "2026-06"])
def test_an_estimate_until_a_month_expects_nothing_after_it(last: str, town: "Town") -> None:
    scatter(town, random.Random(last))
    db.session.remove()
    envelopes = db.session.execute(select(Envelope, Budget).join(Budget, Budget.id == Envelope.budget_id)).all()
    expected = ZERO
    for envelope, budget in envelopes:
        cells = select(MonthSum.month, MonthSum.paid).where(MonthSum.envelope_id == envelope.id)
        paid = {month: amount for month, amount in db.session.execute(cells)}  # noqa: C416 - rows into a mapping
        spent = Money.sum(amount for month, amount in paid.items() if month <= last)
        if envelope.kind is EnvelopeKind.FREE:
            end = min(budget.last_day, add_months(date.fromisoformat(f"{last}-01"), 1) - timedelta(1))
            days = Period(budget.first_day, max(budget.first_day, end))
            expected += free_estimate(spent, envelope.available, paid, days, MONDAY)
        else:
            months = (LineMonth.month >= "2026-05", LineMonth.month <= last)
            planned = select(LineMonth.oere).where(LineMonth.item_id == envelope.item_id, *months)
            expected += line_estimate(spent, envelope.committed, Money.sum(db.session.scalars(planned)))

    assert finance.overview(scope(town, last=last), Grouping.PACKAGE, MONDAY).total.estimate == expected


_BY_HAND = text(
    """
    SELECT CASE WHEN e.kind <> 'item' THEN 'free_money' WHEN i.package_id IS NULL THEN 'own_line'
                ELSE i.package_id END AS part, SUM(m.awarded), SUM(m.committed), SUM(m.paid)
    FROM month_sum m JOIN envelope e ON e.id = m.envelope_id LEFT JOIN plan_item i ON i.id = e.item_id
    GROUP BY 1
    """
)


def test_the_overview_says_what_a_hand_written_query_says(town: "Town") -> None:
    history(town, 7)
    scatter(town, random.Random(7))
    db.session.remove()
    by_hand = {part: tuple(map(int, sums)) for part, *sums in db.session.execute(_BY_HAND)}

    rows = {row.key: row.figures for row in finance.overview(scope(town), Grouping.PACKAGE, MONDAY).rows}

    assert {key: (row.committed.oere, row.spent.oere) for key, row in rows.items() if key in by_hand} == {
        part: (committed, paid) for part, (_, committed, paid) in by_hand.items()
    }
    assert sum(row.granted.oere for row in rows.values()) == sum(awarded for awarded, _, _ in by_hand.values())


@pytest.mark.only_sqlite
def test_every_question_costs_the_same_few_statements_whatever_the_history(town: "Town", now: datetime) -> None:
    history(town, 5)
    everywhere, asked = Wanted(scope(town)), []

    for _ in range(2):
        with counted() as statements:
            for grouping in Grouping:
                finance.overview(scope(town), grouping, MONDAY)
            budgets.estimates(everywhere, MONDAY, 1)
            postings(everywhere, None, 1)
            budgets.budget(scope(town).units, 1)
        asked.append([statement for statement in statements if not statement.startswith("BEGIN")])
        db.session.remove()
        scatter(town, random.Random(5))

    assert len(asked[0]) == len(asked[1]) == 3 + 2 + 2 + 2


@pytest.mark.only_sqlite
def test_the_overview_reads_sums_and_never_entries(town: "Town") -> None:
    with counted() as statements:
        for grouping in Grouping:
            finance.overview(scope(town), grouping, MONDAY)

    assert len(statements) >= 3
    assert not [statement for statement in statements if " entry" in statement.lower()]
