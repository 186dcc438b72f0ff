"""The list of a caseworker or approver: the plans of their units, by the day an answer is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select

from planner import clock
from planner.domain.money import ZERO, Money
from planner.domain.package import Words
from planner.domain.people import RoleKind, TieKind, User
from planner.domain.period import Period
from planner.domain.plan import TRANSITIONS, PlanAction, PlanStatus
from planner.models.base import DayType, MoneyType
from planner.models.person import Person, RoleRow, TieRow, Unit
from planner.models.plan import Decision, Plan, PlanAct, PlanLine, PlanVersion
from planner.models.rule import BudgetTemplate, FundingSource
from planner.queries import objections
from planner.queries.pages import Page, Slice
from planner.queries.session import reading

PAGE = 50
DECIDERS = (RoleKind.CASEWORKER, RoleKind.APPROVER)

STANDING: Mapping[PlanAction | None, PlanStatus] = {None: PlanStatus.DRAFT} | {
    action: to for (_, action), (to, _) in TRANSITIONS.items()
}
"""Where a plan stands after its last act: every act leads to one status only, wherever it began."""


class Show(StrEnum):
    """Which plans are listed."""

    ANSWER = "answer"
    CITIZEN = "citizen"
    FORCE = "force"
    ALL = "all"


class Whose(StrEnum):
    """Whose plans are listed: everybody's, the reader's own citizens', or those beyond the adviser's limit."""

    ALL = "all"
    MINE = "mine"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to see of the list."""

    show: Show = Show.ANSWER
    whose: Whose = Whose.ALL
    status: PlanStatus | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Counts:
    """How many plans stand where, and how many objections wait for an answer."""

    answer: int
    citizen: int
    force: int
    all: int
    objections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One plan of the list. ``amount`` is what a decision is about: the citizen's amount and services beside it."""

    plan_id: int
    citizen_id: int
    called: str
    protected: bool
    adviser: str
    unit: str
    template: Words
    status: PlanStatus
    number: int
    approved: bool
    period: Period
    cost: Money | None
    amount: Money
    answer_by: date | None
    over_limit: bool
    over_adviser: bool


def counts(by: User, today: date) -> Counts:
    """Count the plans of somebody's units by where they stand. Two statements."""
    listed = (
        select(*(condition.label(show.value) for show, condition in _SHOWN.items()))
        .where(_scope(by))
        .subquery("listed")
    )
    tallied = select(*(func.coalesce(func.sum(case((listed.c[show.value], 1), else_=0)), 0) for show in _SHOWN))
    answer, citizen, force, whole = reading().execute(tallied, {"today": today}).one()
    return Counts(answer, citizen, force, whole, objections.waiting(by))


def listed(wish: Wish, *, by: User, today: date) -> Page[Row]:
    """List the plans of somebody's units. At most two statements, whatever the history."""
    query = _rows(by).where(_SHOWN[wish.show])
    if wish.status is not None:
        query = query.where(_stands(wish.status))
    if wish.whose is Whose.MINE:
        query = query.where(_mine(by))
    if wish.show is Show.ANSWER:
        return _by_deadline(query, wish, by, today)
    total = reading().scalar(select(func.count()).select_from(query.subquery()), {"today": today}) or 0
    place = Slice(total, PAGE, wish.page)
    ordered = query.order_by(Plan.last_day.desc(), Plan.id.desc()).limit(place.size).offset(place.offset)
    rows = reading().execute(ordered, {"today": today}).all()
    return Page(tuple(_row(row, by) for row in rows), place)


def next_to_answer(by: User, today: date) -> Row | None:
    """Find the plan whose answer is due first, among those this person may decide."""
    rows = listed(Wish(), by=by, today=today).rows
    return next((row for row in rows if not row.over_limit and _may_decide(row, by)), None)


def _may_decide(row: Row, by: User) -> bool:
    return row.citizen_id not in {by.id, *by.citizens(*(kind for kind in TieKind if kind is not TieKind.CASEWORKER))}


def _by_deadline(query: Select[Any], wish: Wish, by: User, today: date) -> Page[Row]:
    """Sort what waits for an answer by the day it is due, which each template counts differently.

    The two engines count days differently, too, so all that waits is read: a unit's table, not its history.
    """
    rows = [_row(row, by) for row in reading().execute(query, {"today": today})]
    if wish.whose is Whose.HIGH:
        rows = [row for row in rows if row.over_adviser and not row.over_limit]
    rows.sort(key=lambda row: (row.answer_by or date.max, row.plan_id))
    place = Slice(len(rows), PAGE, wish.page)
    return Page(tuple(rows[place.offset : place.offset + place.size]), place)


_LAST = (
    select(PlanAct.action)
    .where(PlanAct.plan_id == Plan.id)
    .order_by(PlanAct.id.desc())
    .limit(1)
    .correlate(Plan)
    .scalar_subquery()
)
_APPROVED = exists(select(Decision.id).where(Decision.plan_id == Plan.id)).correlate(Plan)
_NUMBER = select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == Plan.id).correlate(Plan).scalar_subquery()
_AWARD = (
    select(Decision.award_oere)
    .where(Decision.plan_id == Plan.id)
    .order_by(Decision.number.desc())
    .limit(1)
    .correlate(Plan)
    .scalar_subquery()
)
_SENT_AT = (
    select(PlanAct.at)
    .where(PlanAct.plan_id == Plan.id, PlanAct.action == PlanAction.SUBMIT)
    .order_by(PlanAct.id.desc())
    .limit(1)
    .correlate(Plan)
    .scalar_subquery()
)


def _cost(*of: ColumnElement[bool]) -> ColumnElement[Money | None]:
    """Add up the lines of the newest version that draw on a source; nothing for a version without such lines."""
    return (
        select(func.sum(PlanLine.cost_oere, type_=MoneyType))
        .join(FundingSource, FundingSource.id == PlanLine.source_id)
        .where(PlanLine.plan_id == Plan.id, PlanLine.number == _NUMBER, *of)
        .correlate(Plan)
        .scalar_subquery()
    )


# What a plan's own adviser may decide today, in the plan's unit or the one above it.
_ADVISER_LIMIT = (
    select(func.max(RoleRow.limit_oere, type_=MoneyType))
    .where(
        RoleRow.person_id == Plan.opened_by,
        RoleRow.kind.in_(DECIDERS),
        or_(RoleRow.unit_id == Plan.unit_id, RoleRow.unit_id == Unit.parent_id),
        RoleRow.first_day <= bindparam("today", type_=DayType),
        or_(RoleRow.last_day.is_(None), RoleRow.last_day >= bindparam("today", type_=DayType)),
    )
    .correlate(Plan, Unit)
    .scalar_subquery()
)


def _stands(*statuses: PlanStatus) -> ColumnElement[bool]:
    """Tell whether a plan stands in one of some statuses, by its last act."""
    acts = [action for action, status in STANDING.items() if status in statuses and action is not None]
    begun = func.coalesce(_LAST.in_(acts), False)
    return or_(begun, _LAST.is_(None)) if PlanStatus.DRAFT in statuses else begun


_SHOWN: Mapping[Show, ColumnElement[bool]] = {
    Show.ANSWER: _stands(PlanStatus.SUBMITTED, PlanStatus.INSISTED),
    Show.CITIZEN: or_(_stands(PlanStatus.RETURNED), and_(_stands(PlanStatus.DRAFT, PlanStatus.WITHDRAWN), ~_APPROVED)),
    Show.FORCE: and_(_APPROVED, ~_stands(PlanStatus.ENDED), Plan.last_day >= bindparam("today", type_=DayType)),
    Show.ALL: Plan.id.is_not(None),
}


def _scope(by: User) -> ColumnElement[bool]:
    return Plan.unit_id.in_(by.units(*DECIDERS))


def _mine(by: User) -> ColumnElement[bool]:
    today = bindparam("today", type_=DayType)
    tied = select(TieRow.id).where(
        TieRow.citizen_id == Plan.citizen_id,
        TieRow.person_id == by.id,
        TieRow.kind == TieKind.CASEWORKER,
        TieRow.first_day <= today,
        or_(TieRow.last_day.is_(None), TieRow.last_day >= today),
    )
    return or_(Plan.opened_by == by.id, exists(tied).correlate(Plan))


def _rows(by: User) -> Select[Any]:
    citizen, adviser = Person.__table__.alias("citizen"), Person.__table__.alias("adviser")
    return (
        select(
            Plan.id,
            Plan.citizen_id,
            Plan.unit_id,
            Plan.first_day,
            Plan.last_day,
            Plan.indicative_oere,
            citizen.c.called,
            citizen.c.protected,
            adviser.c.called.label("adviser"),
            Unit.name.label("unit"),
            BudgetTemplate.name,
            BudgetTemplate.name_en,
            BudgetTemplate.answer_days,
            _LAST.label("last"),
            _NUMBER.label("number"),
            _AWARD.label("award"),
            _SENT_AT.label("sent_at"),
            _cost().label("cost"),
            _cost(~FundingSource.counts_for_citizen).label("services"),
            _ADVISER_LIMIT.label("adviser_limit"),
        )
        .join(citizen, citizen.c.id == Plan.citizen_id)
        .join(adviser, adviser.c.id == Plan.opened_by)
        .join(Unit, Unit.id == Plan.unit_id)
        .join(BudgetTemplate, BudgetTemplate.id == Plan.template_id)
        .where(_scope(by))
    )


def _row(row: Any, by: User) -> Row:  # noqa: ANN401 - a row of _rows
    status = STANDING[row.last]
    amount = (row.indicative_oere if row.award is None else row.award) + (row.services or ZERO)
    waits = status in {PlanStatus.SUBMITTED, PlanStatus.INSISTED}
    return Row(
        plan_id=row.id,
        citizen_id=row.citizen_id,
        called=row.called,
        protected=row.protected,
        adviser=row.adviser,
        unit=row.unit,
        template=Words(row.name, row.name_en),
        status=status,
        number=row.number,
        approved=row.award is not None,
        period=Period(row.first_day, row.last_day),
        cost=(row.cost or ZERO) if status not in {PlanStatus.DRAFT, PlanStatus.WITHDRAWN} else None,
        amount=amount,
        answer_by=_due(row.sent_at, row.answer_days) if waits else None,
        over_limit=waits and amount > by.limit(row.unit_id),
        over_adviser=waits and amount > (row.adviser_limit or ZERO),
    )


def _due(sent_at: datetime, answer_days: int) -> date:
    return clock.local(sent_at).date() + timedelta(days=answer_days)
