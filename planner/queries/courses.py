"""What somebody needs to open a course: citizens of their units, units, kinds of budget, people who help."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select

from planner.domain.money import Money
from planner.domain.package import Words
from planner.domain.people import RoleKind, TieKind, User
from planner.models.person import Person, RoleRow, TieRow, Unit
from planner.models.plan import Plan
from planner.models.rule import BudgetTemplate
from planner.queries.session import reading

MOST_FOUND = 20
MOST_HELPERS = 200
SHORTEST_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something by id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen of one's units."""

    id: int
    called: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of budget that can be chosen."""

    id: int
    name: Words
    ceiling: Money | None
    months: int | None


def named(text: str, by: User) -> tuple[Citizen, ...]:
    """Search the citizens of a caseworker's units by name; nobody else is ever found."""
    if len(text.strip()) < SHORTEST_SEARCH:
        return ()
    found = _citizens(by).where(like(Person.called, text)).order_by(Person.called, Person.id).limit(MOST_FOUND)
    return _read(found)


def citizen(citizen_id: int, by: User) -> Citizen | None:
    """Find one citizen of a caseworker's units."""
    return next(iter(_read(_citizens(by).where(Person.id == citizen_id))), None)


def units(by: User) -> tuple[Named, ...]:
    """List the units in which somebody may open courses."""
    rows = reading().execute(
        select(Unit.id, Unit.name).where(Unit.id.in_(by.units(RoleKind.CASEWORKER))).order_by(Unit.name)
    )
    return tuple(Named(row.id, row.name) for row in rows)


def templates(today: date) -> tuple[Template, ...]:
    """List the kinds of budget that have not ended."""
    running = or_(BudgetTemplate.last_day.is_(None), BudgetTemplate.last_day >= today)
    rows = reading().scalars(select(BudgetTemplate).where(running).order_by(BudgetTemplate.id))
    return tuple(Template(row.id, Words(row.name, row.name_en), row.ceiling_oere, row.months) for row in rows)


def helpers(by: User, today: date) -> tuple[Named, ...]:
    """List those who can be asked to help with the money: who is no citizen here, and not the caseworker."""
    holds = (RoleRow.first_day <= today, or_(RoleRow.last_day.is_(None), RoleRow.last_day >= today))
    citizens = select(RoleRow.person_id).where(RoleRow.kind == RoleKind.CITIZEN, *holds)
    helping = select(TieRow.person_id).where(TieRow.kind == TieKind.SUPPORT_PERSON)
    able = or_(Person.id.not_in(citizens), Person.id.in_(helping))
    rows = reading().execute(
        select(Person.id, Person.called)
        .where(able, Person.id != by.id)
        .order_by(Person.called, Person.id)
        .limit(MOST_HELPERS)
    )
    return tuple(Named(row.id, row.called) for row in rows)


# Nobody's name is longer, and SQLite refuses to look for very long patterns.
_LONGEST = 200


def like(column: Any, text: str) -> ColumnElement[bool]:  # noqa: ANN401 - a mapped column of text
    """Search in a column whatever the case; SQLite knows no capital Æ, Ø and Å, so each spelling is asked for."""
    wanted = text.strip()
    if len(wanted) > _LONGEST:
        return false()
    return or_(*(column.icontains(form, autoescape=True) for form in {wanted, wanted.lower(), wanted.title()}))


def _citizens(by: User) -> Any:  # noqa: ANN401 - a select of three columns
    reach = by.units(RoleKind.CASEWORKER)
    roles = select(RoleRow.person_id).where(RoleRow.kind == RoleKind.CITIZEN, RoleRow.unit_id.in_(reach))
    plans = select(Plan.citizen_id).where(Plan.unit_id.in_(reach))
    known = or_(Person.id.in_(roles), Person.id.in_(plans))
    return select(Person.id, Person.called, Person.protected).where(known, Person.id != by.id)


def _read(found: Any) -> tuple[Citizen, ...]:  # noqa: ANN401 - what _citizens selects
    rows: Iterable[Any] = reading().execute(found)
    return tuple(Citizen(row.id, row.called, row.protected) for row in rows)
