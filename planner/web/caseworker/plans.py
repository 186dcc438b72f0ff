"""The list: plans of one's units by the day an answer is due, with counters and filters."""

from enum import StrEnum
from typing import TypeVar

from flask import render_template, request

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.people import RoleKind
from planner.domain.plan import PlanStatus
from planner.queries import caseload
from planner.queries.caseload import Show, Whose, Wish
from planner.web.caseworker import blueprint, words
from planner.web.paging import wanted_page
from planner.web.wording import status_name

Code = TypeVar("Code", bound=StrEnum)


@blueprint.get("/")
@readers(RoleKind.CASEWORKER, RoleKind.APPROVER, purpose="list")
def plans() -> str:
    """List the plans of one's units."""
    by, today = current_user(), clock.today()
    wish = _wish()
    page = caseload.listed(wish, by=by, today=today)
    shows(row.citizen_id for row in page.rows)
    return render_template(
        "caseworker/plans.html",
        page=page,
        wish=wish,
        counts=caseload.counts(by, today),
        kept={"show": wish.show.value, "whose": wish.whose.value, "status": wish.status.value if wish.status else None},
        shown=Show,
        whose=Whose,
        statuses=PlanStatus,
        words=words,
        status_name=status_name,
        may_open=by.has(RoleKind.CASEWORKER),
    )


def _wish() -> Wish:
    show = _code(Show, request.args.get("show")) or Show.ANSWER
    return Wish(
        show=show,
        whose=_code(Whose, request.args.get("whose")) or Whose.ALL,
        status=_code(PlanStatus, request.args.get("status")) if show is Show.ALL else None,
        page=wanted_page(),
    )


def _code(codes: type[Code], text: str | None) -> Code | None:
    """Read a choice from an address; what is no choice means none."""
    return next((code for code in codes if code.value == text), None)
