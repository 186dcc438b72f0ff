"""Putting the mix together: cards from the catalogue, days, and what it all comes to; on the draft or on a try."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField
from wtforms.validators import Optional, Regexp

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import mix as mixes
from planner.queries import sheets
from planner.queries.mix import Mix
from planner.queries.sheets import Around
from planner.usecases import composing, plans
from planner.web import packages as telling
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.cards import groups, without_plan
from planner.web.citizen.course import COMPOSERS, ID, PLAN, Course, catalogue, composed, draw, wanted
from planner.web.citizen.panel import panel
from planner.web.citizen.plan import plan_page
from planner.web.citizen.steps import steps
from planner.web.forms import ActionForm, HoursField
from planner.web.keys import new_key

LINE = f"{PLAN}/lines/<{ID}:item_id>"


class MoveForm(ActionForm):
    """A line starts some weeks later or earlier."""

    weeks = SelectField(choices=["-1", "1"])


class LockForm(ActionForm):
    """Something that is done with the sheet as the page showed it."""

    lock = HiddenField(validators=[Regexp(r"^[0-9]{1,9}$")])

    @property
    def seen(self) -> int:
        """The plan's lock version when the page was shown."""
        return int(self.lock.data)


class LimitForm(ActionForm):
    """How many hours a week with others are enough; nothing means no limit."""

    hours = HoursField(lazy_gettext("How many hours a week are enough for you?"), [Optional()])


def loaded(course: Course, today: date) -> Mix:
    """Load the mix that is written on: the newest version's, or that of a try."""
    return mixes.of_plan(course.plan, course.number, catalogue(), today)


def looked_around(course: Course) -> Around:
    """Load what stands around the mix. Raises ``NotFound`` when the try is gone."""
    found = sheets.around(course.plan.id, course.plan.citizen_id, course.number)
    if course.trial and found.trial(course.trial) is None:
        raise NotFound
    return found


@blueprint.get("/plan/compose", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/compose")
@readers(*COMPOSERS, purpose="compose")
def compose(plan_id: int | None) -> ResponseReturnValue:
    """Show the catalogue beside the mix; the amount that can be counted on stands first."""
    course = wanted(plan_id, clock.today())
    if course is None:
        shows(())
        return render_template("citizen/plan_none.html") if current_user().has(RoleKind.CITIZEN) else _nowhere()
    return compose_page(course) if course.open else not_open(course)


@blueprint.post(f"{PLAN}/packages/<package_id>")
@readers(*COMPOSERS, purpose="compose")
def add_package(plan_id: int, package_id: str) -> ResponseReturnValue:
    """Put a package into the draft."""
    form, course = ActionForm(), composed(plan_id, clock.today())
    place = back_to(course, f"card-{package_id}" if package_id in catalogue() else "min-plan")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        composing.add_package(plan_id, package_id, catalogue=catalogue(), trial=course.trial, by=by, at=at, key=key)
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


@blueprint.post(f"{LINE}/removal")
@readers(*COMPOSERS, purpose="compose")
def remove_line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Take a line out of the draft."""
    form, course = ActionForm(), composed(plan_id, clock.today())
    card = request.args.get("card", "")
    place = back_to(course, f"card-{card}" if card in catalogue() else "min-plan")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        composing.remove_line(plan_id, item_id, trial=course.trial, by=by, at=at, key=key)
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


@blueprint.post(f"{LINE}/move")
@readers(*COMPOSERS, purpose="compose")
def move_line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Let a line start a week earlier or later."""
    form, course = MoveForm(), composed(plan_id, clock.today())
    place = back_to(course, f"line-{item_id}")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        weeks, trial = int(form.weeks.data), course.trial
        composing.move(plan_id, item_id, weeks, catalogue=catalogue(), trial=trial, by=by, at=at, key=key)
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


@blueprint.post(f"{PLAN}/undo")
@readers(*COMPOSERS, purpose="compose")
def undo(plan_id: int) -> ResponseReturnValue:
    """Take the last change back."""
    form, course = LockForm(), composed(plan_id, clock.today())
    place = back_to(course, "min-plan")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        composing.undo(plan_id, form.seen, trial=course.trial, by=by, at=at, key=key)
        flash(gettext("The last change is taken back. Press once more to have it again."))
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


@blueprint.post(f"{PLAN}/limit")
@readers(*COMPOSERS, purpose="compose")
def set_limit(plan_id: int) -> ResponseReturnValue:
    """Say how many hours a week are enough."""
    form, course = LimitForm(), composed(plan_id, clock.today())
    place = course.address("compose", "weekly")

    def act() -> str:
        plans.set_limit(plan_id, form.hours.data, by=current_user(), at=clock.now(), key=form.request_key())
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


def back_to(course: Course, anchor: str) -> str:
    """Find the way back to the place on the page that a form stood at."""
    return course.address("compose", anchor, **telling.kept(request.args))


def not_open(course: Course) -> ResponseReturnValue:
    """Lead to the plan, which says what can be done with it now; somebody who helps, to what they can see of it."""
    flash(gettext("The plan is not open for changes right now. Here you see what you can do."))
    if not course.helping:
        return redirect(course.address("plan"))
    return _nowhere(course)


def compose_page(course: Course, form: ActionForm | None = None) -> str:
    """Draw the page; ``form`` carries a refusal."""
    today, wish = clock.today(), telling.wish_from(request.args)
    mix, around = loaded(course, today), looked_around(course)
    return draw(
        "citizen/compose.html",
        course,
        trial=around.trial(course.trial),
        around=around,
        today=today,
        steps=steps(around, mix),
        panel=panel(course.plan, mix, today),
        groups=groups(course.plan, mix, wish, today),
        outside=without_plan(today),
        wish=wish,
        filters=telling.kept(request.args),
        form=form,
        limit=form if isinstance(form, LimitForm) else LimitForm(formdata=None, hours=course.plan.weekly_minutes),
        telling=telling,
        new_key=new_key,
        catalogue=catalogue(),
    )


def again(plan_id: int, form: ActionForm) -> str:
    """Draw the page a refused form stood on; when the plan is no draft any more, the plan itself."""
    course = composed(plan_id, clock.today())
    if course.open:
        return compose_page(course, form)
    return draw("citizen/not_open.html", course, form=form) if course.helping else plan_page(course, form)


def _nowhere(course: Course | None = None) -> ResponseReturnValue:
    if current_user().has(RoleKind.CASEWORKER):
        return redirect(url_for("caseworker.review", plan_id=course.plan.id) if course else url_for("caseworker.plans"))
    return redirect(url_for("caseworker.supported"))
