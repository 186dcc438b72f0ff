"""Reviewing a plan: own words first, what changed, the rules; then a yes with an amount, or a question."""

from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Regexp
from wtforms.widgets import HiddenInput

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.errors import NotFound
from planner.domain.mix import weekly_load
from planner.domain.people import RoleKind
from planner.domain.plan import WAITING
from planner.domain.review import Change, Difference, cost_by_source, differences
from planner.queries import caseload, offers
from planner.queries import review as queries
from planner.queries.review import Review
from planner.usecases import decisions
from planner.usecases.decisions import LONGEST_REASONS, Award
from planner.web import timeline
from planner.web.actions import attempt
from planner.web.caseworker import blueprint, words
from planner.web.caseworker.checks import checks, question
from planner.web.forms import ActionForm, MoneyField, required, text_optional, text_required

LARGEST_NUMBER = 2**31 - 1
DIGEST = r"^[0-9a-f]{64}$"


class ApprovalForm(ActionForm):
    """A yes: which version was read, the citizen's amount, and reasons."""

    number = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_NUMBER)])
    digest = HiddenField(validators=[InputRequired(), Regexp(DIGEST)])
    amount = MoneyField(lazy_gettext("The citizen's amount"), [required()])
    reasons = TextAreaField(lazy_gettext("Why, in plain words"), text_optional(LONGEST_REASONS))


class QuestionForm(ActionForm):
    """A question to the citizen about the version that was read."""

    number = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_NUMBER)])
    message = TextAreaField(lazy_gettext("Your question"), text_required(LONGEST_REASONS))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one of the page's two forms before it was refused."""

    approval: ApprovalForm | None = None
    question: QuestionForm | None = None

    @property
    def read(self) -> int | None:
        """The version that was read when the form was filled in."""
        form = self.approval or self.question
        return form.number.data if form is not None and not form.number.errors else None

    @property
    def words(self) -> str:
        """The words of the form, to be kept when the plan cannot be answered any more."""
        if self.approval is not None:
            return self.approval.reasons.data or ""
        return (self.question.message.data or "") if self.question is not None else ""


@blueprint.get("/plans/<int(max=2147483647):plan_id>")
@readers(RoleKind.CASEWORKER, RoleKind.APPROVER, purpose="decide_plan")
def review(plan_id: int) -> str:
    """Show a plan to be read and decided."""
    return _page(plan_id, Typed())


@blueprint.post("/plans/<int(max=2147483647):plan_id>/approval")
@readers(RoleKind.CASEWORKER, RoleKind.APPROVER, purpose="decide_plan")
def approve(plan_id: int) -> ResponseReturnValue:
    """Say yes to the version that was read."""
    form, by, at = ApprovalForm(), current_user(), clock.now()
    to = url_for(".approved", plan_id=plan_id)

    def act() -> str:
        assert form.amount.data is not None
        award = Award(form.amount.data, form.reasons.data or "")
        decisions.approve(plan_id, form.number.data, form.digest.data, award, by=by, at=at, key=form.request_key())
        return to

    return attempt(form, act, lambda: _page(plan_id, Typed(approval=form)), done=lambda _facts: to)


@blueprint.post("/plans/<int(max=2147483647):plan_id>/question")
@readers(RoleKind.CASEWORKER, RoleKind.APPROVER, purpose="decide_plan")
def ask(plan_id: int) -> ResponseReturnValue:
    """Ask the citizen something before the answer."""
    form, by, at = QuestionForm(prefix="ask"), current_user(), clock.now()
    to = url_for(".plans")

    def act() -> str:
        decisions.send_back(plan_id, form.number.data, form.message.data, by=by, at=at, key=form.request_key())
        flash(gettext("Your question is sent. It is not a no, and the day for the answer stays."))
        return to

    return attempt(form, act, lambda: _page(plan_id, Typed(question=form)), done=lambda _facts: to)


@blueprint.get("/plans/<int(max=2147483647):plan_id>/approved")
@readers(RoleKind.CASEWORKER, RoleKind.APPROVER, purpose="decide_plan")
def approved(plan_id: int) -> str:
    """Tell what was decided, and lead to the next in the list."""
    found = find(plan_id)
    if not found.decisions:
        raise NotFound
    following = caseload.next_to_answer(current_user(), clock.today())
    shows([found.plan.citizen_id, *([following.citizen_id] if following else [])])
    return render_template("caseworker/approved.html", found=found, following=following, words=words)


def find(plan_id: int) -> Review:
    """Find a plan of the reader's units. Raises ``NotFound``."""
    found = queries.review(plan_id, current_user(), clock.today())
    if found is None:
        raise NotFound
    return found


def _page(plan_id: int, typed: Typed) -> str:
    found, by, today = find(plan_id), current_user(), clock.today()
    shows([found.plan.citizen_id])
    approval = typed.approval or ApprovalForm(formdata=None, amount=found.plan.frame)
    asking = typed.question or QuestionForm(formdata=None, prefix="ask", message=question(found, today))
    read = typed.read
    _carry_what_is_shown(found, approval, asking)
    award = approval.amount.data or found.plan.frame
    load = weekly_load((sent.line for sent in found.lines), found.closed)
    return render_template(
        "caseworker/review.html",
        found=found,
        approval=approval,
        asking=asking,
        award=award,
        typed=typed,
        money=found.money(award),
        checks=checks(found, award, by=by, today=today, catalogue=offers.catalogue()),
        changes=differences(found.before, found.lines) if found.waits and found.before else (),
        read=read,
        since=_since(found, read),
        costs=cost_by_source(found.lines),
        chart=timeline.hours(load, found.plan.period, found.plan.weekly_minutes, today),
        months=timeline.months(found.plan.period),
        words=words,
        change=Change,
        may_follow=found.plan.unit_id in by.units(RoleKind.CASEWORKER),
        may_end=found.plan.status not in WAITING and not found.ended,
        now=clock.now(),
    )


def _carry_what_is_shown(found: Review, approval: ApprovalForm, asking: QuestionForm) -> None:
    """Let whatever is pressed next be about the version that is shown now, also after a refusal."""
    for number in (approval.number, asking.number):
        number.raw_data, number.data = None, found.shown
    approval.digest.data = found.digest


def _since(found: Review, read: int | None) -> tuple[Difference, ...]:
    """Compare what waits now with the version that somebody had read when they pressed the button."""
    if read is None or read == found.shown or not found.waits:
        return ()
    return differences(queries.version(found.plan.id, read), found.lines)
