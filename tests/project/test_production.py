"""The server and the command line refuse to start in production with a bad setting, and say which."""

import os
import subprocess
import sys

import pytest

from tests.project.test_settings import BAD, GOOD, changed
from tests.project.tree import ROOT

SERVER = ["-c", "import wsgi"]
COMMAND = ["-c", "import sys; from planner.cli import main; sys.argv = ['planner', 'verify']; sys.exit(main())"]


def started(program: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Start a program of the planner with these settings and nothing else from around."""
    plain = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *program],
        check=False,
        cwd=ROOT,
        env=plain | settings,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_server_starts_with_good_settings() -> None:
    server = started(SERVER, GOOD)

    assert (server.returncode, server.stderr) == (0, "")


@pytest.mark.parametrize(("name", "changes"), BAD)
def test_the_server_does_not_start(name: str, changes: dict[str, str | None]) -> None:
    server = started(SERVER, changed(changes))

    assert server.returncode != 0
    assert server.stderr.strip().startswith(f"{name}: ")
    assert len(server.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("name", "changes"), BAD[::6])
def test_the_command_line_does_not_start(name: str, changes: dict[str, str | None]) -> None:
    command = started(COMMAND, changed(changes))

    assert command.returncode != 0
    assert f"{name}: " in command.stderr
    assert "Traceback" not in command.stderr
