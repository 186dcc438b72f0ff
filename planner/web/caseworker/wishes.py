"""Wishes about packages: which wait for an answer, and the answer with its reason."""

from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectChoice, TextAreaField

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.choices import Choices
from planner.domain.errors import NotFound
from planner.domain.law import age_fits
from planner.domain.people import RoleKind
from planner.domain.wish import LONGEST_WORDS
from planner.queries import offers
from planner.queries import wishes as queries
from planner.queries.review import Review
from planner.queries.wishes import WishSeen
from planner.usecases import wishes as answering
from planner.web import adjusting, packages
from planner.web.actions import attempt
from planner.web.caseworker import blueprint
from planner.web.caseworker.deliveries import title_of
from planner.web.filters import words
from planner.web.forms import ActionForm, required, text_required
from planner.web.paging import wanted_page

_DECIDES = (RoleKind.CASEWORKER, RoleKind.APPROVER)
YES = "yes"


class WishForm(ActionForm):
    """The answer to one wish: yes or no, and why."""

    granted = RadioField(
        lazy_gettext("Your answer to the wish"),
        [required()],
        choices=[SelectChoice(YES, lazy_gettext("Yes, it may be chosen")), SelectChoice("no", lazy_gettext("No"))],
    )
    reason = TextAreaField(lazy_gettext("Why, in plain words"), text_required(LONGEST_WORDS))


@dataclass(frozen=True, slots=True)
class AdjustedLine:
    """A line of a plan under review: what was chosen about it, and how many people one worker follows.

    ``ages`` are those the package is for, when nobody knows whether the citizen has one of them.
    """

    title: str
    chosen: list[str]
    max_caseload: int | None
    ages: str


@blueprint.app_context_processor
def _wishes() -> dict[str, Any]:
    return {"wishes_of": queries.of_plan, "adjusted_lines": adjusted_lines, "adjusting": adjusting}


def adjusted_lines(found: Review) -> list[AdjustedLine]:
    """Tell of the lines under review what was adjusted, and of which packages one worker follows only so many."""
    known, told = offers.catalogue(), []
    for sent in found.lines:
        package = known.get(sent.line.package_id or "")
        said = adjusting.in_short(package, Choices.of(sent.chosen)) if sent.line.package_id else []
        caseload = package.max_caseload if package else None
        unsure = package is not None and age_fits(package, found.course.born, sent.line.period.first_day) is None
        ages = packages.ages(package) if package and unsure else ""
        if said or caseload or ages:
            told.append(AdjustedLine(words(sent.line.title), said, caseload, ages))
    return told


@blueprint.get("/wishes")
@readers(*_DECIDES, purpose="answer")
def wishes() -> str:
    """List the wishes that wait for an answer, the oldest first."""
    page = queries.waiting(current_user(), wanted_page())
    shows(row.citizen_id for row in page.rows)
    return render_template("caseworker/wishes.html", page=page, package_of=_package, title_of=title_of)


@blueprint.get("/wishes/<int(max=2147483647):wish_id>")
@readers(*_DECIDES, purpose="answer")
def wish(wish_id: int) -> str:
    """Show one wish, to be answered."""
    return _page(wish_id, WishForm(formdata=None))


@blueprint.post("/wishes/<int(max=2147483647):wish_id>")
@readers(*_DECIDES, purpose="answer")
def answer_wish(wish_id: int) -> ResponseReturnValue:
    """Answer a wish with yes or no, and why."""
    form, by, at = WishForm(), current_user(), clock.now()
    to = url_for(".review", plan_id=_found(wish_id).plan_id)

    def act() -> str:
        granted, reason = form.granted.data == YES, form.reason.data
        answering.answer(wish_id, granted=granted, reason=reason, by=by, at=at, key=form.request_key())
        flash(gettext("Your answer is sent. The citizen sees it beside the wish."))
        return to

    return attempt(form, act, lambda: _page(wish_id, form), done=lambda _facts: to)


def _found(wish_id: int) -> WishSeen:
    found = queries.one(wish_id, current_user())
    if found is None:
        raise NotFound
    return found


def _page(wish_id: int, form: WishForm) -> str:
    found = _found(wish_id)
    shows([found.citizen_id])
    return render_template("caseworker/wish.html", found=found, form=form, package_of=_package, title_of=title_of)


def _package(wish: WishSeen) -> Any:  # noqa: ANN401 - a package or nothing, for a template
    return offers.catalogue().get(wish.package_id)
