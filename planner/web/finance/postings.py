"""The postings behind a figure, and the files they are taken as."""

import hashlib
from operator import itemgetter

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.people import RoleKind
from planner.exchange.spreadsheets import Cell, Table, to_csv, to_xlsx
from planner.queries import postings as entries
from planner.queries.postings import Amounts, Measure, Posting
from planner.usecases import files
from planner.usecases.files import MOST_ROWS, Taken, TooManyRows
from planner.web.finance import blueprint, words
from planner.web.finance.choice import Choice
from planner.web.forms import ActionForm
from planner.web.paging import wanted_page

_FORMATS = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class FileForm(ActionForm):
    """The postings that are shown, to be taken as a file."""

    format = StringField(validators=[AnyOf(list(_FORMATS))])
    measure = HiddenField()
    package = HiddenField()
    account = HiddenField()
    budget = HiddenField()
    first = HiddenField()
    last = HiddenField()
    unit = HiddenField()


@blueprint.get("/postings")
@readers(RoleKind.FINANCE, purpose="money")
def postings() -> str:
    choice = Choice.read(request.args)
    page = entries.postings(choice.wanted, choice.measure, wanted_page())
    shows(row.citizen_id for row in page.rows)
    return render_template(
        "finance/postings.html",
        choice=choice,
        found=page,
        form=FileForm(formdata=None, data=choice.query),
        measures=list(Measure),
        packages=sorted(((one, words.row_name(one)) for one in entries.packages()), key=itemgetter(1)),
    )


@blueprint.post("/postings/file")
@readers(RoleKind.FINANCE, purpose="export")
def take_postings() -> ResponseReturnValue:
    form = FileForm()
    if not form.validate_on_submit():
        abort(400)
    choice = Choice.read({name: value or "" for name, value in form.data.items() if isinstance(value, str)})
    rows = entries.all_postings(choice.wanted, choice.measure, MOST_ROWS)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    total = sum((row.amounts for row in rows), Amounts())
    write, kind = _FORMATS[form.format.data]
    content = write(as_table(rows, total))
    digest = hashlib.sha256(content).hexdigest()
    sums = {"granted": total.granted, "committed": total.committed, "spent": total.spent}
    taken = Taken(file=f"postings.{form.format.data}", rows=len(rows), digest=digest, **sums)
    files.take(taken, by=current_user(), at=clock.now())
    shows(row.citizen_id for row in rows)
    return Response(content, content_type=kind, headers={"Content-Disposition": f"attachment; filename={taken.file}"})


def as_table(rows: list[Posting], total: Amounts) -> Table:
    """Write postings as rows for a spreadsheet; the last row holds the control totals."""
    heads = (
        gettext("Budget"),
        gettext("Posting"),
        gettext("Day"),
        gettext("Month"),
        gettext("Movement"),
        gettext("Package"),
        gettext("Package code"),
        gettext("Account"),
        gettext("Unit"),
        *(words.measure_name(measure) for measure in Measure),
    )
    control = (gettext("Control total"), len(rows), None, None, None, None, None, None, None, *_amounts(total))
    return Table(gettext("Postings"), heads, [_cells(row) for row in rows], control)


def _cells(row: Posting) -> tuple[Cell, ...]:
    return (
        words.pseudonym(row.budget_id),
        row.number,
        row.occurred_on,
        row.month,
        words.finance_move(row.kind),
        words.part_name(row.package, row.category),
        row.package,
        row.account,
        row.unit,
        *_amounts(row.amounts),
    )


def _amounts(amounts: Amounts) -> tuple[Cell, ...]:
    return tuple(amounts.of(measure) for measure in Measure)
