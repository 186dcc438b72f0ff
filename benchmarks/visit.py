"""Visits: a signed-in citizen with six lines, asking the app as a server does, with no client in between."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from secrets import token_hex
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks import bulk, places, town
from benchmarks.rounds import Side
from planner import clock
from planner.domain.people import RoleKind
from planner.models.base import db
from planner.models.person import RoleRow
from planner.queries import people

SHAPE = town.Shape(citizens=1, own=3, packages=("peer-individuel", "bostoette-video", "alkohol-faseforloeb"))
"""A citizen with six lines: three packages that others deliver, and three lines of their own to pay from."""

_MONTHS = 5

Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visitor:
    """The last citizen of a database, signed in to the app on it."""

    app: Flask
    cookie: str

    def request(self, address: str, fields: dict[str, str] | None = None) -> Request:
        """Make a request as a server hands it on; with fields it sends a form."""
        builder = EnvironBuilder(
            address, method="GET" if fields is None else "POST", data=fields, headers=[("Cookie", self.cookie)]
        )
        return builder.get_environ()

    def ask(self, request: Request) -> bytes:
        """Let the app answer; a page, or after a form the way to the next one."""
        parts, status, _ = run_wsgi_app(self.app, request)
        answer = b"".join(parts)
        assert status.startswith("303" if request["REQUEST_METHOD"] == "POST" else "200"), (status, answer)
        return answer

    def opens(self, address: str, repeat: int) -> Side:
        """Make a side of opening a page some times."""
        return self.side(lambda: [self.request(address) for _ in range(repeat)])

    def side(self, requests: Callable[[], Iterable[Request]]) -> Side:
        """Make a side of some requests, which are made ready before the time counts."""

        def side() -> float:
            ready = list(requests())
            start = perf_counter()
            for request in ready:
                self.ask(request)
            return perf_counter() - start

        return side


@contextmanager
def opened(path: Path) -> Iterator[Visitor]:
    """Open the app on a database on the day of measuring, and sign the last citizen in."""
    with places.app_on(places.sqlite_url(path)) as app, clock.at(town.NOW):
        yield Visitor(app, _cookie(app))


def _cookie(app: Flask) -> str:
    """Write the cookie of a citizen who signed in and has seen a form."""
    latest = select(RoleRow.person_id).where(RoleRow.kind == RoleKind.CITIZEN).order_by(RoleRow.id.desc()).limit(1)
    client = app.test_client()
    with app.app_context():
        citizen = db.session.scalars(latest).one()
        epoch = people.epoch_of(citizen)
    with client.session_transaction() as session:
        session.update(person=citizen, epoch=epoch, csrf_token=token_hex())
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return f"{cookie.key}={cookie.value}"


def spending(*, entries: int = 0, purchases: int = 0) -> bulk.Choose:
    """Make purchases in every pocket and month in turn, until there are so many entries, or purchases."""

    def chosen(purse: bulk.Purse) -> Iterator[tuple[bulk.Pocket, date]]:
        for number in count():
            if purse.entries >= entries if entries else number >= purchases:
                return
            pocket = purse.pockets[number % len(purse.pockets)]
            yield pocket, date(2026, 1 + number // len(purse.pockets) % _MONTHS, 15)

    return chosen
