"""Ending roles and ties, and tying a person to a citizen."""

from http import HTTPStatus

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.people import RoleKind, TieKind
from planner.queries import administration as queries
from planner.queries.administration import PersonRow
from planner.usecases import people as administration
from planner.web.actions import attempt
from planner.web.administrator import blueprint
from planner.web.administrator.people import SearchForm
from planner.web.administrator.person import found, person_page
from planner.web.forms import ActionForm
from planner.web.staff import tie_name

LARGEST_ID = 2**31 - 1


class TieForm(ActionForm):
    """What somebody is to one citizen."""

    citizen = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    kind = SelectField(lazy_gettext("What they are"))

    def offer(self) -> "TieForm":
        """Fill the choices."""
        self.kind.choices = [SelectChoice(kind.value, tie_name(kind)) for kind in TieKind]
        return self


@blueprint.post("/people/<int(max=2147483647):person_id>/roles/<int(max=2147483647):role_id>/end")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def end_role(person_id: int, role_id: int) -> ResponseReturnValue:
    """End a role at once."""
    form, by, at = ActionForm(), current_user(), clock.now()
    # Whoever gives up their own rights may not open the person's page any more.
    to = url_for("public.front") if by.id == person_id else url_for(".person", person_id=person_id)

    def act() -> str:
        administration.end_role(role_id, by=by, at=at, key=form.request_key())
        flash(gettext("The role has ended."))
        return to

    return attempt(form, act, lambda: person_page(person_id, refused=form), done=lambda _facts: to)


@blueprint.post("/people/<int(max=2147483647):person_id>/ties/<int(max=2147483647):tie_id>/end")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def end_tie(person_id: int, tie_id: int) -> ResponseReturnValue:
    """End a tie at once."""
    form, by, at = ActionForm(), current_user(), clock.now()
    to = url_for(".person", person_id=person_id)

    def act() -> str:
        administration.end_tie(tie_id, by=by, at=at, key=form.request_key())
        flash(gettext("The tie has ended."))
        return to

    return attempt(form, act, lambda: person_page(person_id, refused=form), done=lambda _facts: to)


@blueprint.get("/people/<int(max=2147483647):person_id>/ties/new")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def new_tie(person_id: int) -> str:
    """Ask for the citizen somebody is to be tied to."""
    return _page(person_id, SearchForm(formdata=None))


@blueprint.post("/people/<int(max=2147483647):person_id>/ties/search")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def search_tie(person_id: int) -> ResponseReturnValue:
    """Search for the citizen."""
    form = SearchForm()
    status = HTTPStatus.OK if form.validate_on_submit() else HTTPStatus.UNPROCESSABLE_ENTITY
    rows = queries.named(form.name.data or "", clock.today(), citizens=True)
    return _page(person_id, form, tuple(row for row in rows if row.id != person_id), asked=True), status


@blueprint.post("/people/<int(max=2147483647):person_id>/ties")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def make_tie(person_id: int) -> ResponseReturnValue:
    """Tie somebody to a citizen."""
    form, by, at = TieForm().offer(), current_user(), clock.now()
    to = url_for(".person", person_id=person_id)

    def act() -> str:
        kind = TieKind(form.kind.data)
        administration.make_tie(form.citizen.data, person_id, kind, by=by, at=at, key=form.request_key())
        flash(gettext("The tie is made. The citizen can see it."))
        return to

    return attempt(form, act, lambda: person_page(person_id, refused=form), done=lambda _facts: to)


def _page(person_id: int, search: SearchForm, rows: tuple[PersonRow, ...] = (), *, asked: bool = False) -> str:
    who = found(person_id)
    shows({row.id for row in rows} | ({who.id} if who.citizen else set()))
    return render_template(
        "administrator/new_tie.html",
        who=who,
        search=search,
        rows=rows,
        asked=asked,
        form_of=lambda row: TieForm(formdata=None, prefix="", citizen=row.id).offer(),
    )
