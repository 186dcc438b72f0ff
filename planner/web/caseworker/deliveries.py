"""What services delivered."""

from planner.access import readers
from planner.domain.people import TieKind
from planner.web.caseworker import blueprint


@blueprint.get("/supported")
@readers(TieKind.SUPPORT_PERSON)
def supported() -> str:
    return ""
