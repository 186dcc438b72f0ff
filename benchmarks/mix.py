"""The mix: what twelve real packages cost and take, against a bare loop over as many occurrences."""

from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.ground import Ground
from benchmarks.rounds import Bar, Result, pairs, slower, timed
from packages_catalog import reader
from planner.domain.mix import Line, clashes, natural_period, occurrences, price, weekly_load
from planner.domain.period import Period

BAR = Bar(8, 4)
REPEAT = 10
PLAN = Period(date(2026, 1, 5), date(2027, 1, 3))
# Every unit of price, open-ended and fixed, three that exclude each other.
PACKAGES = (
    *("act", "aktivitet-104", "alkohol-dagbehandling", "bostoette-85-individuel", "brobygger", "cti"),
    *("dobbeltdiagnose-integreret", "fritid-badminton", "ips", "mbsr", "peer-individuel", "stof-ambulant"),
)

Made = tuple[date, int]


def measure(ground: Ground) -> Iterator[Result]:
    """Expand, load, find clashes and price, as the page of a draft does."""
    catalogue = reader.read()
    chosen = [catalogue[package] for package in PACKAGES]
    excludes = {package.id: frozenset(package.excludes) for package in chosen}
    lines = [
        Line.of_package(item, package, natural_period(package, PLAN.first_day, PLAN), "")
        for item, package in enumerate(chosen, 1)
    ]
    many = len(expand(lines))
    ours = timed(lambda: [work(lines, excludes) for _ in range(REPEAT)])
    bare = timed(lambda: [loop(many) for _ in range(REPEAT)])
    yield slower("mix", pairs(ours, bare, ground.size.rounds), BAR, each=REPEAT)


def expand(lines: list[Line]) -> list[Made]:
    """List everything that is planned to happen."""
    return [(day, minutes) for line in lines for day, minutes, _ in occurrences(line)]


def work(lines: list[Line], excludes: dict[str, frozenset[str]]) -> object:
    """Do all that is measured once."""
    return expand(lines), weekly_load(lines), clashes(lines, excludes), [price(line) for line in lines]


def loop(many: int) -> list[Made]:
    """Make as many (date, minutes) as the mix has, and nothing else."""
    start, week = PLAN.first_day, timedelta(days=7)
    made: list[Made] = []
    for number in range(many):
        made.append((start + week * (number % 52), 60))  # noqa: PERF401 - the bare loop itself
    return made
