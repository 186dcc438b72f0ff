"""Searching the catalogue: a page of what is found among many packages, against the same page among few.

The packages are the real ones again and again, under other ids and names, so that every answer holds as many of them.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

from flask import Flask

from benchmarks import places
from benchmarks.ground import Ground
from benchmarks.rounds import Bar, Result, Side, pairs, slower, timed
from packages_catalog import reader
from packages_catalog.reader import Catalogue
from planner.domain.package import Package, Words
from planner.usecases import standard

GROWTH = Bar(1.5, 1.2)
FEW, MANY = 500, 5_000
_REPEAT = 5
QUESTIONS = (
    "/packages?words=støtte+hverdag&wish=hope",
    "/packages?rung=services&weeks=26&answer=free",
    "/packages?price=5000&anonymous=1",
    "/packages?words=gruppe&price=20000&page=2",
)
"""Words, wishes, lengths, prices, who decides, no name: every filter is used, and more than one at a time."""


def growth(ground: Ground) -> Iterator[Result]:
    """Measure the same questions to 5,000 packages and to 500."""
    with (
        places.app_on(places.sqlite_url(ground.folder / "search-many.db")) as many,
        places.app_on(places.sqlite_url(ground.folder / "search-few.db")) as few,
    ):
        for app, packages in ((many, MANY), (few, FEW)):
            with app.app_context():
                standard.establish("Havneby Kommune")
            app.extensions["catalogue"] = grown(packages)
        found = pairs(asked(many), asked(few), ground.size.rounds)
        yield slower("search_growth", found, GROWTH, each=_REPEAT * len(QUESTIONS))


def grown(many: int) -> Catalogue:
    """Make a catalogue of so many packages from the real ones."""
    real = cycle(reader.read().values())
    return Catalogue(_named(package, number) for number, package in enumerate(islice(real, many)))


def _named(package: Package, number: int) -> Package:
    name = Words(f"{package.name.da} {number}", f"{package.name.en} {number}")
    return replace(package, id=f"{package.id}-{number}", name=name, excludes=(), combines=(), needs=())


def asked(app: Flask) -> Side:
    """Make a side of asking every question some times, as somebody who is not signed in."""
    visitor = app.test_client()

    def ask() -> None:
        for address in QUESTIONS * _REPEAT:
            answer = visitor.get(address)
            assert answer.status_code == 200

    return timed(ask)
