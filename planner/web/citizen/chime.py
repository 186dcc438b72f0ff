"""Five questions about my life, and what I answered before and now."""

from fractions import Fraction
from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext, lazy_gettext

from planner import clock
from planner.access import current_user, readers
from planner.domain.package import Chime
from planner.domain.people import RoleKind
from planner.queries import progress
from planner.usecases import goals as use
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.scales import NUMBERS, QUESTIONS, questions, scale
from planner.web.forms import ActionForm
from planner.web.paging import wanted_page


class ChimeForm(ActionForm):
    connectedness = scale(lazy_gettext(QUESTIONS[Chime.CONNECTEDNESS]))
    hope = scale(lazy_gettext(QUESTIONS[Chime.HOPE]))
    identity = scale(lazy_gettext(QUESTIONS[Chime.IDENTITY]))
    meaning = scale(lazy_gettext(QUESTIONS[Chime.MEANING]))
    empowerment = scale(lazy_gettext(QUESTIONS[Chime.EMPOWERMENT]))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """Ask for one of the five; each may be skipped."""
        if not super().validate(extra_validators):
            return False
        if not self.answers():
            self.refuse(gettext("Answer one of them, or go back without answering."))
        return not self.refusal

    def answers(self) -> dict[Chime, int]:
        """Collect the scales that were answered."""
        return {p: NUMBERS[self[p.value].data] for p in Chime if self[p.value].data in NUMBERS}


@blueprint.get("/chime")
@readers(RoleKind.CITIZEN)
def chime() -> str:
    return _questions(ChimeForm())


@blueprint.post("/chime")
@readers(RoleKind.CITIZEN)
def answer_chime() -> ResponseReturnValue:
    form = ChimeForm()

    def act() -> str:
        use.answer_chime(form.answers(), by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("Thank you. It is saved."))
        return url_for("citizen.chime_answers")

    return attempt(form, act, lambda: _questions(form), done=lambda _: url_for("citizen.chime_answers"))


@blueprint.get("/chime/answers")
@readers(RoleKind.CITIZEN)
def chime_answers() -> str:
    """Show the newest answers beside those before them, and all there are, page by page."""
    me = current_user().id
    listed = progress.chime_answers(me, wanted_page())
    return render_template(
        "citizen/chime_answers.html",
        latest=progress.latest_chime(me),
        listed=listed,
        questions=questions(),
        mean=mean,
    )


def mean(average: Fraction | None) -> str:
    """Show an average with one decimal, or nothing where an answer is missing."""
    return "" if average is None else str(format_decimal(average.numerator / average.denominator, "0.0"))


def _questions(form: ChimeForm) -> str:
    fields = [form[process.value] for process in Chime]
    return render_template("citizen/chime.html", form=form, fields=fields)
