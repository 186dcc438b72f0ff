"""When I am not there: days on which nothing is planned."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import StringField

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.domain.period import Period
from planner.queries import absences as queries
from planner.usecases import absences
from planner.usecases.absences import LONGEST_REASON
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.course import ID
from planner.web.forms import ActionForm, AtLeast, DayField, required, text_optional
from planner.web.keys import new_key


class AwayForm(ActionForm):
    """The days, and why, if one wants to say it."""

    first_day = DayField(lazy_gettext("First day"), [required()])
    last_day = DayField(lazy_gettext("Last day"), [required(), AtLeast("first_day")])
    words = StringField(lazy_gettext("What are you doing? You need not write it."), text_optional(LONGEST_REASON))

    @property
    def period(self) -> Period:
        """The days that were meant."""
        first, last = self.first_day.data, self.last_day.data
        assert first is not None
        assert last is not None
        return Period(first, last)


@blueprint.get("/away")
@readers(RoleKind.CITIZEN)
def away() -> str:
    """Show the days on which the citizen is not there."""
    return _page(AwayForm(formdata=None))


@blueprint.post("/away")
@readers(RoleKind.CITIZEN)
def write_away() -> ResponseReturnValue:
    """Write some days down."""
    form, place = AwayForm(), url_for("citizen.away")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        absences.write(form.period, form.words.data or "", by=by, at=at, key=key)
        return place

    return attempt(form, act, lambda: _page(form), done=lambda _facts: place)


@blueprint.post(f"/away/<{ID}:away_id>/removal")
@readers(RoleKind.CITIZEN)
def remove_away(away_id: int) -> ResponseReturnValue:
    """Take some days back."""
    form, place = ActionForm(), url_for("citizen.away")

    def act() -> str:
        absences.remove(away_id, by=current_user(), at=clock.now(), key=form.request_key())
        return place

    def again() -> str:
        if away_id not in {one.id for one in queries.of_citizen(current_user().id)}:
            raise NotFound
        return _page(AwayForm(formdata=None))

    return attempt(form, act, again, done=lambda _facts: place)


def _page(form: AwayForm) -> str:
    today = clock.today()
    mine = [one for one in queries.of_citizen(current_user().id) if one.period.last_day >= today]
    return render_template("citizen/away.html", form=form, mine=mine, new_key=new_key)
