"""Fixtures for faults: copies of a database in which much has happened."""

import pytest

from tests.apps import Apps
from tests.databases import Databases
from tests.ledger.copies import Copies, Filled
from tests.ledger.history import tell


@pytest.fixture(scope="session")
def copies(apps: Apps) -> Copies:
    return Copies(apps)


@pytest.fixture
def filled(copies: Copies, databases: Databases) -> Filled:
    """Hand out a municipality in which all has happened, to be copied."""
    return copies.of(databases, "history", tell)
