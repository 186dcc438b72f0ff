"""One line of a draft: its days, and everything about a line in the citizen's own words."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext, lazy_pgettext
from wtforms import RadioField, SelectChoice, SelectField, StringField

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.domain.period import Period
from planner.domain.plan import PlanStatus
from planner.domain.purchase import Category
from planner.queries import mix as mixes
from planner.queries.mix import Choice, Mix
from planner.usecases import plans
from planner.web import packages as telling
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.compose import LINE, again, back_to, loaded, not_open
from planner.web.citizen.course import PLAN, Course, catalogue, own_course
from planner.web.citizen.panel import panel
from planner.web.forms import ActionForm, AtLeast, DayField, MoneyField, required, text_required
from planner.web.keys import new_key
from planner.web.names import category_name


class DaysForm(ActionForm):
    """The days of a line."""

    first_day = DayField(lazy_gettext("First day"), [required()])
    last_day = DayField(lazy_gettext("Last day"), [required(), AtLeast("first_day")])

    @property
    def period(self) -> Period:
        """The days that were meant."""
        first, last = self.first_day.data, self.last_day.data
        assert first is not None
        assert last is not None
        return Period(first, last)


class OwnForm(DaysForm):
    """A free line in the citizen's own words."""

    title = StringField(lazy_gettext("What is it?"), text_required(plans.LONGEST_TITLE))
    amount = MoneyField(lazy_gettext("What does it cost?"), [required()])
    monthly = RadioField(
        lazy_gettext("How often is it paid?"),
        choices=[
            SelectChoice("once", lazy_pgettext("plan", "Once")),
            SelectChoice("monthly", lazy_pgettext("plan", "Every month")),
        ],
        default="once",
    )
    category = SelectField(lazy_gettext("What kind of thing is it?"), [required()])

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - WTForms' own arguments
        super().__init__(**more)
        self.category.choices = [SelectChoice(one.value, category_name(one)) for one in Category]

    def line(self) -> plans.OwnLine:
        """Hand out the line that was meant."""
        assert self.amount.data is not None
        return plans.OwnLine(
            title=self.title.data,
            amount=self.amount.data,
            monthly=self.monthly.data == "monthly",
            category=Category(self.category.data),
            period=self.period,
        )


@blueprint.get(LINE)
@readers(RoleKind.CITIZEN)
def line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Show one line of the draft, with its days (and a free line's words and amount) to change."""
    course = own_course(plan_id, clock.today())
    if course.plan.status is not PlanStatus.DRAFT:
        return not_open(course)
    mix = loaded(course, clock.today())
    return line_page(course, mix, item_id, _filled(_chosen(mix, item_id)))


@blueprint.post(LINE)
@readers(RoleKind.CITIZEN)
def change_line(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Change a line's days, or everything about a free line."""
    course = own_course(plan_id, clock.today())
    free = _chosen(loaded(course, clock.today()), item_id).own is not None
    form = OwnForm() if free else DaysForm()
    place = back_to(course, f"line-{item_id}")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        if isinstance(form, OwnForm):
            plans.change_own_line(plan_id, item_id, form.line(), by=by, at=at, key=key)
        else:
            plans.change_days(plan_id, item_id, form.period, catalogue=catalogue(), by=by, at=at, key=key)
        return place

    return attempt(form, act, lambda: line_again(plan_id, item_id, form), done=lambda _facts: place)


@blueprint.get("/plan/own", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/own")
@readers(RoleKind.CITIZEN)
def own_line(plan_id: int | None) -> ResponseReturnValue:
    """Ask for something that is in no catalogue."""
    course = own_course(plan_id, clock.today())
    if course.plan.status is not PlanStatus.DRAFT:
        return not_open(course)
    first = min(max(clock.today(), course.plan.period.first_day), course.plan.period.last_day)
    days = {"first_day": first, "last_day": course.plan.period.last_day}
    return own_page(course, OwnForm(data={**days, "category": Category.OTHER.value}))


@blueprint.post(f"{PLAN}/own")
@readers(RoleKind.CITIZEN)
def add_own_line(plan_id: int) -> ResponseReturnValue:
    """Put a free line into the draft."""
    form, course = OwnForm(), own_course(plan_id, clock.today())

    def act() -> str:
        item = plans.add_own_line(plan_id, form.line(), by=current_user(), at=clock.now(), key=form.request_key())
        return back_to(course, f"line-{item}")

    def draw() -> str:
        now = own_course(plan_id, clock.today())
        return own_page(now, form) if now.plan.status is PlanStatus.DRAFT else again(plan_id, form)

    return attempt(form, act, draw, done=lambda facts: back_to(course, f"line-{facts['item']}"))


def line_again(plan_id: int, item_id: int, form: ActionForm) -> str:
    """Draw a line's page again, with what was typed."""
    course = own_course(plan_id, clock.today())
    if course.plan.status is not PlanStatus.DRAFT:
        return again(plan_id, form)
    return line_page(course, loaded(course, clock.today()), item_id, form)


def line_page(course: Course, mix: Mix, item_id: int, form: ActionForm) -> str:
    """Draw one line with its form."""
    choice, shown = _chosen(mix, item_id), panel(course.plan, mix, clock.today())
    return render_template(
        "citizen/line.html",
        course=course,
        plan=course.plan,
        form=form,
        lane=next(lane for lane in shown.lanes if lane.choice.item == item_id),
        panel=shown,
        title_fixed=choice.own is not None and mixes.was_sent(item_id),
        telling=telling,
        new_key=new_key,
        catalogue=catalogue(),
        back=course.address("compose", f"line-{item_id}"),
    )


def own_page(course: Course, form: OwnForm) -> str:
    """Draw the form of a free line."""
    return render_template(
        "citizen/line_new.html", course=course, plan=course.plan, mix=loaded(course, clock.today()), form=form
    )


def _chosen(mix: Mix, item_id: int) -> Choice:
    found = mix.choice(item_id)
    if found is None:
        raise NotFound
    return found


def _filled(choice: Choice) -> DaysForm:
    days = {"first_day": choice.period.first_day, "last_day": choice.period.last_day}
    if choice.own is None:
        return DaysForm(data=days)
    said = {"title": choice.title.da, "amount": choice.own.amount, "category": choice.category.value}
    return OwnForm(data={**days, **said, "monthly": "monthly" if choice.own.monthly else "once"})
