"""A plan's days in words for a calendar; without names they tell a reader over the shoulder nothing."""

from collections.abc import Iterator
from datetime import date

from flask import Response
from flask_babel import gettext, ngettext

from planner import clock
from planner.domain.diary import Begins, Meets
from planner.exchange.calendar import Entry, to_ics
from planner.queries import calendar, offers
from planner.queries.calendar import Days
from planner.queries.plans import PlanSummary
from planner.web.filters import day, hours, words


def calendar_of(plan: PlanSummary, *, named: bool) -> Response:
    """Write a plan's calendar in the language that is spoken; ``named`` calls things by their names."""
    days = calendar.days(plan, offers.catalogue(), clock.today())
    name = gettext("My plan") if named else gettext("Appointments")
    return Response(to_ics(name, entries(days, named=named), at=clock.now()), mimetype="text/calendar")


def entries(days: Days, *, named: bool) -> Iterator[Entry]:
    """Say each day in the language that is spoken."""
    for one in days.entries:
        title, about = _met(one, named=named) if isinstance(one, Meets) else _begun(one, named=named)
        said = about if days.decided else " ".join((about, gettext("It is not decided yet.")))
        yield Entry(identity=_identity(days, one), day=_first(one), title=title, about=said, sure=days.decided)


def _begun(one: Begins, *, named: bool) -> tuple[str, str]:
    until = gettext("Until %(day)s.", day=day(one.period.last_day))
    if not named:
        return gettext("Something begins"), until
    part = f": {words(one.name)}" if one.name else ""
    return gettext("%(title)s begins", title=f"{words(one.title)}{part}"), until


def _met(one: Meets, *, named: bool) -> tuple[str, str]:
    title = words(one.title) if named else gettext("Appointment")
    often = ngettext(
        "%(num)s time this week. You agree on day and time yourself.",
        "%(num)s times this week. You agree on days and times yourself.",
        one.times,
    )
    return gettext("%(title)s (some day this week)", title=title), f"{often} {hours(one.minutes)}."


def _identity(days: Days, one: Begins | Meets) -> str:
    year, week, _ = _first(one).isocalendar()
    return f"{days.plan_id} {one.item} {type(one).__name__} {year} {week}"


def _first(one: Begins | Meets) -> date:
    return one.day if isinstance(one, Meets) else one.period.first_day
