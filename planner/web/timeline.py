"""A plan's days as places in a drawing: the months, the stretch of each line, and the hours of each week."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from babel.dates import format_date

from planner.domain.mix import WeekLoad
from planner.domain.period import Period, first_day_of
from planner.web.language import spoken

MOST_LABELS = 7
CHART_HEIGHT = 184
_TOP, _BOTTOM = 24, 156
_GAP, _NARROWEST = 0.9, 10.0
_LAST_LABEL = 92.0
_SHORTEST = 120


@dataclass(frozen=True, slots=True)
class Tick:
    """A month on the axis: ``x`` in percent."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line on the axis, in percent: where it starts, how long it is, and how much of that has passed."""

    x: float
    width: float
    passed: float
    today: float | None


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A week in the chart: ``x`` and ``width`` in percent, the rest in pixels; own exercises hang below the line."""

    x: float
    width: float
    y: float
    height: float
    own_height: float
    past: bool
    full: bool
    load: WeekLoad

    @property
    def middle(self) -> float:
        """Find the middle of the bar."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Hours:
    """The chart of hours a week: its bars, the line they stand on, and the citizen's own limit."""

    bars: tuple[WeekBar, ...]
    base: float
    limit_y: float | None
    limit: int | None


def months(plan: Period) -> tuple[Tick, ...]:
    """Name the months of a plan in short, every second or third when there are many, and none over the edge."""
    found = [max(first_day_of(month), plan.first_day) for month in plan.months()]
    step = -(-len(found) // MOST_LABELS)
    ticks = [Tick(_share(day, plan), _short(day)) for day in found[::step]]
    crowded = len(ticks) > 1 and ticks[1].x - ticks[0].x < _NARROWEST
    return tuple(
        replace(tick, label="") if tick.x > _LAST_LABEL or (crowded and tick is ticks[0]) else tick for tick in ticks
    )


def stretch(line: Period, plan: Period, today: date) -> Stretch:
    """Place a line between the plan's first and last day; what has passed is solid, what is to come is hatched."""
    first, last = _share(line.first_day, plan), _share(line.last_day + timedelta(days=1), plan)
    now = _share(today, plan)
    return Stretch(first, last - first, min(max(now - first, 0.0), last - first), now if today in plan else None)


def hours(weeks: Sequence[WeekLoad], plan: Period, limit: int | None, today: date) -> Hours:
    """Draw the weeks: minutes together with others above the line, own exercises below it."""
    above = max(_SHORTEST, limit or 0, *(week.together for week in weeks)) if weeks else _SHORTEST
    below = max((week.own for week in weeks), default=0)
    scale = (_BOTTOM - _TOP) / (above + below)
    base = _TOP + above * scale
    return Hours(
        bars=tuple(_bar(week, plan, scale=scale, base=base, limit=limit, today=today) for week in weeks),
        base=base,
        limit_y=None if limit is None else base - limit * scale,
        limit=limit,
    )


def _bar(week: WeekLoad, plan: Period, *, scale: float, base: float, limit: int | None, today: date) -> WeekBar:
    x = _share(week.monday, plan)
    after = _share(week.monday + timedelta(days=7), plan)
    return WeekBar(
        x=x,
        width=max(after - x - _GAP, 0.5),
        y=base - week.together * scale,
        height=week.together * scale,
        own_height=week.own * scale,
        past=week.monday + timedelta(days=6) < today,
        full=limit is not None and week.together > limit,
        load=week,
    )


def _share(day: date, plan: Period) -> float:
    return min(max(100 * (day - plan.first_day).days / plan.days, 0.0), 100.0)


def _short(day: date) -> str:
    return str(format_date(day, "LLL", locale=spoken())).rstrip(".")
