"""What a mix comes to in the few figures by which two mixes are compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.away import NEVER, Closed
from planner.domain.mix import Line, weekly_load
from planner.domain.money import Money

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is free afterwards and what it costs (øre), time in minutes from today on, and the last day of all."""

    free: Money
    cost: Money
    full_weeks: int
    busiest: int
    together: int
    at_home: int
    ends: date | None
    serves: Mapping[int, int]


def outcome(
    lines: Sequence[Line],
    goals: Mapping[int, frozenset[int]],
    *,
    free: Money,
    cost: Money,
    limit: int | None,
    today: date,
    closed: Closed = NEVER,
) -> Outcome:
    """Work the figures out; ``goals`` are those of each item, and ``serves`` counts the lines of each goal."""
    coming = [week for week in weekly_load(lines, closed) if week.monday + WEEK > today]
    served = [goal for line in lines for goal in goals.get(line.item, ())]
    return Outcome(
        free=free,
        cost=cost,
        full_weeks=sum(limit is not None and week.together > limit for week in coming),
        busiest=max((week.together for week in coming), default=0),
        together=sum(week.together for week in coming),
        at_home=sum(week.own for week in coming),
        ends=max((line.period.last_day for line in lines), default=None),
        serves={goal: served.count(goal) for goal in sorted(set(served))},
    )
