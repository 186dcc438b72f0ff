"""Those somebody supports: only what is needed to record what was delivered."""

from flask import render_template

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.people import TieKind
from planner.queries import deliveries as queries
from planner.web.caseworker import blueprint


@blueprint.get("/supported")
@readers(TieKind.SUPPORT_PERSON, purpose="support")
def supported() -> str:
    """List those the reader supports, with the services of their plans."""
    plans = queries.supported(current_user(), clock.today())
    shows(plan.citizen_id for plan in plans)
    return render_template("caseworker/supported.html", plans=plans)
