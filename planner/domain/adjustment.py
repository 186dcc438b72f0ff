"""An adjustment of a line: what the plan comes to hold, its days, and what is beyond the bounds of the package."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.allowed import Allowed, Beyond, beyond, check_length, inside, start_window
from planner.domain.choices import Choices, Value, period_after, settled
from planner.domain.package import Package
from planner.domain.period import Period
from planner.domain.plan import LineOutsidePlan
from planner.domain.wish import START


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody chose about a package: parts by name, the first day, and why when it goes beyond the bounds."""

    values: Mapping[str, Value]
    first_day: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a line stands before it is adjusted, with what was granted for it."""

    choices: Choices
    period: Period
    granted: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the plan comes to hold: what is inside the bounds; ``over`` is what would have to be a wish."""

    choices: Choices
    period: Period
    over: tuple[Beyond, ...]


def adjustment(package: Package, now: Standing, wanted: Wanted, *, plan: Period, today: date) -> Adjustment:
    """Find out what a choice comes to. Raises ``TooLongInAll`` and ``LineOutsidePlan``."""
    given = {part: value for part, value in now.granted.items() if part != START}
    chosen = settled(package, Choices(wanted.values, given))
    kept = inside(package, chosen, now.choices)
    check_length(package, chosen)
    late = _start_beyond(package, now, wanted.first_day, plan, today)
    first_day = now.period.first_day if late else wanted.first_day
    period = period_after(package, now.choices, kept, now.period, first_day=first_day, plan=plan)
    if not plan.covers(period):
        raise LineOutsidePlan(0, period, plan)
    return Adjustment(kept, period, (*beyond(package, chosen), *late))


def _start_beyond(package: Package, now: Standing, first_day: date, plan: Period, today: date) -> tuple[Beyond, ...]:
    """Find out whether a first day lies outside the days on which the package may start."""
    if first_day not in plan:
        raise LineOutsidePlan(0, Period(first_day, first_day), plan)
    window, day = start_window(package, plan, today), first_day.isoformat()
    if first_day == now.period.first_day or first_day in window or day == now.granted.get(START):
        return ()
    return (Beyond(START, day, Allowed(codes=(window.first_day.isoformat(), window.last_day.isoformat()))),)
