"""Suggestions: twice as many packages may take no longer than by as much as the mixes grow in number."""

from collections.abc import Iterator
from math import comb

from benchmarks.ground import Ground
from benchmarks.rounds import Bar, Result, pairs, slower, timed
from planner.domain.suggestion import MOST_PACKAGES, Asked, Option, suggest

FEW, MANY, GOALS = 18, 36, 6
REPEAT = 3
ASKED = Asked(goals=GOALS, most_oere=6_000_000, most_minutes=1_200)


def mixes(packages: int) -> int:
    """Count the mixes of at most five packages."""
    return sum(comb(packages, size) for size in range(1, MOST_PACKAGES + 1))


BAR = Bar(mixes(MANY) / mixes(FEW), mixes(MANY) / mixes(FEW) / 2)


def measure(ground: Ground) -> Iterator[Result]:
    """Search among 36 packages, against the same search among 18 of them."""
    few, many = packages(FEW), packages(MANY)
    ours = timed(lambda: [suggest(many, ASKED) for _ in range(REPEAT)])
    fewer = timed(lambda: [suggest(few, ASKED) for _ in range(REPEAT)])
    yield slower("suggest_growth", pairs(ours, fewer, ground.size.rounds), BAR, each=REPEAT)


def packages(many: int) -> list[Option]:
    """Make packages for one goal or two each, so that no single one answers everything; some exclude the one before."""
    return [_package(number) for number in range(many)]


def _package(number: int) -> Option:
    return Option(
        id=f"package-{number:02}",
        covers=1 << number % GOALS | (1 << number // GOALS % GOALS if number % 3 == 0 else 0),
        oere=100_000 + number * 7_919 % 31 * 10_000,
        minutes=30 + number * 37 % 180,
        excludes=frozenset({f"package-{number - 1:02}"}) if number % 5 == 4 else frozenset(),
    )
