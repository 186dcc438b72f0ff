"""My plan: where it stands, what is in force, what was decided, and the ways on."""

from dataclasses import dataclass
from datetime import date

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Regexp

from planner import clock
from planner.access import current_user, readers
from planner.domain.people import RoleKind
from planner.domain.plan import PlanAction, PlanStatus
from planner.queries import ground as grounds
from planner.queries import mix as mixes
from planner.queries import plans as looked_up
from planner.queries.plans import Act, Decided, PlanSummary
from planner.usecases import plans
from planner.web import packages as telling
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.course import PLAN, Course, catalogue, course_of, own_course
from planner.web.citizen.panel import Panel, panel
from planner.web.forms import ActionForm, text_optional
from planner.web.wording import status_name


class VersionForm(ActionForm):
    """Something that is done with the version one has read."""

    number = HiddenField(validators=[Regexp(r"^[0-9]{1,6}$")])

    @property
    def read(self) -> int:
        """The version that was read."""
        return int(self.number.data)


class InsistForm(VersionForm):
    """Ask for a decision on the plan as it is, with or without words."""

    note = TextAreaField(lazy_gettext("Do you want to say something with it?"), text_optional(plans.LONGEST_MESSAGE))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands, for its page: what is in force, what is newer, the question and the decisions."""

    in_force: Panel | None
    newest: Panel | None
    question: Act | None
    answer: Act | None
    decisions: tuple[Decided, ...]


@blueprint.get("/plan", defaults={"plan_id": None})
@blueprint.get(PLAN)
@readers(RoleKind.CITIZEN)
def plan(plan_id: int | None) -> ResponseReturnValue:
    """Show a plan in plain words."""
    course = course_of(plan_id, clock.today())
    return render_template("citizen/plan_none.html") if course is None else plan_page(course)


@blueprint.post(f"{PLAN}/withdrawal")
@readers(RoleKind.CITIZEN)
def withdraw(plan_id: int) -> ResponseReturnValue:
    """Take a sent plan back, or put a draft away."""
    form, course = VersionForm(), own_course(plan_id, clock.today())
    sent = course.plan.status is not PlanStatus.DRAFT

    def act() -> str:
        plans.withdraw(plan_id, form.read, by=current_user(), at=clock.now(), key=form.request_key())
        flash(
            gettext("You have taken your plan back. Nothing is lost.") if sent else gettext("Your draft is put away.")
        )
        return course.address("plan")

    return attempt(form, act, lambda: _again(plan_id, form), done=lambda _facts: course.address("plan"))


@blueprint.post(f"{PLAN}/answer")
@readers(RoleKind.CITIZEN)
def insist(plan_id: int) -> ResponseReturnValue:
    """Ask for an answer to the plan as it is."""
    form, course = InsistForm(), own_course(plan_id, clock.today())

    def act() -> str:
        note = form.note.data or ""
        plans.insist(plan_id, form.read, note, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("Your plan is sent as it is. You get an answer to it."))
        return course.address("plan")

    return attempt(form, act, lambda: _again(plan_id, form), done=lambda _facts: course.address("plan"))


@blueprint.post(f"{PLAN}/change")
@readers(RoleKind.CITIZEN)
def revise(plan_id: int) -> ResponseReturnValue:
    """Start a draft from the newest version; what is in force stays in force."""
    form, course = ActionForm(), own_course(plan_id, clock.today())

    def act() -> str:
        plans.revise(plan_id, by=current_user(), at=clock.now(), key=form.request_key())
        return course.address("compose")

    return attempt(form, act, lambda: _again(plan_id, form), done=lambda _facts: course.address("compose"))


def plan_page(course: Course, form: ActionForm | None = None) -> str:
    """Draw a plan; ``form`` carries a refusal and what was typed."""
    today, found = clock.today(), course.plan
    return render_template(
        "citizen/plan.html",
        course=course,
        plan=found,
        status=found.status,
        status_name=status_name,
        standing=_standing(found, today),
        form=form,
        version_form=VersionForm(formdata=None, number=str(found.number)),
        insist_form=form if isinstance(form, InsistForm) else InsistForm(formdata=None, number=str(found.number)),
        revise_form=ActionForm(formdata=None),
        today=today,
        telling=telling,
        catalogue=catalogue(),
    )


def _again(plan_id: int, form: ActionForm) -> str:
    return plan_page(own_course(plan_id, clock.today()), form)


def _standing(found: PlanSummary, today: date) -> Standing:
    numbers = {found.number, *((found.approved,) if found.approved else ())}
    offered, ground = catalogue(), grounds.of_plan(found, today)
    mixed = {number: mixes.of_plan(found, number, offered, today, ground) for number in numbers}
    shown = {number: panel(found, mix, today) for number, mix in mixed.items()}
    newer = found.approved != found.number and not found.put_away
    return Standing(
        in_force=shown[found.approved] if found.approved else None,
        newest=shown[found.number] if newer else None,
        question=_last(found, PlanAction.RETURN) if found.status is PlanStatus.RETURNED else None,
        answer=_last(found, PlanAction.INSIST) if found.status is PlanStatus.INSISTED else None,
        decisions=tuple(looked_up.decisions(found.id)) if found.approved else (),
    )


def _last(found: PlanSummary, action: PlanAction) -> Act | None:
    return next((act for act in reversed(found.acts) if act.action is action), None)
