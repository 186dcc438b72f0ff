"""What if: tries beside the plan, each compared with it, kept or thrown away."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import StringField

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.plan import WAITING, PlanStatus
from planner.queries import ground as grounds
from planner.queries import mix as mixes
from planner.queries import sheets
from planner.queries.sheets import Try
from planner.usecases import trials
from planner.usecases.trials import LONGEST_NAME, MOST_TRIES
from planner.web import packages as telling
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.comparison import rows, tried
from planner.web.citizen.compose import LockForm
from planner.web.citizen.course import COMPOSERS, ID, PLAN, Course, catalogue, composed, draw
from planner.web.citizen.panel import panel
from planner.web.forms import ActionForm, text_required
from planner.web.keys import new_key

TRIES = f"{PLAN}/tries"
TRY = f"{TRIES}/<int(min=1,max=5):number>"


class NameForm(ActionForm):
    """What a new try is called."""

    name = StringField(lazy_gettext("What is the try called?"), text_required(LONGEST_NAME))


@blueprint.get(TRIES)
@readers(*COMPOSERS, purpose="compose")
def tries(plan_id: int) -> str:
    """List the tries, and ask for a name for a new one."""
    return _list(composed(plan_id, clock.today()))


@blueprint.post(TRIES)
@readers(*COMPOSERS, purpose="compose")
def make_try(plan_id: int) -> ResponseReturnValue:
    """Make a copy beside the plan, in which everything may be changed."""
    form, course = NameForm(), composed(plan_id, clock.today())

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        number = trials.make(plan_id, form.name.data, by=by, at=at, key=key)
        return course.on_try(number)

    return attempt(form, act, lambda: _list(course, form), done=lambda facts: course.on_try(-int(str(facts["number"]))))


@blueprint.get(TRY)
@readers(*COMPOSERS, purpose="compose")
def show_try(plan_id: int, number: int) -> str:
    """Compare a try with the plan."""
    return _compared(composed(plan_id, clock.today()), number)


@blueprint.post(f"{TRY}/use")
@readers(*COMPOSERS, purpose="compose")
def keep_try(plan_id: int, number: int) -> ResponseReturnValue:
    """Let the plan become like the try."""
    form, course = LockForm(), composed(plan_id, clock.today())
    place = course.address("compose", "min-plan")

    def act() -> str:
        trials.keep(plan_id, number, form.seen, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("Your draft is now like the try. Nothing is sent yet."))
        return place

    return attempt(form, act, lambda: _compared(course, number, form), done=lambda _facts: place)


@blueprint.post(f"{TRY}/throw")
@readers(*COMPOSERS, purpose="compose")
def discard_try(plan_id: int, number: int) -> ResponseReturnValue:
    """Throw a try away."""
    form, course = ActionForm(), composed(plan_id, clock.today())
    place = course.exact("tries")

    def act() -> str:
        trials.discard(plan_id, number, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("The try is thrown away. Your plan is as it was."))
        return place

    return attempt(form, act, lambda: _compared(course, number, form), done=lambda _facts: place)


@blueprint.post(f"{TRY}/lines/<{ID}:item_id>/back")
@readers(*COMPOSERS, purpose="compose")
def put_back(plan_id: int, number: int, item_id: int) -> ResponseReturnValue:
    """Let one line of a try be again as it is in the plan."""
    form, course = ActionForm(), composed(plan_id, clock.today())
    place = course.exact("show_try", number=number)

    def act() -> str:
        trials.put_back(plan_id, number, item_id, by=current_user(), at=clock.now(), key=form.request_key())
        return place

    return attempt(form, act, lambda: _compared(course, number, form), done=lambda _facts: place)


def _list(course: Course, form: NameForm | None = None) -> str:
    return draw(
        "citizen/tries.html",
        course,
        tries=sheets.tries(course.plan.id),
        most=MOST_TRIES,
        ended=course.plan.status is PlanStatus.ENDED,
        form=form or NameForm(formdata=None),
        new_key=new_key,
    )


def _compared(course: Course, number: int, form: ActionForm | None = None) -> str:
    today, plan = clock.today(), course.plan
    standing = (plan.approved or plan.number) if plan.put_away else plan.number
    offered, ground = catalogue(), grounds.of_plan(plan, today)
    mine, other = (panel(plan, mixes.of_plan(plan, one, offered, today, ground), today) for one in (standing, -number))
    return draw(
        "citizen/try.html",
        course,
        trial=_known(plan.id, number),
        mine=mine,
        other=other,
        rows=rows(mine, other, today),
        tried=tried(mine.mix, other.mix),
        waiting=plan.status in WAITING,
        starts_change=plan.status is not PlanStatus.DRAFT,
        ended=plan.status is PlanStatus.ENDED,
        form=form,
        telling=telling,
        new_key=new_key,
    )


def _known(plan_id: int, number: int) -> Try:
    found = next((one for one in sheets.tries(plan_id) if one.number == number), None)
    if found is None:
        raise NotFound
    return found
