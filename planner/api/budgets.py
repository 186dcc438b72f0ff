"""A citizen's own money."""

from typing import Any

from planner.access import current_user, readers
from planner.api import blueprint
from planner.api.own_schemas import BudgetListSchema, BudgetSchema
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import money
from planner.queries.money import OwnBudget


@blueprint.get("/budgets", tags=["budget"])
@readers(RoleKind.CITIZEN)
@blueprint.doc(security=[{"session": []}])
@blueprint.response(200, BudgetListSchema)
def list_budgets() -> dict[str, Any]:
    """List your own budgets with what is spent, committed and free."""
    return {"items": own_budgets()}


@blueprint.get("/budgets/<int(max=2147483647):budget_id>", tags=["budget"])
@readers(RoleKind.CITIZEN)
@blueprint.doc(security=[{"session": []}])
@blueprint.response(200, BudgetSchema)
def show_budget(budget_id: int) -> OwnBudget:
    """Show one of your own budgets."""
    for budget in own_budgets():
        if budget.id == budget_id:
            return budget
    raise NotFound


def own_budgets() -> list[OwnBudget]:
    """Load the budgets of all plans of the one who asks."""
    return [budget for plan in money.of_citizen(current_user().id) for budget in plan.budgets]
