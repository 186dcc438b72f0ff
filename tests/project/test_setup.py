"""The set-up script: plain shell that explains itself."""

import os
import subprocess

import pytest

from tests.project.tree import ROOT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(("shell", "script"), [("sh", "dev"), ("bash", ".ci/run")])
def test_a_script_can_be_started_and_read_by_its_shell(shell: str, script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert run(shell, "-n", script).returncode == 0


@pytest.mark.parametrize("arguments", [[], ["build"]])
def test_a_task_that_does_not_exist_is_answered_with_those_that_do(arguments: list[str]) -> None:
    answer = run("./dev", *arguments)

    assert answer.returncode == 2
    assert all(task in answer.stderr for task in ("demo", "test", "check", "bench"))


def test_help_is_an_answer_and_not_an_error() -> None:
    answer = run("./dev", "--help")

    assert answer.returncode == 0
    assert "usage:" in answer.stdout
