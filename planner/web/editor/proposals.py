"""Proposals: everybody who is signed in can make one and sees its answer; editors make it a package or say why not."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import StringField, TextAreaField

from planner import clock
from planner.access import current_user, readers, signed_in
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import proposals as queries
from planner.queries.proposals import Proposed
from planner.usecases import proposals as usecases
from planner.web.actions import attempt
from planner.web.editor import blueprint, proposing
from planner.web.editor.package import identifier
from planner.web.editor.words import stage_name
from planner.web.forms import ActionForm, text_required
from planner.web.paging import wanted_page

ID = "int(max=2147483647)"
PROPOSAL = f"/proposals/<{ID}:proposal_id>"


class ProposalForm(ActionForm):
    """A package somebody would like to have, in their own words."""

    name = StringField(lazy_gettext("What could it be called?"), text_required(usecases.LONGEST_NAME))
    what = TextAreaField(lazy_gettext("What happens in it?"), text_required(usecases.LONGEST_WORDS))
    why = TextAreaField(lazy_gettext("Who would it be good for, and why?"), text_required(usecases.LONGEST_WORDS))


class AnswerForm(ActionForm):
    """Why a package is not made."""

    words = TextAreaField(lazy_gettext("Why not, and what could help instead"), text_required(usecases.LONGEST_WORDS))


class TakeUpForm(ActionForm):
    """The id of the package that is made of a proposal."""

    ident = StringField(lazy_gettext("Id of the package"), text_required(100))


@proposing.get("/")
@signed_in
def own() -> str:
    """Show one's own proposals with their answers, and ask for a new one."""
    return _own(ProposalForm(formdata=None))


@proposing.post("/")
@signed_in
def propose() -> ResponseReturnValue:
    """Send a proposal."""
    form, by, at = ProposalForm(), current_user(), clock.now()
    to = url_for("proposing.own")

    def act() -> str:
        usecases.propose(form.name.data, form.what.data, form.why.data, by=by, at=at, key=form.request_key())
        flash(gettext("Thank you. The answer will stand here."))
        return to

    return attempt(form, act, lambda: _own(form), done=lambda _facts: to)


@blueprint.get("/proposals")
@readers(RoleKind.CATALOGUE_EDITOR)
def proposals() -> str:
    """List the proposals, those without an answer first."""
    return render_template("editor/proposals.html", found=queries.listed(wanted_page()), stage_name=stage_name)


@blueprint.get(PROPOSAL)
@readers(RoleKind.CATALOGUE_EDITOR)
def proposal(proposal_id: int) -> str:
    """Show a proposal, and ask what becomes of it."""
    return _page(_proposed(proposal_id), AnswerForm(formdata=None), None)


@blueprint.post(PROPOSAL)
@readers(RoleKind.CATALOGUE_EDITOR)
def answer(proposal_id: int) -> ResponseReturnValue:
    """Say why it will not be made."""
    found, form, by, at = _proposed(proposal_id), AnswerForm(), current_user(), clock.now()
    to = url_for(".proposals")

    def act() -> str:
        usecases.answer(proposal_id, form.words.data, by=by, at=at, key=form.request_key())
        flash(gettext("The answer is sent."))
        return to

    return attempt(form, act, lambda: _page(found, form, None), done=lambda _facts: to)


@blueprint.post(f"{PROPOSAL}/draft")
@readers(RoleKind.CATALOGUE_EDITOR)
def take_up(proposal_id: int) -> ResponseReturnValue:
    """Begin a package from it."""
    found, form, by, at = _proposed(proposal_id), TakeUpForm(), current_user(), clock.now()

    def to() -> str:
        return url_for(".draft", package_id=form.ident.data)

    def act() -> str:
        usecases.take_up(proposal_id, form.ident.data, by=by, at=at, key=form.request_key())
        return to()

    return attempt(form, act, lambda: _page(found, None, form), done=lambda _facts: to())


def _proposed(proposal_id: int) -> Proposed:
    found = queries.one(proposal_id)
    if found is None:
        raise NotFound
    return found


def _page(found: Proposed, answering: AnswerForm | None, taking: TakeUpForm | None) -> str:
    return render_template(
        "editor/proposal.html",
        proposal=found,
        stage_name=stage_name,
        answering=answering or AnswerForm(formdata=None),
        taking=taking or TakeUpForm(formdata=None, ident=identifier(found.name)),
    )


def _own(form: ProposalForm) -> str:
    found = queries.of(current_user().id, wanted_page())
    return render_template("editor/propose.html", form=form, found=found, stage_name=stage_name)
