"""My goals in my own words, and how they go."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, TextAreaField

from planner import clock
from planner.access import current_user, readers
from planner.domain.goal import GoalState
from planner.domain.people import RoleKind
from planner.queries import progress
from planner.queries.pages import Page
from planner.queries.progress import GoalSeen
from planner.usecases import goals as use
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.scales import NUMBERS, questions, scale
from planner.web.curve import curve
from planner.web.forms import ActionForm, text_optional, text_required
from planner.web.paging import wanted_page
from planner.web.wording import N_

_EXAMPLES = (
    N_("Eat with others once a week"),
    N_("Get out of the door on days when it is hard"),
    N_("Sleep so that I am rested in the morning"),
)


class GoalForm(ActionForm):
    words = TextAreaField(lazy_gettext("What do you want?"), text_required(use.LONGEST_GOAL))


class CheckInForm(ActionForm):
    score = scale(lazy_gettext("Choose a number, or skip it."))
    words = TextAreaField(lazy_gettext("Write a little more, if you want to"), text_optional(use.LONGEST_GOAL))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """Ask for one of the two; either may be skipped."""
        if not super().validate(extra_validators):
            return False
        if self.score.data not in NUMBERS and not (self.words.data or "").strip():
            self.refuse(gettext("Choose a number, or write a few words."))
        return not self.refusal


class StepForm(ActionForm):
    """What is to happen to a goal; the button that was pressed says it."""

    step = RadioField(choices=["pause", "resume", "put_away"])


@blueprint.get("/goals")
@readers(RoleKind.CITIZEN)
def goals() -> str:
    """Show the goal that the citizen is at, how it goes, and the way to the others."""
    return _goals_page(CheckInForm())


@blueprint.post("/goals")
@readers(RoleKind.CITIZEN)
def write_goal() -> ResponseReturnValue:
    form = GoalForm()

    def act() -> str:
        use.write(form.words.data, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("Thank you. It is saved."))
        return url_for("citizen.goals")

    return attempt(form, act, lambda: _words_page(form), done=lambda _: url_for("citizen.goals"))


@blueprint.get("/goals/new")
@readers(RoleKind.CITIZEN)
def new_goal() -> str:
    return _words_page(GoalForm())


@blueprint.get("/goals/all")
@readers(RoleKind.CITIZEN)
def all_goals() -> str:
    listed = progress.goals(current_user().id, wanted_page())
    return render_template("citizen/all_goals.html", listed=listed, state=GoalState)


@blueprint.get("/goals/<int(max=2147483647):goal_id>")
@readers(RoleKind.CITIZEN)
def goal(goal_id: int) -> str:
    return _goal_page(goal_id, CheckInForm())


@blueprint.post("/goals/<int(max=2147483647):goal_id>/check-ins")
@readers(RoleKind.CITIZEN)
def check_in(goal_id: int) -> ResponseReturnValue:
    form = CheckInForm()
    there = url_for("citizen.goal", goal_id=goal_id)

    def act() -> str:
        score, said = NUMBERS.get(form.score.data), form.words.data or ""
        use.check_in(goal_id, score, said, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("Thank you. It is saved."))
        return there

    return attempt(form, act, lambda: _goal_page(goal_id, form), done=lambda _: there)


@blueprint.get("/goals/<int(max=2147483647):goal_id>/words")
@readers(RoleKind.CITIZEN)
def goal_words(goal_id: int) -> str:
    seen = progress.goal(current_user().id, goal_id)
    return _words_page(GoalForm(words=seen.words), seen)


@blueprint.post("/goals/<int(max=2147483647):goal_id>/words")
@readers(RoleKind.CITIZEN)
def reword_goal(goal_id: int) -> ResponseReturnValue:
    form = GoalForm()
    there = url_for("citizen.goal", goal_id=goal_id)

    def act() -> str:
        use.reword(goal_id, form.words.data, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("Your new words are saved."))
        return there

    def again() -> str:
        return _words_page(form, progress.goal(current_user().id, goal_id))

    return attempt(form, act, again, done=lambda _: there)


_STEPS = {
    "pause": (use.pause, N_("It is on pause. You can take it up again at any time.")),
    "resume": (use.resume, N_("You have taken it up again.")),
    "put_away": (use.put_away, N_("It is put away. You can take it up again at any time.")),
}


@blueprint.post("/goals/<int(max=2147483647):goal_id>/step")
@readers(RoleKind.CITIZEN)
def step_goal(goal_id: int) -> ResponseReturnValue:
    """Pause a goal, take it up again, or put it away; no reason is asked for."""
    form = StepForm()
    there = url_for("citizen.goal", goal_id=goal_id)

    def act() -> str:
        step, said = _STEPS[form.step.data]
        step(goal_id, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext(said))
        return there

    return attempt(form, act, lambda: _goal_page(goal_id, CheckInForm(), form), done=lambda _: there)


def _goals_page(form: CheckInForm) -> str:
    """Draw the first goal in hand with the others below; without any, the page to write the first on."""
    listed = progress.goals(current_user().id)
    if not listed.rows:
        return _words_page(GoalForm())
    return _drawn(listed.rows[0], form, StepForm(formdata=None), others=listed)


def _goal_page(goal_id: int, form: CheckInForm, steps: StepForm | None = None) -> str:
    seen = progress.goal(current_user().id, goal_id)
    return _drawn(seen, form, steps or StepForm(formdata=None))


def _drawn(seen: GoalSeen, form: CheckInForm, steps: StepForm, others: Page[GoalSeen] | None = None) -> str:
    said = progress.check_ins(current_user().id, seen.id, 1 if others else wanted_page())
    return render_template(
        "citizen/goals.html",
        goal=seen,
        form=form,
        steps=steps,
        said=said,
        curve=curve(said.rows),
        others=others,
        latest=progress.latest_chime(current_user().id) if others else (),
        questions=questions(),
        state=GoalState,
    )


def _words_page(form: GoalForm, seen: GoalSeen | None = None) -> str:
    examples = [gettext(example) for example in _EXAMPLES]
    return render_template("citizen/goal_words.html", form=form, goal=seen, examples=examples)
