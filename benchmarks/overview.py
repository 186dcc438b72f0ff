"""The overview of finance: few entries against many in the same cells, and one statement written by hand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import chain, repeat

from flask import Flask
from sqlalchemy import select

from benchmarks import bulk, places, town
from benchmarks.by_hand import Totals, totals
from benchmarks.ground import Ground
from benchmarks.rounds import Bar, Result, Side, pairs, slower, timed
from planner import clock
from planner.models.base import db
from planner.models.person import Unit
from planner.queries import finance
from planner.queries.finance import Grouping, Overview, Scope

GROWTH, BY_HAND = Bar(1.5, 1), Bar(3, 2)
_REPEAT = 3
_JANUARY, _FEBRUARY, _MARCH = (date(2026, month, 20) for month in (1, 2, 3))


def growth(ground: Ground) -> Iterator[Result]:
    """Measure what a hundred entries in a cell cost, against one."""
    few, many = (ground.budgets(f"cells-{each}", cells(each)) for each in (1, ground.size.per_cell))
    with places.app_on(places.sqlite_url(many)) as ours, places.app_on(places.sqlite_url(few)) as reference:
        found = pairs(overviews(ours), overviews(reference), ground.size.rounds)
        yield slower("overview_growth", found, GROWTH, each=_REPEAT)


def by_hand(ground: Ground) -> Iterator[Result]:
    """Measure the query against one statement that somebody wrote for these numbers alone."""
    path = ground.budgets("cells-by-hand", cells(1))
    with places.app_on(places.sqlite_url(path)) as app, closing(sqlite3.connect(path)) as plain:
        with app.app_context():
            scope = every_unit()
            assert as_totals(look(scope)) == totals(plain, scope.units, _today())
        by_hand = timed(lambda: [totals(plain, scope.units, _today()) for _ in range(_REPEAT)])
        yield slower("overview_sql", pairs(overviews(app), by_hand, ground.size.rounds), BY_HAND, each=_REPEAT)


def cells(each: int) -> bulk.Choose:
    """Fill the same ten cells of every budget with so many entries.

    The approval wrote the award and the four commitments, one entry a cell; payments from the free money
    are two entries, so its cell has one fewer where the number is even.
    """

    def chosen(purse: bulk.Purse) -> Iterator[tuple[bulk.Pocket, date]]:
        free, *lines = sorted(purse.pockets, key=lambda pocket: not pocket.free)
        more = (*repeat((free, _JANUARY), (each - 1) // 2), *((line, _JANUARY) for line in lines * (each - 1)))
        later = (*((line, _FEBRUARY) for line in lines * each), *repeat((lines[0], _MARCH), each))
        return chain(more, later)

    return chosen


def overviews(app: Flask) -> Side:
    """Make a side of asking for the overview some times, each in a reading session of its own."""
    with app.app_context():
        scope = every_unit()

    def asked() -> None:
        for _ in range(_REPEAT):
            with app.app_context():
                look(scope)

    return timed(asked)


def look(scope: Scope) -> Overview:
    """Ask for the overview by package, as the page does first."""
    return finance.overview(scope, Grouping.PACKAGE, _today())


def every_unit() -> Scope:
    """Take the whole municipality."""
    return Scope(frozenset(db.session.scalars(select(Unit.id))))


def as_totals(found: Overview) -> Totals:
    """Write the overview as plain numbers."""
    figures = {row.key: row.figures for row in found.rows}
    return {
        key: (one.granted.oere, one.committed.oere, one.spent.oere, one.estimate.oere) for key, one in figures.items()
    }


def _today() -> date:
    return clock.local(town.NOW).date()
