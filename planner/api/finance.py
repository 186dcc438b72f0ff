"""The money of many budgets, for finance: figures and entries without a name."""

from typing import Any

from planner import clock
from planner.access import current_user, readers, shows
from planner.api import blueprint
from planner.api.finance_schemas import OverviewQuerySchema, OverviewSchema, PostingListSchema, PostingsQuerySchema
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import finance, postings
from planner.queries.finance import Overview, Scope
from planner.queries.pages import LARGEST_PAGE
from planner.queries.postings import Postings, Wanted


@blueprint.get("/finance/overview", tags=["finance"])
@readers(RoleKind.FINANCE)
@blueprint.doc(security=[{"session": []}])
@blueprint.arguments(OverviewQuerySchema, location="query", unknown="raise")
@blueprint.response(200, OverviewSchema)
def finance_overview(query: dict[str, Any]) -> Overview:
    """Show what is granted, committed, spent, free and estimated, by package, month or account string."""
    return finance.overview(_scope(query), query["by"], clock.today())


@blueprint.get("/finance/postings", tags=["finance"])
@readers(RoleKind.FINANCE, purpose="money")
@blueprint.doc(security=[{"session": []}])
@blueprint.arguments(PostingsQuerySchema, location="query", unknown="raise")
@blueprint.response(200, PostingListSchema)
def finance_postings(query: dict[str, Any]) -> Postings:
    """List the entries behind a figure; whose money they move is written down as read."""
    wanted = Wanted(_scope(query), query["package"], query["account"], query["budget"])
    size = min(query["page_size"], LARGEST_PAGE)
    found = postings.postings(wanted, query["measure"], query["page"], size)
    shows(row.citizen_id for row in found.rows)
    return found


def _scope(query: dict[str, Any]) -> Scope:
    """Narrow the reader's units to what is asked for; a unit that is not theirs is not found."""
    units = current_user().units(RoleKind.FINANCE)
    if query["unit"] is not None:
        units = finance.choices(units).within(query["unit"])
        if not units:
            raise NotFound
    return Scope(units, query["first"], query["last"])
