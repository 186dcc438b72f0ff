"""The estimate: a cautious guess at what a budget will have spent when its period ends."""

from collections.abc import Mapping
from datetime import date, timedelta

from planner.domain.money import ZERO, Money
from planner.domain.period import Period, month_of

PACE_DAYS = 90
QUIET_DAYS = 30


def line_estimate(spent: Money, committed: Money, planned_from_now: Money) -> Money:
    """Estimate a line: spent, and the planned months from this one on, capped by what is committed."""
    return spent + min(committed, planned_from_now)


def pace_window(today: date) -> tuple[tuple[str, int, int], ...]:
    """List (month, days inside, days of the month) for the last 90 days, today included.

    Spending is known by month; a month that lies partly inside counts by its share of days, so that the
    cost of the estimate does not grow with the number of purchases.
    """
    window = Period(today - timedelta(days=PACE_DAYS - 1), today)
    return tuple((month, window.days_in(month), _days_of(month, today)) for month in window.months())


def _days_of(month: str, today: date) -> int:
    """Count the days of a month that have been; the running month ends today."""
    start = date(int(month[:4]), int(month[5:7]), 1)
    if month == month_of(today):
        return (today - start).days + 1
    following = (start + timedelta(days=32)).replace(day=1)
    return (following - start).days


def free_estimate(spent: Money, available: Money, spent_in: Mapping[str, Money], budget: Period, today: date) -> Money:
    """Estimate the free money: spent, and on at the pace of the last 90 days, capped by what is available.

    ``spent_in`` is what was spent from the free envelope by month. In the budget's first 30 days there is
    no pace yet, and after its last day nothing more is expected.
    """
    if today >= budget.last_day or (today - budget.first_day).days < QUIET_DAYS:
        return spent
    in_window = sum(
        max(0, spent_in.get(month, ZERO).oere) * inside // whole for month, inside, whole in pace_window(today)
    )
    days_seen = min(PACE_DAYS, (today - budget.first_day).days + 1)
    days_left = (budget.last_day - today).days
    return spent + min(available, Money(in_window * days_left // days_seen))
