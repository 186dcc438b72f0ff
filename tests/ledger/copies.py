"""Copies of a database that was filled once: a fresh one for every test costs less than filling it again."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from tests.apps import Apps
from tests.databases import Databases, PostgresDatabases, SqliteFiles
from tests.days import on


@dataclass
class Copies:
    """Databases by name, filled at their first use on each engine."""

    apps: Apps
    filled: dict[tuple[str, str], Any] = field(default_factory=dict)

    def of(self, databases: Databases, name: str, fill: Callable[[], Any], *, today: bool = False) -> "Filled":
        """Find or make a filled database of an engine; on the ordinary Monday, or today for a server to serve it."""
        which = (type(databases).__name__, name)
        if which not in self.filled:
            url = databases.migrated(name)
            with self.apps.on(url).app_context(), nullcontext() if today else on():
                self.filled[which] = fill()
            self.apps.close(url)
        return Filled(self.apps, databases, name, self.filled[which])


@dataclass
class Filled:
    """A filled database and what was told about it."""

    apps: Apps
    databases: Databases
    name: str
    told: Any

    def copy(self, name: str = "copy") -> str:
        """Make a copy and hand out its address; the copy of that name before is gone."""
        if isinstance(self.databases, SqliteFiles):
            url = self.databases.empty(name)
            folder = self.databases.folder
            shutil.copyfile(folder / f"{self.name}.db", folder / f"{name}.db")
            return url
        assert isinstance(self.databases, PostgresDatabases)
        return self.databases.server.create(name, template=self.name)

    @contextmanager
    def opened(self, name: str = "copy") -> Iterator[str]:
        """Open the app on a copy, at noon of the ordinary Monday."""
        url = self.copy(name)
        with self.apps.on(url).app_context(), on():
            yield url
        self.apps.close(url)
