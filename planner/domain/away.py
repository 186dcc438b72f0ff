"""Days on which nothing is planned: public holidays and the days somebody is not there."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

import holidays

from planner.domain.errors import DomainError
from planner.domain.period import Period

Closed = frozenset[int]
"""Closed days as ordinals."""
NEVER: Closed = frozenset()
LONGEST = 366


class AwayTooLong(DomainError):
    """Somebody is away for longer than a year: that is a matter for the whole plan, and for a talk."""

    code = "away_too_long"


def check_away(period: Period) -> None:
    """Refuse more than a year at once. Raises ``AwayTooLong``."""
    if period.days > LONGEST:
        raise AwayTooLong(period)


def closed_days(plan: Period, away: Iterable[Period] = ()) -> Closed:
    """Collect the days of a plan on which nothing is planned: Danish public holidays, and the days away."""
    public = (day for year in range(plan.first_day.year, plan.last_day.year + 1) for day in public_holidays(year))
    absent = (shared for days in away if (shared := plan.overlap(days)))
    gone = (day for days in absent for day in range(days.first_day.toordinal(), days.last_day.toordinal() + 1))
    return frozenset([*(day.toordinal() for day in public if day in plan), *gone])


@lru_cache(maxsize=64)
def public_holidays(year: int) -> tuple[date, ...]:
    """List Denmark's public holidays of a year; nothing is planned on them."""
    return tuple(sorted(holidays.country_holidays("DK", years=year)))


def moved_off(days: Sequence[int], closed: Closed, first: int, last: int) -> list[int]:
    """Move what falls on a closed day to the next free day up to ``last``, else to the one before down to ``first``.

    All days are ordinals. Nothing is lost: where no day is free, it stays on its own.
    """
    if closed.isdisjoint(days):
        return list(days)
    return [_free(day, closed, first, last) if day in closed else day for day in days]


def _free(day: int, closed: Closed, first: int, last: int) -> int:
    after = (other for other in range(day + 1, last + 1) if other not in closed)
    before = (other for other in range(day - 1, first - 1, -1) if other not in closed)
    return next(after, next(before, day))


def weeks_touched(away: Iterable[Period]) -> frozenset[date]:
    """Collect the Mondays of the weeks in which somebody is away for a day or more."""
    return frozenset(
        day - timedelta(days=day.weekday())
        for days in away
        for day in (days.first_day + timedelta(days=n) for n in range(days.days))
    )
