"""Somebody with the keys to the database: no triggers, no references, no checks stand in their way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Table, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from planner.models import Base

FROZEN = (
    "EXISTS (SELECT 1 FROM plan_version v WHERE v.plan_id = {table}.plan_id AND v.number = {table}.number"
    " AND v.digest IS NOT NULL)"
)
APPEND_ONLY = {
    "entry": "1 = 1",
    "event": "1 = 1",
    "reading": "1 = 1",
    "reading_of": "1 = 1",
    "plan_version": "digest IS NOT NULL",
    "plan_line": FROZEN.format(table="plan_line"),
    "line_month": FROZEN.format(table="line_month"),
    "line_goal": FROZEN.format(table="line_goal"),
}
"""The tables whose rows are never changed, and which rows of them: a draft may still be written."""

Key = tuple[Any, ...]


def table_of(name: str) -> Table:
    return Base.metadata.tables[name]


def key_columns(table: str) -> list[str]:
    return [column.name for column in table_of(table).primary_key.columns]


@contextmanager
def unguarded(url: str) -> Iterator["Attacker"]:
    """Open a database past all that guards it."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            _unguard_sqlite(connection)
        else:
            _unguard_postgresql(connection)
        yield Attacker(connection)
    engine.dispose()


def _unguard_sqlite(connection: Connection) -> None:
    for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON"):
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    for (trigger,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")


def _unguard_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql("SET session_replication_role = replica")
    for table in inspect(connection).get_table_names():
        for check in inspect(connection).get_check_constraints(table):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {check['name']}")


class Attacker:
    """Changes what must never change."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def run(self, statement: str, **values: Any) -> None:
        self.connection.execute(text(statement), values)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Read the rows that stand for good, in the order of their keys."""
        found = text(f"SELECT * FROM {table} WHERE {APPEND_ONLY[table]} ORDER BY {', '.join(key_columns(table))}")
        return [dict(row._mapping) for row in self.connection.execute(found)]

    def loosen(self, table: str) -> None:
        """Make a table anew without types that hold, keys or constraints, so that anything can stand in it."""
        self.run(f"CREATE TABLE loose AS SELECT * FROM {table}")
        self.run(f"DROP TABLE {table}{'' if self.connection.dialect.name == 'sqlite' else ' CASCADE'}")
        self.run(f"ALTER TABLE loose RENAME TO {table}")

    def change(self, table: str, row: dict[str, Any], column: str, value: Any) -> dict[str, Any]:
        """Change one column of one row and hand out the row as it is now."""
        where = " AND ".join(f"{name} = :key_{name}" for name in key_columns(table))
        keys = {f"key_{name}": row[name] for name in key_columns(table)}
        self.run(f"UPDATE {table} SET {column} = :value WHERE {where}", value=value, **keys)
        return {**row, column: value}

    def delete(self, table: str, row: dict[str, Any]) -> None:
        where = " AND ".join(f"{name} = :{name}" for name in key_columns(table))
        self.run(f"DELETE FROM {table} WHERE {where}", **{name: row[name] for name in key_columns(table)})

    def insert(self, table: str, row: dict[str, Any]) -> None:
        self.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", **row)


def other_values(column: Column[Any], value: Any) -> Sequence[Any]:
    """Think of values that are not the one that stands there: near by, far away, empty, and rubbish."""
    nothing = [None] if column.nullable and value is not None else []
    if column.name in {"facts", "terms"}:
        return ["{}", "[]", "rubbish", "[" * 100_000, f" {value}", *nothing]
    if isinstance(value, int) or (value is None and column.type.python_type is int):
        far = [] if column.primary_key else [-(2**31)]
        return [999_983 if column.primary_key else (value or 0) + 1, *far, *nothing]
    if not value:
        return ["x"]
    return [value[:-1] + chr(ord(value[-1]) + 1), "", *nothing]
