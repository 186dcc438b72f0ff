"""The overview: granted, committed, spent, free and the estimate; every figure leads to its rows."""

from flask import render_template, request

from planner.access import readers, shows
from planner.domain.people import RoleKind
from planner.queries import budgets, finance
from planner.queries.finance import Grouping
from planner.queries.postings import Measure
from planner.web.finance import blueprint
from planner.web.finance.choice import Choice
from planner.web.finance.postings import FileForm
from planner.web.paging import wanted_page


@blueprint.get("/")
@readers(RoleKind.FINANCE)
def overview() -> str:
    choice = Choice.read(request.args)
    found = finance.overview(choice.scope, choice.by, choice.today)
    form = FileForm(formdata=None, data=choice.query)
    return render_template(
        "finance/overview.html", choice=choice, found=found, form=form, groupings=list(Grouping), measures=list(Measure)
    )


@blueprint.get("/estimates")
@readers(RoleKind.FINANCE, purpose="money")
def estimates() -> str:
    choice = Choice.read(request.args)
    found = budgets.estimates(choice.wanted, choice.today, wanted_page())
    shows(row.citizen_id for row in found.rows)
    return render_template("finance/estimates.html", choice=choice, found=found)
