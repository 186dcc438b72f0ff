"""The units of the municipality."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Regexp

from planner import clock
from planner.access import current_user, readers
from planner.domain.people import RoleKind
from planner.queries import administration as queries
from planner.usecases import people as administration
from planner.usecases.people import LONGEST_NAME
from planner.web.actions import attempt
from planner.web.administrator import blueprint
from planner.web.forms import ActionForm, required, text_required


class UnitForm(ActionForm):
    """A unit: its name, the municipality's code, and the unit above it."""

    name = StringField(lazy_gettext("Name of the unit"), text_required(LONGEST_NAME))
    code = StringField(
        lazy_gettext("Municipality code"),
        [required(), Regexp(r"^[0-9]{4}$", message=lazy_gettext("Write the code as four digits: 0101."))],
    )
    parent = SelectField(lazy_gettext("Belongs to"))

    def offer(self) -> "UnitForm":
        """Fill the choices: only one floor lies above another, because a role reaches one floor down."""
        above = [unit for unit in queries.units(clock.today()) if unit.parent is None]
        found = [SelectChoice(str(unit.id), unit.name) for unit in above]
        self.parent.choices = [SelectChoice("", gettext("no other unit")), *found]
        return self


@blueprint.get("/units")
@readers(RoleKind.ADMINISTRATOR)
def units() -> str:
    """List the units, and ask for a new one."""
    return _page(UnitForm(formdata=None).offer())


@blueprint.post("/units")
@readers(RoleKind.ADMINISTRATOR)
def add_unit() -> ResponseReturnValue:
    """Add a unit."""
    form, by, at = UnitForm().offer(), current_user(), clock.now()
    to = url_for(".units")

    def act() -> str:
        parent = int(form.parent.data) if form.parent.data else None
        administration.add_unit(form.name.data, form.code.data, parent, by=by, at=at, key=form.request_key())
        flash(gettext("The unit is added."))
        return to

    return attempt(form, act, lambda: _page(form), done=lambda _facts: to)


def _page(form: UnitForm) -> str:
    return render_template("administrator/units.html", units=queries.units(clock.today()), form=form)
