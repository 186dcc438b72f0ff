"""I9: what is kept beside the record agrees with it: digests, planned months, decisions, what was taken back."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Table, or_

from planner.domain.event import EventKind
from planner.models.base import Base
from planner.queries.verify.events import read_facts, text_of
from planner.queries.verify.stream import Fault, Raw, Wanted, as_text, placed, read, together, whole
from planner.queries.verify.versions import sent

_tables = Base.metadata.tables
_event, _entry, _chain = _tables["event"], _tables["entry"], _tables["chain"]
_decision, _purchase, _delivery = _tables["decision"], _tables["purchase"], _tables["delivery"]
_budget, _plan, _envelope = _tables["budget"], _tables["plan"], _tables["envelope"]


_TOLD = ("id", "kind", "oere", "occurred_on", "taken_back_at")
_MOVED = ("budget_id", "number", "kind", "oere", "occurred_on", "undoes")


def faults(connection: Connection) -> Iterator[Fault]:
    """Compare each thing that is kept with the record it follows from."""
    for line in (
        *_versions(connection),
        *_decisions(connection),
        *_used(connection, _purchase, "purchase_id"),
        *_used(connection, _delivery, "delivery_id"),
        *_of_others(connection),
    ):
        yield "I9", line


def _versions(connection: Connection) -> Iterator[str]:
    for version in sent(connection):
        if version.digest != version.given:
            yield f"plan_version {version.plan_id}/{version.number}: its digest is not that of its lines"
        yield from version.wrong_months


def _decisions(connection: Connection) -> Iterator[str]:
    digests = {(version.plan_id, version.number): version.digest for version in sent(connection)}
    told = dict(_told(connection))
    for row in read(connection, _decision, "id"):
        decided = (row.plan_id, row.number, row.digest, row.outcome, row.award_oere, row.by_id, row.at)
        if told.pop(row.id, None) != decided:
            yield f"decision {row.id}: is not what its event says"
        if digests.get((row.plan_id, row.number)) != row.digest:
            yield f"decision {row.id}: is not about what was sent"
    for decision in told:
        yield f"decision {decision}: is missing, an event tells of it"


def _told(connection: Connection) -> Iterator[tuple[str | None, tuple[str | None, ...]]]:
    approvals = read(connection, _event, "chain_id", "seq", where=[_event.c.kind == EventKind.PLAN_APPROVED])
    for row in approvals:
        facts = read_facts(row.facts)
        said = (text_of(facts, name) for name in ("plan", "number", "digest", "outcome", "award"))
        yield text_of(facts, "decision"), (*said, row.by_id, row.at)


def _used(connection: Connection, table: Table, column: str) -> Iterator[str]:
    """Compare purchases or deliveries with their entries: amount, day, and whether they were taken back."""
    told = [name for name in _TOLD if name in table.columns]
    walk = together(
        placed(connection, table, "id", only=told),
        placed(connection, _entry, column, only=(column, *_MOVED)),
    )
    for _, rows in walk:
        found = list(rows)
        entries = [row for name, row in found if name == "entry"]
        for name, row in found:
            if name == table.name:
                for line in _wrong(row, entries):
                    yield f"{name} {row.id}: {line}"


def _wrong(row: Raw, entries: list[Raw]) -> Iterator[str]:
    moving = "refund" if getattr(row, "kind", "") == "refund" else "pay"
    moved = [entry for entry in entries if entry.kind == moving and entry.undoes is None]
    amount = sum(whole(entry.oere) or 0 for entry in moved)
    if row.oere != str(amount):
        yield f"is of {row.oere} øre, its entries of {amount}"
    if any(entry.occurred_on != row.occurred_on for entry in moved):
        yield "happened on another day than its entries say"
    undone = {(entry.budget_id, entry.undoes) for entry in entries}
    back = bool(moved) and all((entry.budget_id, entry.number) in undone for entry in moved)
    if back != (row.taken_back_at is not None):
        yield f"its entries say that it was {'' if back else 'not '}taken back"


def _of_others(connection: Connection) -> Iterator[str]:
    """Look for rows that stand with another citizen than the record says."""
    for table in (_purchase, _delivery):
        column = _entry.c[f"{table.name}_id"]
        joined = as_text([table.c.id]).join_from(table, _entry, column == table.c.id)
        for row in connection.execute(_chained(joined, table.c.citizen_id).group_by(table.c.id)):
            yield f"{table.name} {row.id}: is another citizen's than its entries"
    joined = as_text([_budget.c.id]).join_from(_budget, _plan, _plan.c.id == _budget.c.plan_id)
    joined = joined.join(_entry, _entry.c.budget_id == _budget.c.id)
    for row in connection.execute(_chained(joined, _plan.c.citizen_id).group_by(_budget.c.id)):
        yield f"budget {row.id}: is another citizen's than its entries"


def _chained(joined: Wanted, citizen: ColumnElement[int]) -> Wanted:
    return joined.join(_chain, _chain.c.id == _entry.c.chain_id).where(
        or_(_chain.c.kind != "citizen", _chain.c.subject_id != citizen)
    )
