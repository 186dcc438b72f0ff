"""Composing: putting a line into a plan of twenty lines with every check, against showing the page it is done on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from benchmarks import places, town, visit
from benchmarks.ground import Ground
from benchmarks.rounds import Bar, Result, Side, pairs, slower
from benchmarks.visit import Visitor
from planner import clock
from planner.demo import handles
from planner.domain.money import Money
from planner.domain.period import Period
from planner.models.base import db
from planner.models.plan import PlanLine
from planner.usecases import composing, courses, goals
from planner.usecases.courses import Course, NewCitizen
from tests import factories
from tests.forms import form_to

BAR = Bar(2, 1)
PAGE = "/me/plan/compose"
LINES = 20
PUT_IN = "fritid-badminton"
PACKAGES = ("cti", "mbsr", "peer-individuel", "bostoette-video", "paaroerende-kursus", "peer-gruppe")
_REPEAT = 3


def measure(ground: Ground) -> Iterator[Result]:
    """Send the form of a card, the line of which is taken out again while no time counts, and open the page."""
    path = ground.folder / "composing.db"
    _draft(path)
    with visit.opened(path) as visitor:
        found = pairs(_adding(visitor), visitor.opens(PAGE, _REPEAT), ground.size.rounds)
        yield slower("add_line", found, BAR, each=_REPEAT)


def _adding(visitor: Visitor) -> Side:
    address, fields = _filled(visitor)

    def side() -> float:
        spent = 0.0
        for _ in range(_REPEAT):
            request = visitor.request(address, {**fields, "key": str(uuid4())})
            start = perf_counter()
            visitor.ask(request)
            spent += perf_counter() - start
            _take_out(visitor)
        return spent

    return side


def _filled(visitor: Visitor) -> tuple[str, dict[str, str]]:
    with visitor.app.app_context():
        plan_id = db.session.scalars(db.select(PlanLine.plan_id).limit(1)).one()
    address = f"/me/plan/{plan_id}/packages/{PUT_IN}"
    form = form_to(visitor.ask(visitor.request(f"{PAGE}?words=badminton")).decode(), address)
    return form.action, {name: values[0] for name, values in form.filled().items()}


def _take_out(visitor: Visitor) -> None:
    with visitor.app.app_context():
        line = db.session.scalars(db.select(PlanLine).filter_by(package_id=PUT_IN)).one()
        owner = factories.user(handles.citizen(line.plan_id))
        composing.remove_line(line.plan_id, line.item_id, by=owner, at=clock.now())
        db.session.remove()


def _draft(path: Path) -> None:
    """Make one citizen with a draft of twenty lines, each for a goal."""
    with places.app_on(places.sqlite_url(path)) as app, app.app_context(), clock.at(town.NOW):
        people, today, now = factories.make_town(), clock.today(), clock.now()
        period = Period(today, today + timedelta(days=360))
        course = Course(
            unit_id=people.north,
            template_id=handles.template("full"),
            indicative=Money.kroner(400_000),
            period=period,
            weekly_minutes=600,
        )
        plan_id = courses.open_course(NewCitizen(called="Bo"), course, by=factories.user(people.mette), at=now)
        owner = factories.user(handles.citizen(plan_id))
        goals.write("Spise med andre to gange om ugen", by=owner, at=now)
        for package in PACKAGES:
            composing.add_package(plan_id, package, catalogue=factories.CATALOGUE, by=owner, at=now)
        for number in range(LINES - len(PACKAGES)):
            line = town.own_line(f"Ting {number}", period)
            composing.add_own_line(plan_id, line, by=owner, at=now)
