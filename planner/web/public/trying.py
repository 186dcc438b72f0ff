"""Trying without a name: a mix is put together in the fields of one form, and nothing about the visitor is kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus

from flask import g, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from wtforms import FormField

from planner import clock
from planner.access import everybody
from planner.domain.errors import DomainError
from planner.domain.mix import WeekLoad
from planner.domain.package import Package, Rung
from planner.domain.people import RoleKind, User
from planner.domain.private_code import TooManyCodes
from planner.domain.private_mix import MOST_THINGS, MOST_WEEKS, MixFull, Thing, flexible, tried
from planner.queries import private_mixes as mixes
from planner.queries.offers import catalogue
from planner.queries.packages import Offer, Place, Wish, home_region, search
from planner.queries.private_mixes import Tried, TriedThing, offered_without_name
from planner.usecases import private_mixes
from planner.usecases.people import LANGUAGES
from planner.usecases.private_mixes import Kept
from planner.web import packages as telling
from planner.web import timeline
from planner.web.public import blueprint
from planner.web.public.codes import A_MINUTE, code_of, digest
from planner.web.public.tryform import TryForm, filled
from planner.web.timeline import Hours, Stretch, Tick
from planner.web.wording import explain

FEW, MOST_FOUND = 3, 8


@dataclass(frozen=True, slots=True)
class Group:
    """What can be tried from one rung: some of it, and how much there is."""

    rung: Rung
    name: str
    offers: tuple[Offer, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """A thing with the fields that hold it, and where it lies in time; only its fields while they are not readable."""

    entry: FormField
    one: TriedThing | None
    stretch: Stretch | None


@dataclass(frozen=True, slots=True)
class Panel:
    """The whole mix in time: its months, and its hours a week."""

    months: tuple[Tick, ...]
    hours: Hours
    load: tuple[WeekLoad, ...]


@blueprint.get("/try")
@everybody
def trying() -> str:
    """Begin with nothing, or with the package that somebody just read about."""
    package = catalogue().get(request.args.get("package", ""))
    begun = [tried(package, clock.today())] if package and offered_without_name(package, clock.today()) else []
    return try_page(filled(TryForm(formdata=None), begun), focus="now" if begun else "")


@blueprint.post("/try")
@everybody
def try_on() -> ResponseReturnValue:
    """Do one thing with the mix that the form holds, and show it again."""
    form = TryForm()
    if not form.validate_on_submit():
        return try_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    do, _, what = (form.do.data or "").partition(":")
    try:
        return _STEPS.get(do, _look)(form, what)
    except DomainError as refusal:
        form.refuse(explain(refusal))
        return refused(try_page(form), refusal)


def refused(page: str, refusal: DomainError) -> ResponseReturnValue:
    """Answer with a page that says what was refused; who comes while too many do is told when to come again."""
    if isinstance(refusal, TooManyCodes):
        return page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(int(A_MINUTE.total_seconds()))}
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def try_page(form: TryForm, *, kept: Kept | None = None, focus: str = "", said: str = "") -> str:
    """Draw the mix beside what can be tried; ``kept`` says until when it is kept under the form's code."""
    today, region = clock.today(), home_region()
    things = [None if entry.form.errors else settled(entry.form.thing()) for entry in form.lines]
    mix = mixes.tried([thing for thing in things if thing], catalogue(), region, today)
    wish = telling.wish_from({name: form[name].data or "" for name in telling.ASKED})
    return render_template(
        "public/try/compose.html",
        form=form,
        mix=mix,
        rows=_rows(form, things, mix, today),
        panel=_panel(mix, today),
        groups=_groups(wish, today, region),
        chosen={one.thing.package_id: one.number for one in mix.things if one.thing.package_id},
        catalogue=catalogue(),
        wish=wish,
        kept=kept,
        focus=focus,
        said=said,
        citizen=_citizen(),
        flexible=flexible,
        telling=telling,
    )


def settled(thing: Thing) -> Thing:
    """Give a package its own length back where weeks do not say what it costs."""
    package = catalogue().get(thing.package_id)
    if package is None or flexible(package):
        return thing
    return replace(thing, weeks=min(package.weeks, MOST_WEEKS))


def _look(form: TryForm, _what: str) -> ResponseReturnValue:
    return try_page(_with(form, form.things()), focus="now" if form.do.data == "days" else "")


def _add(form: TryForm, package_id: str) -> ResponseReturnValue:
    things, package = form.things(), catalogue().get(package_id)
    if package is not None and offered_without_name(package, clock.today()) and not _has(things, package):
        things = _room_for(things, tried(package, clock.today()))
    return try_page(_with(form, things), focus=f"pick-{package_id}")


def _add_own(form: TryForm, _what: str) -> ResponseReturnValue:
    own = form.own_thing()
    if own is None:
        return try_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    return try_page(_with(form, _room_for(form.things(), own)), focus="now")


def _speak(form: TryForm, wanted: str) -> ResponseReturnValue:
    """Show the mix in the other language, for the visit; a signed-in person's own choice stands as it is."""
    if wanted in LANGUAGES:
        session["language"] = wanted
        refresh()
    return try_page(_with(form, form.things()))


def _remove(form: TryForm, what: str) -> ResponseReturnValue:
    number, _, place = what.partition(":")
    left = [thing for place_of, thing in enumerate(form.things()) if str(place_of) != number]
    return try_page(_with(form, left), focus=f"pick-{place}" if place else "now")


def _keep(form: TryForm, _what: str) -> ResponseReturnValue:
    code, things = code_of(form.key.data), [settled(thing) for thing in form.things()]
    kept = private_mixes.keep(digest(code), things, at=clock.now())
    shown = _with(form, things)
    shown.code.data = code
    return render_template("public/try/kept.html", code=code, kept=kept, form=shown)


def _keep_again(form: TryForm, _what: str) -> ResponseReturnValue:
    things = [settled(thing) for thing in form.things()]
    kept = private_mixes.keep_again(digest(form.code.data or ""), things, at=clock.now())
    return try_page(_with(form, things), kept=kept, focus="now", said="kept")


def _forget(form: TryForm, _what: str) -> ResponseReturnValue:
    private_mixes.forget(digest(form.code.data or ""), at=clock.now())
    return render_template("public/try/forgotten.html")


_STEPS: dict[str, Callable[[TryForm, str], ResponseReturnValue]] = {
    "add": _add,
    "own": _add_own,
    "remove": _remove,
    "keep": _keep,
    "again": _keep_again,
    "forget": _forget,
    "language": _speak,
}


def _with(form: TryForm, things: Iterable[Thing]) -> TryForm:
    return filled(form, [settled(thing) for thing in things])


def _has(things: Iterable[Thing], package: Package) -> bool:
    return any(thing.package_id == package.id for thing in things)


def _room_for(things: Sequence[Thing], one: Thing) -> list[Thing]:
    if len(things) >= MOST_THINGS:
        raise MixFull
    return [*things, one]


def _rows(form: TryForm, things: Sequence[Thing | None], mix: Tried, today: date) -> list[Row]:
    whole, worked_out = mix.period, iter(mix.things)
    rows = []
    for entry, thing in zip(form.lines, things, strict=True):
        one = next(worked_out) if thing else None
        stretch = timeline.stretch(one.thing.period, whole, today) if one and whole else None
        rows.append(Row(entry, one, stretch))
    return rows


def _panel(mix: Tried, today: date) -> Panel | None:
    whole = mix.period
    if whole is None:
        return None
    return Panel(timeline.months(whole), timeline.hours(mix.load, whole, None, today), mix.load)


def _groups(wish: Wish, today: date, region: str) -> list[Group]:
    """Find what can be tried, rung by rung in their order; a few of each until something is looked for."""
    most = MOST_FOUND if wish.any else FEW
    groups = []
    for rung in [wish.rung] if wish.rung else Rung:
        found = search(catalogue(), replace(wish, rung=rung), today, Place(region=region), usable=True)
        if found.total:
            groups.append(Group(rung, str(telling.RUNGS[rung]), tuple(found.page(0, most)), found.total))
    return groups


def _citizen() -> bool:
    user: User | None = g.get("user")
    return user is not None and user.has(RoleKind.CITIZEN)
