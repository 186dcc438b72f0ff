"""Writing the record: one event for every change, in the same transaction, linked into its chain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from planner.domain import event as chained
from planner.domain.event import Happened, first_head
from planner.domain.money import Money
from planner.domain.people import User
from planner.models.base import moment_text
from planner.models.record import Chain, Event
from planner.usecases.transaction import Key

CITIZEN, READER, HOUSE = "citizen", "reader", "house"

_chain: Table = Chain.__table__  # type: ignore[assignment]  # declarative classes type it wider
_event: Table = Event.__table__  # type: ignore[assignment]  # as above

_LOCK = (
    select(_chain.c.id, _chain.c.length, _chain.c.head)
    .where(_chain.c.kind == bindparam("kind"), _chain.c.subject_id == bindparam("subject"))
    .with_for_update(key_share=True)
)
_GROW = update(_chain).where(_chain.c.id == bindparam("chain")).values(length=bindparam("seq"), head=bindparam("hash"))
_WRITE = insert(_event)


def _starting(dialect: Any) -> Any:  # noqa: ANN401 - the two dialects share no base class for this
    return dialect.insert(_chain).on_conflict_do_nothing(index_elements=["kind", "subject_id"])


_START = {"sqlite": _starting(sqlite), "postgresql": _starting(postgresql)}


@dataclass(frozen=True, slots=True)
class Link:
    """The place in a chain that the next record takes; the chain is locked until the transaction ends."""

    chain_id: int
    seq: int
    head: str


def open_link(session: Session, kind: str, subject_id: int) -> Link:
    """Lock a chain (starting it when it is new) and take its next place."""
    connection = session.connection()
    wanted = {"kind": kind, "subject": subject_id}
    found = connection.execute(_LOCK, wanted).one_or_none()
    if found is None:
        # Two may start it in the same moment: the second waits here, and then finds what the first began.
        new = {"kind": kind, "subject_id": subject_id, "length": 0, "head": first_head(kind, subject_id)}
        connection.execute(_START[connection.dialect.name], new)
        found = connection.execute(_LOCK, wanted).one()
    return Link(found.id, found.length + 1, found.head)


def close_link(session: Session, link: Link, head: str) -> None:
    """Let the chain end in a new record."""
    session.connection().execute(_GROW, {"chain": link.chain_id, "seq": link.seq, "hash": head})


def write(
    session: Session,
    link: Link,
    happened: Happened,
    *,
    by: User | None,
    at: datetime,
    key: Key | None = None,
    for_id: int | None = None,
    rows: Iterable[Sequence[str | None]] = (),
) -> None:
    """Write an event at its place; ``rows`` are the append-only rows of the same transaction, as text."""
    values: dict[str, Any] = {
        "chain_id": link.chain_id,
        "seq": link.seq,
        "key": key.text if key else None,
        "request_digest": key.body if key else None,
        "kind": happened.kind,
        "by_id": by.id if by else None,
        "for_id": for_id,
        "with_id": happened.with_id,
        "at": at,
        "facts": happened.facts,
        "rows_digest": chained.digest(rows),
    }
    values["hash"] = chained.link(link.head, as_text(_event, values, but={"hash"}))
    session.connection().execute(_WRITE, values)
    close_link(session, link, values["hash"])


def about_citizen(
    session: Session,
    citizen_id: int,
    happened: Happened,
    *,
    by: User | None,
    at: datetime,
    key: Key | None = None,
    rows: Iterable[Sequence[str | None]] = (),
) -> None:
    """Write an event in a citizen's chain; what others do for the citizen says so."""
    link = open_link(session, CITIZEN, citizen_id)
    write(session, link, happened, by=by, at=at, key=key, for_id=_for(by, citizen_id), rows=rows)


def about_house(session: Session, happened: Happened, *, by: User | None, at: datetime, key: Key | None = None) -> None:
    """Write an event that is about no citizen: staff, roles, files."""
    write(session, open_link(session, HOUSE, 0), happened, by=by, at=at, key=key)


def _for(by: User | None, citizen_id: int) -> int | None:
    return None if by is not None and by.id == citizen_id else citizen_id


def as_text(table: Table, values: Mapping[str, Any], but: Iterable[str] = ()) -> list[str | None]:
    """Write a row as text, column by column in table order: what is hashed, on both engines alike."""
    return [_text(values.get(column.name)) for column in table.columns if column.name not in but]


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return None if value is None else str(value.value) if isinstance(value, Enum) else value
    if isinstance(value, Money):
        return str(value.oere)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return chained.canonical(value)
    return str(value)
