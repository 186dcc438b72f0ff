"""People and roles."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.administrator import blueprint


@blueprint.get("/")
@readers(RoleKind.ADMINISTRATOR)
def people() -> str:
    return ""
