"""Those somebody supports: only what is needed to record what was delivered."""

from flask import render_template

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.people import TieKind
from planner.queries import deliveries as queries
from planner.queries import plans as looked_up
from planner.web.caseworker import blueprint


@blueprint.get("/supported")
@readers(TieKind.SUPPORT_PERSON, purpose="support")
def supported() -> str:
    """List those the reader supports, with the services of their plans."""
    by = current_user()
    plans = queries.supported(by, clock.today())
    drafts = looked_up.helped(by.citizens(TieKind.SUPPORT_PERSON) - {by.id})
    shows([*(plan.citizen_id for plan in plans), *(draft.plan.citizen_id for draft in drafts)])
    return render_template("caseworker/supported.html", plans=plans, drafts=drafts)
