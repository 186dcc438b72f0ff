"""What can be suggested for a plan: what goes together with it, has a price, and suits the age."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from planner import clock
from planner.domain.money import Money
from planner.domain.package import Chime
from planner.models.base import db
from planner.models.person import Person
from planner.queries import mix as mixes
from planner.queries import plans, suggestions
from planner.queries.suggestions import Question, of_age
from planner.usecases import goals
from tests import factories
from tests.factories import CATALOGUE, Town

pytestmark = pytest.mark.only_sqlite

HOPE = frozenset({Chime.HOPE})


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def found(town: Town, plan_id: int, *offered: str, **changed: object) -> list[set[str]]:
    """Ask for hope among a few packages."""
    catalogue = {package: replace(CATALOGUE[package], **changed) for package in offered}
    plan, today = plans.own(town.bo, plan_id), clock.today()
    assert plan is not None
    mix = mixes.of_plan(plan, plan.number, CATALOGUE, today)
    goal = goals.write("Have det bedre", by=factories.user(town.bo), at=clock.now())
    question = Question(about={goal: HOPE}, most=Money.kroner(900_000), minutes=None)
    made = suggestions.suggest(plan, mix, catalogue, question, today)
    return [{one.offer.package.id for one in suggested.chosen} for suggested in made]


def test_what_clashes_with_the_plan_is_left_out_whoever_of_the_two_says_so(town: Town) -> None:
    free = factories.open_course(town, amount=900_000)
    assert found(town, free, "act") == [{"act"}]
    taken = factories.open_course(town, amount=900_000)
    factories.compose(taken, factories.user(town.bo), "cti")

    assert found(town, taken, "act") == []
    assert found(town, taken, "act", excludes=()) == []


def test_what_is_withdrawn_switched_off_or_without_a_price_is_left_out(town: Town) -> None:
    plan = factories.open_course(town, amount=900_000)

    assert found(town, plan, "mbsr", withdrawn_on=clock.today()) == []
    assert found(town, plan, "mbsr", disabled=True) == []
    assert found(town, plan, "mbsr", tariffs=()) == []
    assert found(town, plan, "mbsr") == [{"mbsr"}]


def test_what_is_needed_comes_along_though_it_serves_no_goal(town: Town) -> None:
    plan = factories.open_course(town, amount=900_000)

    assert found(town, plan, "mbsr", "fritid-badminton", chime=(Chime.MEANING,)) == []
    assert found(town, plan, "mbsr", needs=("fritid-badminton",)) == []
    needing = {"mbsr": ("fritid-badminton",), "fritid-badminton": ()}
    catalogue = {one: replace(CATALOGUE[one], needs=needs) for one, needs in needing.items()}
    summary = plans.own(town.bo, plan)
    assert summary is not None
    mix = mixes.of_plan(summary, summary.number, CATALOGUE, clock.today())
    question = Question(about={1: HOPE}, most=Money.kroner(900_000), minutes=None)
    [made] = suggestions.suggest(summary, mix, catalogue, question, clock.today())
    assert {one.offer.package.id: bool(one.reasons) for one in made.chosen} == {"mbsr": True, "fritid-badminton": False}


@pytest.mark.parametrize(
    ("born", "fits"),
    [
        (None, True),
        (date(2008, 5, 12), False),
        (date(2008, 5, 11), True),
        (date(1999, 1, 1), True),
    ],
)
def test_an_age_limit_holds_from_the_birthday_on_and_an_unknown_birthday_shuts_nobody_out(
    born: date | None, fits: bool
) -> None:
    assert of_age(replace(CATALOGUE["mbsr"], min_age=18), born, date(2026, 5, 11)) is fits


def test_the_oldest_age_lasts_the_whole_year() -> None:
    package = replace(CATALOGUE["mbsr"], min_age=None, max_age=25)

    assert of_age(package, date(2000, 5, 12), date(2026, 5, 11))
    assert not of_age(package, date(2000, 5, 11), date(2026, 5, 11))


def test_the_price_of_a_service_is_not_on_the_money_of_a_drawing_right(town: Town) -> None:
    plan_id = factories.open_course(town, template="drawing", amount=1_000)
    plan, today = plans.own(town.bo, plan_id), clock.today()
    assert plan is not None
    mix = mixes.of_plan(plan, plan.number, CATALOGUE, today)
    question = Question(about={1: HOPE}, most=Money.kroner(1), minutes=None)

    [made] = suggestions.suggest(plan, mix, {"act": CATALOGUE["act"]}, question, today)

    assert made.own_money == Money(0)
    assert made.chosen[0].offer.cost > Money.kroner(1)


def test_what_the_municipality_has_not_decided_is_shown(town: Town) -> None:
    assert db.session.get_one(Person, town.bo).born is None
    assert suggestions.open_on(clock.today())
    assert suggestions.open_on(date(1999, 1, 1))
