"""The list."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.caseworker import blueprint


@blueprint.get("/")
@readers(RoleKind.CASEWORKER, RoleKind.APPROVER)
def plans() -> str:
    return ""
