"""Opening a mix that was kept without a name: with its private code, and with nothing else."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import StringField

from planner import clock
from planner.access import everybody
from planner.domain.errors import DomainError
from planner.usecases import private_mixes
from planner.web.forms import ActionForm, text_required
from planner.web.public import blueprint
from planner.web.public.codes import digest
from planner.web.public.tryform import TryForm, filled
from planner.web.public.trying import refused, try_page
from planner.web.wording import explain

_LONGEST = 80


class CodeForm(ActionForm):
    """The code, however it is written."""

    code = StringField(lazy_gettext("Your private code"), text_required(_LONGEST))


@blueprint.get("/try/code")
@everybody
def code() -> str:
    """Ask for the code."""
    return _page(CodeForm(formdata=None))


@blueprint.post("/try/code")
@everybody
def open_code() -> ResponseReturnValue:
    """Open what is kept under the code; a wrong, an old and a guessed code get the very same answer."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        kept = private_mixes.open_kept(digest(form.code.data), at=clock.now())
    except DomainError as refusal:
        form.refuse(explain(refusal))
        return refused(_page(form), refusal)
    opened = filled(TryForm(formdata=None), kept.things)
    opened.code.data = form.code.data
    return try_page(opened, kept=kept, focus="now")


def _page(form: CodeForm) -> str:
    return render_template("public/try/code.html", form=form)
