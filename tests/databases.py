"""Databases for tests: migrated once on each engine, then copied for every test."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.postgres import Server

Migrate = Callable[[str], None]


class Databases(Protocol):
    """An engine that hands out databases by name."""

    def empty(self, name: str) -> str:
        """Make a database without tables and hand out its address."""

    def migrated(self, name: str) -> str:
        """Make a database with every table and hand out its address; the one of that name before is gone."""


@dataclass(slots=True)
class SqliteFiles:
    """Files in a folder; the template is migrated at its first use."""

    folder: Path
    migrate: Migrate
    template: Path | None = field(default=None, init=False)

    def empty(self, name: str) -> str:
        return f"sqlite:///{self._cleared(name)}"

    def migrated(self, name: str) -> str:
        if self.template is None:
            self.migrate(self.empty("template"))
            self.template = self.folder / "template.db"
            _fold_in(self.template)
        path = self._cleared(name)
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def _cleared(self, name: str) -> Path:
        for ending in ("", "-wal", "-shm"):
            (self.folder / f"{name}.db{ending}").unlink(missing_ok=True)
        return self.folder / f"{name}.db"


@dataclass(slots=True)
class PostgresDatabases:
    """Databases of one server; the template is migrated at its first use."""

    server: Server
    migrate: Migrate
    ready: bool = field(default=False, init=False)

    def empty(self, name: str) -> str:
        return self.server.create(name)

    def migrated(self, name: str) -> str:
        if not self.ready:
            self.migrate(self.server.create("migrated"))
            self.ready = True
        return self.server.create(name, template="migrated")


def _fold_in(path: Path) -> None:
    """Bring what stands in the write-ahead log into the file, so that a copy of the file is whole."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
