"""Verification: each invariant, broken on purpose beside the append-only tables, is named with its place."""

import threading
from pathlib import Path

import pytest
from flask import Flask, current_app

from planner.models.base import db
from planner.queries import verify
from tests import factories
from tests.days import on
from tests.ledger.history import History
from tests.record.attack import APPEND_ONLY, Attacker, table_of, unguarded

LAST_UNDOING = "(budget_id, number) IN (SELECT budget_id, max(number) FROM entry WHERE undoes IS NOT NULL GROUP BY 1)"


def found() -> dict[str, list[str]]:
    """Collect the faults by invariant."""
    return {check.name.partition(" ")[0]: list(check.faults) for check in verify.checks()}


@pytest.fixture
def attacker(history: History, url: str) -> Attacker:
    with unguarded(url) as attacker:
        yield attacker


def test_a_history_made_by_the_use_cases_is_sound(history: History) -> None:
    assert {name: faults for name, faults in found().items() if faults} == {}


def test_an_empty_database_is_sound(in_app: Flask) -> None:
    assert all(check.ok for check in verify.checks())


def test_every_invariant_is_said_with_a_line_for_each_fault(attacker: Attacker) -> None:
    said: list[str] = []
    assert verify.run(said.append)
    assert [line[:5].strip() for line in said] == ["ok"] * len(said)
    assert [line.split()[1] for line in said] == ["I1", "I2", "I4", "I5", "I6", "I9", "I10", "I11"]

    attacker.run("UPDATE envelope SET paid = paid + 1 WHERE id <= 2")
    said.clear()

    assert not verify.run(said.append)
    assert said[0].startswith("FAULT I1 ")
    assert [line.split(":")[0].strip() for line in said[1:3]] == ["envelope 1", "envelope 2"]
    assert said[3].startswith("ok")


_CITIZENS, _READERS = (f"(SELECT min(id) FROM chain WHERE kind = '{kind}')" for kind in ("citizen", "reader"))
_NEW_SUM = (
    "INSERT INTO month_sum SELECT envelope_id, '2031-01', account_string, unit_id, 5, 0, 0 FROM month_sum"
    " WHERE envelope_id = 1"
)
_BACK = "UPDATE purchase SET taken_back_at = '2026-05-11T10:00:00.000000Z' WHERE id = 1"

BROKEN = {
    "a balance": ("UPDATE envelope SET committed = committed + 1 WHERE id = 3", "I1", "envelope 3: committed"),
    "a month sum": ("UPDATE month_sum SET awarded = awarded + 1 WHERE envelope_id = 1", "I1", "month_sum 1/"),
    "no month sum": ("DELETE FROM month_sum WHERE envelope_id = 1", "I1", "is missing"),
    "a month sum of nothing": (_NEW_SUM, "I1", "month_sum 1/2031-01"),
    "another's envelope": ("UPDATE envelope SET budget_id = 2 WHERE id = 3", "I1", "envelope 3, which is not in it"),
    "a count": ("UPDATE budget SET entries = entries + 1 WHERE id = 2", "I2", "budget 2: counts"),
    "more undone than there was": (f"UPDATE entry SET oere = oere + 1 WHERE {LAST_UNDOING}", "I4", "undoes"),
    "undone by another kind": (f"UPDATE entry SET kind = 'award' WHERE {LAST_UNDOING}", "I4", "cannot undo"),
    "undone before it was": (f"UPDATE entry SET undoes = number WHERE {LAST_UNDOING}", "I4", "cannot undo"),
    "too much money back": ("UPDATE purchase SET oere = 99999999 WHERE kind = 'refund'", "I4", "came back of"),
    "a chain's head": (f"UPDATE chain SET head = 'x' WHERE id = {_CITIZENS}", "I5", "does not end in"),
    "a chain's length": ("UPDATE chain SET length = length - 1 WHERE id = 2", "I5", "chain 2: is"),
    "a chain's kind": (f"UPDATE chain SET kind = 'house' WHERE id = {_READERS}", "I5", "does not belong"),
    "no chain": ("DELETE FROM chain WHERE id = 2", "I5", "chain 2: is missing"),
    "whose events": (f"UPDATE chain SET subject_id = 99 WHERE id = {_CITIZENS}", "I5", "stands in the chain of 99"),
    "whose readings": (f"UPDATE chain SET subject_id = 99 WHERE id = {_READERS}", "I5", "its hash"),
    "no act": ("DELETE FROM plan_act WHERE action = 'approve'", "I6", "(approve) is missing"),
    "another act": ("UPDATE plan_act SET action = 'withdraw' WHERE action = 'return'", "I6", "plan_act"),
    "an act by another": ("UPDATE plan_act SET by_id = by_id + 1 WHERE action = 'approve'", "I6", "plan_act"),
    "an event of entries": ("DELETE FROM event WHERE kind = 'refund_recorded'", "I6", "is missing"),
    "an entry of another event": ("UPDATE entry SET seq = seq - 1 WHERE kind = 'refund'", "I6", "rows written with it"),
    "an event of a sent version": (
        "UPDATE event SET kind = 'plan_revised' WHERE kind = 'plan_submitted'",
        "I6",
        "no event says that it was sent",
    ),
    "what a version says it is": ("UPDATE plan_version SET digest = 'x'", "I9", "not that of its lines"),
    "a planned month": ("UPDATE line_month SET oere = oere + 1 WHERE item_id = 1", "I9", "its months sum to"),
    "an award": ("UPDATE decision SET award_oere = award_oere + 1 WHERE id = 1", "I9", "decision 1: is not what"),
    "a decision about something else": ("UPDATE decision SET digest = 'x' WHERE id = 1", "I9", "is not about what"),
    "no decision": ("DELETE FROM decision WHERE id = 1", "I9", "decision 1: is missing"),
    "a purchase's amount": ("UPDATE purchase SET oere = oere + 1 WHERE id = 1", "I9", "purchase 1: is of"),
    "a purchase's day": ("UPDATE purchase SET occurred_on = '2026-05-10' WHERE id = 1", "I9", "purchase 1: happened"),
    "a purchase taken back in name only": (_BACK, "I9", "not taken back"),
    "a purchase taken back in secret": ("UPDATE purchase SET taken_back_at = NULL", "I9", "was taken back"),
    "another's purchase": ("UPDATE purchase SET citizen_id = 1 WHERE id = 1", "I9", "purchase 1: is another"),
    "a delivery taken back in secret": ("UPDATE delivery SET taken_back_at = NULL", "I9", "was taken back"),
    "another's delivery": ("UPDATE delivery SET citizen_id = 1 WHERE id = 1", "I9", "delivery 1: is another"),
    "another's budget": ("UPDATE budget SET plan_id = 1, source_id = 9 WHERE id = 2", "I9", "budget 2: is another"),
    "what a package was": ("UPDATE package_version SET content = '{}'", "I11", "not that of its content"),
    "a package nobody published": (
        "INSERT INTO local_package (package_id, digest, edition) VALUES ('kor', 'x', 1)",
        "I11",
        "local_package kor: there is no version x",
    ),
    "nobody": ("DELETE FROM person WHERE id = 1", "I10", "leads to no person"),
}


@pytest.mark.parametrize(("statement", "invariant", "words"), BROKEN.values(), ids=BROKEN)
def test_what_was_changed_beside_the_record_is_named(
    statement: str, invariant: str, words: str, attacker: Attacker
) -> None:
    attacker.run(statement)

    assert any(words in fault for fault in found()[invariant]), found()


def test_an_account_overdrawn_on_the_way_is_found_though_the_end_is_right(attacker: Attacker) -> None:
    """A payment written before its commitment: the sums at the end are the same."""
    pay = next(row for row in attacker.rows("entry") if row["kind"] == "pay" and row["undoes"] is None)
    first = {**pay, "number": -1}
    attacker.delete("entry", pay)
    attacker.insert("entry", first)

    assert any("leaves envelope" in fault for fault in found()["I2"])
    assert found()["I1"] == []


@pytest.mark.parametrize(
    ("table", "statement", "invariant", "words"),
    [
        ("event", "UPDATE event SET key = 'same' WHERE seq <= 2", "I4", "the key same"),
        ("entry", f"INSERT INTO entry SELECT * FROM entry WHERE {LAST_UNDOING}", "I4", "undone more than once"),
        ("entry", "INSERT INTO entry SELECT * FROM entry", "I2", "follows after"),
        ("event", "INSERT INTO event SELECT * FROM event", "I5", "follows after"),
        ("plan_version", "INSERT INTO plan_version SELECT * FROM plan_version", "I6", "digest"),
    ],
)
def test_what_stands_twice_is_found_without_the_constraints(
    table: str, statement: str, invariant: str, words: str, attacker: Attacker
) -> None:
    attacker.loosen(table)
    attacker.run(statement)

    assert any(words in fault for fault in found()[invariant]), found()


_RUBBISH = ("NULL", "1.5", "'rubbish'", "''", "X'FFFE'", "CAST(X'FFFE' AS TEXT)", "9e999", "-1")
_ANY = f"CASE rowid % 9 {' '.join(f'WHEN {turn} THEN {value}' for turn, value in enumerate(_RUBBISH))} ELSE {{0}} END"


@pytest.mark.only_sqlite
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_rubbish_of_any_type_is_a_fault_and_no_accident(table: str, attacker: Attacker) -> None:
    attacker.loosen(table)
    attacker.run(f"CREATE TABLE before AS SELECT * FROM {table}")
    unfound = []

    for column in table_of(table).columns:
        # All kinds at once, so that sorting and joining have to cope as well.
        attacker.run(f"UPDATE {table} SET {column.name} = {_ANY.format(column.name)}")
        named = [fault for faults in found().values() for fault in faults]
        if not named or any("could not be looked at" in fault for fault in named):
            unfound.append(column.name)
        attacker.run(f"DELETE FROM {table}")
        attacker.run(f"INSERT INTO {table} SELECT * FROM before")

    assert unfound == []
    assert not any(found().values())


def test_a_table_that_is_gone_is_a_fault_and_no_accident(attacker: Attacker) -> None:
    attacker.run("DROP TABLE month_sum")

    assert any("could not be looked at" in fault for fault in found()["I1"])
    assert found()["I5"] == []


@pytest.mark.only_sqlite
def test_a_damaged_file_is_a_fault_and_no_accident(history: History, url: str) -> None:
    db.session.remove()
    db.engine.dispose()
    file = Path(db.engine.url.database or "")
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 16384) + whole[-8192:])

    assert any(found().values())


def test_others_may_write_while_it_looks(history: History, url: str) -> None:
    envelope, bo = history.bo.envelope(), factories.user(history.town.bo)
    app = current_app._get_current_object()
    stop = threading.Event()

    def spend() -> None:
        with app.app_context(), on():
            while not stop.is_set():
                factories.buy(envelope, "0.01", bo)

    spender = threading.Thread(target=spend)
    spender.start()
    try:
        seen = [found() for _ in range(5)]
    finally:
        stop.set()
        spender.join()

    assert all(faults == [] for looked in seen for faults in looked.values())
