"""The overview."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.finance import blueprint


@blueprint.get("/")
@readers(RoleKind.FINANCE)
def overview() -> str:
    return ""
