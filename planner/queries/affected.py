"""Who is affected when a package changes or goes: numbers of plans, and nobody's name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select

from planner.domain.plan import PlanAction
from planner.models.base import DayType
from planner.models.plan import Decision, Plan, PlanAct, PlanLine, PlanVersion
from planner.queries.session import look


@dataclass(frozen=True, slots=True)
class Affected:
    """How many plans have a package: with the citizen, waiting for an answer, and in force."""

    drafts: int
    waiting: int
    in_force: int

    @property
    def any(self) -> bool:
        """Tell whether anybody has it."""
        return bool(self.drafts or self.waiting or self.in_force)


_LAST = (
    select(PlanAct.action)
    .where(PlanAct.plan_id == Plan.id)
    .order_by(PlanAct.id.desc())
    .limit(1)
    .correlate(Plan)
    .scalar_subquery()
)
# What somebody only tries has a number below zero.
_NEWEST = (
    select(func.max(PlanVersion.number))
    .where(PlanVersion.plan_id == Plan.id, PlanVersion.number > 0)
    .correlate(Plan)
    .scalar_subquery()
)
_DECIDED = select(func.max(Decision.number)).where(Decision.plan_id == Plan.id).correlate(Plan).scalar_subquery()


def _has(number: ColumnElement[int]) -> ColumnElement[bool]:
    line = select(PlanLine.item_id).where(PlanLine.plan_id == Plan.id, PlanLine.number == number)
    return exists(line.where(PlanLine.package_id == bindparam("package"))).correlate(Plan)


_OUT = (PlanAction.SUBMIT, PlanAction.INSIST)
_OVER = (PlanAction.APPROVE, PlanAction.END)
_CONDITIONS: tuple[ColumnElement[bool], ...] = (
    and_(or_(_LAST.is_(None), _LAST.not_in([*_OUT, *_OVER])), _has(_NEWEST)),
    and_(_LAST.in_(_OUT), _has(_NEWEST)),
    and_(_LAST != PlanAction.END, Plan.last_day >= bindparam("today", type_=DayType), _has(_DECIDED)),
)
_COUNTED = select(*(func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in _CONDITIONS)).where(
    Plan.id.in_(select(PlanLine.plan_id).where(PlanLine.package_id == bindparam("package")))
)


def affected(package_id: str, today: date) -> Affected:
    """Count the plans that have a package by where they stand. One statement."""
    return Affected(*map(int, look(_COUNTED, {"package": package_id, "today": today}).one()))
