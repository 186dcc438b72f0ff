"""Who has looked at a citizen's data, as that citizen sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import case, exists, func, literal, select

from planner import clock
from planner.domain.people import TieKind
from planner.domain.period import Period, add_months, first_day_of
from planner.models.person import Person, TieRow, Unit
from planner.models.record import Chain, Reading, ReadingOf
from planner.queries.pages import Page, Slice
from planner.queries.session import reading

READINGS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ReadingSeen:
    """One look: in which role and unit, at which page, for which purpose.

    ``reader`` is empty where the municipality shows no names; ``adviser`` says that it was the citizen's own.
    """

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
        """Count the looks of everybody."""
        return sum(self.by_role.values())


_OF = (ReadingOf.chain_id == Reading.chain_id) & (ReadingOf.seq == Reading.seq)


def months(citizen_id: int, today: date) -> tuple[MonthOfReadings, ...]:
    """Count the looks at a citizen's data, month by month and role by role, the newest month first."""
    own = ReadingOf.citizen_id == citizen_id
    first: datetime | None = reading().scalar(select(func.min(Reading.at)).join(ReadingOf, _OF).where(own))
    if first is None:
        return ()
    begun = clock.local(first).date()
    named = list(Period(begun, max(begun, today)).months())
    month = case(*((Reading.at >= _start(m), literal(m)) for m in reversed(named)), else_=named[0]).label("month")
    seen = select(month, Reading.role).join(ReadingOf, _OF).where(own).subquery()
    rows = reading().execute(select(seen.c.month, seen.c.role, func.count()).group_by(seen.c.month, seen.c.role))
    found: dict[str, dict[str, int]] = {}
    for name, role, times in rows:
        found.setdefault(name, {})[role] = times
    return tuple(MonthOfReadings(name, found[name]) for name in sorted(found, reverse=True))


def in_month(citizen_id: int, month: str, place: Slice, *, names: bool) -> Page[ReadingSeen]:
    """List the looks at a citizen's data in one month, the newest first."""
    start = _start(month)
    end = datetime.combine(add_months(first_day_of(month), 1), time(0), clock.COPENHAGEN)
    wanted = _readings(citizen_id).where(Reading.at >= start, Reading.at < end)
    rows = reading().execute(wanted.limit(place.size).offset(place.offset))
    return Page(tuple(_reading(row, names=names) for row in rows), place)


def all_of(citizen_id: int, *, names: bool) -> list[ReadingSeen]:
    """List every look at a citizen's data, the newest first: for the file they take with them."""
    return [_reading(row, names=names) for row in reading().execute(_readings(citizen_id))]


def _start(month: str) -> datetime:
    return datetime.combine(first_day_of(month), time(0), clock.COPENHAGEN)


def _readings(citizen_id: int) -> Any:  # noqa: ANN401 - a select of rows
    adviser = exists().where(
        TieRow.citizen_id == citizen_id, TieRow.person_id == Chain.subject_id, TieRow.kind == TieKind.CASEWORKER
    )
    return (
        select(
            Reading.at,
            Reading.role,
            Unit.name.label("unit"),
            Person.called,
            adviser.label("adviser"),
            Reading.page,
            Reading.purpose,
        )
        .join(ReadingOf, _OF)
        .join(Chain, Chain.id == Reading.chain_id)
        .join(Person, Person.id == Chain.subject_id)
        .outerjoin(Unit, Unit.id == Reading.unit_id)
        .where(ReadingOf.citizen_id == citizen_id)
        .order_by(Reading.at.desc(), Reading.chain_id.desc(), Reading.seq.desc())
    )


def _reading(row: Any, *, names: bool) -> ReadingSeen:  # noqa: ANN401 - a row of _readings
    return ReadingSeen(
        row.at, row.role, row.unit, row.called if names else "", bool(row.adviser), row.page, row.purpose
    )
