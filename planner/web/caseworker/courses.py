"""Opening a course for a citizen, known or new, and ending one before its time."""

from collections.abc import Iterable
from http import HTTPStatus

from flask import current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.errors import NotFound
from planner.domain.event import Facts
from planner.domain.people import RoleKind
from planner.domain.period import Period
from planner.domain.plan import WAITING, PlanStatus
from planner.queries import courses as queries
from planner.queries.courses import Citizen
from planner.usecases import courses
from planner.usecases.courses import LONGEST_NAME, Course, NewCitizen
from planner.usecases.numbers import seal
from planner.web.actions import attempt
from planner.web.caseworker import blueprint
from planner.web.caseworker.review import find
from planner.web.filters import words
from planner.web.forms import (
    ActionForm,
    AtLeast,
    DayField,
    HoursField,
    MoneyField,
    required,
    text_optional,
    text_required,
)

LANGUAGES = (SelectChoice("da", "Dansk"), SelectChoice("en", "English"))
_ABOUT_NEW = ("called", "full_name", "number", "phone", "language", "protected")


class SearchForm(ActionForm):
    """A part of somebody's name."""

    name = StringField(lazy_gettext("Name, from your units"), text_required(LONGEST_NAME))


class CourseForm(ActionForm):
    """Who a course is for, and what is opened."""

    citizen = HiddenField()
    called = StringField(lazy_gettext("The name they go by"), text_required(LONGEST_NAME))
    full_name = StringField(lazy_gettext("Full name"), text_optional(LONGEST_NAME))
    number = StringField(lazy_gettext("CPR number"), [Optional(), Length(max=20)])
    phone = StringField(lazy_gettext("Telephone"), text_optional(40))
    language = SelectField(lazy_gettext("Language"), choices=LANGUAGES)
    protected = BooleanField(lazy_gettext("Name and address are protected"))
    unit = SelectField(lazy_gettext("Unit"), coerce=int)
    template = SelectField(lazy_gettext("Kind of budget"), coerce=int)
    amount = MoneyField(lazy_gettext("Expected amount"), [required()])
    first_day = DayField(lazy_gettext("First day"), [required()])
    last_day = DayField(lazy_gettext("Last day"), [required(), AtLeast("first_day")])
    support_person = SelectField(lazy_gettext("Support person"))
    hours = HoursField(lazy_gettext("Hours a week that are enough"), [Optional()])

    def offer(self, known: Citizen | None) -> "CourseForm":
        """Fill the choices, and ask only about a new citizen who they are."""
        if known is not None:
            for name in _ABOUT_NEW:
                del self[name]
        by, today = current_user(), clock.today()
        self.unit.choices = [SelectChoice(str(unit.id), unit.name) for unit in queries.units(by)]
        self.template.choices = [SelectChoice(str(each.id), words(each.name)) for each in queries.templates(today)]
        others = [helper for helper in queries.helpers(by, today) if known is None or helper.id != known.id]
        helpers = [SelectChoice(str(helper.id), helper.name) for helper in others]
        self.support_person.choices = [SelectChoice("", gettext("nobody yet")), *helpers]
        return self

    def course(self) -> Course:
        """Hand out what was meant. Raises ``PeriodEndsBeforeStart``."""
        amount, first, last = self.amount.data, self.first_day.data, self.last_day.data
        assert amount is not None
        assert first is not None
        assert last is not None
        return Course(
            unit_id=self.unit.data,
            template_id=self.template.data,
            indicative=amount,
            period=Period(first, last),
            support_person_id=int(self.support_person.data) if self.support_person.data else None,
            weekly_minutes=self.hours.data,
        )

    def new_citizen(self) -> NewCitizen:
        """Hand out the new citizen with the number sealed. Raises ``UnreadableNumber``."""
        typed = (self.number.data or "").strip()
        return NewCitizen(
            called=self.called.data or "",
            full_name=self.full_name.data or "",
            number=seal(typed, current_app.extensions["settings"].personal_key) if typed else None,
            phone=self.phone.data or "",
            language=self.language.data,
            protected=self.protected.data,
        )


@blueprint.get("/courses/new")
@readers(RoleKind.CASEWORKER, purpose="open_course")
def new_course() -> str:
    """Search for the citizen, or begin with a new one."""
    known = _known(request.args.get("citizen", ""))
    form = CourseForm(formdata=None, citizen=str(known.id) if known else "", first_day=clock.today())
    return _page(form.offer(known), known)


@blueprint.post("/courses/search")
@readers(RoleKind.CASEWORKER, purpose="open_course")
def search_citizen() -> ResponseReturnValue:
    """Search for a citizen of one's units; the name travels in the body, so that no address remembers it."""
    search = SearchForm()
    status = HTTPStatus.OK if search.validate_on_submit() else HTTPStatus.UNPROCESSABLE_ENTITY
    form = CourseForm(formdata=None, first_day=clock.today()).offer(None)
    return _page(form, None, search), status


@blueprint.post("/courses")
@readers(RoleKind.CASEWORKER, purpose="open_course")
def open_course() -> ResponseReturnValue:
    """Open a course."""
    form, by, at = CourseForm(), current_user(), clock.now()
    known = _known(form.citizen.data or "")
    form.offer(known)

    def act() -> str:
        citizen = known.id if known else form.new_citizen()
        plan_id = courses.open_course(citizen, form.course(), by=by, at=at, key=form.request_key())
        flash(gettext("The course is open. The citizen sees the amount from now on and can begin to plan."))
        return url_for(".review", plan_id=plan_id)

    return attempt(form, act, lambda: _page(form, known), done=_opened)


def _opened(facts: Facts) -> str:
    return url_for(".review", plan_id=facts["plan"])


@blueprint.get("/plans/<int(max=2147483647):plan_id>/end")
@readers(RoleKind.CASEWORKER, purpose="end_course")
def end(plan_id: int) -> str:
    """Ask whether a course is really to end, and say what happens then."""
    return _end_page(plan_id, ActionForm(formdata=None))


@blueprint.post("/plans/<int(max=2147483647):plan_id>/end")
@readers(RoleKind.CASEWORKER, purpose="end_course")
def end_course(plan_id: int) -> ResponseReturnValue:
    """End a course."""
    form, by, at = ActionForm(), current_user(), clock.now()
    to = url_for(".review", plan_id=plan_id)

    def act() -> str:
        courses.end_course(plan_id, by=by, at=at, key=form.request_key())
        flash(gettext("The course has ended. What was not used went back."))
        return to

    return attempt(form, act, lambda: _end_page(plan_id, form), done=lambda _facts: to)


def _known(text: str) -> Citizen | None:
    """Find the chosen citizen. Raises ``NotFound`` for anybody who is not in the caseworker's units."""
    if not text:
        return None
    fits = text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - what fits into a row's id
    found = queries.citizen(int(text), current_user()) if fits else None
    if found is None:
        raise NotFound
    return found


def _page(form: CourseForm, known: Citizen | None, search: SearchForm | None = None) -> str:
    found = queries.named(search.name.data or "", current_user()) if search is not None else ()
    shows(_ids([*found, *([known] if known else [])]))
    searched = search or SearchForm(formdata=None)
    return render_template(
        "caseworker/new_course.html", form=form, known=known, found=found, search=searched, asked=search is not None
    )


def _ids(citizens: Iterable[Citizen]) -> list[int]:
    return [citizen.id for citizen in citizens]


def _end_page(plan_id: int, form: ActionForm) -> str:
    found = find(plan_id)
    if found.plan.unit_id not in current_user().units(RoleKind.CASEWORKER):
        raise NotFound
    shows([found.plan.citizen_id])
    can = found.plan.status not in WAITING | {PlanStatus.ENDED}
    return render_template("caseworker/end.html", found=found, form=form, can=can)
