"""My plan."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.citizen import blueprint


@blueprint.get("/plan")
@readers(RoleKind.CITIZEN)
def plan() -> str:
    return ""
