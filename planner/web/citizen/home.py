"""The citizen's front page."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.citizen import blueprint


@blueprint.get("/")
@readers(RoleKind.CITIZEN)
def home() -> str:
    return ""
