"""My plan on paper: a page to print, and the same as a PDF that a screen reader can read."""

from http import HTTPStatus
from pathlib import Path

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from planner import clock
from planner.access import current_user, readers
from planner.domain.people import RoleKind
from planner.domain.plan import PlanStatus
from planner.exchange.paper import PaperMissing, pdf
from planner.queries import paper as queries
from planner.queries.plans import PlanSummary
from planner.web import packages as telling
from planner.web.citizen import blueprint
from planner.web.citizen.course import PLAN, Course, catalogue, course_of
from planner.web.filters import day, first_name, weekday


@blueprint.get("/plan/paper", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/paper")
@readers(RoleKind.CITIZEN)
def paper(plan_id: int | None) -> ResponseReturnValue:
    """Show a plan as it is printed."""
    course = course_of(plan_id, clock.today())
    return render_template("citizen/plan_none.html") if course is None else _page(course)


@blueprint.get("/plan/paper.pdf", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/paper.pdf")
@readers(RoleKind.CITIZEN)
def paper_file(plan_id: int | None) -> ResponseReturnValue:
    """Hand out the same as a PDF; where none can be made, the page says how to print instead."""
    course = course_of(plan_id, clock.today())
    if course is None:
        return render_template("citizen/plan_none.html")
    try:
        made = pdf(_page(course, file=True), Path(current_app.static_folder or ""))
    except PaperMissing:
        return _page(course, missing=True), HTTPStatus.SERVICE_UNAVAILABLE
    named = {"Content-Disposition": 'attachment; filename="min-plan.pdf"'}
    return Response(made, mimetype="application/pdf", headers=named)


def _page(course: Course, *, file: bool = False, missing: bool = False) -> str:
    today, plan = clock.today(), course.plan
    newest = request.args.get("version") == "newest"
    number = queries.version(plan, newest=newest)
    return render_template(
        "paper/plan.html",
        course=course,
        plan=plan,
        paper=queries.paper(plan, number, catalogue(), today),
        standing=_standing(plan, number),
        steps=_steps(plan),
        other=plan.approved is not None and plan.approved != plan.number,
        newest=newest,
        whose=current_user().called,
        telling=telling,
        today=today,
        file=file,
        missing=missing,
    )


def _standing(plan: PlanSummary, number: int) -> str:
    """Say in a sentence what the paper is a copy of."""
    if number == plan.approved:
        return gettext("This plan has ended.") if plan.status is PlanStatus.ENDED else gettext("This plan holds.")
    if plan.sent_at is None:
        return gettext("This is a draft. It is not sent.")
    return gettext("It was sent on %(day)s. There is no answer yet.", day=day(clock.local(plan.sent_at).date()))


def _steps(plan: PlanSummary) -> list[str]:
    """Say what happens next, in the order in which it does."""
    who = first_name(plan.adviser)
    answered = gettext("You get an answer.")
    if plan.answer_by:
        answered = gettext("You get an answer by %(day)s.", day=weekday(plan.answer_by))
    holds = gettext("When the answer is yes, your plan holds and you can use the money.")
    match plan.status:
        case PlanStatus.SUBMITTED | PlanStatus.INSISTED:
            return [gettext("%(adviser)s reads your plan.", adviser=who), answered, holds]
        case PlanStatus.RETURNED:
            return [gettext("%(adviser)s has a question about your plan.", adviser=who), _ways(), answered, holds]
        case PlanStatus.APPROVED:
            return [gettext("You use your plan."), gettext("You can change it at any time. Then you get a new answer.")]
        case PlanStatus.ENDED:
            return [gettext("Nothing more happens with this plan. Call if you want a new one.")]
        case _:
            return [gettext("You finish your plan and send it."), gettext("You get an answer."), holds]


def _ways() -> str:
    return gettext("You can change the plan, ask for an answer as it is, or take it back.")
