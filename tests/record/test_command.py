"""``planner verify`` on the command line: 0 when all holds, 1 with a line for every fault, and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

from tests.ledger.history import History
from tests.project.tree import ROOT
from tests.record.attack import unguarded


def verify(url: str) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("planner")
    environment = {**os.environ, "DATABASE_URL": url, "APP_ENV": "development"}
    return subprocess.run([command, "verify"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_sound_database_passes(history: History, url: str) -> None:
    answer = verify(url)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert [line.split()[:2] for line in answer.stdout.splitlines()] == [
        ["ok", name] for name in ("I1", "I2", "I4", "I5", "I6", "I9", "I10", "I11")
    ]


def test_a_database_that_was_changed_fails_with_a_line_for_each_fault(history: History, url: str) -> None:
    with unguarded(url) as attacker:
        attacker.run("UPDATE entry SET oere = oere + 1 WHERE number = 1")
        attacker.run("UPDATE event SET facts = 'rubbish' WHERE seq = 2")

    answer = verify(url)

    assert answer.returncode == 1
    assert answer.stderr == ""
    assert "FAULT I6" in answer.stdout
    assert "event 2/2: its hash does not follow" in answer.stdout
    assert "Traceback" not in answer.stdout
