"""Adjusting a package: what can be chosen about it, what it comes to before it is saved, and what is a wish."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from planner import clock
from planner.access import current_user, readers
from planner.domain import law
from planner.domain.adjustment import Adjustment, Standing, adjustment
from planner.domain.allowed import allowed, start_window
from planner.domain.choices import Choices, adjusted
from planner.domain.draft import price_of
from planner.domain.errors import DomainError, NotFound
from planner.domain.mix import Line, weekly_load
from planner.domain.money import Money
from planner.domain.package import Package
from planner.domain.wish import START
from planner.queries import wishes as wished
from planner.queries.mix import Choice, Mix
from planner.queries.wishes import WishSeen
from planner.usecases import choices as adjusting
from planner.usecases import wishes
from planner.web import adjusting as telling
from planner.web import packages
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.choice_forms import ChoicesForm, filled, form_for
from planner.web.citizen.compose import LINE, again, back_to, loaded, not_open
from planner.web.citizen.course import COMPOSERS, ID, PLAN, Course, catalogue, composed, draw
from planner.web.fading import Fading, fading_of
from planner.web.filters import day
from planner.web.forms import ActionForm
from planner.web.wording import explain

CHOICES = f"{LINE}/choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusting:
    """A line of a draft with its package, how it stands, and the wishes about it."""

    mix: Mix
    choice: Choice
    package: Package
    now: Standing
    wishes: tuple[WishSeen, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a line comes to: price, days, hours a week at the least and the most, and its curve."""

    line: Line
    price: Money | None
    hours: tuple[int, int]
    fading: Fading | None


@blueprint.app_context_processor
def _curves() -> dict[str, Any]:
    return {"curve_under": curve_under, "chosen_about": chosen_about}


def curve_under(choice: Choice) -> Fading | None:
    """Draw how the support of a line fades, as it was chosen; nothing for a line with one phase or none."""
    return fading_of(choice.line.phases) if choice.line else None


def chosen_about(mix: Mix, choice: Choice) -> list[str]:
    """Tell what was adjusted about a line."""
    terms = next((row.terms for row in mix.draft.written if row.item == choice.item), {})
    return telling.in_short(mix.draft.packages.get(choice.package_id or ""), Choices.of(terms))


@blueprint.get(CHOICES)
@readers(*COMPOSERS, purpose="compose")
def choices(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Show what can be adjusted about a package of the draft."""
    course = composed(plan_id, clock.today())
    if not course.open:
        return not_open(course)
    here = _loaded(course, item_id)
    return _page(course, here, filled(here.package, here.now, here.choice.stamp, _granted_wish(here)))


@blueprint.post(CHOICES)
@readers(*COMPOSERS, purpose="compose")
def choose(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Adjust a package, or only look at what it would come to."""
    course = composed(plan_id, clock.today())
    if not course.open:
        return again(plan_id, ActionForm()), HTTPStatus.CONFLICT
    here = _loaded(course, item_id)
    form = form_for(here.package, here.now)
    if form.looking:
        return _look(course, here, form)
    place = back_to(course, f"line-{item_id}")

    def act() -> str:
        made = adjusting.choose(
            *(plan_id, item_id, form.wanted),
            catalogue=catalogue(),
            trial=course.trial,
            stamp=form.stamp.data or None,
            by=current_user(),
            at=clock.now(),
            key=form.request_key(),
        )
        flash(_said(wished=bool(made), words=form.wanted.words))
        return place

    return attempt(form, act, lambda: _again(plan_id, item_id, form), done=lambda _facts: place)


def _said(*, wished: bool, words: str) -> str:
    """Tell what became of what was chosen, and of words that nobody needs to read."""
    if wished:
        return gettext("Your wish is written down. Your adviser answers it. The rest is saved.")
    if words.strip():
        return gettext("It is saved in your draft. You can have all of it, so what you wrote was sent to nobody.")
    return gettext("It is saved in your draft.")


@blueprint.post(f"{PLAN}/wishes/<{ID}:wish_id>/removal")
@readers(*COMPOSERS, purpose="compose")
def take_back_wish(plan_id: int, wish_id: int) -> ResponseReturnValue:
    """Take a wish back before it is answered."""
    form, course = ActionForm(), composed(plan_id, clock.today())
    wish = wished.in_plan(course.plan.id, wish_id)
    if wish is None:
        raise NotFound
    place = course.exact("choices", item_id=wish.item)

    def act() -> str:
        wishes.take_back(wish_id, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("Your wish is taken back."))
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


def result_of(here: Adjusting, found: Adjustment) -> Result:
    """Work out what an adjustment comes to, by the very rules by which the plan counts."""
    package = adjusted(here.package, found.choices)
    line = Line.of_package(here.choice.item, package, found.period, here.mix.region)
    price = price_of(line)
    return _result(line, price.total if price else None)


def _result(line: Line, price: Money | None) -> Result:
    minutes = [week.together for week in weekly_load([line])] or [0]
    return Result(line, price, (min(minutes), max(minutes)), fading_of(line.phases))


def _look(course: Course, here: Adjusting, form: ChoicesForm) -> ResponseReturnValue:
    """Show what it would come to, without saving anything."""
    if not form.validate_on_submit():
        return _page(course, here, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        found = adjustment(here.package, here.now, form.wanted, plan=course.plan.period, today=clock.today())
    except DomainError as refusal:
        form.refuse(explain(refusal))
        return _page(course, here, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(course, here, form, found)


def _again(plan_id: int, item_id: int, form: ChoicesForm) -> str:
    course = composed(plan_id, clock.today())
    if not course.open:
        return again(plan_id, form)
    here = _loaded(course, item_id)
    form.stamp.data = here.choice.stamp
    return _page(course, here, form)


def _page(course: Course, here: Adjusting, form: ChoicesForm, found: Adjustment | None = None) -> str:
    line = here.choice.line
    assert line is not None
    return draw(
        "citizen/choices.html",
        course,
        here=here,
        form=form,
        before=_result(line, here.choice.cost),
        after=result_of(here, found) if found else None,
        over=[telling.beyond_name(one, here.package) for one in found.over] if found else [],
        cut=found is not None and found.period.weeks < adjusted(here.package, found.choices).weeks,
        age=law.age_fits(here.package, here.mix.draft.born, here.choice.period.first_day),
        limit=_limit(here, here.choice.period.first_day),
        hint_of=lambda part: _hint(here, course, part),
        telling=telling,
        packages=packages,
        back=course.address("compose", f"line-{here.choice.item}"),
        button=lambda: ActionForm(formdata=None),
    )


def _hint(here: Adjusting, course: Course, part: str) -> str:
    """Say what can be chosen for a part, and that the rest would be a wish."""
    if part == START:
        window = start_window(here.package, course.plan.period, clock.today())
        return gettext(
            "You can choose a day from %(first)s to %(last)s.", first=day(window.first_day), last=day(window.last_day)
        )
    able = allowed(here.package, part, here.now.granted)
    if able.low == able.high:
        return gettext("Here it is %(fixed)s. Anything else is a wish.", fixed=telling.allowed_name(part, able))
    return gettext("You can choose %(allowed)s. Anything else is a wish.", allowed=telling.allowed_name(part, able))


def _limit(here: Adjusting, first_day: date) -> tuple[int, date] | None:
    found = law.longest(here.package, first_day, here.mix.draft.law_months)
    return found[1:] if found else None


def _loaded(course: Course, item_id: int) -> Adjusting:
    """Load a line that can be adjusted. Raises ``NotFound`` for anything else."""
    mix = loaded(course, clock.today())
    choice = mix.choice(item_id)
    if choice is None or choice.package_id is None:
        raise NotFound
    package = catalogue().get(choice.package_id)
    if package is None or choice.line is None or package.withdrawn(clock.today()):
        raise NotFound
    terms = next(row.terms for row in mix.draft.written if row.item == item_id)
    seen = wished.of_item(item_id)
    now = Standing(Choices.of(terms), choice.period, wished.granted(seen))
    return Adjusting(mix=mix, choice=choice, package=package, now=now, wishes=seen)


def _granted_wish(here: Adjusting) -> tuple[str, int | str] | None:
    """Find the granted wish that an address asks to be filled in."""
    wanted = request.args.get("wish", "")
    found = next((wish for wish in here.wishes if str(wish.id) == wanted and wish.part in here.now.granted), None)
    return (found.part, found.wanted) if found else None
