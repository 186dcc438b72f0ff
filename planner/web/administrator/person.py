"""One person: who they are, roles, ties, and the invitation to their first sign-in."""

from http import HTTPStatus

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional, ValidationError

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import administration as queries
from planner.queries.administration import PersonFacts
from planner.usecases import people as administration
from planner.usecases.people import INVITATION_DAYS, NewRole
from planner.usecases.transaction import AlreadyDone
from planner.web.actions import attempt
from planner.web.administrator import blueprint
from planner.web.administrator.people import ChangeForm
from planner.web.filters import clock_time
from planner.web.forms import ActionForm, AtLeast, DayField, MoneyField, required
from planner.web.staff import role_name

IN_A_UNIT = frozenset({RoleKind.CASEWORKER, RoleKind.APPROVER, RoleKind.FINANCE})
_OFFERED = (*(kind for kind in RoleKind if kind is not RoleKind.CITIZEN), RoleKind.CITIZEN)


class RoleForm(ActionForm):
    """A role with its unit, limit and days."""

    kind = SelectField(lazy_gettext("Role"))
    unit = SelectField(lazy_gettext("Unit"))
    limit = MoneyField(lazy_gettext("May decide up to"), [Optional()])
    first_day = DayField(lazy_gettext("From"), [required()])
    last_day = DayField(lazy_gettext("Last day"), [Optional(), AtLeast("first_day")])

    def validate_unit(self, field: SelectField) -> None:
        """Ask for a unit where the role is nothing without one."""
        if self.kind.data in {kind.value for kind in IN_A_UNIT} and not field.data:
            raise ValidationError(lazy_gettext("Choose the unit in which the role holds."))

    def offer(self) -> "RoleForm":
        """Fill the choices."""
        self.kind.choices = [SelectChoice(kind.value, role_name(kind)) for kind in _OFFERED]
        units = [SelectChoice(str(unit.id), unit.name) for unit in queries.units(clock.today())]
        self.unit.choices = [SelectChoice("", gettext("no unit")), *units]
        return self

    def role(self) -> NewRole:
        """Hand out what was meant."""
        assert self.first_day.data is not None
        return NewRole(
            kind=RoleKind(self.kind.data),
            unit_id=int(self.unit.data) if self.unit.data else None,
            limit=self.limit.data,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
        )


@blueprint.get("/people/<int(max=2147483647):person_id>")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def person(person_id: int) -> str:
    """Show a person with roles, ties and sign-in."""
    return person_page(person_id)


@blueprint.post("/people/<int(max=2147483647):person_id>/roles")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def give_role(person_id: int) -> ResponseReturnValue:
    """Give a role."""
    form, by, at = RoleForm().offer(), current_user(), clock.now()
    to = url_for(".person", person_id=person_id)

    def act() -> str:
        administration.give_role(person_id, form.role(), by=by, at=at, key=form.request_key())
        flash(gettext("The role is given."))
        return to

    return attempt(form, act, lambda: person_page(person_id, role=form), done=lambda _facts: to)


@blueprint.get("/people/<int(max=2147483647):person_id>/change")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def change(person_id: int) -> str:
    """Show what is known about a person, to be changed."""
    who = found(person_id)
    form = ChangeForm(
        formdata=None,
        called=who.called,
        full_name=who.full_name,
        phone=who.phone,
        language=who.language,
        protected=who.protected,
    )
    return _change_page(who, form)


@blueprint.post("/people/<int(max=2147483647):person_id>/change")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def change_person(person_id: int) -> ResponseReturnValue:
    """Change what is known about a person."""
    form, by, at = ChangeForm(), current_user(), clock.now()
    to = url_for(".person", person_id=person_id)

    def act() -> str:
        administration.change_person(
            person_id,
            form.called.data,
            full_name=form.full_name.data or "",
            phone=form.phone.data or "",
            language=form.language.data,
            protected=form.protected.data,
            by=by,
            at=at,
            key=form.request_key(),
        )
        flash(gettext("It is changed."))
        return to

    return attempt(form, act, lambda: _change_page(found(person_id), form), done=lambda _facts: to)


@blueprint.post("/people/<int(max=2147483647):person_id>/invitation")
@readers(RoleKind.ADMINISTRATOR, purpose="people")
def invite(person_id: int) -> ResponseReturnValue:
    """Make a one-time code and show it, this once: it is in no address, no cookie and no table."""
    form, by, at = ActionForm(), current_user(), clock.now()
    if not form.validate_on_submit():
        return person_page(person_id, refused=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        code = administration.invite(person_id, by=by, at=at, key=form.request_key())
    except AlreadyDone as before:
        form.refuse(
            gettext(
                "A code was made at %(time)s and shown then. Make a new one if it is lost.", time=clock_time(before.at)
            )
        )
        return person_page(person_id, refused=form), HTTPStatus.CONFLICT
    who = found(person_id)
    shows([who.id] if who.citizen else [])
    return render_template("administrator/invitation.html", who=who, code=code, days=INVITATION_DAYS)


def found(person_id: int) -> PersonFacts:
    """Find a person. Raises ``NotFound``."""
    who = queries.person(person_id, clock.today(), clock.now())
    if who is None:
        raise NotFound
    return who


def person_page(person_id: int, *, role: RoleForm | None = None, refused: ActionForm | None = None) -> str:
    """Draw the page of a person, with what was typed when something was refused."""
    who = found(person_id)
    shows({tie.citizen.id for tie in who.ties} | ({who.id} if who.citizen else set()))
    return render_template(
        "administrator/person.html",
        who=who,
        role=role or RoleForm(formdata=None, first_day=clock.today()).offer(),
        refused=refused or role,
        button=lambda: ActionForm(formdata=None),
        own=who.id == current_user().id,
    )


def _change_page(who: PersonFacts, form: ChangeForm) -> str:
    shows([who.id] if who.citizen else [])
    return render_template("administrator/change.html", who=who, form=form)
