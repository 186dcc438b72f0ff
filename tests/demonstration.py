"""The demo as the tests look at it: seeded on the ordinary Monday, copied for whoever changes it, served to browsers."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.serving import WSGIRequestHandler, make_server

from planner import clock, demo
from tests.apps import Apps
from tests.databases import Databases
from tests.days import MONDAY, noon, on

if TYPE_CHECKING:
    from flask import Flask


class _Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Say nothing: the tests say what went wrong."""


def seed(url: str, apps: Apps) -> None:
    """Tell the demo's stories on an empty database, as if it were the ordinary Monday."""
    app = apps.on(url)
    with on(), app.app_context():
        demo.seed(app.extensions["catalogue"], app.extensions["settings"].personal_key, at=noon(), say=lambda _: None)
    apps.close(url)


def seeded(databases: Databases, apps: Apps, name: str = "demo") -> str:
    """Make a database with the demo in it."""
    url = databases.migrated(name)
    seed(url, apps)
    return url


def copied(url: str, name: str) -> str:
    """Copy a SQLite database that nobody has open."""
    source = Path(url.removeprefix("sqlite:///"))
    connection = sqlite3.connect(source)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    target = source.with_name(f"{name}.db")
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(source, target)
    return f"sqlite:///{target}"


@contextmanager
def served(app: "Flask") -> Iterator[str]:
    """Serve an app to browsers; every request takes place on the ordinary Monday, some time after noon."""
    started = clock.now()

    def on_that_day(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with clock.shifted(noon(MONDAY) - started + timedelta(minutes=1)):
            return app.wsgi_app(environ, start)

    server = make_server("127.0.0.1", 0, on_that_day, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
