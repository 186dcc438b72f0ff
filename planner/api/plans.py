"""A citizen's own plans."""

from typing import Any

from planner import clock
from planner.access import current_user, readers
from planner.api import blueprint
from planner.api.own_schemas import OnePlanSchema, PlanListSchema
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import mix, offers, plans


@blueprint.get("/plans", tags=["plan"])
@readers(RoleKind.CITIZEN)
@blueprint.doc(security=[{"session": []}])
@blueprint.response(200, PlanListSchema)
def list_plans() -> dict[str, Any]:
    """List your own plans."""
    return {"items": plans.of_citizen(current_user().id)}


@blueprint.get("/plans/<int(max=2147483647):plan_id>", tags=["plan"])
@readers(RoleKind.CITIZEN)
@blueprint.doc(security=[{"session": []}])
@blueprint.response(200, OnePlanSchema)
def show_plan(plan_id: int) -> dict[str, Any]:
    """Show one of your own plans with the lines of its newest version."""
    found = plans.own(current_user().id, plan_id)
    if found is None:
        raise NotFound
    catalogue = offers.catalogue()
    return {**plan_facts(found), "lines": mix.of_plan(found, found.number, catalogue, clock.today()).choices}


def plan_facts(plan: plans.PlanSummary) -> dict[str, Any]:
    """Collect what the API says of a plan, derived facts included."""
    names = ("id", "status", "template", "period", "indicative", "award", "number", "approved", "answer_by")
    return {name: getattr(plan, name) for name in names}
