"""Accessibility and privacy."""

from planner.access import everybody
from planner.web.public import blueprint


@blueprint.get("/accessibility")
@everybody
def accessibility() -> str:
    return ""


@blueprint.get("/privacy")
@everybody
def privacy() -> str:
    return ""
