"""The only place that commits: what happens inside happens whole, once, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from planner.domain.errors import Conflict, DomainError, NotFound
from planner.domain.event import EventKind, Facts
from planner.domain.people import User
from planner.models.base import db
from planner.models.record import Event


@dataclass(frozen=True, slots=True)
class Key:
    """The idempotency key of a request: made when its form was shown; ``body`` is a digest of what was sent."""

    text: str
    body: str


class AlreadyDone(DomainError):
    """The same request was carried out before: its event says when and what; nothing happened again."""

    code = "already_done"

    def __init__(self, kind: EventKind, at: datetime, facts: Facts) -> None:
        super().__init__(kind, at)
        self.kind = kind
        self.at = at
        self.facts = facts


class KeyReused(DomainError):
    """The key belongs to another request of the same person (422)."""

    code = "key_reused"


class Busy(Conflict):
    """The database was held by others for too long; nothing was changed, try again."""

    code = "busy"


_BY_KEY = select(Event.by_id, Event.request_digest, Event.kind, Event.at, Event.facts).where(
    Event.key == bindparam("key")
)
_RETRIABLE = frozenset({"40001", "40P01", "55P03"})


@contextmanager
def transaction(key: Key | None = None, by: User | None = None) -> Iterator[Session]:
    """Open a session of its own, commit at the end, or roll back and let the error travel.

    With a ``key``: raises ``AlreadyDone`` when the same person sent the same before, ``KeyReused`` when the body
    differs, ``NotFound`` for anybody else. A unique clash becomes ``Conflict``: the rules were checked before
    writing, so a clash means that somebody was quicker.
    """
    db.session.remove()
    engine: Engine = db.engine.execution_options(sqlite_write=True)
    try:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session
    except IntegrityError as clash:
        _refuse_repeat(key, by)
        raise Conflict from clash
    except DomainError:
        # The very same request may have been carried out before, or by another while this one waited for a lock:
        # its answer is "already done", not that nothing is left.
        _refuse_repeat(key, by)
        raise
    except OperationalError as failure:
        if _retriable(failure):
            raise Busy from failure
        raise


@contextmanager
def in_one_go(session: Session) -> Iterator[None]:
    """Send what is written inside without waiting for each answer, where the driver can; at the end all are in.

    Only for statements from which nothing is read. Their errors come at the end, as the errors they always are.
    """
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    error = connection.dialect.loaded_dbapi.Error
    try:
        with driver.pipeline():
            yield
    except error as failure:
        raise DBAPIError.instance(None, None, failure, error, dialect=connection.dialect) from failure


def _refuse_repeat(key: Key | None, by: User | None) -> None:
    """Refuse a key that was used before. Asked only when something was refused: the event of a repeat must clash."""
    if key is None:
        return
    with Session(db.engine) as session:
        before = session.execute(_BY_KEY, {"key": key.text}).one_or_none()
    if before is None:
        return
    if before.by_id != (by.id if by else None):
        raise NotFound
    if before.request_digest != key.body:
        raise KeyReused
    raise AlreadyDone(before.kind, before.at, before.facts)


def _retriable(failure: OperationalError) -> bool:
    return getattr(failure.orig, "sqlstate", None) in _RETRIABLE or "locked" in str(failure.orig)
