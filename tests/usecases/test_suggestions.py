"""Taking a suggestion: all of it or nothing, for the goals it was suggested for, and undone together."""

import pytest
from flask import Flask

from planner import clock
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.plan import NotNow, PackageGone
from planner.models.base import db
from planner.models.plan import LineGoal, PlanLine
from planner.models.record import Event
from planner.usecases import composing, goals, suggestions
from planner.usecases.composing import AlreadyInPlan
from planner.usecases.suggestions import Wanted
from tests import factories
from tests.factories import CATALOGUE, Town


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def draft(town: Town) -> int:
    return factories.open_course(town, amount=90_000)


def write(town: Town, words: str = "Spise med andre", whose: int | None = None) -> int:
    return goals.write(words, by=factories.user(whose or town.bo), at=clock.now())


def take(town: Town, plan: int, *wanted: Wanted, whose: int | None = None) -> list[int]:
    return suggestions.take(plan, wanted, catalogue=CATALOGUE, by=factories.user(whose or town.bo), at=clock.now())


def lines() -> dict[str, int]:
    db.session.remove()
    return {row.package_id: row.item_id for row in db.session.scalars(db.select(PlanLine))}


def served(item: int) -> set[int]:
    db.session.remove()
    return set(db.session.scalars(db.select(LineGoal.goal_id).filter_by(item_id=item)))


def test_every_package_goes_in_for_its_goals_with_an_event_of_its_own(town: Town, draft: int) -> None:
    eat, out = write(town), write(town, "Komme ud")

    items = take(town, draft, Wanted("peer-gruppe", (eat, out)), Wanted("mbsr", (out,)))

    assert lines() == {"peer-gruppe": items[0], "mbsr": items[1]}
    assert [served(item) for item in items] == [{eat, out}, {out}]
    added = db.session.scalars(db.select(Event.facts).filter_by(kind=EventKind.LINE_ADDED)).all()
    assert [facts["item"] for facts in added] == items


def test_one_package_that_cannot_go_in_keeps_all_of_them_out(town: Town, draft: int) -> None:
    take(town, draft, Wanted("mbsr"))

    with pytest.raises(AlreadyInPlan):
        take(town, draft, Wanted("peer-gruppe"), Wanted("mbsr"))
    with pytest.raises(PackageGone):
        take(town, draft, Wanted("peer-gruppe"), Wanted("findes-ikke"))

    assert lines().keys() == {"mbsr"}


def test_a_suggestion_is_undone_as_a_whole(town: Town, draft: int) -> None:
    take(town, draft, Wanted("peer-gruppe"), Wanted("mbsr"))
    lock = db.session.get_one(factories.versions.Plan, draft).lock_version

    composing.undo(draft, lock, by=factories.user(town.bo), at=clock.now())

    assert lines() == {}


def test_goals_of_somebody_else_or_put_away_are_left_out(town: Town, draft: int) -> None:
    foreign, old = write(town, whose=town.lis), write(town, "Det gamle")
    goals.put_away(old, by=factories.user(town.bo), at=clock.now())

    [item] = take(town, draft, Wanted("mbsr", (foreign, old)))

    assert served(item) == set()


def test_nobody_puts_anything_into_the_plan_of_another(town: Town, draft: int) -> None:
    with pytest.raises(NotFound):
        take(town, draft, Wanted("mbsr"), whose=town.lis)


def test_a_plan_that_is_sent_is_left_alone(town: Town, draft: int) -> None:
    bo = factories.user(town.bo)
    factories.compose(draft, bo, "cti")
    factories.submit(draft, bo)

    with pytest.raises(NotNow):
        take(town, draft, Wanted("mbsr"))
