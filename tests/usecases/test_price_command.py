"""``planner catalogue import``: counts, every fault on a line of its own, and an end that says how it went."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from planner.exchange.price_tables import MOST_ROWS
from planner.models.base import db
from planner.models.offer import LocalPackage, PriceImport
from planner.usecases import standard
from tests import prices
from tests.project.tree import ROOT


@pytest.fixture
def house(in_app: Flask, now: datetime) -> None:
    standard.establish("Havneby Kommune")
    db.session.remove()


def planner(url: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("planner")
    environment = {**os.environ, "DATABASE_URL": url, "APP_ENV": "development"}
    told = [command, "catalogue", "import", *map(str, words)]
    return subprocess.run(told, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def count() -> int:
    found = db.session.scalar(db.select(db.func.count()).select_from(LocalPackage)) or 0
    db.session.remove()
    return found


def test_a_dry_run_says_what_would_happen_and_then_it_happens(house: None, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "liste.xlsx"
    file.write_bytes(prices.xlsx(prices.make(5)))

    dry = planner(database_url, file, "--mapping", prices.EXAMPLE, "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert dry.stdout.splitlines() == [
        "10 rows: 5 packages",
        "5 new, 0 changed, 0 the same",
        "Nothing was changed: this was a dry run.",
    ]
    assert count() == 0

    done = planner(database_url, file, "--mapping", prices.EXAMPLE)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Taken in.")
    assert count() == 5
    taken = db.session.scalars(db.select(PriceImport)).one()
    assert (taken.file_name, taken.mapping, taken.rows, taken.added) == ("liste.xlsx", "example.toml", 10, 5)
    db.session.remove()

    again = planner(database_url, file, "--mapping", prices.EXAMPLE)
    assert "0 new, 0 changed, 5 the same" in again.stdout


@pytest.mark.only_sqlite
def test_faults_are_named_by_sheet_row_and_column_and_end_1(house: None, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "liste.xlsx"
    file.write_bytes(prices.xlsx(prices.make(2).with_cells(1, {"Enhed": "kilo"}), formula="I3"))

    answer = planner(database_url, file, "--mapping", prices.EXAMPLE)

    assert (answer.returncode, answer.stderr) == (1, "")
    assert answer.stdout.splitlines() == [
        "Priser, row 3, Øvrige landet: A formula stands here. Paste its value instead.",
        "Priser, row 4, Enhed: The mapping does not say what the unit “kilo” is.",
        "2 faults. Nothing was taken in.",
    ]
    assert count() == 0


@pytest.mark.only_sqlite
def test_two_hundred_faults_are_shown_with_how_many_there_are(house: None, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_bytes(prices.csv(prices.make(150).with_column("Enhed", ["kilo"] * 300)))

    answer = planner(database_url, file, "--mapping", prices.EXAMPLE)

    assert answer.returncode == 1
    assert len(answer.stdout.splitlines()) == 201
    assert answer.stdout.endswith("300 faults (200 shown). Nothing was taken in.\n")


@pytest.mark.only_sqlite
def test_a_mapping_with_faults_ends_1_and_files_that_are_not_there_end_2(
    house: None, database_url: str, tmp_path: Path
) -> None:
    file, mapping = tmp_path / "liste.csv", tmp_path / "mapping.toml"
    file.write_bytes(prices.csv(prices.make(1)))
    mapping.write_text('source = "x"\nprefix = "Æ"\n', "utf-8")

    wrong = planner(database_url, file, "--mapping", mapping)
    assert wrong.returncode == 1
    assert "mapping.toml: columns: Missing data for required field." in wrong.stdout

    for words in ((tmp_path / "no.csv", "--mapping", prices.EXAMPLE), (file, "--mapping", tmp_path / "no.toml")):
        missing = planner(database_url, *words)
        assert missing.returncode == 2
        assert missing.stderr.startswith("planner: ")
        assert "Traceback" not in missing.stderr


@pytest.mark.only_sqlite
def test_a_sheet_can_be_named(house: None, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "liste.xlsx"
    file.write_bytes(prices.xlsx(prices.make(1), prices.make(4), sheets=("Priser", "Takster")))

    answer = planner(database_url, file, "--mapping", prices.EXAMPLE, "--sheet", "Takster", "--dry-run")

    assert answer.stdout.startswith("8 rows: 4 packages\n")


# The system counts the memory of a process from the moment its program begins; what getrusage tells includes what the
# process was forked from, which here is the whole test.
_MEASURED = """
import sys
from planner import cli
assert cli.main(sys.argv[1:]) == 0
print(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
"""


@pytest.mark.slow
@pytest.mark.only_sqlite
def test_the_longest_list_is_taken_in_twice_with_less_than_300_mb(
    house: None, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "liste.xlsx"
    file.write_bytes(prices.xlsx(prices.make(MOST_ROWS // 2)))
    environment = {**os.environ, "DATABASE_URL": database_url, "APP_ENV": "development"}
    told = [sys.executable, "-c", _MEASURED, "catalogue", "import", file, "--mapping", prices.EXAMPLE]

    for counts in ("10000 new, 0 changed, 0 the same", "0 new, 0 changed, 10000 the same"):
        done = subprocess.run(told, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        lines = done.stdout.splitlines()
        assert counts in lines
        assert int(lines[-1]) < 300 * 1024
