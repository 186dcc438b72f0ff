"""I10: every reference leads somewhere, and SQLite's file is whole."""

from collections.abc import Iterator

from sqlalchemy import Connection, ForeignKeyConstraint, and_

from planner.models.base import Base
from planner.queries.verify.stream import Fault, as_text

_SOUND = "ok"


def faults(connection: Connection) -> Iterator[Fault]:
    """Follow every reference of every table, and let SQLite look at its own file."""
    for table in Base.metadata.sorted_tables:
        for reference in sorted(table.foreign_key_constraints, key=lambda found: str(found.name)):
            for line in _dangling(connection, reference):
                yield "I10", line
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != _SOUND:
                yield "I10", f"the file: {line}"


def _dangling(connection: Connection, reference: ForeignKeyConstraint) -> Iterator[str]:
    child, parent = reference.table, reference.referred_table.alias()
    pairs = [(child.c[part.parent.name], parent.c[part.column.name]) for part in reference.elements]
    wanted = (
        as_text(child.primary_key.columns)
        .outerjoin_from(child, parent, and_(*(own == other for own, other in pairs)))
        .where(*(own.is_not(None) for own, _ in pairs), pairs[0][1].is_(None))
        .order_by(*child.primary_key.columns)
    )
    names = ", ".join(own.name for own, _ in pairs)
    for row in connection.execute(wanted):
        key = "/".join(str(part) for part in row)
        yield f"{child.name} {key}: {names} leads to no {reference.referred_table.name}"
