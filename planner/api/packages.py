"""The catalogue, for everybody."""

from typing import Any

from planner.access import everybody
from planner.api import blueprint
from planner.api.package_schemas import PackageListSchema, PackageSchema
from planner.api.schemas import PagingSchema
from planner.domain.errors import NotFound
from planner.domain.package import Package
from planner.queries import offers
from planner.queries.pages import LARGEST_PAGE, Slice


@blueprint.get("/packages", tags=["catalogue"])
@everybody
@blueprint.arguments(PagingSchema, location="query", unknown="raise")
@blueprint.response(200, PackageListSchema)
def list_packages(paging: dict[str, int]) -> dict[str, Any]:
    """List the care packages of the catalogue."""
    packages = list(offers.catalogue().values())
    place = Slice(len(packages), min(paging["page_size"], LARGEST_PAGE), paging["page"])
    return {"items": packages[place.offset : place.offset + place.size], "place": place}


@blueprint.get("/packages/<package_id>", tags=["catalogue"])
@everybody
@blueprint.response(200, PackageSchema)
def show_package(package_id: str) -> Package:
    """Show everything about one care package: phases, activities, dated prices, law."""
    found: Package | None = offers.catalogue().get(package_id)
    if found is None:
        raise NotFound
    return found
