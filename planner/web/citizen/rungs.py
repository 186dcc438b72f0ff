"""What is there now and what is possible on the four rungs, in the citizen's own words."""

from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Regexp

from planner import clock
from planner.access import current_user, readers
from planner.domain.package import Rung
from planner.domain.rung import Step, stamp
from planner.queries import sheets
from planner.usecases import rungs
from planner.usecases.rungs import LONGEST_STEP
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.course import COMPOSERS, PLAN, Course, composed, draw
from planner.web.forms import ActionForm, text_optional
from planner.web.packages import RUNGS


def _area(label: str) -> TextAreaField:
    return TextAreaField(label, text_optional(LONGEST_STEP))


class StepsForm(ActionForm):
    """The words of the four rungs, each now and possible, and a stamp of what stood there."""

    stamp = HiddenField(validators=[Regexp(r"^[0-9a-f]{16}$")])
    self_now = _area(lazy_gettext("What I can and do already"))
    self_possible = _area(lazy_gettext("What I could do"))
    network_now = _area(lazy_gettext("Those I have"))
    network_possible = _area(lazy_gettext("What they could do, or I for them"))
    community_now = _area(lazy_gettext("Where I come"))
    community_possible = _area(lazy_gettext("Where I could come"))
    services_now = _area(lazy_gettext("The help I get"))
    services_possible = _area(lazy_gettext("The help I could get"))

    @property
    def steps(self) -> dict[Rung, Step]:
        """Hand out what was written."""
        return {rung: Step(self[f"{rung}_now"].data or "", self[f"{rung}_possible"].data or "") for rung in Rung}


@blueprint.get(f"{PLAN}/rungs")
@readers(*COMPOSERS, purpose="compose")
def show_rungs(plan_id: int) -> str:
    """Show the four rungs to write on."""
    return _page(composed(plan_id, clock.today()))


@blueprint.post(f"{PLAN}/rungs")
@readers(*COMPOSERS, purpose="compose")
def write_rungs(plan_id: int) -> ResponseReturnValue:
    """Keep what was written on the rungs."""
    form, course = StepsForm(), composed(plan_id, clock.today())
    place = course.address("compose", "rungs")

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        rungs.write(plan_id, form.steps, form.stamp.data, by=by, at=at, key=key)
        return place

    return attempt(form, act, lambda: _page(course, form), done=lambda _facts: place)


def _page(course: Course, form: StepsForm | None = None) -> str:
    written = sheets.steps(course.plan.id)
    before = stamp({rung: found.step for rung, found in written.items()})
    stale = form is not None and form.stamp.data != before
    if form is None:
        said = {f"{rung}_now": found.step.now for rung, found in written.items()}
        form = StepsForm(
            formdata=None, data=said | {f"{rung}_possible": found.step.possible for rung, found in written.items()}
        )
    form.stamp.data, form.stamp.raw_data = before, None
    return draw("citizen/rungs.html", course, form=form, written=written, stale=stale, names=RUNGS)
