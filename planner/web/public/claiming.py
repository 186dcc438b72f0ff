"""Claiming a mix that was made without a name: its things come into the citizen's own draft, those they choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import InputRequired, Length

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import DomainError
from planner.domain.people import RoleKind
from planner.domain.plan import PlanStatus
from planner.domain.private_code import LONGEST
from planner.domain.private_mix import MOST_THINGS, Thing, asks_first, may_claim
from planner.queries import plans
from planner.queries.offers import catalogue
from planner.queries.private_mixes import offered_without_name
from planner.usecases import private_mixes
from planner.usecases.private_mixes import Claimed
from planner.web.actions import attempt
from planner.web.filters import words
from planner.web.forms import ActionForm
from planner.web.public import blueprint
from planner.web.public.codes import digest
from planner.web.public.opening import CodeForm
from planner.web.public.trying import refused
from planner.web.wording import N_, explain


class ClaimForm(ActionForm):
    """The code, and the numbers of the things that are to come into the plan."""

    code = HiddenField(validators=[InputRequired(), Length(max=LONGEST)])
    thing = SelectMultipleField(choices=[str(number) for number in range(MOST_THINGS)])


@dataclass(frozen=True, slots=True)
class Offered:
    """A thing of the mix as it is offered to the citizen: whether it can come along, and whether it does by itself."""

    number: int
    name: str
    possible: bool
    chosen: bool
    anonymous: bool
    open_door: bool


@blueprint.get("/try/claim")
@readers(RoleKind.CITIZEN)
def claim() -> str:
    """Ask for the code of the mix that is to come into the plan."""
    return _ask(CodeForm(formdata=None))


@blueprint.post("/try/claim")
@readers(RoleKind.CITIZEN)
def show_claim() -> ResponseReturnValue:
    """Show what the mix holds, to choose what comes along."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _ask(form), 422
    try:
        things = private_mixes.open_kept(digest(form.code.data), at=clock.now()).things
    except DomainError as refusal:
        form.refuse(explain(refusal))
        return refused(_ask(form), refusal)
    return _choose(ClaimForm(formdata=None, data={"code": form.code.data}), things)


@blueprint.post("/try/claim/plan")
@readers(RoleKind.CITIZEN)
def claim_into_plan() -> ResponseReturnValue:
    """Put what was chosen into the draft, and forget the mix."""
    form, plan_id = ClaimForm(), _draft()

    def act() -> str:
        by, at, key = current_user(), clock.now(), form.request_key()
        chosen = [int(number) for number in form.thing.data]
        made = private_mixes.claim(
            digest(form.code.data), plan_id or 0, chosen, catalogue=catalogue(), by=by, at=at, key=key
        )
        _tell(made)
        return url_for("citizen.compose", plan_id=made.plan_id)

    return attempt(
        form, act, lambda: _again(form), done=lambda facts: url_for("citizen.compose", plan_id=facts["plan"])
    )


def _draft() -> int | None:
    """Find the plan that the citizen is putting together: the current one, or else another."""
    own = plans.of_citizen(current_user().id)
    current = plans.choose(own, clock.today())
    drafts = [plan for plan in own if plan.status is PlanStatus.DRAFT]
    return next((plan.id for plan in sorted(drafts, key=lambda plan: plan != current)), None)


def _ask(form: ActionForm) -> str:
    return render_template("public/try/claim.html", form=form, draft=_draft())


def _choose(form: ClaimForm, things: Sequence[Thing]) -> str:
    listed = [_offered(number, thing) for number, thing in enumerate(things)]
    chosen = form.thing.data if form.is_submitted() and form.refusal else None
    return render_template("public/try/choose.html", form=form, things=listed, chosen=chosen, draft=_draft())


def _again(form: ClaimForm) -> str:
    """Draw the choice again with what was refused; without a mix there is nothing to choose, so ask for the code."""
    try:
        things = private_mixes.open_kept(digest(form.code.data or ""), at=clock.now()).things
    except DomainError:
        asked = CodeForm(formdata=None)
        asked.refuse(form.refusal)
        return _ask(asked)
    return _choose(form, things)


def _offered(number: int, thing: Thing) -> Offered:
    package = catalogue().get(thing.package_id)
    offered = package is not None and offered_without_name(package, clock.today())
    possible = bool(thing.title) or (package is not None and offered and may_claim(package))
    anonymous = package is not None and asks_first(package)
    return Offered(
        number=number,
        name=_name(thing),
        possible=possible,
        chosen=possible and not anonymous,
        anonymous=anonymous,
        open_door=offered and not possible,
    )


def _name(thing: Thing) -> str:
    package = catalogue().get(thing.package_id)
    return thing.title or (words(package.name) if package else gettext("something that is not offered any more"))


def _tell(made: Claimed) -> None:
    """Say what came into the plan, and what did not."""
    many = len(made.items)
    flash(ngettext("%(num)s thing is in your plan now.", "%(num)s things are in your plan now.", many))
    for things, sentence in (
        (made.already, N_("That was in your plan already: %(names)s.")),
        (made.gone, N_("That cannot be put into a plan: %(names)s.")),
    ):
        if things:
            flash(gettext(sentence, names=", ".join(_name(thing) for thing in things)))
    flash(gettext("What you kept under your code is deleted."))
