"""Fixtures for attacks on the record: a copy of a history for every test."""

from collections.abc import Iterator

import pytest

from planner.models.base import db
from tests.apps import Apps
from tests.databases import Databases
from tests.ledger.copies import Copies
from tests.ledger.history import History, tell


@pytest.fixture(scope="session")
def copies(apps: Apps) -> Copies:
    return Copies(apps)


@pytest.fixture
def history(copies: Copies, databases: Databases) -> Iterator[History]:
    """Open a database in which all has happened; what a test does to it is gone afterwards."""
    filled = copies.of(databases, "history", tell)
    with filled.opened():
        yield filled.told


@pytest.fixture
def url(history: History) -> str:
    """Name the address of the copy that ``history`` opened."""
    return db.engine.url.render_as_string(hide_password=False)
