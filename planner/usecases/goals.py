"""The citizen's goals in own words, and how they go."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from planner import clock
from planner.domain import chime
from planner.domain.chime import OffTheScale
from planner.domain.errors import NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import NoWords, checked_words
from planner.domain.package import Chime
from planner.domain.people import User
from planner.models.plan import Goal
from planner.models.progress import CheckIn, ChimeAnswer
from planner.usecases import record
from planner.usecases.transaction import Key, transaction

LONGEST_GOAL = 500


def write(words: str, *, by: User, at: datetime, key: Key | None = None) -> int:
    """Write a goal of one's own and return its id. Raises ``NoWords`` and ``TooManyWords``."""
    said = checked_words(words, LONGEST_GOAL)
    with transaction(key, by) as session:
        values = {"citizen_id": by.id, "words": said, "said_by": by.id, "started_on": clock.local(at).date()}
        goal_id = session.scalars(insert(Goal).values(values).returning(Goal.id)).one()
        _happened(session, EventKind.GOAL_WRITTEN, goal_id, by=by, at=at, key=key)
        return goal_id


def reword(goal_id: int, words: str, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Say a goal in other words. Raises ``NoWords``, ``TooManyWords`` and ``NotFound``."""
    said = checked_words(words, LONGEST_GOAL)
    with transaction(key, by) as session:
        _own(session, goal_id, by).words = said
        _happened(session, EventKind.GOAL_CHANGED, goal_id, by=by, at=at, key=key)


def pause(goal_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Put a goal on pause; no reason is asked for. Raises ``NotFound``."""
    with transaction(key, by) as session:
        _own(session, goal_id, by).paused_on = clock.local(at).date()
        _happened(session, EventKind.GOAL_PAUSED, goal_id, by=by, at=at, key=key)


def resume(goal_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Take a goal up again that was paused or put away. Raises ``NotFound``."""
    with transaction(key, by) as session:
        goal = _own(session, goal_id, by)
        goal.paused_on = goal.ended_on = None
        _happened(session, EventKind.GOAL_RESUMED, goal_id, by=by, at=at, key=key)


def put_away(goal_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Put a goal away; it can be taken up again. Raises ``NotFound``."""
    with transaction(key, by) as session:
        _own(session, goal_id, by).ended_on = clock.local(at).date()
        _happened(session, EventKind.GOAL_PUT_AWAY, goal_id, by=by, at=at, key=key)


def check_in(
    goal_id: int, score: int | None, words: str = "", *, by: User, at: datetime, key: Key | None = None
) -> int:
    """Say how a goal goes: 0 to 10, own words, or both. Raises ``OffTheScale``, ``NoWords`` and ``NotFound``."""
    if score is not None and not chime.LOWEST <= score <= chime.HIGHEST:
        raise OffTheScale(score)
    if score is None and not words.strip():
        raise NoWords
    said = checked_words(words, LONGEST_GOAL) if words.strip() else None
    with transaction(key, by) as session:
        goal = _own(session, goal_id, by)
        values = {"citizen_id": by.id, "goal_id": goal.id, "score": score, "words": said, "at": at, "by_id": by.id}
        check_in_id = session.scalars(insert(CheckIn).values(values).returning(CheckIn.id)).one()
        happened = Happened(EventKind.CHECKED_IN, {"goal": goal.id, "check_in": check_in_id})
        record.about_citizen(session, by.id, happened, by=by, at=at, key=key)
        return check_in_id


def answer_chime(answers: Mapping[Chime, int], *, by: User, at: datetime, key: Key | None = None) -> int:
    """Answer any of the five CHIME scales. Raises ``OffTheScale``, and ``NoWords`` when none is answered."""
    given = chime.checked(answers)
    if not given:
        raise NoWords
    with transaction(key, by) as session:
        values = {"citizen_id": by.id, "at": at, "by_id": by.id} | {p.value: v for p, v in given.items()}
        answer_id = session.scalars(insert(ChimeAnswer).values(values).returning(ChimeAnswer.id)).one()
        happened = Happened(EventKind.CHIME_ANSWERED, {"answer": answer_id, "scales": len(given)})
        record.about_citizen(session, by.id, happened, by=by, at=at, key=key)
        return answer_id


def _own(session: Session, goal_id: int, by: User) -> Goal:
    goal = session.get(Goal, goal_id, with_for_update={"key_share": True})
    if goal is None or goal.citizen_id != by.id:
        raise NotFound
    return goal


def _happened(session: Session, kind: EventKind, goal_id: int, *, by: User, at: datetime, key: Key | None) -> None:
    record.about_citizen(session, by.id, Happened(kind, {"goal": goal_id}), by=by, at=at, key=key)
