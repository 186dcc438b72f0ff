"""What every version of a plan stands on: prices of which place, who pays, what is paid, the goals, the days away."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from planner.domain.away import Closed, closed_days
from planner.domain.ledger import EnvelopeKind
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind
from planner.models.budget import Budget, Envelope
from planner.models.person import Person, Unit
from planner.models.plan import Goal
from planner.models.rule import FundingRule, FundingSource
from planner.queries import absences, figures
from planner.queries.absences import Away
from planner.queries.plans import PlanSummary
from planner.queries.session import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a mix is read with; ``funding`` tells which kinds draw on the citizen's money (``None``: on nothing).

    ``paid`` is what was paid of it by item, and under ``None`` from no item; ``goals`` are the words of the goals
    that were not put away; ``free_cap`` is what may go to things that are there just because. ``law_months`` are the
    longest times that the law allows, in months, by code.
    """

    region: str
    funding: Mapping[LineKind, bool | None]
    paid: Mapping[int | None, Money]
    goals: Mapping[int, str]
    away: tuple[Away, ...]
    closed: Closed
    free_cap: Money | None
    born: date | None
    law_months: Mapping[str, int]


def of_plan(plan: PlanSummary, today: date) -> Ground:
    """Load it for a plan. Seven statements."""
    away = absences.of_citizen(plan.citizen_id)
    held = figures.on(today)
    cap = held.get("free_cap")
    return Ground(
        region=reading().scalars(select(Unit.municipality_code).where(Unit.id == plan.unit_id)).one(),
        funding=_funding(plan, today),
        paid=_paid(plan.id),
        goals=_goals(plan.citizen_id),
        away=away,
        closed=closed_days(plan.period, [one.period for one in away]),
        free_cap=Money(cap.value) if cap else None,
        born=reading().scalar(select(Person.born).where(Person.id == plan.citizen_id)),
        law_months={code: figure.value for code, figure in held.items() if figure.unit == "months"},
    )


def _funding(plan: PlanSummary, today: date) -> dict[LineKind, bool | None]:
    """Load which kinds of line draw on the citizen's money today; ``None`` draws on nothing."""
    rules = (
        select(FundingRule.line_kind, FundingSource.counts_for_citizen)
        .outerjoin(FundingSource, FundingSource.id == FundingRule.source_id)
        .where(
            FundingRule.template_id == plan.template_id,
            FundingRule.first_day <= today,
            or_(FundingRule.last_day.is_(None), FundingRule.last_day >= today),
        )
    )
    return {row.line_kind: row.counts_for_citizen for row in reading().execute(rules)}


def _paid(plan_id: int) -> dict[int | None, Money]:
    rows = reading().execute(
        select(Envelope.item_id, Envelope.kind, Envelope.paid)
        .join(Budget, Budget.id == Envelope.budget_id)
        .join(FundingSource, FundingSource.id == Budget.source_id)
        .where(Budget.plan_id == plan_id, FundingSource.counts_for_citizen)
    )
    paid: dict[int | None, Money] = defaultdict(lambda: ZERO)
    for row in rows:
        paid[row.item_id if row.kind is EnvelopeKind.ITEM else None] += row.paid
    return paid


def _goals(citizen_id: int) -> dict[int, str]:
    """Load the words of the goals that were not put away."""
    goals = select(Goal.id, Goal.words).where(Goal.citizen_id == citizen_id, Goal.ended_on.is_(None))
    return {row.id: row.words for row in reading().execute(goals.order_by(Goal.id))}
