"""What citizens say is not right, and the answers they get."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import TextAreaField

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import objections as queries
from planner.usecases import deliveries
from planner.usecases.deliveries import LONGEST_MESSAGE
from planner.web.actions import attempt
from planner.web.caseworker import blueprint
from planner.web.caseworker.deliveries import title_of
from planner.web.forms import ActionForm, text_required
from planner.web.names import category_name, part_name
from planner.web.paging import wanted_page


class AnswerForm(ActionForm):
    """An answer to one objection."""

    words = TextAreaField(lazy_gettext("Your answer"), text_required(LONGEST_MESSAGE))


@blueprint.get("/objections")
@readers(RoleKind.CASEWORKER, purpose="answer")
def objections() -> str:
    """List the objections of one's units, those that wait first."""
    page = queries.listed(current_user(), wanted_page())
    shows(row.citizen_id for row in page.rows)
    return render_template("caseworker/objections.html", page=page, **_words())


@blueprint.get("/objections/<int(max=2147483647):objection_id>")
@readers(RoleKind.CASEWORKER, purpose="answer")
def objection(objection_id: int) -> str:
    """Show one objection with what it is about, to be answered."""
    return _page(objection_id, AnswerForm(formdata=None))


@blueprint.post("/objections/<int(max=2147483647):objection_id>")
@readers(RoleKind.CASEWORKER, purpose="answer")
def answer_objection(objection_id: int) -> ResponseReturnValue:
    """Answer an objection."""
    form, by, at = AnswerForm(), current_user(), clock.now()
    to = url_for(".objections")

    def act() -> str:
        deliveries.answer(objection_id, form.words.data, by=by, at=at, key=form.request_key())
        flash(gettext("Your answer is sent. The citizen sees it beside the payment."))
        return to

    return attempt(form, act, lambda: _page(objection_id, form), done=lambda _facts: to)


def _page(objection_id: int, form: AnswerForm) -> str:
    found = queries.one(objection_id, current_user())
    if found is None:
        raise NotFound
    shows([found.citizen_id])
    return render_template("caseworker/objection.html", found=found, form=form, **_words())


def _words() -> dict[str, object]:
    return {"title_of": title_of, "part_name": part_name, "category_name": category_name}
