"""Show suggestions: what could be put together for one's goals, and why; nothing is chosen for anybody."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import Optional, Regexp

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.errors import NotFound
from planner.domain.money import ZERO
from planner.domain.package import Chime
from planner.domain.people import RoleKind
from planner.domain.plan import PlanStatus
from planner.queries import plans
from planner.queries import suggestions as queries
from planner.queries.mix import Mix
from planner.queries.suggestions import Question, Suggested
from planner.usecases import suggestions as use
from planner.web import packages as telling
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.compose import again, loaded, looked_around, not_open
from planner.web.citizen.course import COMPOSERS, PLAN, Course, catalogue, composed, draw, wanted
from planner.web.filters import hours
from planner.web.forms import ActionForm, MoneyField

HOURS = (1, 2, 3, 4, 6, 8, 10, 15, 20)
_HOUR = 60
_ASKED = re.compile(r"asked|goal|most|hours|about-[0-9]{1,10}")


class AskForm(ActionForm):
    """How much money and time; it asks and changes nothing, so it needs no key."""

    class Meta:
        csrf = False

    key = None
    most = MoneyField(lazy_gettext("How much money at most?"), [Optional()])
    hours = SelectField(
        lazy_gettext("How many hours a week at most?"),
        default="",
        invalid_choice_message=lazy_gettext("Choose one from the list."),
    )

    def offer(self) -> "AskForm":
        """Fill the choices."""
        few = [SelectChoice(str(number), hours(number * _HOUR)) for number in HOURS]
        self.hours.choices = [SelectChoice("", gettext("it does not matter")), *few]
        return self


class TakeForm(ActionForm):
    """Packages of a suggestion, each with the goals it is for: ``mbsr:4,7 cti:4``."""

    mix = HiddenField(validators=[Regexp(r"^[a-z0-9-]+:[0-9,]*( [a-z0-9-]+:[0-9,]*){0,4}$")])

    @property
    def wanted(self) -> list[use.Wanted]:
        """Read back what the page suggested."""
        parts = (part.partition(":") for part in self.mix.data.split(" "))
        return [use.Wanted(one, tuple(int(goal) for goal in goals.split(",") if goal)) for one, _, goals in parts]


@dataclass(frozen=True, slots=True)
class GoalAsked:
    """A goal on the page, with what was ticked that it is about."""

    id: int
    words: str
    about: frozenset[Chime]


@blueprint.context_processor
def _switch() -> dict[str, Callable[[], bool]]:
    return {"suggestions_open": lambda: queries.open_on(clock.today()), "drafting": _drafting}


def _drafting() -> bool:
    """Tell whether the citizen's current plan is a draft, into which something could be put."""
    plan = plans.current(current_user().id, clock.today())
    return plan is not None and plan.status is PlanStatus.DRAFT


@blueprint.get("/plan/suggestions", defaults={"plan_id": None})
@blueprint.get(f"{PLAN}/suggestions")
@readers(*COMPOSERS, purpose="compose")
def suggestions(plan_id: int | None) -> ResponseReturnValue:
    """Ask what the goals are about, and show what fits. Not found where the municipality switched it off."""
    if not queries.open_on(clock.today()):
        raise NotFound
    course = wanted(plan_id, clock.today())
    if course is not None:
        return _page(course) if course.open else not_open(course)
    if not current_user().has(RoleKind.CITIZEN):
        raise NotFound
    shows(())
    return render_template("citizen/plan_none.html")


@blueprint.post(f"{PLAN}/suggestions")
@readers(*COMPOSERS, purpose="compose")
def take_suggestion(plan_id: int) -> ResponseReturnValue:
    """Put packages of a suggestion into the draft, because somebody pressed the button for them."""
    form, course = TakeForm(), composed(plan_id, clock.today())
    there = course.address("compose", "min-plan")

    def act() -> str:
        by, at, key, taken = current_user(), clock.now(), form.request_key(), form.wanted
        use.take(plan_id, taken, catalogue=catalogue(), trial=course.trial, by=by, at=at, key=key)
        flash(ngettext("%(num)s thing is in your plan now.", "%(num)s things are in your plan now.", len(taken)))
        return there

    return attempt(form, act, lambda: _again(plan_id, form), done=lambda _facts: there)


def _again(plan_id: int, refused: TakeForm) -> str:
    course = composed(plan_id, clock.today())
    return _page(course, refused) if course.open else again(plan_id, refused)


def _page(course: Course, refused: TakeForm | None = None) -> str:
    today = clock.today()
    if course.trial:
        looked_around(course)
    form = AskForm(formdata=request.args if request.args.get("asked") else None).offer()
    mix = loaded(course, today)
    goals = _goals(mix)
    readable = bool(request.args.get("asked")) and form.validate()
    found = _found(course, mix, goals, form, today) if readable else None
    return draw(
        "citizen/suggestions.html",
        course,
        form=form,
        refused=refused,
        goals=goals,
        about={goal.id: goal.words for goal in goals},
        free=mix.balance.available,
        found=found,
        nothing_ticked=readable and not any(goal.about for goal in goals),
        wishes=telling.WISHES,
        telling=telling,
        take=_take,
        address=_address(course),
    )


def _found(
    course: Course, mix: Mix, goals: list[GoalAsked], form: AskForm, today: date
) -> tuple[Suggested, ...] | None:
    """Search, once something was ticked; never for more money than is free."""
    about = {goal.id: goal.about for goal in goals if goal.about}
    if not about:
        return None
    free = max(mix.balance.available, ZERO)
    question = Question(
        about=about,
        most=min(form.most.data or free, free),
        minutes=int(form.hours.data) * _HOUR if form.hours.data else None,
    )
    return queries.suggest(course.plan, mix, catalogue(), question, today)


def _goals(mix: Mix) -> list[GoalAsked]:
    """List the goals to ask about: the one the address names, else all."""
    known = [_asked(goal, words) for goal, words in mix.goals.items()]
    one = request.args.get("goal", "")
    return [goal for goal in known if one == str(goal.id)] or known


def _asked(goal_id: int, words: str) -> GoalAsked:
    ticked = set(request.args.getlist(f"about-{goal_id}"))
    return GoalAsked(goal_id, words, frozenset(process for process in Chime if process.value in ticked))


def _take(suggested: Suggested, only: str = "") -> TakeForm:
    """Make the form behind a button: for a whole mix, or for one package of it."""
    parts = [
        f"{one.offer.package.id}:{','.join(str(reason.goal_id) for reason in one.reasons)}"
        for one in suggested.chosen
        if only in {"", one.offer.package.id}
    ]
    return TakeForm(formdata=None, mix=" ".join(parts))


def _address(course: Course) -> str:
    """Name the address of the buttons, which carries what was asked, so that a refusal shows it again."""
    kept: dict[str, Any] = {name: request.args.getlist(name) for name in request.args if _ASKED.fullmatch(name)}
    return url_for("citizen.take_suggestion", plan_id=course.plan.id, **kept)
