"""Putting the mix together."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.citizen import blueprint


@blueprint.get("/plan/compose")
@readers(RoleKind.CITIZEN)
def compose() -> str:
    return ""
