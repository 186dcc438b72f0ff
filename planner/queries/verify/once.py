"""I4: nothing counts twice: no key, no undoing, no more money back from a shop than went there."""

from collections.abc import Iterator

from sqlalchemy import Connection, func

from planner.domain.ledger import EntryKind
from planner.models.base import Base
from planner.queries.verify.stream import Fault, as_text, place, stream, whole

_event, _entry, _purchase = (Base.metadata.tables[name] for name in ("event", "entry", "purchase"))

_UNDONE_BY = {
    EntryKind.PAY: EntryKind.REVERSE,
    EntryKind.COMMIT: EntryKind.RELEASE,
    EntryKind.RELEASE: EntryKind.COMMIT,
    EntryKind.REFUND: EntryKind.PAY,
}


def faults(connection: Connection) -> Iterator[Fault]:
    """Look for what has two effects, or an effect that is too large."""
    for line in (*_keys(connection), *_undone_twice(connection), *_undone(connection), *_refunds(connection)):
        yield "I4", line


def _keys(connection: Connection) -> Iterator[str]:
    twice = as_text([_event.c.key]).where(_event.c.key.is_not(None)).group_by(_event.c.key).having(func.count() > 1)
    for row in connection.execute(twice):
        yield f"event: the key {row.key[:40]} stands on more than one"


def _undone_twice(connection: Connection) -> Iterator[str]:
    which = (_entry.c.budget_id, _entry.c.undoes)
    twice = as_text(which).where(_entry.c.undoes.is_not(None)).group_by(*which).having(func.count() > 1)
    for row in connection.execute(twice):
        yield f"entry {row.budget_id}/{row.undoes}: is undone more than once"


def _undone(connection: Connection) -> Iterator[str]:
    old = _entry.alias()
    undoing = as_text(
        (
            *(_entry.c[name] for name in ("budget_id", "number", "kind", "oere")),
            *(old.c[name].label(f"old_{name}") for name in ("number", "kind", "oere")),
        )
    ).outerjoin_from(_entry, old, (old.c.budget_id == _entry.c.budget_id) & (old.c.number == _entry.c.undoes))
    for row in stream(connection, undoing.where(_entry.c.undoes.is_not(None))):
        named, undone = f"entry {row.budget_id}/{row.number}", _UNDONE_BY.get(row.old_kind)
        if undone is None or row.kind != undone or place(row.old_number) >= place(row.number):
            yield f"{named}: undoes what it cannot undo"
        elif (whole(row.oere) or 0) > (whole(row.old_oere) or 0):
            yield f"{named}: undoes {row.oere} øre of an entry of {row.old_oere}"


def _refunds(connection: Connection) -> Iterator[str]:
    back = _purchase.alias()
    returned = func.sum(back.c.oere)
    wanted = (
        as_text((_purchase.c.id, _purchase.c.oere, returned.label("returned")))
        .join_from(_purchase, back, back.c.refund_of == _purchase.c.id)
        .where(back.c.taken_back_at.is_(None))
        .group_by(_purchase.c.id, _purchase.c.oere)
        .having(returned > _purchase.c.oere)
    )
    for row in connection.execute(wanted):
        yield f"purchase {row.id}: {row.returned} øre came back of {row.oere}"
