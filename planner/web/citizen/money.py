"""My money."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.citizen import blueprint


@blueprint.get("/money")
@readers(RoleKind.CITIZEN)
def money() -> str:
    return ""
