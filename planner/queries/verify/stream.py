"""Tables as they really stand: raw text, in order, a few thousand rows at a time, several tables side by side."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, Text, cast, select

Fault = tuple[str, str]
"""The invariant that does not hold, and a line that names the table and the key."""

Raw = Row[*tuple[Any, ...]]
"""A row with every column as text, which is what was hashed; a value may be anything when somebody changed it."""

Wanted = Select[*tuple[Any, ...]]
"""A question for such rows."""

Place = tuple[tuple[int, int, str], ...]
"""Where a row stands in the order of its table, comparable with rows of other tables."""

Placed = tuple[Place, str, Any]
"""A row with its place and the name of its table."""

_AT_ONCE = 2000


def as_text(columns: Iterable[ColumnElement[Any]]) -> Wanted:
    """Ask for columns as the text they are on both engines."""
    return select(*(cast(column, Text).label(column.key) for column in columns))


def stream(connection: Connection, wanted: Wanted) -> Iterator[Raw]:
    """Hand out rows without ever holding all of them."""
    with connection.execute(wanted, execution_options={"yield_per": _AT_ONCE}) as rows:
        yield from rows


def read(connection: Connection, table: Table, *order: str, where: Iterable[ColumnElement[bool]] = ()) -> Iterator[Raw]:
    """Read a whole table in order."""
    return stream(connection, as_text(table.columns).where(*where).order_by(*(table.c[name] for name in order)))


def placed(
    connection: Connection, table: Table, *by: str, then: Sequence[str] = (), only: Sequence[str] = ()
) -> Iterator[Placed]:
    """Read a table sorted ``by`` some columns and ``then`` others, to be walked together with tables sorted alike."""
    names = only or table.columns.keys()
    wanted = as_text(table.c[name] for name in names).where(*(table.c[name].is_not(None) for name in by))
    rows = stream(connection, wanted.order_by(*(table.c[name] for name in (*by, *then))))
    return at(rows, table.name, *(list(names).index(name) for name in by))


def at(rows: Iterable[Raw], name: str, *columns: int) -> Iterator[Placed]:
    """Give rows their places, by the values in some columns."""
    for row in rows:
        yield tuple([place(row[column]) for column in columns]), name, row


def together(*tables: Iterable[Placed]) -> Iterator[tuple[Place, Iterator[tuple[str, Any]]]]:
    """Walk tables side by side: for each key its rows with the name of their table, the tables in the order given."""
    for key, group in groupby(merge(*tables, key=itemgetter(0)), key=itemgetter(0)):
        yield key, ((name, row) for _, name, row in group)


def whole(text: str | None) -> int | None:
    """Read a whole number; nothing when it is none."""
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


@lru_cache(maxsize=50_000)
def place(text: str | None) -> tuple[int, int, str]:
    """Sort like the engine does: nothing first, then numbers, then whatever else stands there."""
    if text is None:
        return 0, 0, ""
    number = whole(text)
    return (2, 0, text) if number is None else (1, number, "")
