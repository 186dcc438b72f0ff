"""Looking it all through, sending it, and the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Regexp

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.money import Money
from planner.domain.package import Words
from planner.domain.people import RoleKind
from planner.domain.plan import WAITING, PlanAction, PlanStatus
from planner.queries import mix as mixes
from planner.queries import plans as looked_up
from planner.queries.mix import Mix
from planner.usecases import plans
from planner.web import packages as telling
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.compose import loaded, not_open
from planner.web.citizen.course import PLAN, Course, catalogue, course_of, own_course
from planner.web.citizen.panel import panel
from planner.web.citizen.plan import VersionForm, plan_page
from planner.web.forms import ActionForm, text_optional
from planner.web.keys import new_key

_PRICES = r"^(?:[0-9]{1,10}:[0-9]{1,15}(?:,[0-9]{1,10}:[0-9]{1,15}){0,199})?$"


class SendForm(ActionForm):
    """What the page showed, and a few words for the adviser."""

    lock_version = HiddenField(validators=[Regexp(r"^[0-9]{1,9}$")])
    seen = HiddenField(validators=[Regexp(_PRICES)])
    note = TextAreaField(lazy_gettext("Do you want to say something with it?"), text_optional(plans.LONGEST_MESSAGE))

    def show(self, lock_version: int, prices: Mapping[int, Money]) -> None:
        """Remember what the page shows now."""
        self.lock_version.data = str(lock_version)
        self.seen.data = ",".join(f"{item}:{cost.oere}" for item, cost in prices.items())

    @property
    def prices(self) -> dict[int, Money]:
        """Read the price of each item as the page showed it."""
        if not self.seen.data or self.seen.errors:
            return {}
        pairs = (pair.split(":") for pair in self.seen.data.split(","))
        return {int(item): Money(int(oere)) for item, oere in pairs}


@dataclass(frozen=True, slots=True)
class PriceMove:
    """A price before and now, side by side."""

    title: Words
    before: Money
    now: Money


@blueprint.get("/plan/check", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/check")
@readers(RoleKind.CITIZEN)
def check(plan_id: int | None) -> ResponseReturnValue:
    """Show the whole draft before it is sent, and what is still missing."""
    course = course_of(plan_id, clock.today())
    if course is None:
        return render_template("citizen/plan_none.html")
    if course.plan.status in WAITING:
        return redirect(course.address("sent"))
    return _check_page(course, SendForm()) if course.plan.status is PlanStatus.DRAFT else not_open(course)


@blueprint.post(f"{PLAN}/submission")
@readers(RoleKind.CITIZEN)
def send(plan_id: int) -> ResponseReturnValue:
    """Send the draft; a price that changed meanwhile is shown beside the old one, and Send is pressed again."""
    form, course = SendForm(), own_course(plan_id, clock.today())

    def act() -> str:
        lock, prices, note = int(form.lock_version.data), form.prices, form.note.data or ""
        by, at, key = current_user(), clock.now(), form.request_key()
        plans.submit(plan_id, lock, prices, note=note, catalogue=catalogue(), by=by, at=at, key=key)
        return course.address("sent")

    return attempt(form, act, lambda: _again(plan_id, form), done=lambda _facts: course.address("sent"))


@blueprint.get("/plan/sent", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/sent")
@readers(RoleKind.CITIZEN)
def sent(plan_id: int | None) -> ResponseReturnValue:
    """Show the receipt of what was sent last, and what happens now."""
    course = course_of(plan_id, clock.today())
    if course is None:
        raise NotFound
    return _receipt(course) if course.plan.status in WAITING else redirect(course.address("plan"), HTTPStatus.SEE_OTHER)


def _check_page(course: Course, form: SendForm) -> str:
    mix, today = loaded(course, clock.today()), clock.today()
    moved = _moved(form.prices, mix)
    form.show(course.plan.lock_version, mix.costs)
    return render_template(
        "citizen/check.html",
        course=course,
        plan=course.plan,
        panel=panel(course.plan, mix, today),
        goals=looked_up.wishes(course.plan.citizen_id),
        form=form,
        moved=moved,
        telling=telling,
        new_key=new_key,
        catalogue=catalogue(),
    )


def _again(plan_id: int, form: SendForm) -> str:
    """Draw the page again; a plan that is already sent shows its receipt instead of a second button."""
    course = own_course(plan_id, clock.today())
    if course.plan.status in WAITING:
        return _receipt(course, already=True)
    return _check_page(course, form) if course.plan.status is PlanStatus.DRAFT else plan_page(course, form)


def _moved(seen: Mapping[int, Money], mix: Mix) -> list[PriceMove]:
    """Set the prices that the page showed beside those of now, where they differ."""
    titles = {choice.item: choice.title for choice in mix.choices}
    return [
        PriceMove(titles[item], before, mix.costs[item])
        for item, before in seen.items()
        if item in mix.costs and mix.costs[item] != before
    ]


def _receipt(course: Course, *, already: bool = False) -> str:
    found = course.plan
    mix = mixes.of_plan(found, found.number, catalogue(), clock.today())
    sending = next(act for act in reversed(found.acts) if act.action is PlanAction.SUBMIT)
    return render_template(
        "citizen/sent.html",
        course=course,
        plan=found,
        panel=panel(found, mix, clock.today()),
        sending=sending,
        already=already,
        version_form=VersionForm(formdata=None, number=str(found.number)),
        telling=telling,
        catalogue=catalogue(),
    )
