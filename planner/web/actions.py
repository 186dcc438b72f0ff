"""Carrying a form out: once, with a clear answer, and with what was typed kept when it is refused."""

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from planner.domain.errors import Conflict, DomainError, NotFound
from planner.domain.event import Facts
from planner.usecases.transaction import AlreadyDone
from planner.web.filters import clock_time
from planner.web.forms import ActionForm
from planner.web.wording import explain


def attempt(
    form: ActionForm,
    act: Callable[[], str],
    again: Callable[[], str],
    *,
    done: Callable[[Facts], str],
) -> ResponseReturnValue:
    """Carry a form out and redirect, or show its page again with what was typed.

    ``act`` calls the use case and returns where to go; ``again`` draws the page (422, or 409 when somebody was
    quicker); ``done`` says where to go when the very same request was carried out before, from that event's facts.
    """
    if not form.validate_on_submit():
        return again(), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        return redirect(act(), HTTPStatus.SEE_OTHER)
    except AlreadyDone as before:
        flash(gettext("That was already done at %(time)s. Nothing happened twice.", time=clock_time(before.at)))
        return redirect(done(before.facts), HTTPStatus.SEE_OTHER)
    except NotFound:
        raise
    except Conflict as quicker:
        form.refuse(explain(quicker))
        return again(), HTTPStatus.CONFLICT
    except DomainError as refusal:
        form.refuse(explain(refusal))
        return again(), HTTPStatus.UNPROCESSABLE_ENTITY
