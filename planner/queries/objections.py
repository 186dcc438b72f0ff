"""What citizens say is not right about a payment, and the answers they got."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from planner.domain.money import Money
from planner.domain.people import RoleKind, User
from planner.domain.purchase import Category
from planner.models.budget import Budget, Entry
from planner.models.person import Person
from planner.models.plan import Plan, PlanItem
from planner.models.purchase import Delivery, Objection, Purchase
from planner.queries.lists import Rows, paged
from planner.queries.pages import Page
from planner.queries.session import reading

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected:
    """A citizen's "that is not right" with the payment it is about, and its answer once there is one."""

    id: int
    plan_id: int
    citizen_id: int
    called: str
    words: str
    at: datetime
    amount: Money
    occurred_on: date
    category: Category | None
    package_id: str | None
    title: str | None
    part: str | None
    which: str | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


def listed(by: User, page: int, plan_id: int | None = None) -> Page[Objected]:
    """List the objections of a caseworker's units (or of one plan): those that wait first, then the newest."""
    found = _OBJECTIONS.where(*_mine(by), *([Plan.id == plan_id] if plan_id is not None else []))
    rows, place = paged(found, page, Objection.answered_at.is_not(None), Objection.id.desc(), size=PAGE)
    return Page(tuple(_objected(row) for row in rows), place)


def one(objection_id: int, by: User) -> Objected | None:
    """Find one objection of a caseworker's units."""
    row = reading().execute(_OBJECTIONS.where(*_mine(by), Objection.id == objection_id)).one_or_none()
    return None if row is None else _objected(row)


def waiting(by: User) -> int:
    """Count the objections that wait for an answer from a caseworker's units."""
    found = (
        select(func.count())
        .select_from(Objection)
        .join(Budget, Budget.id == Objection.budget_id)
        .join(Plan, Plan.id == Budget.plan_id)
        .where(Objection.answered_at.is_(None), *_mine(by))
    )
    return reading().scalar(found) or 0


_ANSWERER = Person.__table__.alias("answerer")
_OBJECTIONS: Rows = (
    select(
        Objection,
        Plan.id.label("plan_id"),
        Person.called,
        Entry.oere,
        Entry.occurred_on,
        Purchase.category,
        PlanItem.package_id,
        PlanItem.title,
        Delivery.part,
        Delivery.which,
        _ANSWERER.c.called.label("answerer"),
    )
    .join(Entry, (Entry.budget_id == Objection.budget_id) & (Entry.number == Objection.number))
    .join(Budget, Budget.id == Objection.budget_id)
    .join(Plan, Plan.id == Budget.plan_id)
    .join(Person, Person.id == Objection.citizen_id)
    .outerjoin(Purchase, Purchase.id == Entry.purchase_id)
    .outerjoin(Delivery, Delivery.id == Entry.delivery_id)
    .outerjoin(PlanItem, PlanItem.id == Delivery.item_id)
    .outerjoin(_ANSWERER, _ANSWERER.c.id == Objection.answered_by)
)


def _mine(by: User) -> tuple[ColumnElement[bool], ...]:
    return Plan.unit_id.in_(by.units(RoleKind.CASEWORKER)), Plan.citizen_id != by.id


def _objected(row: Any) -> Objected:  # noqa: ANN401 - a row of _OBJECTIONS
    objection: Objection = row.Objection
    return Objected(
        id=objection.id,
        plan_id=row.plan_id,
        citizen_id=objection.citizen_id,
        called=row.called,
        words=objection.words,
        at=objection.at,
        amount=row.oere,
        occurred_on=row.occurred_on,
        category=row.category,
        package_id=row.package_id,
        title=row.title,
        part=row.part,
        which=row.which,
        answer=objection.answer,
        answered_by=row.answerer,
        answered_at=objection.answered_at,
    )
