"""My goals."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.citizen import blueprint


@blueprint.get("/goals")
@readers(RoleKind.CITIZEN)
def goals() -> str:
    return ""
