"""The citizen's front page."""

from dataclasses import dataclass

from flask import render_template

from planner import clock
from planner.access import current_user, readers
from planner.domain.people import RoleKind
from planner.domain.plan import WAITING, PlanAction, PlanStatus
from planner.queries import home as queries
from planner.queries import money, plans
from planner.queries.plans import PlanSummary
from planner.web.citizen import blueprint
from planner.web.citizen.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class PlanNews:
    """What the front page says about a plan: where it stands, whether it is a change, what was asked."""

    plan: PlanSummary
    status: PlanStatus
    change: bool
    waiting: bool
    question: str | None


@blueprint.get("/")
@readers(RoleKind.CITIZEN)
def home() -> str:
    """Show the money, the plan and the goals at a glance."""
    user, today = current_user(), clock.today()
    plan = plans.current(user.id, today)
    return render_template(
        "citizen/home.html",
        today=today,
        news=_news(plan) if plan else None,
        purse=_purse(user.id, plan) if plan else None,
        goals=queries.goals(user.id),
        counts=queries.counts(user.id, plan.id if plan else None, plan.approved if plan else None, today),
    )


def _purse(citizen_id: int, plan: PlanSummary) -> Standing | None:
    """Load the plan's own budget, once there is one."""
    found = next((found for found in money.of_citizen(citizen_id) if found.id == plan.id), None)
    if found is None or found.own is None:
        return None
    return standing(found.own, money.paid_by_month(found.own.id), clock.today())


def _news(plan: PlanSummary) -> PlanNews:
    status = plan.status
    asked = next((act.note for act in reversed(plan.acts) if act.action is PlanAction.RETURN), None)
    return PlanNews(
        plan=plan,
        status=status,
        change=plan.approved is not None and plan.number > plan.approved,
        waiting=status in WAITING,
        question=asked if status is PlanStatus.RETURNED else None,
    )
