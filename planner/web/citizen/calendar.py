"""My plan in a calendar: a file to take along, and private addresses that a calendar reads by itself."""

from http import HTTPStatus

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField

from planner import clock
from planner.access import current_user, readers
from planner.config import Settings
from planner.domain.errors import DomainError, NotFound
from planner.domain.people import RoleKind
from planner.queries import calendar as queries
from planner.usecases import calendar_links as use
from planner.usecases.transaction import AlreadyDone
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.course import ID, PLAN, Course, course_of, own_course
from planner.web.diary import calendar_of
from planner.web.filters import clock_time
from planner.web.forms import ActionForm
from planner.web.wording import explain


class LinkForm(ActionForm):
    """A new private address; it names things only when that is ticked."""

    named = BooleanField(lazy_gettext("Write the names of things in the calendar"))


@blueprint.get("/plan/calendar", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/calendar")
@readers(RoleKind.CITIZEN)
def calendar(plan_id: int | None) -> ResponseReturnValue:
    """Show how a plan gets into a calendar, and which private addresses there are."""
    course = course_of(plan_id, clock.today())
    return render_template("citizen/plan_none.html") if course is None else _page(course)


@blueprint.get(f"{PLAN}/calendar.ics")
@readers(RoleKind.CITIZEN)
def calendar_file(plan_id: int) -> Response:
    """Hand out a plan as a calendar file, with names when they were asked for."""
    course = own_course(plan_id, clock.today())
    answer = calendar_of(course.plan, named="named" in request.args)
    answer.headers["Content-Disposition"] = 'attachment; filename="min-plan.ics"'
    return answer


@blueprint.post(f"{PLAN}/calendar")
@readers(RoleKind.CITIZEN)
def make_calendar_link(plan_id: int) -> ResponseReturnValue:
    """Make a private address and show it, this once: it is in no other page, no cookie and no table."""
    course, form = own_course(plan_id, clock.today()), LinkForm()
    if not form.validate_on_submit():
        return _page(course, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        named, key = bool(form.named.data), form.request_key()
        token = use.make(plan_id, named=named, by=current_user(), at=clock.now(), key=key)
    except AlreadyDone as before:
        flash(gettext("An address was made at %(time)s and shown then.", time=clock_time(before.at)))
        return redirect(course.address("calendar"), HTTPStatus.SEE_OTHER)
    except NotFound:
        raise
    except DomainError as refusal:
        form.refuse(explain(refusal))
        return _page(course, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template("citizen/calendar_made.html", course=course, address=_address(token), named=named)


@blueprint.post(f"{PLAN}/calendar/<{ID}:link_id>/revocation")
@readers(RoleKind.CITIZEN)
def revoke_calendar_link(plan_id: int, link_id: int) -> ResponseReturnValue:
    """Switch a private address off."""
    course, form = own_course(plan_id, clock.today()), ActionForm()
    there = course.address("calendar")

    def act() -> str:
        use.revoke(link_id, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("The address is switched off. Nobody can read your calendar there any more."))
        return there

    return attempt(form, act, lambda: _page(course), done=lambda _facts: there)


def _page(course: Course, form: LinkForm | None = None) -> str:
    return render_template(
        "citizen/calendar.html",
        course=course,
        plan=course.plan,
        form=form or LinkForm(formdata=None),
        links=queries.links(course.plan.id),
        most=use.MOST_LINKS,
        button=lambda: ActionForm(formdata=None),
    )


def _address(token: str) -> str:
    settings: Settings = current_app.extensions["settings"]
    scheme = "https" if settings.production else request.scheme
    return url_for("public.private_calendar", token=token, _external=True, _scheme=scheme)
