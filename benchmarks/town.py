"""A town to measure in: citizens with plans in force, made by the use cases themselves, one by one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from planner import clock
from planner.demo import handles
from planner.domain.money import Money
from planner.domain.period import Period
from planner.domain.purchase import Category
from planner.usecases import composing, courses, goals
from planner.usecases.courses import Course, NewCitizen
from tests import factories

OPENED = datetime(2026, 1, 5, 11, tzinfo=UTC)
"""When every plan was opened, sent and approved."""

NOW = datetime(2026, 6, 15, 11, tzinfo=UTC)
"""When everything is measured."""

TITLES = ("Buskort", "Svømmehal", "Farver og papir", "Nye gardiner", "Cykel", "Kursus")
_LINE, _AWARD, _DAYS = Money.kroner(50_000), 400_000, 360


@dataclass(frozen=True, slots=True)
class Shape:
    """How many citizens there are, and what stands in the plan of each."""

    citizens: int
    own: int
    packages: tuple[str, ...] = ()


def build(shape: Shape) -> None:
    """Fill an empty database."""
    with clock.at(OPENED):
        town = factories.make_town()
        course = Course(
            unit_id=town.north,
            template_id=handles.template("full"),
            indicative=Money.kroner(_AWARD),
            period=_period(clock.today()),
        )
        for number in range(shape.citizens):
            _settle(town, course, shape, number)


def _period(today: date) -> Period:
    return Period(today, today + timedelta(days=_DAYS))


def _settle(town: factories.Town, course: Course, shape: Shape, number: int) -> None:
    """Let one citizen open, compose and send, and have it approved."""
    citizen = NewCitizen(called=f"Borger {number}")
    plan_id = courses.open_course(citizen, course, by=factories.user(town.mette), at=OPENED)
    owner = factories.user(handles.citizen(plan_id))
    goals.write("Spise med andre to gange om ugen", by=owner, at=OPENED)
    for package in shape.packages:
        composing.add_package(plan_id, package, catalogue=factories.CATALOGUE, by=owner, at=OPENED)
    for title in TITLES[: shape.own]:
        composing.add_own_line(plan_id, own_line(title, course.period), by=owner, at=OPENED)
    sent = factories.submit(plan_id, owner)
    factories.approve(town, sent, amount=_AWARD, by=town.karen)


def own_line(title: str, period: Period) -> composing.OwnLine:
    """Make a line for 500 kr."""
    return composing.OwnLine(title=title, amount=_LINE, monthly=False, category=Category.OTHER, period=period)
