"""Goals, check-ins and answers: each is one event of its citizen, and only its citizen may."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from planner import clock
from planner.domain.chime import OffTheScale
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords, TooManyWords
from planner.domain.package import Chime
from planner.domain.people import User
from planner.models.base import db
from planner.models.plan import Goal
from planner.models.progress import CheckIn, ChimeAnswer
from planner.models.record import Event
from planner.usecases import goals
from planner.usecases.transaction import AlreadyDone, Key, KeyReused
from tests import factories


@pytest.fixture
def bo(in_app: Flask) -> User:
    return factories.user(factories.make_town().bo)


def kinds() -> list[EventKind]:
    """Read what happened, without how the town was made."""
    db.session.remove()
    made = (EventKind.UNIT_ADDED, EventKind.PERSON_ADDED, EventKind.ROLE_GIVEN)
    return list(db.session.scalars(db.select(Event.kind).where(Event.kind.not_in(made)).order_by(Event.seq)))


def test_each_step_of_a_goal_is_one_event(bo: User) -> None:
    more: dict[str, Any] = {"by": bo, "at": clock.now()}
    goal = goals.write("Ro", **more)
    goals.reword(goal, "Mere ro", **more)
    goals.pause(goal, **more)
    goals.resume(goal, **more)
    goals.put_away(goal, **more)
    goals.check_in(goal, 0, **more)
    goals.answer_chime({Chime.HOPE: 10}, **more)

    assert kinds() == [
        EventKind.GOAL_WRITTEN,
        EventKind.GOAL_CHANGED,
        EventKind.GOAL_PAUSED,
        EventKind.GOAL_RESUMED,
        EventKind.GOAL_PUT_AWAY,
        EventKind.CHECKED_IN,
        EventKind.CHIME_ANSWERED,
    ]


def test_no_event_holds_what_was_written(bo: User) -> None:
    goal = goals.write("Hemmeligt", by=bo, at=clock.now())
    goals.check_in(goal, 3, "Også hemmeligt", by=bo, at=clock.now())

    db.session.remove()
    assert "emmeligt" not in str(list(db.session.scalars(db.select(Event.facts))))


@pytest.mark.parametrize(
    "act",
    [
        lambda goal, **more: goals.reword(goal, "x", **more),
        goals.pause,
        goals.resume,
        goals.put_away,
        lambda goal, **more: goals.check_in(goal, 5, **more),
    ],
)
def test_nobody_touches_anothers_goal(bo: User, act: Callable[..., object]) -> None:
    goal = goals.write("Ro", by=bo, at=clock.now())
    before = kinds()

    for stranger in (bo.id + 1, bo.id - 7):
        with pytest.raises(NotFound):
            act(goal, by=factories.user(stranger), at=clock.now())
    with pytest.raises(NotFound):
        act(goal + 1, by=bo, at=clock.now())

    assert kinds() == before


@pytest.mark.parametrize(
    ("score", "words", "refusal"),
    [(11, "", OffTheScale), (-1, "x", OffTheScale), (None, " ", NoWords), (1, "x" * 501, TooManyWords)],
)
def test_a_check_in_that_says_nothing_or_too_much_is_refused(
    bo: User, score: int | None, words: str, refusal: type[Exception]
) -> None:
    goal = goals.write("Ro", by=bo, at=clock.now())

    with pytest.raises(refusal):
        goals.check_in(goal, score, words, by=bo, at=clock.now())

    db.session.remove()
    assert db.session.scalars(db.select(CheckIn)).all() == []


def test_answers_are_whole_or_not_at_all(bo: User) -> None:
    with pytest.raises(OffTheScale):
        goals.answer_chime({Chime.HOPE: 3, Chime.MEANING: 11}, by=bo, at=clock.now())
    with pytest.raises(NoWords):
        goals.answer_chime({}, by=bo, at=clock.now())

    db.session.remove()
    assert db.session.scalars(db.select(ChimeAnswer)).all() == []


def test_a_key_carries_a_check_in_out_once(bo: User) -> None:
    goal = goals.write("Ro", by=bo, at=clock.now())
    key = Key("k", "body")
    goals.check_in(goal, 5, by=bo, at=clock.now(), key=key)

    with pytest.raises(AlreadyDone):
        goals.check_in(goal, 5, by=bo, at=clock.now(), key=key)
    with pytest.raises(KeyReused):
        goals.check_in(goal, 6, by=bo, at=clock.now(), key=Key("k", "other"))

    db.session.remove()
    assert len(db.session.scalars(db.select(CheckIn)).all()) == 1


def test_letters_that_no_database_keeps_do_no_harm(bo: User) -> None:
    goal = goals.write("Ro\0 på\ud800", by=bo, at=clock.now())

    db.session.remove()
    assert db.session.get_one(Goal, goal).words == "Ro på"
