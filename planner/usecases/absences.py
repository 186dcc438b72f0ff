"""When the citizen is not there: days on which nothing is planned."""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from planner.domain.away import check_away
from planner.domain.errors import NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.people import User
from planner.domain.period import Period
from planner.models.composing import Away
from planner.usecases import record
from planner.usecases.transaction import Key, transaction

LONGEST_REASON = 100


def write(period: Period, words: str = "", *, by: User, at: datetime, key: Key | None = None) -> int:
    """Write some days down and return their id. Raises ``AwayTooLong`` and ``TooManyWords``."""
    check_away(period)
    said = checked_words(words, LONGEST_REASON) if words.strip() else None
    with transaction(key, by) as session:
        days = {"first_day": period.first_day, "last_day": period.last_day}
        values = {"citizen_id": by.id, **days, "words": said, "at": at}
        away_id = session.scalars(insert(Away).values(values).returning(Away.id)).one()
        _happened(session, EventKind.AWAY_WRITTEN, away_id, by=by, at=at, key=key)
        return away_id


def remove(away_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Take some days back. Raises ``NotFound``."""
    with transaction(key, by) as session:
        own = delete(Away).where(Away.id == away_id, Away.citizen_id == by.id).returning(Away.id)
        if session.scalars(own).one_or_none() is None:
            raise NotFound
        _happened(session, EventKind.AWAY_REMOVED, away_id, by=by, at=at, key=key)


def _happened(session: Session, kind: EventKind, away_id: int, *, by: User, at: datetime, key: Key | None) -> None:
    record.about_citizen(session, by.id, Happened(kind, {"away": away_id}), by=by, at=at, key=key)
