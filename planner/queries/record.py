"""The record as its citizen sees it: who has looked at their data, and what has happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, case, cast, exists, func, literal, select

from planner import clock
from planner.domain.event import EventKind, Facts
from planner.domain.people import PRIVATE_TIES, RoleKind, TieKind
from planner.domain.period import Period, first_day_of, last_day_of, month_of
from planner.models.person import Person, RoleRow, TieRow, Unit
from planner.models.plan import Goal, Plan, PlanItem
from planner.models.record import Chain, Event, Reading, ReadingOf
from planner.queries.pages import Page, Slice
from planner.queries.session import reading

READINGS_A_PAGE = 50
EVENTS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ReadingSeen:
    """One look at the citizen's data; ``reader`` is empty where the municipality shows no names."""

    at: datetime
    role: str
    unit: str | None
    reader: str
    adviser: bool
    page: str
    purpose: str


@dataclass(frozen=True, slots=True)
class MonthOfReadings:
    """How often somebody looked in a month (``YYYY-MM``, on Danish clocks), by role."""

    month: str
    by_role: Mapping[str, int]

    @property
    def total(self) -> int:
        """How often anybody looked."""
        return sum(self.by_role.values())


def reading_months(citizen_id: int, today: date) -> tuple[MonthOfReadings, ...]:
    """Count the looks at a citizen's data, month by month and role by role, the newest month first."""
    own = ReadingOf.citizen_id == citizen_id
    first: datetime | None = reading().scalar(select(func.min(Reading.at)).join(*_OF).where(own))
    if first is None:
        return ()
    begun = clock.local(first).date()
    months = list(Period(begun, max(begun, today)).months())
    name = case(*((Reading.at >= _start(month), literal(month)) for month in reversed(months)), else_=months[0])
    rows = reading().execute(
        select(name.label("month"), Reading.role, func.count().label("times"))
        .join(*_OF)
        .where(own)
        .group_by(name, Reading.role)
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.month, {})[row.role] = row.times
    return tuple(MonthOfReadings(month, found[month]) for month in sorted(found, reverse=True))


def readings(citizen_id: int, month: str, place: Slice, *, names: bool) -> Page[ReadingSeen]:
    """List the looks at a citizen's data in one month, the newest first."""
    after = clock.local(_start(month)).date().replace(day=1)
    until = _start(month_of(last_day_of(month_of(after)) + _DAY))
    wanted = _readings(citizen_id).where(Reading.at >= _start(month), Reading.at < until)
    rows = reading().execute(wanted.limit(place.size).offset(place.offset))
    return Page(tuple(_reading(row, names=names) for row in rows), place)


def all_readings(citizen_id: int, *, names: bool) -> list[ReadingSeen]:
    """List every look at a citizen's data, the newest first: for the file they take with them."""
    return [_reading(row, names=names) for row in reading().execute(_readings(citizen_id))]
