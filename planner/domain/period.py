"""Periods that include their last day, the months they touch, and ISO weeks."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.errors import DomainError


class PeriodEndsBeforeStart(DomainError):
    """The last day lies before the first."""

    code = "period_ends_before_start"


def month_of(day: date) -> str:
    """Name the calendar month of a day: ``2026-05``."""
    return day.isoformat()[:7]


def first_day_of(month: str) -> date:
    """Find the first day of a month named ``YYYY-MM``."""
    return date(int(month[:4]), int(month[5:7]), 1)


def last_day_of(month: str) -> date:
    """Find the last day of a month named ``YYYY-MM``."""
    first = first_day_of(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def add_months(day: date, months: int) -> date:
    """Move a day by whole calendar months; the 31st becomes the month's last day where there is no 31st."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week_of(day: date) -> tuple[int, int]:
    """Name the ISO week of a day as (ISO year, week number)."""
    iso = day.isocalendar()
    return iso.year, iso.week


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise PeriodEndsBeforeStart(self.first_day, self.last_day)

    @classmethod
    def of_weeks(cls, first_day: date, weeks: int) -> "Period":
        """Make a period of whole weeks; at least one."""
        return cls(first_day, first_day + timedelta(days=7 * weeks - 1))

    @property
    def days(self) -> int:
        """Count the days, both ends included."""
        return (self.last_day - self.first_day).days + 1

    @property
    def weeks(self) -> int:
        """Count the weeks that were begun."""
        return -(-self.days // 7)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def covers(self, other: "Period") -> bool:
        """Tell whether the other period lies wholly inside this one."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def overlap(self, other: "Period") -> "Period | None":
        """Find the days that both periods share."""
        first, last = max(self.first_day, other.first_day), min(self.last_day, other.last_day)
        return Period(first, last) if first <= last else None

    def months(self) -> Iterator[str]:
        """Name every calendar month the period touches, in order."""
        return (month for month, _ in self.days_by_month())

    def days_by_month(self) -> Iterator[tuple[str, int]]:
        """Name every calendar month the period touches with how many of its days lie in it, in order."""
        first, after = self.first_day, self.last_day.toordinal() + 1
        while (begun := first.toordinal()) < after:
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
            yield month_of(first), min(following.toordinal(), after) - begun
            first = following

    def days_in(self, month: str) -> int:
        """Count the days of the period that lie in a month."""
        shared = self.overlap(Period(first_day_of(month), last_day_of(month)))
        return shared.days if shared else 0
