"""How a budget stands on a day: whether its money can be used, whether it follows an even plan, how long it lasts."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from planner.domain.forecast import PACE_DAYS, QUIET_DAYS, pace_window
from planner.domain.money import ZERO, Money
from planner.domain.period import Period

LOW_WEEKS = 4


class Stage(StrEnum):
    """Where a budget is in its life; in grace, what was bought in its days can still be written down."""

    COMING = "coming"
    RUNNING = "running"
    GRACE = "grace"
    CLOSED = "closed"
    ENDED = "ended"


class Pace(StrEnum):
    """How spending stands to an even plan from the whole amount to nothing."""

    EVEN = "even"
    SLOWER = "slower"
    FASTER = "faster"


def last_grace_day(budget: Period, grace_days: int) -> date:
    """Find the last day on which purchases can be written down."""
    return budget.last_day + timedelta(days=grace_days)


def stage(budget: Period, grace_days: int, today: date, *, ended: bool = False) -> Stage:
    """Tell where a budget is in its life; ``ended`` before its time by a person."""
    if ended:
        return Stage.ENDED
    if today < budget.first_day:
        return Stage.COMING
    if today <= budget.last_day:
        return Stage.RUNNING
    return Stage.GRACE if today <= last_grace_day(budget, grace_days) else Stage.CLOSED


def planned_left(total: Money, budget: Period, day: date) -> Money:
    """Tell what an even plan leaves unused when a day begins."""
    passed = min(max((day - budget.first_day).days, 0), budget.days)
    return total.times(Fraction(budget.days - passed, budget.days))


def pace(total: Money, spent: Money, budget: Period, today: date) -> Pace:
    """Compare what is unused with the even plan.

    Up to a tenth of the whole amount beside the plan is even: measured by the whole, because a tenth of
    what the plan says for a day would be nothing at one of its ends.
    """
    beside = total - spent - planned_left(total, budget, today)
    if abs(beside.oere) * 10 <= total.oere:
        return Pace.EVEN
    return Pace.SLOWER if beside > ZERO else Pace.FASTER


def weeks_left(available: Money, spent_in: Mapping[str, Money], budget: Period, today: date) -> int | None:
    """Tell how many whole weeks the free money lasts at the pace of the last 90 days.

    Nothing in the budget's first 30 days, and when nothing was spent: then there is no pace to tell from.
    """
    if (today - budget.first_day).days < QUIET_DAYS:
        return None
    spent = sum(max(0, spent_in.get(month, ZERO).oere) * days // whole for month, days, whole in pace_window(today))
    days_seen = min(PACE_DAYS, (today - budget.first_day).days + 1)
    return available.oere * days_seen // (spent * 7) if spent else None


def runs_low(weeks: int | None, budget: Period, today: date) -> bool:
    """Tell whether the free money lasts four weeks at most, and not to the end."""
    return weeks is not None and weeks <= LOW_WEEKS and weeks * 7 < (budget.last_day - today).days
