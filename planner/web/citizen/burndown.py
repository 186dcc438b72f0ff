"""The burn-down: what is unused on the first of each month and today, beside an even plan; drawn by the server."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.money import ZERO, Money
from planner.domain.period import Period, first_day_of, month_of
from planner.domain.standing import planned_left
from planner.web.filters import pct, short_month

_TOP, _HEIGHT = 24, 180
_MOST_LABELS = 8
_LABEL_NEEDS = 7
_MIDDLE = 50
_LATE = 78
_NO_ROOM = 94
_BESIDE_TOTAL = 26


@dataclass(frozen=True, slots=True)
class Point:
    """A day, with what an even plan leaves and what is left."""

    day: date
    planned: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of a month on the axis; some months go without a name where it is narrow."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class BurnDown:
    """The curve in days and kroner, its points for the table, and where its words stand."""

    points: tuple[Point, ...]
    days: int
    kroner: int
    line: str
    ticks: tuple[Tick, ...]
    dot_x: str
    dot_y: str
    label_x: str
    label_y: str
    label_end: bool
    plan_x: str
    plan_y: str
    plan_end: bool

    @property
    def last(self) -> Point:
        """The point the curve has come to."""
        return self.points[-1]


def burn_down(total: Money, spent_in: dict[str, Money], period: Period, today: date) -> BurnDown:
    """Draw the curve from month sums, so that its cost does not grow with the number of purchases."""
    end = min(today, period.last_day + timedelta(days=1))
    points = tuple(
        Point(day, planned_left(total, period, day), total - _spent_before(spent_in, day, end))
        for day in _days(period, end)
    )
    kroner = max(1, total.oere // 100)
    here = (end - period.first_day).days / period.days * 100
    dot = _TOP + _HEIGHT * (1 - points[-1].left.oere / total.oere)
    # Words stand where the curve does not go: over it at first, and past the middle on the left below it.
    late = here > _MIDDLE
    plan_x, plan_y, plan_end = _place_of_plan(here)
    return BurnDown(
        points=points,
        days=period.days,
        kroner=kroner,
        line="M" + "L".join(f"{(p.day - period.first_day).days} {(total - p.left).oere // 100}" for p in points),
        ticks=_ticks(period),
        dot_x=pct(here),
        dot_y=f"{dot:.1f}",
        label_x=pct(here - 3 if late else max(here + 3, _BESIDE_TOTAL)),
        label_y=f"{min(dot + 22, _TOP + _HEIGHT - 6) if late else dot - 4:.1f}",
        label_end=late,
        plan_x=plan_x,
        plan_y=plan_y,
        plan_end=plan_end,
    )


def _place_of_plan(here: float) -> tuple[str, str, bool]:
    """Find a place for the word at the even plan, to the right of the curve as long as there is room."""
    if here > _LATE:
        return "100%", f"{_TOP + _HEIGHT - 36}", True
    x = 66 if here <= _MIDDLE else (here + 100) / 2 - 4
    return pct(x), f"{_TOP + _HEIGHT * x / 100 - 12:.0f}", False


def _days(period: Period, end: date) -> list[date]:
    firsts = [first_day_of(month) for month in period.months()]
    return list(dict.fromkeys([period.first_day, *(day for day in firsts if period.first_day < day < end), end]))


def _spent_before(spent_in: dict[str, Money], day: date, end: date) -> Money:
    """Add up what was used before a day begins; on the last day of the curve, that day's month counts whole."""
    through = month_of(day)
    return sum(
        (amount for month, amount in spent_in.items() if month < through or (day == end and month == through)), ZERO
    )


def _ticks(period: Period) -> tuple[Tick, ...]:
    firsts = [max(period.first_day, first_day_of(month)) for month in period.months()]
    places = [(day - period.first_day).days / period.days * 100 for day in firsts]
    every = -(-len(firsts) // _MOST_LABELS)
    narrow = len(places) > 1 and places[1] < _LABEL_NEEDS
    return tuple(
        Tick(pct(x), short_month(day) if k % every == 0 and x < _NO_ROOM and not (narrow and k == 0) else "")
        for k, (day, x) in enumerate(zip(firsts, places, strict=True))
    )
