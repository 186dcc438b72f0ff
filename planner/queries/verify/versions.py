"""Sent plan versions as they stand in the tables, with the digests that their rows give."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from planner.domain.event import digest
from planner.models.base import Base
from planner.queries.verify.stream import Raw, placed, together, whole

_tables = Base.metadata.tables
_PARTS = {
    "plan_version": (),
    "plan_line": ("item_id",),
    "line_month": ("item_id", "month"),
    "line_goal": ("item_id", "goal_id"),
}
"""The tables that a version stands in, and how its rows are sorted."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A frozen version: the digest it has, the digest its lines give, and that of all its rows for the event."""

    plan_id: str
    number: str
    digest: str
    given: str
    rows_digest: str
    wrong_months: tuple[str, ...]


def sent(connection: Connection) -> Iterator[Sent]:
    """Walk version by version; drafts are left out."""
    parts_of = (placed(connection, _tables[name], "plan_id", "number", then=then) for name, then in _PARTS.items())
    walk = together(*parts_of)
    for _, rows in walk:
        parts: dict[str, list[Raw]] = {name: [] for name in _PARTS}
        for name, row in rows:
            parts[name].append(row)
        for version in parts["plan_version"]:
            if version.digest is not None:
                yield _sent(version, parts)


def _sent(version: Raw, parts: dict[str, list[Raw]]) -> Sent:
    rows = [row for name in ("plan_line", "line_month", "line_goal") for row in parts[name]]
    return Sent(
        version.plan_id,
        version.number,
        version.digest,
        digest(rows),
        digest([*parts["plan_version"], *rows]),
        tuple(_wrong_months(parts)),
    )


def _wrong_months(parts: dict[str, list[Raw]]) -> Iterator[str]:
    for line in parts["plan_line"]:
        months = sum(whole(month.oere) or 0 for month in parts["line_month"] if month.item_id == line.item_id)
        if line.cost_oere != str(months):
            yield (
                f"plan_line {line.plan_id}/{line.number}/{line.item_id}: costs {line.cost_oere} øre,"
                f" its months sum to {months}"
            )
