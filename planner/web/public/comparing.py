"""Two or three packages side by side, named by the address alone."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext

from planner import clock
from planner.access import everybody
from planner.domain.package import Package
from planner.queries.offers import catalogue
from planner.queries.packages import Offer, Place, home_region, offer
from planner.web import packages as telling
from planner.web.filters import words
from planner.web.public import blueprint
from planner.web.public.catalogue import MOST_COMPARED, compared


@dataclass(frozen=True, slots=True)
class Side:
    """One of the packages, with what the others are called that cannot run at the same time."""

    package: Package
    offer: Offer
    excludes: tuple[str, ...]


@blueprint.get("/packages/compare")
@everybody
def compare() -> str:
    """Show what the packages are, row by row; fewer than two ask for another."""
    region, today, known = home_region(), clock.today(), catalogue()
    packages = compared()
    return render_template(
        "public/compare.html",
        sides=[Side(package, offer(package, today, Place(region=region)), _excludes(package)) for package in packages],
        others={package.id: [other.id for other in packages if other is not package] for package in packages},
        room=len(packages) < min(MOST_COMPARED, len(known)),
        yes=gettext("Yes"),
        no=gettext("No"),
        telling=telling,
    )


def _excludes(package: Package) -> tuple[str, ...]:
    known, today = catalogue(), clock.today()
    found = (known.get(other) for other in package.excludes)
    return tuple(words(other.name) for other in found if other is not None and not other.withdrawn(today))
