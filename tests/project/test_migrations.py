"""Migrations: numbered, with words, in one line; an empty database becomes the tables of the models."""

import re

import flask_migrate
import pytest
from alembic.script import ScriptDirectory

from tests.apps import Apps
from tests.databases import Databases
from tests.project.tree import ROOT, files

VERSIONS = [name for name in files() if name.startswith("migrations/versions/") and name.endswith(".py")]


@pytest.fixture
def empty_url(databases: Databases, apps: Apps) -> str:
    url = databases.empty("from_nothing")
    yield url
    apps.close(url)


def test_an_empty_database_becomes_the_tables_of_the_models(empty_url: str, apps: Apps) -> None:
    with apps.on(empty_url).app_context():
        flask_migrate.upgrade()

        # Ends the process when a table differs from its model.
        flask_migrate.check()


def test_a_second_upgrade_changes_nothing(empty_url: str, apps: Apps) -> None:
    with apps.on(empty_url).app_context():
        flask_migrate.upgrade()
        flask_migrate.upgrade()
        flask_migrate.check()


def test_migrations_are_numbered_and_say_what_they_do() -> None:
    names = [name.rpartition("/")[2] for name in VERSIONS]

    assert names
    assert all(re.fullmatch(r"\d{4}(_[a-z]+)+\.py", name) for name in names)
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_migrations_follow_each_other_in_one_line() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))

    assert len(script.get_heads()) == 1
    assert [revision.revision[:4] for revision in script.walk_revisions()] == sorted(
        (name.rpartition("/")[2][:4] for name in VERSIONS), reverse=True
    )
