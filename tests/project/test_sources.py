"""Rules that every source file keeps: one place that commits, a sentence in every module, whole numbers, clean checks."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.tree import ROOT, modules

OURS = ("planner", "packages_catalog")
_TRANSACTION = "planner/usecases/transaction.py"
_ENDS_TRANSACTION = frozenset({"commit", "rollback", "flush"})
_SENTENCE = re.compile(r"[^.!?\s](?:(?![.!?]\s+[A-ZÆØÅ]).)*\.", re.DOTALL)
_FRACTIONS = frozenset({"float", "Float", "Numeric", "Double", "DOUBLE", "REAL", "FLOAT", "NUMERIC", "DECIMAL"})


def test_only_the_transaction_commits() -> None:
    elsewhere = [
        f"{name}:{node.lineno} .{node.func.attr}("
        for name, module in modules(*OURS)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in _ENDS_TRANSACTION and name != _TRANSACTION
    ]

    assert elsewhere == []


def test_every_module_says_what_it_is_in_one_sentence() -> None:
    unclear = [
        name
        for name, module in modules(*OURS)
        if not _SENTENCE.fullmatch((ast.get_docstring(module) or "").partition("\n\n")[0])
    ]

    assert unclear == []


def test_tables_hold_whole_numbers_only() -> None:
    fractions = [
        f"{name}:{node.lineno} {node.id if isinstance(node, ast.Name) else node.attr}"
        for name, module in modules("planner/models", "planner/domain", "migrations")
        for node in ast.walk(module)
        if isinstance(node, ast.Name | ast.Attribute)
        if (node.id if isinstance(node, ast.Name) else node.attr) in _FRACTIONS
    ]

    assert fractions == []


def test_tests_skip_only_where_a_missing_part_can_be_made_a_failure() -> None:
    skips = [
        f"{name}:{node.lineno} {node.attr}"
        for name, module in modules("tests")
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "importorskip", "xfail"}
        if name not in {"tests/parts.py", "tests/project/test_bench_of_tests.py"}
    ]

    assert skips == []


def test_nothing_is_left_to_do_later() -> None:
    marks = [
        f"{name}: {match[0]}"
        for name, _ in modules(*OURS, "tests", "migrations", "benchmarks")
        for match in re.finditer(r"#\s*(TO" r"DO|FIX" r"ME|X" r"XX)\b", (ROOT / name).read_text("utf-8"))
    ]

    assert marks == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="style"),
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["mypy"], id="types"),
        pytest.param(["lint-imports"], id="layers"),
    ],
)
def test_the_checks_find_nothing(command: list[str]) -> None:
    program = Path(sys.executable).with_name(command[0])

    checked = subprocess.run([program, *command[1:]], check=False, cwd=ROOT, capture_output=True, text=True)

    assert checked.returncode == 0, checked.stdout + checked.stderr
