"""I10: every reference leads somewhere, and SQLite's file is whole."""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, ForeignKeyConstraint, and_

from planner.models.base import Base
from planner.queries.verify.stream import Fault, Wanted, as_text

_SOUND = "ok"


def faults(connection: Connection) -> Iterator[Fault]:
    """Follow every reference of every table, and let SQLite look at its own file."""
    for table, dangling, said in _references():
        for row in connection.execute(dangling):
            yield "I10", f"{table} {'/'.join(str(part) for part in row)}: {said}"
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != _SOUND:
                yield "I10", f"the file: {line}"


@cache
def _references() -> tuple[tuple[str, Wanted, str], ...]:
    """Ask, for every reference of every table, for rows that refer to nothing."""
    return tuple(
        _reference(reference)
        for table in Base.metadata.sorted_tables
        for reference in sorted(table.foreign_key_constraints, key=lambda found: str(found.name))
    )


def _reference(reference: ForeignKeyConstraint) -> tuple[str, Wanted, str]:
    child, parent = reference.table, reference.referred_table.alias()
    pairs = [(child.c[part.parent.name], parent.c[part.column.name]) for part in reference.elements]
    dangling = (
        as_text(child.primary_key.columns)
        .outerjoin_from(child, parent, and_(*(own == other for own, other in pairs)))
        .where(*(own.is_not(None) for own, _ in pairs), pairs[0][1].is_(None))
        .order_by(*child.primary_key.columns)
    )
    names = ", ".join(own.name for own, _ in pairs)
    return child.name, dangling, f"{names} leads to no {reference.referred_table.name}"
