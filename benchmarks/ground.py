"""The ground that benchmarks share: how large everything is, and the town that is built once for all of them."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import bulk, places, town
from benchmarks.rounds import ROUNDS

PACKAGES = ("fritid-badminton", "mbsr", "peer-uddannelse")
"""Packages that the citizen buys for themselves, so that every line can be paid from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of everything."""

    rounds: int = ROUNDS
    repeat: int = 50
    citizens: int = 1000
    few: int = 100
    many: int = 100_000
    per_cell: int = 100
    price_rows: int = 5000


class Ground:
    """A folder on the disk with the databases of one run."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.folder = folder
        self.size = size

    @cached_property
    def _town(self) -> Path:
        return self.settled("town", town.Shape(self.size.citizens, own=1, packages=PACKAGES))

    def settled(self, name: str, shape: town.Shape) -> Path:
        """Make a database of citizens with plans in force."""
        path = self.folder / f"{name}.db"
        with places.app_on(places.sqlite_url(path)) as app, app.app_context():
            town.build(shape)
        return path

    def budgets(self, name: str, choose: bulk.Choose) -> Path:
        """Copy the town of a budget with four lines for each citizen, and let purchases be made in it."""
        return self.spent(self._town, name, choose)

    def spent(self, source: Path, name: str, choose: bulk.Choose) -> Path:
        """Copy a database and let purchases be made in the copy."""
        path = places.copy_sqlite(source, self.folder / f"{name}.db")
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            bulk.load(connection, choose)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path
