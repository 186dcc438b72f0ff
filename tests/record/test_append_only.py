"""The database itself refuses to change history, whoever asks."""

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from planner.models.base import db
from tests.ledger.history import History
from tests.record.attack import APPEND_ONLY, key_columns, table_of

_FROZEN = [table for table, rows in APPEND_ONLY.items() if rows != "1 = 1"]


def _refused(statement: str) -> bool:
    """Try a statement as the app's own connection; tell whether it was refused."""
    try:
        with db.engine.begin() as connection:
            done = connection.execute(text(statement))
            assert done.rowcount != 0, "nothing was there to change"
    except DBAPIError as refusal:
        return "append-only" in str(refusal.orig) or "frozen" in str(refusal.orig)
    return False


def _rows(table: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_that_stands_is_not_changed_in_any_column(table: str, history: History) -> None:
    before = _rows(table)

    allowed = [
        column.name
        for column in table_of(table).columns
        if not _refused(f"UPDATE {table} SET {column.name} = {column.name} WHERE {APPEND_ONLY[table]}")
    ]

    assert allowed == []
    assert _rows(table) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_that_stands_is_not_deleted(table: str, history: History) -> None:
    before = _rows(table)

    assert _refused(f"DELETE FROM {table} WHERE {APPEND_ONLY[table]}")
    assert _rows(table) == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_table_is_emptied_at_once(table: str, history: History, engine: str) -> None:
    emptying = f"TRUNCATE {table} CASCADE" if engine == "postgresql" else f"DELETE FROM {table}"

    assert _refused(emptying)


@pytest.mark.only_sqlite
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_that_stands_is_not_replaced_by_another(table: str, history: History) -> None:
    assert _refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {APPEND_ONLY[table]} LIMIT 1")


@pytest.mark.parametrize("table", [table for table in _FROZEN if table != "plan_version"])
def test_nothing_is_added_to_a_sent_version(table: str, history: History) -> None:
    last = key_columns(table)[-1]
    new = {"month": "'2031-01'", "goal_id": "goal_id + 1", "item_id": "item_id + 1"}[last]
    columns = [column.name for column in table_of(table).columns]
    values = ", ".join(new if name == last else name for name in columns)

    assert _refused(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {APPEND_ONLY[table]} LIMIT 1"
    )


@pytest.mark.parametrize("table", _FROZEN)
def test_a_draft_may_still_be_written(table: str, history: History) -> None:
    with db.engine.begin() as connection:
        draft = _draft(connection, table, history)
        done = connection.execute(text(f"UPDATE {table} SET number = number WHERE plan_id = {draft} AND number = 99"))

        assert done.rowcount >= 1


def test_exactly_these_tables_are_guarded(history: History, engine: str) -> None:
    triggers = {
        "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    with db.engine.connect() as connection:
        assert set(connection.execute(text(triggers[engine])).scalars()) == {*APPEND_ONLY, "package_version"}
        assert set(APPEND_ONLY) <= set(inspect(connection).get_table_names())


def _draft(connection: Connection, table: str, history: History) -> int:
    """Copy a sent version into a draft, as far as a table needs it."""
    plan = history.bo.plan_id
    connection.execute(text(f"INSERT INTO plan_version (plan_id, number) VALUES ({plan}, 99)"))
    for name in dict.fromkeys(("plan_line", table)) if table != "plan_version" else ():
        columns = [column.name for column in table_of(name).columns]
        values = ", ".join("99" if column == "number" else column for column in columns)
        connection.execute(
            text(
                f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM {name}"
                f" WHERE plan_id = {plan} AND number = 1"
            )
        )
    return plan
