"""People, roles, ties, invitations and units, as an administrator sees them: no goals, no plans, no money."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, or_, select

from planner.domain.money import Money
from planner.domain.people import RoleKind, TieKind
from planner.models.person import Identity, Invitation, Person, RoleRow, TieRow, Unit
from planner.queries.courses import Named, like
from planner.queries.pages import Page, Slice
from planner.queries.session import reading

PAGE = 50
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the list, with what they do here today."""

    id: int
    called: str
    protected: bool
    kinds: tuple[RoleKind, ...]
    linked: bool
    citizen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """A role with its days; ``ended`` ones stay to be seen."""

    id: int
    kind: RoleKind
    unit: str | None
    limit: Money | None
    first_day: date
    last_day: date | None
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TieHeld:
    """What somebody is to a citizen (or, seen from the citizen, who is what to them)."""

    id: int
    kind: TieKind
    person: Named
    citizen: Named
    first_day: date
    last_day: date | None
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """One person with roles, ties and sign-in."""

    id: int
    called: str
    full_name: str
    phone: str
    language: str
    protected: bool
    citizen: bool
    roles: tuple[RoleHeld, ...]
    ties: tuple[TieHeld, ...]
    linked_at: datetime | None
    invited_until: datetime | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with what lies above it, and how many people have a role in it today."""

    id: int
    name: str
    code: str
    parent: str | None
    people: int


_CITIZEN = exists(select(RoleRow.id).where(RoleRow.person_id == Person.id, RoleRow.kind == RoleKind.CITIZEN)).correlate(
    Person
)
_LINKED = exists(select(Identity.id).where(Identity.person_id == Person.id)).correlate(Person)


def listed(today: date, page: int) -> Page[PersonRow]:
    """List everybody by name. Three statements."""
    total = reading().scalar(select(func.count()).select_from(Person)) or 0
    place = Slice(total, PAGE, page)
    found = select(Person.id, Person.called, Person.protected, _LINKED.label("linked"), _CITIZEN.label("citizen"))
    ordered = found.order_by(Person.called, Person.id).limit(place.size).offset(place.offset)
    return Page(_people(reading().execute(ordered).all(), today), place)


def named(text: str, today: date, *, citizens: bool = False) -> tuple[PersonRow, ...]:
    """Search people by a part of their name."""
    if not text.strip():
        return ()
    found = select(Person.id, Person.called, Person.protected, _LINKED.label("linked"), _CITIZEN.label("citizen"))
    wanted = found.where(like(Person.called, text), *([_CITIZEN] if citizens else []))
    return _people(reading().execute(wanted.order_by(Person.called, Person.id).limit(MOST_FOUND)).all(), today)


def person(person_id: int, today: date, now: datetime) -> PersonFacts | None:
    """Find one person. Five statements."""
    found = reading().execute(select(Person, _CITIZEN.label("citizen")).where(Person.id == person_id)).one_or_none()
    if found is None:
        return None
    who: Person = found.Person
    linked = select(func.max(Identity.linked_at)).where(Identity.person_id == person_id)
    invited = select(func.max(Invitation.expires_at)).where(
        Invitation.person_id == person_id, Invitation.used_at.is_(None), Invitation.expires_at > now
    )
    return PersonFacts(
        id=who.id,
        called=who.called,
        full_name=who.full_name or "",
        phone=who.phone or "",
        language=who.language,
        protected=who.protected,
        citizen=found.citizen,
        roles=_roles(person_id, today),
        ties=_ties(person_id, today),
        linked_at=reading().scalar(linked),
        invited_until=reading().scalar(invited),
    )


def units(today: date) -> tuple[UnitRow, ...]:
    """List the units, each under what lies above it."""
    above = Unit.__table__.alias("above")
    people = (
        select(func.count(RoleRow.person_id.distinct()))
        .where(RoleRow.unit_id == Unit.id, *_holds(RoleRow, today))
        .correlate(Unit)
        .scalar_subquery()
    )
    rows = reading().execute(
        select(Unit.id, Unit.name, Unit.municipality_code, above.c.name.label("parent"), people.label("people"))
        .outerjoin(above, above.c.id == Unit.parent_id)
        .order_by(func.coalesce(above.c.name, Unit.name), above.c.id.is_not(None), Unit.name)
    )
    return tuple(UnitRow(row.id, row.name, row.municipality_code, row.parent, row.people) for row in rows)


def _people(rows: Any, today: date) -> tuple[PersonRow, ...]:  # noqa: ANN401 - rows of people
    ids = [row.id for row in rows]
    roles = select(RoleRow.person_id, RoleRow.kind).where(RoleRow.person_id.in_(ids), *_holds(RoleRow, today))
    kinds: dict[int, set[RoleKind]] = {}
    for person_id, kind in reading().execute(roles):
        kinds.setdefault(person_id, set()).add(kind)
    return tuple(
        PersonRow(row.id, row.called, row.protected, tuple(sorted(kinds.get(row.id, ()))), row.linked, row.citizen)
        for row in rows
    )


def _roles(person_id: int, today: date) -> tuple[RoleHeld, ...]:
    rows = reading().execute(
        select(RoleRow, Unit.name)
        .outerjoin(Unit, Unit.id == RoleRow.unit_id)
        .where(RoleRow.person_id == person_id)
        .order_by(RoleRow.id.desc())
        .limit(PAGE)
    )
    return tuple(
        RoleHeld(
            id=row.RoleRow.id,
            kind=row.RoleRow.kind,
            unit=row.name,
            limit=row.RoleRow.limit_oere,
            first_day=row.RoleRow.first_day,
            last_day=row.RoleRow.last_day,
            ended=_ended(row.RoleRow.last_day, today),
        )
        for row in rows
    )


def _ties(person_id: int, today: date) -> tuple[TieHeld, ...]:
    helper, citizen = Person.__table__.alias("helper"), Person.__table__.alias("citizen")
    rows = reading().execute(
        select(TieRow, helper.c.called.label("helper"), citizen.c.called.label("citizen"))
        .join(helper, helper.c.id == TieRow.person_id)
        .join(citizen, citizen.c.id == TieRow.citizen_id)
        .where(or_(TieRow.person_id == person_id, TieRow.citizen_id == person_id))
        .order_by(TieRow.id.desc())
        .limit(PAGE)
    )
    return tuple(
        TieHeld(
            id=row.TieRow.id,
            kind=row.TieRow.kind,
            person=Named(row.TieRow.person_id, row.helper),
            citizen=Named(row.TieRow.citizen_id, row.citizen),
            first_day=row.TieRow.first_day,
            last_day=row.TieRow.last_day,
            ended=_ended(row.TieRow.last_day, today),
        )
        for row in rows
    )


def _ended(last_day: date | None, today: date) -> bool:
    return last_day is not None and last_day < today


def _holds(table: type[RoleRow], today: date) -> tuple[Any, Any]:
    return table.first_day <= today, or_(table.last_day.is_(None), table.last_day >= today)
