"""I5: every chain of events and readings gapless, its hashes recomputed, its head and length as kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from planner.domain.event import first_head, link
from planner.models.base import Base
from planner.queries.verify.stream import Fault, Placed, Raw, placed, together, whole

_tables = Base.metadata.tables
_chain, _event, _reading, _reading_of = (_tables[name] for name in ("chain", "event", "reading", "reading_of"))

_HOLDS = {"citizen": "event", "house": "event", "reader": "reading"}
"""What each kind of chain is made of."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A record of a chain: what its hash is made from, and whose chain it belongs in, where it says so."""

    table: str
    row: Raw
    hashed: tuple[str | None, ...]
    about: str | None


@dataclass(slots=True)
class _Chain:
    """A chain as it is walked."""

    kept: Raw | None = None
    head: str = ""
    length: int = 0

    @classmethod
    def of(cls, kept: Raw) -> "_Chain":
        """Begin with whose chain it is."""
        return cls(kept, first_head(kept.kind, whole(kept.subject_id) or 0))

    def add(self, record: _Record) -> Iterator[str]:
        """Follow the chain by one record."""
        row, named = record.row, f"{record.table} {record.row.chain_id}/{record.row.seq}"
        number = whole(row.seq)
        if number != self.length + 1:
            yield f"{named}: follows after number {self.length}"
        if row.hash != link(self.head, record.hashed):
            yield f"{named}: its hash does not follow from what it says and from the one before"
        if self.kept is not None and _HOLDS.get(self.kept.kind) != record.table:
            yield f"{named}: does not belong in a chain of kind {self.kept.kind}"
        if self.kept is not None and self.kept.kind == "citizen" and record.about != self.kept.subject_id:
            yield f"{named}: is about person {record.about} and stands in the chain of {self.kept.subject_id}"
        self.head = row.hash
        self.length = self.length + 1 if number is None else number

    def close(self, chain_id: str | None) -> Iterator[str]:
        """Compare where the chain ends with what is kept."""
        if self.kept is None:
            yield f"chain {chain_id}: is missing, {self.length} records stand in it"
            return
        if self.kept.length != str(self.length):
            yield f"chain {chain_id}: is {self.kept.length} long, its last record has number {self.length}"
        if self.kept.head != self.head:
            yield f"chain {chain_id}: does not end in its last record"


def faults(connection: Connection) -> Iterator[Fault]:
    """Walk chain by chain."""
    walk = together(placed(connection, _chain, "id"), _events(connection), _readings(connection))
    for _, rows in walk:
        chain, chain_id = _Chain(), None
        for table, row in rows:
            if table == "chain":
                chain, chain_id = _Chain.of(row), row.id
            else:
                chain_id = row.row.chain_id
                for line in chain.add(row):
                    yield "I5", line
        for line in chain.close(chain_id):
            yield "I5", line


def _events(connection: Connection) -> Iterator[Placed]:
    for key, table, row in placed(connection, _event, "chain_id", then=["seq"]):
        yield key, table, _Record(table, row, _but_hash(row), row.for_id or row.by_id)


def _readings(connection: Connection) -> Iterator[Placed]:
    walk = together(
        placed(connection, _reading, "chain_id", "seq"),
        placed(connection, _reading_of, "chain_id", "seq", then=["citizen_id"]),
    )
    for key, rows in walk:
        found = list(rows)
        shown = tuple(row.citizen_id for table, row in found if table == "reading_of")
        for table, row in found:
            if table == "reading":
                yield key[:1], table, _Record(table, row, (*_but_hash(row), *shown), None)


def _but_hash(row: Raw) -> tuple[str | None, ...]:
    hashed = row._fields.index("hash")
    return (*row[:hashed], *row[hashed + 1 :])
