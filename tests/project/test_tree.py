"""What may lie in the tree: no other people's files, no addresses in locks, no machine's paths, no real person's number."""

import re
from pathlib import PurePath

import pytest

from tests.project.tree import LOCKS, ROOT, files, texts

_FOREIGN_FOLDERS = frozenset({"vendor", "node_modules", ".venv", "instance", "__pycache__"})
_FOREIGN_ENDINGS = (".min.js", ".min.css", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".map", ".mo", ".whl", ".db")
_MACHINE_PATH = re.compile(r"(?<![\w.*)\]}>])/(work/(main|shared)|home/[a-z]|root/|Users/|tmp\b|opt/|private/)")
_REGISTRY = re.compile(r"registry\.npmjs|pypi\.org|pythonhosted\.org")
_CPR = re.compile(r"(?<![\w.])(\d\d)(\d\d)\d\d[- ]?\d{4}(?!\w)")


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert text.strip()
    assert "://" not in text


def test_the_lock_for_tests_holds_the_very_versions_that_run() -> None:
    run, dev = pins("requirements/run.txt"), pins("requirements/dev.txt")

    assert run
    assert run.items() <= dev.items()


def test_no_file_of_others_is_tracked() -> None:
    foreign = [
        name for name in files() if _FOREIGN_FOLDERS & set(PurePath(name).parts) or name.endswith(_FOREIGN_ENDINGS)
    ]

    assert foreign == []


def test_no_file_names_a_place_on_a_machine_or_a_registry() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, text in texts(locks=True)
        for match in (_MACHINE_PATH.search(text), _REGISTRY.search(text))
        if match
    ]

    assert found == []


def test_every_number_that_looks_like_a_cpr_number_is_fictitious() -> None:
    real = [
        f"{name}: {match[0]}"
        for name, text in texts()
        for match in _CPR.finditer(text)
        if 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12
    ]

    assert real == []
