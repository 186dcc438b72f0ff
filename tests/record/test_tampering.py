"""Whatever is changed in a table that must never change, verification says so, and never stumbles."""

import itertools
from typing import Any

import pytest

from planner.queries import verify
from tests.ledger.history import History
from tests.record.attack import APPEND_ONLY, Attacker, key_columns, other_values, table_of, unguarded

_UNIQUE: dict[str, dict[str, Any]] = {"entry": {"undoes": None}, "event": {"key": "slipped-in"}}

COLUMNS = [(name, column.name) for name in APPEND_ONLY for column in table_of(name).columns]


def faults() -> list[str]:
    return [fault for check in verify.checks() for fault in check.faults]


@pytest.fixture
def attacker(history: History, url: str) -> Attacker:
    with unguarded(url) as attacker:
        yield attacker


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[".".join(which) for which in COLUMNS])
def test_a_change_in_any_column_is_found(table: str, column: str, attacker: Attacker, engine: str) -> None:
    rows = attacker.rows(table)
    row = next((row for row in rows[len(rows) // 2 :] if row[column] is not None), rows[0])
    values = other_values(table_of(table).c[column], row[column])
    unfound = []

    # Which value it is makes no difference between the engines, so one tries them all.
    for value in values if engine == "sqlite" else values[:1]:
        changed = attacker.change(table, row, column, value)
        if not faults():
            unfound.append(value)
        attacker.change(table, changed, column, row[column])

    assert unfound == []
    assert faults() == []


@pytest.mark.parametrize("where", ["first", "middle", "last"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_that_was_deleted_is_missed(table: str, where: str, attacker: Attacker) -> None:
    rows = attacker.rows(table)
    assert len(rows) >= 3

    attacker.delete(table, rows[{"first": 0, "middle": len(rows) // 2, "last": -1}[where]])

    assert faults()


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_two_rows_that_changed_places_are_found(table: str, attacker: Attacker) -> None:
    one, other = _swappable(table, attacker.rows(table))

    for row in (one, other):
        attacker.delete(table, row)
    for row, place in ((one, other), (other, one)):
        attacker.insert(table, {**row, **{name: place[name] for name in _places(table)}})

    assert faults()


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_that_was_slipped_in_is_found(table: str, attacker: Attacker) -> None:
    row = attacker.rows(table)[-1]
    last = key_columns(table)[-1]
    fresh = "2031-01" if last == "month" else row[last] + 1

    attacker.insert(table, {**row, last: fresh, **_UNIQUE.get(table, {})})

    assert faults()


def _places(table: str) -> list[str]:
    """Name the columns that two rows exchange: their keys, or a part of them where a row is nothing but its key."""
    keys = key_columns(table)
    return keys[:-1] if len(keys) == len(table_of(table).columns) else keys


def _swappable(table: str, rows: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    places = _places(table)

    def rest(row: dict[str, Any]) -> list[Any]:
        return [value for name, value in row.items() if name not in places]

    for one, other in itertools.combinations(rows, 2):
        swapped = [{**row, **{name: place[name] for name in places}} for row, place in ((one, other), (other, one))]
        if rest(one) != rest(other) and not any(row in rows for row in swapped):
            return one, other
    raise AssertionError(f"no two rows of {table} differ")
