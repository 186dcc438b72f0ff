"""One budget by its number: its money, its envelopes and its entries, without a name."""

from flask import render_template

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import budgets, postings
from planner.queries.finance import Scope
from planner.queries.postings import Measure, Wanted
from planner.web.finance import blueprint
from planner.web.paging import wanted_page


@blueprint.get("/budgets/<int(max=2147483647):budget_id>")
@readers(RoleKind.FINANCE, purpose="money")
def budget(budget_id: int) -> str:
    units = current_user().units(RoleKind.FINANCE)
    found = budgets.budget(units, budget_id)
    if found is None:
        raise NotFound
    wanted = Wanted(Scope(units), budget=budget_id)
    page = postings.postings(wanted, None, wanted_page())
    estimate = budgets.estimates(wanted, clock.today(), 1).estimate
    shows([found.citizen_id])
    measures = list(Measure)
    return render_template("finance/budget.html", budget=found, found=page, estimate=estimate, measures=measures)
