"""Who has looked, and what has happened."""

from planner.access import readers
from planner.domain.people import RoleKind
from planner.web.citizen import blueprint


@blueprint.get("/more")
@readers(RoleKind.CITIZEN)
def more() -> str:
    return ""


@blueprint.get("/readings")
@readers(RoleKind.CITIZEN)
def readings() -> str:
    return ""


@blueprint.get("/happened")
@readers(RoleKind.CITIZEN)
def happened() -> str:
    return ""
