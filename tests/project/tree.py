"""The files of the project: what is tracked, or would be with the next commit."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LOCKS = frozenset({"requirements/run.txt", "requirements/dev.txt", "package-lock.json"})


@cache
def files() -> tuple[str, ...]:
    """Name every file of the project, as paths from its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted({name for name in names.split("\0") if name and (ROOT / name).is_file()}))


def texts(*, locks: bool = False) -> Iterator[tuple[str, str]]:
    """Read every text file; lock files only when asked for, because they are long and full of digits."""
    for name in files():
        if locks or name not in LOCKS:
            try:
                yield name, (ROOT / name).read_text("utf-8")
            except UnicodeDecodeError:
                continue


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Parse every Python file of some folders."""
    for name in files():
        if name.endswith(".py") and name.startswith(tuple(f"{folder}/" for folder in folders)):
            yield name, ast.parse((ROOT / name).read_text("utf-8"))
