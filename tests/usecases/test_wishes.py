"""Wishes: answered with a reason, and what a yes widens."""

from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.adjustment import Wanted
from planner.domain.allowed import BeyondBounds
from planner.domain.choices import Choices
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords
from planner.domain.wish import WishOver, WishState, state
from planner.models.base import db
from planner.models.composing import Wish
from planner.models.plan import PlanLine
from planner.models.record import Event
from planner.usecases import choices, wishes
from tests import factories
from tests.factories import CATALOGUE, Town


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def wish(town: Town, weeks: int = 26) -> tuple[int, int, int]:
    """Let Bo wish that the second visit phase of CTI lasts so many weeks; hand out plan, item and wish."""
    plan_id = factories.open_course(town, days=400)
    item = factories.compose(plan_id, factories.user(town.bo), "cti")["cti"]
    [wish_id] = ask(town, plan_id, item, weeks)
    return plan_id, item, wish_id


def ask(town: Town, plan_id: int, item: int, weeks: int, words: str = "Jeg flytter to gange i år.") -> tuple[int, ...]:
    wanted = Wanted({"weeks.3": weeks}, clock.today(), words)
    return choices.choose(plan_id, item, wanted, catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())


def answer(wish_id: int, by: int, *, granted: bool = True, reason: str = "Det giver god mening.") -> None:
    wishes.answer(wish_id, granted=granted, reason=reason, by=factories.user(by), at=clock.now())


def chosen(plan_id: int, item: int) -> Choices:
    db.session.remove()
    return Choices.of(db.session.get_one(PlanLine, (plan_id, 1, item)).terms)


def test_a_yes_widens_the_bounds_of_this_line_and_changes_no_plan_by_itself(town: Town) -> None:
    plan_id, item, wish_id = wish(town)

    answer(wish_id, town.mette)

    assert chosen(plan_id, item) == Choices()
    assert ask(town, plan_id, item, 26, words="") == ()
    assert chosen(plan_id, item) == Choices({"weeks.3": 26}, {"weeks.3": 26})
    with pytest.raises(BeyondBounds):
        ask(town, plan_id, item, 27, words="")


def test_what_was_granted_can_be_sent(town: Town) -> None:
    plan_id = factories.open_course(town, days=400, amount=60_000)
    item = factories.compose(plan_id, factories.user(town.bo), "cti")["cti"]
    [wish_id] = ask(town, plan_id, item, 26)
    answer(wish_id, town.mette)
    ask(town, plan_id, item, 26, words="")

    sent = factories.submit(plan_id, factories.user(town.bo))

    assert db.session.get_one(PlanLine, (plan_id, sent.number, item)).period.weeks == 56


def test_a_no_has_a_reason_too_and_the_bounds_stay(town: Town) -> None:
    plan_id, item, wish_id = wish(town)

    answer(wish_id, town.mette, granted=False, reason="Metoden er på ni måneder.")

    found = db.session.get_one(Wish, wish_id)
    assert (found.granted, found.reason, found.answered_by) == (False, "Metoden er på ni måneder.", town.mette)
    with pytest.raises(BeyondBounds):
        ask(town, plan_id, item, 26, words="")


def test_an_answer_without_a_reason_is_refused(town: Town) -> None:
    _, _, wish_id = wish(town)

    with pytest.raises(NoWords):
        answer(wish_id, town.mette, reason="  ")


def test_a_wish_is_answered_once(town: Town) -> None:
    _, _, wish_id = wish(town)
    answer(wish_id, town.mette)

    with pytest.raises(WishOver):
        answer(wish_id, town.karen, granted=False)


def test_whoever_works_elsewhere_or_has_another_part_finds_no_wish(town: Town) -> None:
    _, _, wish_id = wish(town)

    for other in (town.finn, town.jens, town.ali, town.bo, town.lis):
        with pytest.raises(NotFound):
            answer(wish_id, other)


def test_the_citizen_takes_a_wish_back_and_then_nobody_answers_it(town: Town) -> None:
    _, _, wish_id = wish(town)

    wishes.take_back(wish_id, by=factories.user(town.bo), at=clock.now())

    with pytest.raises(WishOver):
        answer(wish_id, town.mette)
    with pytest.raises(WishOver):
        wishes.take_back(wish_id, by=factories.user(town.bo), at=clock.now())
    with pytest.raises(NotFound):
        wishes.take_back(wish_id, by=factories.user(town.lis), at=clock.now())


def test_every_step_of_a_wish_is_in_the_record(town: Town) -> None:
    plan_id, item, wish_id = wish(town)
    answer(wish_id, town.mette)

    answered = db.select(Event).where(Event.kind == EventKind.WISH_ANSWERED)
    last = db.session.scalars(answered).one()
    assert (last.kind, last.facts) == (EventKind.WISH_ANSWERED, {"plan": plan_id, "item": item, "wish": wish_id})


def test_a_granted_day_is_a_day_the_line_may_start(town: Town) -> None:
    plan_id = factories.open_course(town, days=400)
    item = factories.compose(plan_id, factories.user(town.bo), "cti")["cti"]
    late = clock.today() + timedelta(weeks=20)
    bo = factories.user(town.bo)
    [wish_id] = choices.choose(
        plan_id, item, Wanted({}, late, "Jeg flytter først der."), catalogue=CATALOGUE, by=bo, at=clock.now()
    )
    answer(wish_id, town.mette)

    assert choices.choose(plan_id, item, Wanted({}, late), catalogue=CATALOGUE, by=bo, at=clock.now()) == ()
    db.session.remove()
    assert db.session.get_one(PlanLine, (plan_id, 1, item)).first_day == late


@pytest.mark.parametrize(
    ("granted", "taken_back", "expected"),
    [
        (None, False, WishState.OPEN),
        (None, True, WishState.TAKEN_BACK),
        (True, False, WishState.GRANTED),
        (False, False, WishState.DECLINED),
    ],
)
def test_where_a_wish_stands_follows_from_its_answer(granted: bool | None, taken_back: bool, expected: str) -> None:
    assert state(granted=granted, taken_back=taken_back) is expected
