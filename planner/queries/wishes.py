"""Wishes about packages as people see them: of one line, of one plan, and those that wait for an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from planner.domain.choices import Value, read
from planner.domain.people import RoleKind, User
from planner.domain.wish import WishState, state
from planner.models.composing import Wish
from planner.models.person import Person
from planner.models.plan import Plan, PlanItem
from planner.queries.lists import Rows, paged
from planner.queries.pages import Page
from planner.queries.session import reading

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class WishSeen:
    """A wish with its words, the package it is about, and its answer once there is one."""

    id: int
    plan_id: int
    item: int
    citizen_id: int
    called: str
    package_id: str
    part: str
    wanted: Value
    words: str
    at: datetime
    state: WishState
    reason: str
    answered_by: str
    answered_at: datetime | None

    @property
    def open(self) -> bool:
        """Tell whether it waits for an answer."""
        return self.state is WishState.OPEN


_ANSWERER = Person.__table__.alias("answerer")
_WISHES: Rows = (
    select(Wish, Plan.citizen_id, Person.called, PlanItem.package_id, _ANSWERER.c.called.label("answerer"))
    .join(Plan, Plan.id == Wish.plan_id)
    .join(PlanItem, PlanItem.id == Wish.item_id)
    .join(Person, Person.id == Plan.citizen_id)
    .outerjoin(_ANSWERER, _ANSWERER.c.id == Wish.answered_by)
)


def of_item(item_id: int) -> tuple[WishSeen, ...]:
    """List the wishes about one line that were not taken back, the newest first."""
    return _seen(Wish.item_id == item_id, Wish.withdrawn_at.is_(None))


def of_plan(plan_id: int) -> tuple[WishSeen, ...]:
    """List the wishes in a plan that were not taken back, the newest first."""
    return _seen(Wish.plan_id == plan_id, Wish.withdrawn_at.is_(None))


def in_plan(plan_id: int, wish_id: int) -> WishSeen | None:
    """Find a wish of a plan, also one that was taken back."""
    return next(iter(_seen(Wish.plan_id == plan_id, Wish.id == wish_id)), None)


def granted(seen: tuple[WishSeen, ...]) -> dict[str, Value]:
    """Collect what was granted, by part; the answer given last wins."""
    given = sorted((wish for wish in seen if wish.state is WishState.GRANTED), key=_answered)
    return {wish.part: wish.wanted for wish in given}


def one(wish_id: int, by: User) -> WishSeen | None:
    """Find a wish of the units somebody decides in; anybody else's looks like an unknown id."""
    return next(iter(_seen(Wish.id == wish_id, *_mine(by))), None)


def waiting(by: User, page: int) -> Page[WishSeen]:
    """List the wishes that wait for an answer in the units somebody decides in, the oldest first."""
    rows, place = paged(_WISHES.where(*_open(), *_mine(by)), page, Wish.id.asc(), size=PAGE)
    return Page(tuple(_wish(row) for row in rows), place)


def count(by: User) -> int:
    """Count the wishes that wait for an answer in the units somebody decides in."""
    found = select(func.count()).select_from(Wish).join(Plan, Plan.id == Wish.plan_id).where(*_open(), *_mine(by))
    return reading().scalar(found) or 0


def _open() -> tuple[ColumnElement[bool], ...]:
    return Wish.granted.is_(None), Wish.withdrawn_at.is_(None)


def _mine(by: User) -> tuple[ColumnElement[bool], ...]:
    return Plan.unit_id.in_(by.units(RoleKind.CASEWORKER, RoleKind.APPROVER)), Plan.citizen_id != by.id


def _seen(*where: ColumnElement[bool]) -> tuple[WishSeen, ...]:
    return tuple(_wish(row) for row in reading().execute(_WISHES.where(*where).order_by(Wish.id.desc())))


def _answered(wish: WishSeen) -> tuple[str, int]:
    return wish.answered_at.isoformat() if wish.answered_at else "", wish.id


def _wish(row: Any) -> WishSeen:  # noqa: ANN401 - a row of _WISHES
    wish: Wish = row.Wish
    return WishSeen(
        id=wish.id,
        plan_id=wish.plan_id,
        item=wish.item_id,
        citizen_id=row.citizen_id,
        called=row.called,
        package_id=row.package_id,
        part=wish.part,
        wanted=read(wish.part, wish.wanted),
        words=wish.words or "",
        at=wish.at,
        state=state(granted=wish.granted, taken_back=wish.withdrawn_at is not None),
        reason=wish.reason or "",
        answered_by=row.answerer or "",
        answered_at=wish.answered_at,
    )
