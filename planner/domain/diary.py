"""The diary: what a plan puts into a calendar, by day, as far as days are known before appointments are made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from planner.domain.away import NEVER, Closed
from planner.domain.mix import Line, dated_phases, occurrences
from planner.domain.package import Words
from planner.domain.period import Period, week_of


@dataclass(frozen=True, slots=True)
class Begins:
    """A part of a line begins; ``period`` is how long it runs, ``name`` is empty for a line without phases."""

    item: int
    title: Words
    period: Period
    name: Words | None


@dataclass(frozen=True, slots=True)
class Meets:
    """What happens with others in one ISO week: from its first planned day on, so many times, so many minutes.

    The weekday is not agreed yet: it is some day of that week.
    """

    item: int
    title: Words
    day: date
    times: int
    minutes: int


def diary(lines: Iterable[Line], closed: Closed = NEVER) -> tuple[Begins | Meets, ...]:
    """List everything in the order of its days; own exercises at home are not appointments and are left out."""
    found = chain.from_iterable(_of(line, closed) for line in lines)
    return tuple(sorted(found, key=lambda one: (_day(one), one.item, isinstance(one, Meets))))


def _of(line: Line, closed: Closed) -> Iterator[Begins | Meets]:
    yield from _begins(line)
    yield from _meets(line, closed)


def _begins(line: Line) -> Iterator[Begins]:
    phases = dated_phases(line)
    if not phases:
        yield Begins(line.item, line.title, line.period, None)
    for index, dated in enumerate(phases):
        if not index or dated.phase is not phases[index - 1].phase:
            yield Begins(line.item, line.title, dated.period, dated.name)


def _meets(line: Line, closed: Closed) -> Iterator[Meets]:
    weeks: dict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    for day, minutes, own in occurrences(line, closed):
        if not own:
            weeks[week_of(day)].append((day, minutes))
    for happening in weeks.values():
        first = min(day for day, _ in happening)
        yield Meets(line.item, line.title, first, len(happening), sum(minutes for _, minutes in happening))


def _day(one: Begins | Meets) -> date:
    return one.day if isinstance(one, Meets) else one.period.first_day
