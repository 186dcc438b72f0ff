"""The phases of a line in force: who takes over what, and the talk about closing one or letting it go on otherwise."""

from dataclasses import dataclass
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from planner import clock
from planner.access import current_user, readers
from planner.domain.bounds import MOST_WEEKS
from planner.domain.errors import NotFound
from planner.domain.package import Package, Words
from planner.domain.phase import LONGEST_WHAT, LONGEST_WORDS, Outcome, Taker
from planner.queries import phases as queries
from planner.queries.phases import LinePhases, PhaseSeen
from planner.usecases import phases as talking
from planner.usecases.phases import Talk
from planner.web import packages
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.compose import LINE
from planner.web.citizen.course import COMPOSERS, ID, Course, catalogue, composed, draw
from planner.web.fading import fading_of
from planner.web.forms import ActionForm, required, text_optional, text_required
from planner.web.phase_words import OUTCOMES, TAKERS, agreed, taker_name

PHASE = f"{LINE}/phases/<{ID}:phase>"


class HandoverForm(ActionForm):
    """Who takes over what."""

    taker = SelectField(
        lazy_gettext("Who takes it over?"), choices=[SelectChoice(taker.value, said) for taker, said in TAKERS.items()]
    )
    what = StringField(lazy_gettext("What?"), text_required(LONGEST_WHAT))


class TalkForm(ActionForm):
    """What people agreed on about a phase."""

    outcome = RadioField(
        lazy_gettext("What have you agreed on?"),
        [required()],
        choices=[SelectChoice(outcome.value, said) for outcome, said in OUTCOMES.items()],
    )
    weeks = IntegerField(
        lazy_gettext("How many weeks in all?"),
        [Optional(), NumberRange(1, MOST_WEEKS, lazy_gettext("Write a whole number from %(min)s to %(max)s."))],
    )
    words = TextAreaField(lazy_gettext("Do you want to write something about it?"), text_optional(LONGEST_WORDS))


@dataclass(frozen=True, slots=True)
class Phases:
    """A line in force with its phases, the one that is talked about, and its package as it is offered today."""

    seen: LinePhases
    chosen: PhaseSeen
    package: Package | None


@blueprint.app_context_processor
def _in_force() -> dict[str, Any]:
    return {"lines_with_phases": queries.in_force}


@blueprint.get(f"{LINE}/phases")
@readers(*COMPOSERS, purpose="follow_up")
def phases(plan_id: int, item_id: int) -> str:
    """Show the phases of a line in force, and the one that runs to be talked about."""
    wanted = request.args.get("phase", "")
    return _page(composed(plan_id, clock.today()), item_id, int(wanted) if wanted in {*"123456789"} else None)


@blueprint.post(f"{PHASE}/handovers")
@readers(*COMPOSERS, purpose="follow_up")
def hand_over(plan_id: int, item_id: int, phase: int) -> ResponseReturnValue:
    """Write down who takes something over."""
    form, course = HandoverForm(prefix="over"), composed(plan_id, clock.today())
    _phase(course, item_id, phase)
    place = _place(course, item_id, phase)

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        talking.hand_over(item_id, phase, Taker(form.taker.data), form.what.data, by=by, at=at, key=key)
        return place

    return attempt(form, act, lambda: _page(course, item_id, phase, over=form), done=lambda _facts: place)


@blueprint.post(f"{PHASE}/handovers/<{ID}:handover_id>/removal")
@readers(*COMPOSERS, purpose="follow_up")
def strike_handover(plan_id: int, item_id: int, phase: int, handover_id: int) -> ResponseReturnValue:
    """Strike out who takes something over."""
    form, course = ActionForm(), composed(plan_id, clock.today())
    _phase(course, item_id, phase)
    if not queries.written(item_id, phase, handover_id):
        raise NotFound
    place = _place(course, item_id, phase)

    def act() -> str:
        talking.strike(handover_id, by=current_user(), at=clock.now(), key=form.request_key())
        return place

    return attempt(form, act, lambda: _page(course, item_id, phase, refused=form), done=lambda _facts: place)


@blueprint.post(f"{PHASE}/talks")
@readers(*COMPOSERS, purpose="follow_up")
def talk(plan_id: int, item_id: int, phase: int) -> ResponseReturnValue:
    """Write down what was agreed about a phase."""
    form, course = TalkForm(prefix="talk"), composed(plan_id, clock.today())
    _phase(course, item_id, phase)
    place = _place(course, item_id, phase)

    def act() -> str:
        said = Talk(phase=phase, outcome=Outcome(form.outcome.data), weeks=form.weeks.data, words=form.words.data or "")
        by, at, key = current_user(), clock.now(), form.request_key()
        talked = talking.talk(item_id, said, catalogue=catalogue(), by=by, at=at, key=key)
        if talked.draft is None:
            flash(gettext("It is written down. The plan stays as it is."))
            return place
        flash(gettext("It stands in a draft of the plan. Look at it, and send it when it is right."))
        if talked.wishes:
            flash(gettext("It is more than the package allows, so it waits as a wish."))
        return course.exact("choices", item_id=item_id)

    return attempt(form, act, lambda: _page(course, item_id, phase, talk=form), done=lambda _facts: place)


def _place(course: Course, item_id: int, phase: int) -> str:
    return course.exact("phases", f"phase-{phase}", item_id=item_id, phase=phase)


def _phase(course: Course, item_id: int, phase: int | None) -> Phases:
    """Find a phase, or the one that runs. Raises ``NotFound``."""
    seen = queries.of_line(course.plan.id, item_id)
    if seen is None:
        raise NotFound
    number = phase or seen.current(clock.today())
    chosen = next((one for one in seen.phases if one.number == number), None)
    if chosen is None:
        raise NotFound
    return Phases(seen, chosen, catalogue().get(seen.line.package_id or ""))


def _page(
    course: Course,
    item_id: int,
    phase: int | None,
    *,
    over: HandoverForm | None = None,
    talk: TalkForm | None = None,
    refused: ActionForm | None = None,
) -> str:
    found = _phase(course, item_id, phase)
    return draw(
        "citizen/phases.html",
        course,
        found=found,
        over=over or HandoverForm(formdata=None, prefix="over"),
        talk=talk or TalkForm(formdata=None, prefix="talk"),
        refused=over or talk or refused,
        button=lambda: ActionForm(formdata=None),
        starters=_starters(found),
        fading=fading_of(found.seen.line.phases),
        today=clock.today(),
        packages=packages,
        taker_name=taker_name,
        agreed=agreed,
    )


def _starters(found: Phases) -> tuple[Words, ...]:
    """Give what the package says others could take over when this phase closes."""
    known = found.package.phases if found.package else ()
    return known[found.chosen.number - 1].handover if found.chosen.number <= len(known) else ()
