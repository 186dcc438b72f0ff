"""The public catalogue: all packages to search, and a page for each; nobody needs to sign in."""

from dataclasses import dataclass

from flask import current_app, g, render_template, request
from flask_babel import gettext

from packages_catalog.reader import Catalogue
from planner import clock
from planner.access import everybody
from planner.domain.errors import NotFound
from planner.domain.package import Package
from planner.domain.people import RoleKind, User
from planner.domain.plan import PlanStatus
from planner.queries import mix as mixes
from planner.queries import plans
from planner.queries.packages import Offer, Place, home_region, offer, offers, tariffs
from planner.queries.pages import Slice
from planner.web import packages as telling
from planner.web.fading import Fading, Shape, fading
from planner.web.keys import new_key
from planner.web.paging import wanted_page
from planner.web.public import blueprint

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Drafting:
    """The draft of the citizen who is looking, and the item the package has in it, if any."""

    plan_id: int
    item: int | None


@blueprint.get("/packages")
@everybody
def packages() -> str:
    """Show the packages that fit what is looked for."""
    wish = telling.wish_from(request.args)
    found = offers(_catalogue(), wish, clock.today(), Place(region=home_region()))
    place = Slice(len(found), A_PAGE, wanted_page())
    return render_template(
        "public/packages.html",
        offers=found[place.offset : place.offset + A_PAGE],
        place=place,
        wish=wish,
        filters=telling.kept(request.args),
        telling=telling,
    )


@blueprint.get("/packages/<package_id>")
@everybody
def package(package_id: str) -> str:
    """Tell everything about one package; one that is withdrawn or unknown has no page."""
    found = _catalogue().get(package_id)
    if found is None or found.withdrawn(clock.today()):
        raise NotFound
    region = home_region()
    one, curve = offer(found, clock.today(), Place(region=region)), fading(found)
    return render_template(
        "public/package.html",
        package=found,
        offer=one,
        fading=curve,
        headline=_headline(curve) if curve else "",
        steps=tariffs(found, region, clock.today()),
        related=_related(found),
        where=_range(found, one),
        drafting=_drafting(found),
        telling=telling,
        new_key=new_key,
    )


def _catalogue() -> Catalogue:
    found: Catalogue = current_app.extensions["catalogue"]
    return found


def _headline(curve: Fading) -> str:
    return {
        Shape.FADES: gettext("Most support in the beginning"),
        Shape.GROWS: gettext("It begins gently"),
        Shape.EVEN: gettext("The same all the way"),
        Shape.VARIES: gettext("It changes on the way"),
    }[curve.shape]


def _related(found: Package) -> dict[str, list[Package]]:
    """Collect the packages that go well with it, cannot run beside it, or are needed for it, where they have a page."""
    today, known = clock.today(), _catalogue()
    named = {"combines": found.combines, "excludes": found.excludes, "needs": found.needs}
    return {
        key: [known[other] for other in others if other in known and not known[other].withdrawn(today)]
        for key, others in named.items()
    }


def _range(found: Package, one: Offer) -> float | None:
    """Place the price between the lowest and highest known, in percent."""
    if found.price_range is None or one.cost is None:
        return None
    low, high = found.price_range
    if not low <= one.cost <= high or low == high:
        return None
    return 100 * (one.cost - low).oere / (high - low).oere


def _drafting(found: Package) -> Drafting | None:
    """Find the draft of the citizen who is looking, where the package could go into it."""
    user: User | None = g.get("user")
    if user is None or not user.has(RoleKind.CITIZEN) or not found.choosable:
        return None
    plan = plans.current(user.id, clock.today())
    if plan is None or plan.status is not PlanStatus.DRAFT:
        return None
    mix = mixes.of_plan(plan, plan.number, _catalogue(), clock.today())
    return Drafting(plan.id, mix.item_of(found.id))
