"""The public catalogue: all packages to search, and a page for each; nobody needs to sign in."""

from dataclasses import dataclass

from flask import g, render_template, request
from flask_babel import gettext

from planner import clock
from planner.access import everybody
from planner.domain.allowed import allowed
from planner.domain.errors import NotFound
from planner.domain.package import Package, Phase, Tariff
from planner.domain.people import RoleKind, User
from planner.domain.plan import PlanStatus
from planner.queries import mix as mixes
from planner.queries import plans
from planner.queries.offers import catalogue
from planner.queries.packages import Offer, Place, home_region, offer, search, tariffs
from planner.queries.pages import Slice
from planner.web import adjusting
from planner.web import packages as telling
from planner.web.fading import Fading, Shape, fading
from planner.web.filters import words
from planner.web.keys import new_key
from planner.web.paging import wanted_page
from planner.web.public import blueprint

A_PAGE = 50
MOST_COMPARED = 3


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
    found = search(catalogue(), wish, clock.today(), Place(region=home_region()))
    place = Slice(found.total, A_PAGE, wanted_page())
    return render_template(
        "public/packages.html",
        offers=found.page(place.offset, A_PAGE),
        place=place,
        compared=compared(),
        wish=wish,
        filters=telling.kept(request.args),
        telling=telling,
    )


@blueprint.get("/packages/<package_id>")
@everybody
def package(package_id: str) -> str:
    """Tell everything about one package; one that is withdrawn or unknown has no page."""
    found = catalogue().get(package_id)
    if found is None or found.withdrawn(clock.today()):
        raise NotFound
    return page(found)


def page(found: Package, *, preview: bool = False) -> str:
    """Draw the page of a package; a ``preview`` says that it is one, and that nobody can choose it yet."""
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
        adjustable=_adjustable(found),
        other_prices=_other_prices(found, region),
        where=_range(found, one),
        drafting=None if preview else _drafting(found),
        preview=preview,
        telling=telling,
        new_key=new_key,
    )


def compared() -> list[Package]:
    """Read from the address which packages are to stand side by side: each once, at most three, none that is gone."""
    wanted = dict.fromkeys(request.args.getlist("package"))
    known = (catalogue().get(identifier) for identifier in wanted)
    return [package for package in known if package and not package.withdrawn(clock.today())][:MOST_COMPARED]


def _headline(curve: Fading) -> str:
    return {
        Shape.FADES: gettext("Most support in the beginning"),
        Shape.GROWS: gettext("It begins gently"),
        Shape.EVEN: gettext("The same all the way"),
        Shape.VARIES: gettext("It changes on the way"),
    }[curve.shape]


def _related(found: Package) -> dict[str, list[Package]]:
    """Collect the packages that go well with it, cannot run beside it, or are needed for it, where they have a page."""
    today, known = clock.today(), catalogue()
    named = {"combines": found.combines, "excludes": found.excludes, "needs": found.needs}
    return {
        key: [known[other] for other in others if other in known and not known[other].withdrawn(today)]
        for key, others in named.items()
    }


def _adjustable(found: Package) -> list[tuple[str, list[str]]]:
    """Name what one may choose about a package, phase by phase and then for the whole; nothing when it is as it is."""
    phases = [
        (words(phase.name), [_told(found, part) for part in _parts_of(phase, number)])
        for number, phase in enumerate(found.phases, 1)
    ]
    whole = [part for part in ("mode", "deliverer", "language", "place") if allowed(found, part).codes]
    return [
        *((name, said) for name, said in phases if said),
        *((adjusting.part_name(part), [adjusting.allowed_of(found, part)]) for part in whole),
    ]


def _parts_of(phase: Phase, number: int) -> list[str]:
    declared = {"weeks": phase.weeks_range, "rhythm": phase.rhythm_range, "runs": phase.most_runs > 1}
    return [f"{part}.{number}" for part, adjustable in declared.items() if adjustable]


def _told(found: Package, part: str) -> str:
    return f"{adjusting.part_name(part)}: {adjusting.allowed_of(found, part)}"


def _other_prices(found: Package, region: str) -> list[tuple[str, Tariff]]:
    """List the prices that hold today when somebody else helps than usual, or in a variant of the package."""
    held = [step for step in found.tariffs if (step.deliverer or step.variant) and step.first_day <= clock.today()]
    there = [step for step in held if not step.region] + [step for step in held if step.region == region[-3:]]
    newest = {(step.deliverer, step.variant): step for step in there}
    return [(_when(found, step), step) for step in newest.values()]


def _when(found: Package, step: Tariff) -> str:
    """Name for what a price holds that is not the usual one."""
    variants = [words(variant.name) for variant in found.variants if variant.code == step.variant]
    helpers = [adjusting.value_name("deliverer", step.deliverer)] if step.deliverer else []
    return ", ".join([*variants, *helpers])


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
    mix = mixes.of_plan(plan, plan.number, catalogue(), clock.today())
    return Drafting(plan.id, mix.item_of(found.id))
