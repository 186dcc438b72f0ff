"""Fixtures for the ledger: a plan in force, to be copied for every try."""

import pytest

from tests.apps import Apps
from tests.ledger.copies import Copies


@pytest.fixture(scope="session")
def copies(apps: Apps) -> Copies:
    return Copies(apps)
