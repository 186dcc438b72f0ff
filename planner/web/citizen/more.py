"""More: the way to the record, the people around me, my settings, earlier plans, and help."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from planner import clock
from planner.access import current_user, readers
from planner.domain.people import RoleKind
from planner.queries import plans, ties
from planner.usecases import people as use
from planner.web.actions import attempt
from planner.web.chronicle import tie_name
from planner.web.citizen import blueprint
from planner.web.forms import ActionForm
from planner.web.wording import status_name


class StopForm(ActionForm):
    """Stopping a tie needs nothing but the button."""


@blueprint.get("/more")
@readers(RoleKind.CITIZEN)
def more() -> str:
    me, today = current_user().id, clock.today()
    around = [person.called for person in ties.around(me, today)]
    return render_template("citizen/more.html", around=around)


@blueprint.get("/people")
@readers(RoleKind.CITIZEN)
def people() -> str:
    """Show who is around me: what they can see, since when, and how to stop it."""
    around = ties.around(current_user().id, clock.today())
    return render_template("citizen/people.html", around=around, tie_name=tie_name)


@blueprint.get("/people/<int(max=2147483647):tie_id>/stop")
@readers(RoleKind.CITIZEN)
def stop_tie(tie_id: int) -> str:
    return _stop_page(tie_id, StopForm())


@blueprint.post("/people/<int(max=2147483647):tie_id>/stop")
@readers(RoleKind.CITIZEN)
def end_tie(tie_id: int) -> ResponseReturnValue:
    """Stop a tie at once; from the next look on, they see nothing."""
    form = StopForm()
    person = ties.private_tie(current_user().id, tie_id)
    there = url_for("citizen.people")

    def act() -> str:
        use.end_tie(tie_id, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("%(name)s cannot see more from now on.", name=person.called))
        return there

    return attempt(form, act, lambda: _stop_page(tie_id, form), done=lambda _: there)


@blueprint.get("/settings")
@readers(RoleKind.CITIZEN)
def settings() -> str:
    plan = plans.current(current_user().id, clock.today())
    return render_template("citizen/settings.html", weekly_minutes=plan.weekly_minutes if plan else None)


@blueprint.get("/earlier")
@readers(RoleKind.CITIZEN)
def earlier() -> str:
    """List every plan I have had, the newest period first."""
    found = plans.of_citizen(current_user().id)
    return render_template("citizen/earlier.html", plans=found, status_name=status_name)


def _stop_page(tie_id: int, form: StopForm) -> str:
    person = ties.private_tie(current_user().id, tie_id)
    return render_template("citizen/stop_tie.html", person=person, form=form, tie_name=tie_name)
