"""Putting the mix together: cards from the catalogue, free lines, days, and what it all comes to."""

from datetime import date

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import SelectField

from planner import clock
from planner.access import current_user, readers
from planner.domain.people import RoleKind
from planner.domain.plan import PlanStatus
from planner.queries import mix as mixes
from planner.queries.mix import Mix
from planner.usecases import plans
from planner.web import packages as telling
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.cards import groups, without_plan
from planner.web.citizen.course import ID, PLAN, Course, catalogue, course_of, own_course
from planner.web.citizen.panel import panel
from planner.web.citizen.plan import plan_page
from planner.web.forms import ActionForm
from planner.web.keys import new_key

LINE = f"{PLAN}/lines/<{ID}:item_id>"


class MoveForm(ActionForm):
    """A line starts some weeks later or earlier."""

    weeks = SelectField(choices=["-1", "1"])


def loaded(course: Course, today: date) -> Mix:
    """Load the newest version's mix."""
    return mixes.of_plan(course.plan, course.plan.number, catalogue(), today)


@blueprint.get("/plan/compose", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/compose")
@readers(RoleKind.CITIZEN)
def compose(plan_id: int | None) -> ResponseReturnValue:
    """Show the catalogue beside the mix; the amount that can be counted on stands first."""
    course = course_of(plan_id, clock.today())
    if course is None:
        return render_template("citizen/plan_none.html")
    return compose_page(course) if course.plan.status is PlanStatus.DRAFT else not_open(course)


@blueprint.post(f"{PLAN}/packages/<package_id>")
@readers(RoleKind.CITIZEN)
def add_package(plan_id: int, package_id: str) -> ResponseReturnValue:
    """Put a package into the draft."""
    form, course = ActionForm(), own_course(plan_id, clock.today())
    place = back_to(course, f"card-{package_id}" if package_id in catalogue() else "min-plan")

    def act() -> str:
        key = form.request_key()
        plans.add_package(plan_id, package_id, catalogue=catalogue(), by=current_user(), at=clock.now(), key=key)
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


@blueprint.post(f"{LINE}/removal")
@readers(RoleKind.CITIZEN)
def remove_line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Take a line out of the draft."""
    form, course = ActionForm(), own_course(plan_id, clock.today())
    wanted = request.args.get("card", "")
    place = back_to(course, f"card-{wanted}" if wanted in catalogue() else "min-plan")

    def act() -> str:
        plans.remove_line(plan_id, item_id, by=current_user(), at=clock.now(), key=form.request_key())
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


@blueprint.post(f"{LINE}/move")
@readers(RoleKind.CITIZEN)
def move_line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Let a line start a week earlier or later."""
    form, course = MoveForm(), own_course(plan_id, clock.today())
    place = back_to(course, f"line-{item_id}")

    def act() -> str:
        key = form.request_key()
        weeks = int(form.weeks.data)
        plans.move(plan_id, item_id, weeks, catalogue=catalogue(), by=current_user(), at=clock.now(), key=key)
        return place

    return attempt(form, act, lambda: again(plan_id, form), done=lambda _facts: place)


def back_to(course: Course, anchor: str) -> str:
    """Find the way back to the place on the page that a form stood at."""
    return course.address("compose", anchor, **telling.kept(request.args))


def not_open(course: Course) -> ResponseReturnValue:
    """Lead to the plan, which says what can be done with it now."""
    flash(gettext("The plan is not open for changes right now. Here you see what you can do."))
    return redirect(course.address("plan"))


def compose_page(course: Course, form: ActionForm | None = None) -> str:
    """Draw the page; ``form`` carries a refusal."""
    today, wish = clock.today(), telling.wish_from(request.args)
    mix = loaded(course, today)
    return render_template(
        "citizen/compose.html",
        course=course,
        plan=course.plan,
        panel=panel(course.plan, mix, today),
        groups=groups(course.plan, mix, wish, today),
        outside=without_plan(today),
        wish=wish,
        filters=telling.kept(request.args),
        form=form,
        telling=telling,
        new_key=new_key,
        catalogue=catalogue(),
    )


def again(plan_id: int, form: ActionForm) -> str:
    """Draw the page a refused form stood on; when the plan is no draft any more, the plan itself."""
    course = own_course(plan_id, clock.today())
    return compose_page(course, form) if course.plan.status is PlanStatus.DRAFT else plan_page(course, form)
