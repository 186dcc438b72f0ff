"""Races: two processes want the same in the same moment; one gets it, the other a business answer."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from planner import clock
from planner.domain.money import Money
from planner.domain.people import RoleKind
from planner.models.base import db
from planner.models.budget import Entry, Envelope
from planner.models.purchase import Purchase
from planner.models.record import Chain
from planner.queries import verify
from planner.usecases import composing, deliveries, people, plans
from tests import factories
from tests.faults import jobs
from tests.faults.crew import Crew, Job
from tests.ledger.copies import Filled
from tests.ledger.history import History

ROUNDS = 12


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    crew = Crew()
    yield crew
    crew.go_home()


@pytest.fixture
def url(filled: Filled) -> Iterator[str]:
    with filled.opened("race") as url:
        yield url


@pytest.fixture
def history(filled: Filled, url: str) -> History:
    return filled.told


def unsound() -> list[str]:
    db.session.remove()
    return [fault for check in verify.checks() for fault in check.faults]


def stands(envelope: int) -> Envelope:
    db.session.remove()
    return db.session.get_one(Envelope, envelope)


@pytest.mark.parametrize("room", [1, 7, 25])
@pytest.mark.parametrize("line", ["", "fritid-badminton"])
def test_of_twice_as_many_purchases_as_there_is_room_for_half_are_made(
    line: str, room: int, history: History, url: str, crew: Crew
) -> None:
    envelope, free = history.bo.envelope(line), history.bo.envelope()
    there_is = stands(free).available + (stands(envelope).committed if line else Money(0))
    price = there_is.oere // room
    spent = stands(envelope).paid

    said = crew.together(url, [Job(jobs.buy, (history.town.bo, envelope, price, room))] * 2)

    assert Counter(said[0] + said[1]) == {"done": room, "BudgetExceeded": room}
    assert stands(envelope).paid - spent == Money(price * room)
    assert stands(free).available == Money(there_is.oere - price * room)
    assert unsound() == []


def test_the_same_request_twenty_times_at_once_has_one_effect(history: History, url: str, crew: Crew) -> None:
    """It uses up the money, so that who comes second must hear that it is done, and not that nothing is left."""
    free = history.bo.envelope()
    everything, before = stands(free).available, db.session.scalar(select(func.count()).select_from(Purchase))

    said = crew.together(url, [Job(jobs.buy_with_one_key, (history.town.bo, free, everything.oere, 10))] * 2)

    assert Counter(said[0] + said[1]) == {"done": 1, "AlreadyDone": 19}
    assert stands(free).available == Money(0)
    assert db.session.scalar(select(func.count()).select_from(Purchase)) == before + 1
    assert unsound() == []


def exactly_one(said: list[list[str]], losers: set[str]) -> None:
    """Expect of every round that one was done and the other refused for one of some reasons."""
    for pair in zip(*said, strict=True):
        assert "done" in pair, pair
        assert set(pair) - {"done"} <= losers, pair
        assert len(set(pair)) == 2, pair


def sent_plans(history: History) -> list[tuple[plans.Sent, str]]:
    bo = factories.user(history.town.bo)
    found = []
    for _ in range(ROUNDS):
        plan_id = factories.open_course(history.town)
        factories.compose(plan_id, bo, "peer-individuel", own=("En stol",))
        sent = factories.submit(plan_id, bo)
        found.append((sent, factories.digest_of(plan_id, sent.number)))
    return found


def test_of_two_approvals_one_counts(history: History, url: str, crew: Crew) -> None:
    sent = sent_plans(history)

    said = crew.together(url, [Job(jobs.approve, (who, sent)) for who in (history.town.mette, history.town.karen)])

    exactly_one(said, {"NotNow", "PlanChanged"})
    for plan, _ in sent:
        assert _awards(plan.plan_id) == [Money.kroner(30_000)]
    assert unsound() == []


def test_a_plan_is_approved_or_taken_back_but_never_both(history: History, url: str, crew: Crew) -> None:
    sent = sent_plans(history)

    said = crew.together(
        url, [Job(jobs.approve, (history.town.mette, sent)), Job(jobs.withdraw, (history.town.bo, sent))]
    )

    exactly_one(said, {"NotNow", "PlanChanged"})
    assert [_awards(plan.plan_id) for plan, _ in sent] == [
        [Money.kroner(30_000)] if won == "done" else [] for won in said[0]
    ]
    assert unsound() == []


def _awards(plan_id: int) -> list[Money]:
    db.session.remove()
    awards = select(Entry.oere).join(factories.versions.Budget, factories.versions.Budget.id == Entry.budget_id)
    return list(db.session.scalars(awards.where(factories.versions.Budget.plan_id == plan_id, Entry.kind == "award")))


def bought(history: History) -> list[int]:
    bo, free = factories.user(history.town.bo), history.bo.envelope()
    return [factories.buy(free, 10, bo).purchase_id for _ in range(ROUNDS)]


def test_a_purchase_is_taken_back_once(history: History, url: str, crew: Crew) -> None:
    which = bought(history)

    said = crew.together(url, [Job(jobs.take_back, (who, which)) for who in (history.town.bo, history.town.ali)])

    exactly_one(said, {"AlreadyTakenBack"})
    assert unsound() == []


def test_the_money_for_a_purchase_comes_back_once(history: History, url: str, crew: Crew) -> None:
    which = bought(history)

    said = crew.together(url, [Job(jobs.refund, (history.town.bo, which, 1_000))] * 2)

    exactly_one(said, {"RefundTooLarge"})
    assert unsound() == []


def test_a_purchase_is_refunded_or_taken_back_but_never_both(history: History, url: str, crew: Crew) -> None:
    which = bought(history)

    said = crew.together(
        url, [Job(jobs.refund, (history.town.bo, which, 1)), Job(jobs.take_back, (history.town.bo, which))]
    )

    exactly_one(said, {"TooManyBack", "AlreadyTakenBack"})
    assert unsound() == []


def test_a_part_of_a_service_is_delivered_once(history: History, url: str, crew: Crew) -> None:
    mette = factories.user(history.town.mette)
    items = [running.items["peer-individuel"] for running in (history.bo, history.lis)]
    for name in ("delivery", "delivery_of_lis"):
        deliveries.take_back(history.ids[name], by=mette, at=clock.now())

    said = crew.together(url, [Job(jobs.deliver, (history.town.mette, items))] * 2)

    exactly_one(said, {"PartDelivered"})
    assert unsound() == []


def test_a_decision_and_purchases_do_not_stop_each_other(history: History, url: str, crew: Crew) -> None:
    plan_id, bo, free = history.bo.plan_id, factories.user(history.town.bo), history.bo.envelope()
    plans.revise(plan_id, by=bo, at=clock.now())
    composing.remove_line(plan_id, history.bo.items["fritid-badminton"], by=bo, at=clock.now())
    sent = factories.submit(plan_id, bo)
    decided = [(sent, factories.digest_of(plan_id, sent.number))]

    said = crew.together(
        url, [Job(jobs.approve, (history.town.karen, decided)), Job(jobs.buy, (history.town.bo, free, 100, 60))]
    )

    assert said == [["done"], ["done"] * 60]
    assert unsound() == []


def test_two_first_looks_are_both_written(history: History, url: str, crew: Crew) -> None:
    at = clock.now()
    readers = [people.add_person(f"Læser {number}", by=None, at=at) for number in range(ROUNDS)]

    said = crew.together(url, [Job(jobs.look, (readers, history.town.north, history.town.bo))] * 2)

    assert said == [["done"] * ROUNDS] * 2
    assert _lengths("reader", readers) == [2] * ROUNDS
    assert unsound() == []


def test_two_first_events_of_a_citizen_both_happen(history: History, url: str, crew: Crew) -> None:
    at = clock.now()
    citizens = [people.add_person(f"Borger {number}", by=None, at=at) for number in range(ROUNDS)]
    for citizen in citizens:
        people.give_role(citizen, people.NewRole(kind=RoleKind.CITIZEN, first_day=clock.today()), by=None, at=at)

    said = crew.together(url, [Job(jobs.write_goals, (citizens,))] * 2)

    assert said == [["done"] * ROUNDS] * 2
    assert _lengths("citizen", citizens) == [2] * ROUNDS
    assert unsound() == []


def _lengths(kind: str, subjects: list[int]) -> list[int]:
    db.session.remove()
    chains = select(Chain.length).where(Chain.kind == kind, Chain.subject_id.in_(subjects))
    return list(db.session.scalars(chains))
