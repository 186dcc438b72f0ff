"""The list of people, and adding one."""

from http import HTTPStatus

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, SelectChoice, SelectField, StringField

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.event import Facts
from planner.domain.people import RoleKind
from planner.queries import administration as queries
from planner.queries.administration import PersonRow
from planner.queries.pages import Slice
from planner.usecases import people as administration
from planner.usecases.people import LONGEST_NAME
from planner.web.actions import attempt
from planner.web.administrator import blueprint
from planner.web.forms import ActionForm, text_optional, text_required
from planner.web.paging import wanted_page

LANGUAGES = (SelectChoice("da", "Dansk"), SelectChoice("en", "English"))


class SearchForm(ActionForm):
    """A part of somebody's name; it travels in the body, so that no address remembers it."""

    name = StringField(lazy_gettext("Name"), text_required(LONGEST_NAME))


class PersonForm(ActionForm):
    """Who somebody is."""

    called = StringField(lazy_gettext("The name they go by"), text_required(LONGEST_NAME))
    full_name = StringField(lazy_gettext("Full name"), text_optional(LONGEST_NAME))
    phone = StringField(lazy_gettext("Telephone"), text_optional(40))
    language = SelectField(lazy_gettext("Language"), choices=LANGUAGES)


class ChangeForm(PersonForm):
    """Who somebody is, to be changed."""

    protected = BooleanField(lazy_gettext("Name and address are protected"))


@blueprint.get("/")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def people() -> str:
    """List everybody."""
    page = queries.listed(clock.today(), wanted_page())
    return _page(page.rows, SearchForm(formdata=None), place=page.place)


@blueprint.post("/search")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def search() -> ResponseReturnValue:
    """Search people by name."""
    form = SearchForm()
    status = HTTPStatus.OK if form.validate_on_submit() else HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(queries.named(form.name.data or "", clock.today()), form, asked=True), status


@blueprint.get("/people/new")
@readers(RoleKind.ADMINISTRATOR)
def new_person() -> str:
    """Ask who is to be added."""
    return _new(PersonForm(formdata=None))


@blueprint.post("/people")
@readers(RoleKind.ADMINISTRATOR)
def add_person() -> ResponseReturnValue:
    """Add somebody who works here or helps somebody."""
    form, by, at = PersonForm(), current_user(), clock.now()

    def act() -> str:
        person_id = administration.add_person(
            form.called.data,
            full_name=form.full_name.data or "",
            phone=form.phone.data or "",
            language=form.language.data,
            by=by,
            at=at,
            key=form.request_key(),
        )
        flash(gettext("The person is added. Give a role, and make an invitation."))
        return url_for(".person", person_id=person_id)

    return attempt(form, act, lambda: _new(form), done=_added)


def _added(facts: Facts) -> str:
    return url_for(".person", person_id=facts["person"])


def _new(form: PersonForm) -> str:
    return render_template("administrator/new_person.html", form=form)


def _page(rows: tuple[PersonRow, ...], form: SearchForm, *, place: Slice | None = None, asked: bool = False) -> str:
    shows(row.id for row in rows if row.citizen)
    return render_template("administrator/people.html", rows=rows, form=form, place=place, asked=asked)
