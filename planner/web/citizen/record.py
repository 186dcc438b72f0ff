"""Who has looked, and what has happened: the record about me, whole."""

from collections.abc import Sequence
from itertools import groupby

from flask import Response, render_template, request
from flask_babel import gettext

from planner import clock
from planner.access import current_user, readers
from planner.domain.people import RoleKind
from planner.exchange import spreadsheets
from planner.queries import readings as looks
from planner.queries import record
from planner.queries.pages import Slice
from planner.queries.readings import MonthOfReadings, ReadingSeen
from planner.queries.record import EventSeen
from planner.web import chronicle
from planner.web import readings as words
from planner.web.citizen import blueprint
from planner.web.filters import clock_time, weekday
from planner.web.house import house
from planner.web.paging import wanted_page


@blueprint.get("/readings")
@readers(RoleKind.CITIZEN)
def readings() -> str:
    """Show who has looked in one month, and how often in the others."""
    me = current_user().id
    months = looks.months(me, clock.today())
    shown = _chosen(months, request.args.get("month", ""))
    listed = None
    if shown:
        place = Slice(shown.total, looks.READINGS_A_PAGE, wanted_page())
        listed = looks.in_month(me, shown.month, place, names=house().reader_names)
    return render_template(
        "citizen/readings.html",
        months=months,
        shown=shown,
        listed=listed,
        words=words,
        total=sum(m.total for m in months),
    )


@blueprint.get("/readings.csv")
@readers(RoleKind.CITIZEN)
def readings_file() -> Response:
    """Hand out the whole list as a file."""
    found = looks.all_of(current_user().id, names=house().reader_names)
    name = gettext("who-has-looked")
    heads = (gettext("Day"), gettext("Time"), gettext("Who"), gettext("What they saw"), gettext("Why"))
    content = spreadsheets.to_csv(spreadsheets.Table(name, heads, [_row(seen) for seen in found]))
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@blueprint.get("/happened")
@readers(RoleKind.CITIZEN)
def happened() -> str:
    """Show what has happened, day by day, the newest first."""
    page = record.happened(current_user().id, wanted_page())
    return render_template(
        "citizen/happened.html", days=_by_day(page.rows), place=page.place, count=len(page.rows), tell=chronicle.tell
    )


def _chosen(months: Sequence[MonthOfReadings], wanted: str) -> MonthOfReadings | None:
    return next((month for month in months if month.month == wanted), months[0] if months else None)


def _row(seen: ReadingSeen) -> Sequence[spreadsheets.Cell]:
    day = clock.local(seen.at).date()
    return (day, clock_time(seen.at), words.reader(seen), words.page(seen.page), words.purpose(seen.purpose))


def _by_day(events: Sequence[EventSeen]) -> list[tuple[str, list[EventSeen]]]:
    days = groupby(events, key=lambda event: clock.local(event.at).date())
    return [(_begin(weekday(day)), list(group)) for day, group in days]


def _begin(words: str) -> str:
    """Begin with a capital letter; English keeps those within."""
    return words[:1].upper() + words[1:]
