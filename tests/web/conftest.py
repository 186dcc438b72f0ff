"""A furnished town to look at from outside: made once, fresh for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps import Apps
from tests.databases import Databases
from tests.days import on
from tests.demonstration import copied
from tests.web.access import Place, Scene, make_place


@pytest.fixture(scope="session")
def furnished(apps: Apps, sqlite_databases: Databases) -> tuple[str, Place]:
    """Make the town once, and keep a copy of it."""
    url = sqlite_databases.migrated("furnished")
    app = apps.on(url)
    with on(), app.app_context():
        place = make_place()
    apps.close(url)
    return copied(url, "furnished_copy"), place


@pytest.fixture
def scene(apps: Apps, furnished: tuple[str, Place], sqlite_databases: Databases) -> Iterator[Scene]:
    """Put the town back as it was made, and open it."""
    kept, place = furnished
    file = Path(kept.removeprefix("sqlite:///"))
    url = f"sqlite:///{file.with_name('scene.db')}"
    for ending in ("", "-wal", "-shm"):
        file.with_name(f"scene.db{ending}").unlink(missing_ok=True)
    shutil.copyfile(file, file.with_name("scene.db"))
    with on():
        yield Scene(apps.on(url), url, place)
    apps.close(url)
