"""Who somebody is today: the signed-in user with roles and ties, and the people an administrator sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    String,
    bindparam,
    cast,
    func,
    inspect,
    literal,
    null,
    or_,
    select,
    union_all,
)

from planner.domain.money import ZERO
from planner.domain.people import Role, RoleKind, Tie, TieKind, User
from planner.models.base import DayType, MoneyType
from planner.models.offer import LocalPackage
from planner.models.person import Identity, Person, RoleRow, Setting, TieRow, Unit
from planner.queries.session import reading


def _valid(table: type[RoleRow] | type[TieRow]) -> tuple[Any, ...]:
    today = bindparam("today", type_=DayType)
    return (
        table.person_id == bindparam("person"),
        table.first_day <= today,
        or_(table.last_day.is_(None), table.last_day >= today),
    )


_STANDING: CompoundSelect[Any] = union_all(
    select(
        literal("role").label("what"),
        cast(RoleRow.kind, String).label("kind"),
        RoleRow.id.label("row"),
        Unit.id.label("unit"),
        RoleRow.limit_oere.label("limit"),
        cast(null(), Integer).label("citizen"),
    )
    .outerjoin(Unit, or_(Unit.id == RoleRow.unit_id, Unit.parent_id == RoleRow.unit_id))
    .where(*_valid(RoleRow)),
    select(
        literal("tie"),
        cast(TieRow.kind, String),
        TieRow.id,
        cast(null(), Integer),
        cast(null(), MoneyType),
        TieRow.citizen_id,
    ).where(*_valid(TieRow)),
)
_SETTINGS: CompoundSelect[Any] = union_all(
    select(Setting.key, Setting.value),
    select(literal("edition"), cast(func.max(LocalPackage.edition), String)),
)
_PERSON = select(Person.id, Person.called, Person.language, Person.epoch).where(Person.id == bindparam("person"))


def user(person_id: int, epoch: int | None, today: date) -> User | None:
    """Load somebody with the roles and ties that hold today; nobody when they signed out since ``epoch``."""
    person = reading().execute(_PERSON, {"person": person_id}).one_or_none()
    if person is None or (epoch is not None and person.epoch != epoch):
        return None
    rows = reading().execute(_STANDING, {"person": person_id, "today": today}).all()
    return User(person.id, person.called, person.language, _roles(rows), _ties(rows))


def _roles(rows: Sequence[Any]) -> tuple[Role, ...]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        if row.what == "role":
            found.setdefault(row.row, []).append(row)
    return tuple(
        Role(
            RoleKind(group[0].kind),
            frozenset(row.unit for row in group if row.unit is not None),
            group[0].limit or ZERO,
        )
        for group in found.values()
    )


def _ties(rows: Sequence[Any]) -> tuple[Tie, ...]:
    return tuple(Tie(TieKind(row.kind), row.citizen) for row in rows if row.what == "tie")


def epoch_of(person_id: int) -> int:
    """Tell a person's epoch, for a new session."""
    return reading().scalars(select(Person.epoch).where(Person.id == person_id)).one()


def linked(issuer: str, subject: str) -> int | None:
    """Find the person an account at the provider belongs to."""
    return reading().scalar(select(Identity.person_id).where(Identity.issuer == issuer, Identity.subject == subject))


def settings() -> dict[str, str]:
    """Load what the municipality says about itself, and which ``edition`` of its catalogue is the newest.

    Every page needs the first and many need the second, so both are one statement, once a request.
    """
    known: dict[Any, Any] = reading().info
    if settings not in known:
        known[settings] = {row.key: row.value for row in reading().execute(_SETTINGS) if row.value is not None}
    said: dict[str, str] = known[settings]
    return said


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody one can be in the demo."""

    id: int
    called: str
    kinds: tuple[str, ...]
    ties: tuple[str, ...]


def everybody(today: date) -> list[DemoPerson]:
    """List everybody with a role or a private tie today: for the demo's sign-in page only."""
    today_ = bindparam("today", today, type_=DayType)
    roles = select(RoleRow.person_id, RoleRow.kind).where(
        RoleRow.first_day <= today_, or_(RoleRow.last_day.is_(None), RoleRow.last_day >= today_)
    )
    ties = select(TieRow.person_id, TieRow.kind).where(
        TieRow.kind != TieKind.CASEWORKER, or_(TieRow.last_day.is_(None), TieRow.last_day >= today_)
    )
    kinds: dict[int, set[str]] = {}
    bonds: dict[int, set[str]] = {}
    for person_id, kind in reading().execute(roles):
        kinds.setdefault(person_id, set()).add(kind.value)
    for person_id, bond in reading().execute(ties):
        bonds.setdefault(person_id, set()).add(bond.value)
    people = select(Person.id, Person.called).where(Person.id.in_(kinds.keys() | bonds.keys())).order_by(Person.id)
    return [
        DemoPerson(p.id, p.called, tuple(sorted(kinds.get(p.id, ()))), tuple(sorted(bonds.get(p.id, ()))))
        for p in reading().execute(people)
    ]


def nobody_yet() -> bool:
    """Tell whether the database holds no person at all."""
    return not reading().scalar(select(func.count()).select_from(Person))


def unit_named(name: str) -> int | None:
    """Find a unit by its name."""
    return reading().scalar(select(Unit.id).where(Unit.name == name).order_by(Unit.id).limit(1))


def tables_exist() -> bool:
    """Tell whether the database has been migrated."""
    return inspect(reading().connection()).has_table("event")
