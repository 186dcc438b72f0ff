"""A municipality on its first day: rules, one administrator, and nobody else."""

from collections.abc import Iterator

import pytest

from planner import clock
from planner.domain.people import RoleKind
from planner.usecases import people, standard
from tests.apps import Apps
from tests.days import on
from tests.demonstration import served


@pytest.fixture
def first_day(database_url: str, apps: Apps) -> Iterator[str]:
    """Serve a database that holds nothing but what the command line puts there, and the demo's door to come in by."""
    app = apps.on(database_url)
    with on(), app.app_context():
        standard.establish("Havneby Kommune")
        asta = people.add_person("Asta Friis", by=None, at=clock.now())
        role = people.NewRole(kind=RoleKind.ADMINISTRATOR, first_day=clock.today())
        people.give_role(asta, role, by=None, at=clock.now())
        people.set_up({"demo": "1"})
    with served(app) as base:
        yield base
