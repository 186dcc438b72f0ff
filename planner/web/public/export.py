"""The whole catalogue to take away: as TOML files in a zip, and as one JSON document."""

from flask import Response

from packages_catalog import writer
from packages_catalog.reader import Catalogue
from planner.access import everybody
from planner.queries.offers import catalogue
from planner.web.public import blueprint

_MADE: dict[str, tuple[Catalogue, bytes]] = {}
"""The last file of each kind with the catalogue it was made of: thousands of packages take seconds to write."""


@blueprint.get("/packages/export.zip")
@everybody
def export_toml() -> Response:
    """Hand out one TOML file a package."""
    return _file("packages.zip", "application/zip")


@blueprint.get("/packages/export.json")
@everybody
def export_json() -> Response:
    """Hand out all packages in one document."""
    return _file("packages.json", "application/json")


def _file(name: str, kind: str) -> Response:
    found = catalogue()
    made = _MADE.get(name)
    if made is None or made[0] is not found:
        write = writer.files if name.endswith(".zip") else writer.document
        made = _MADE[name] = found, write(found.values())
    return Response(made[1], mimetype=kind, headers={"Content-Disposition": f"attachment; filename={name}"})
