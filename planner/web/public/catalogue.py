"""The public catalogue."""

from planner.access import everybody
from planner.web.public import blueprint


@blueprint.get("/packages")
@everybody
def packages() -> str:
    return ""


@blueprint.get("/packages/<package_id>")
@everybody
def package(package_id: str) -> str:
    return ""
