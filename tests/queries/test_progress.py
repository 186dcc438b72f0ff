"""Goals, check-ins, answers, looks and events as they are read, on both engines alike."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import GoalState
from planner.domain.package import Chime
from planner.domain.people import TieKind
from planner.queries import progress, readings, record, ties
from planner.queries.pages import Slice
from planner.queries.record import Who
from planner.usecases import goals, people
from planner.usecases import readings as looks
from planner.usecases.readings import Look
from tests import factories
from tests.factories import Town


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.mark.parametrize(
    ("total", "wanted", "number", "offset", "pages"),
    [
        (0, 1, 1, 0, 1),
        (10, 1, 1, 0, 1),
        (11, 2, 2, 10, 2),
        (11, 3, 2, 10, 2),
        (11, 10**18, 2, 10, 2),
        (11, 0, 1, 0, 2),
        (11, -7, 1, 0, 2),
    ],
)
def test_a_page_beyond_the_ends_is_the_nearest(total: int, wanted: int, number: int, offset: int, pages: int) -> None:
    place = Slice(total, 10, wanted)

    assert (place.number, place.offset, place.pages) == (number, offset, pages)


def test_a_page_never_holds_more_than_a_hundred() -> None:
    with pytest.raises(AssertionError):
        Slice(1, 10**9)


def test_goals_in_hand_come_before_paused_and_put_away_ones(town: Town) -> None:
    me, now = factories.user(town.bo), clock.now()
    first, paused, away, second = (goals.write(words, by=me, at=now) for words in ("a", "b", "c", "d"))
    goals.pause(paused, by=me, at=now)
    goals.put_away(away, by=me, at=now)

    listed = progress.goals(town.bo)

    assert [goal.id for goal in listed.rows] == [first, second, paused, away]
    assert [goal.state for goal in listed.rows[2:]] == [GoalState.PAUSED, GoalState.PUT_AWAY]
    assert progress.goals(town.lis).rows == ()


def test_a_goal_shows_the_latest_that_was_said_about_it(town: Town) -> None:
    me, now = factories.user(town.bo), clock.now()
    goal, other = goals.write("a", by=me, at=now), goals.write("b", by=me, at=now)
    goals.check_in(goal, 3, by=me, at=now)
    goals.check_in(goal, None, "Nu går det", by=me, at=now + timedelta(days=1))

    said = progress.goal(town.bo, goal).latest

    assert said is not None
    assert (said.score, said.words) == (None, "Nu går det")
    assert progress.goal(town.bo, other).latest is None
    with pytest.raises(NotFound):
        progress.goal(town.lis, goal)
    assert progress.check_ins(town.lis, goal).rows == ()


def test_the_newest_answers_stand_first_and_skipped_scales_are_missing(town: Town) -> None:
    me, now = factories.user(town.bo), clock.now()
    goals.answer_chime({Chime.HOPE: 0}, by=me, at=now)
    goals.answer_chime(dict.fromkeys(Chime, 7), by=me, at=now + timedelta(days=1))

    newest, before = progress.latest_chime(town.bo)

    assert (newest.mean, before.mean) == (7, None)
    assert before.answers == {Chime.HOPE: 0}
    assert len(progress.chime_answers(town.bo).rows) == 2
    assert progress.latest_chime(town.lis) == ()


def look(town: Town, at: datetime, role: str = "caseworker") -> None:
    looks.write(
        Look(role, town.north, "caseworker.review", "decide_plan"), [town.bo], by=factories.user(town.mette), at=at
    )


def test_looks_are_counted_by_danish_month_and_role(town: Town) -> None:
    for moment in (
        datetime(2026, 3, 31, 21, 59, tzinfo=UTC),
        datetime(2026, 3, 31, 22, 0, tzinfo=UTC),
        datetime(2026, 5, 1, 8, 0, tzinfo=UTC),
    ):
        look(town, moment)
    look(town, datetime(2026, 5, 2, 8, 0, tzinfo=UTC), role="approver")

    months = readings.months(town.bo, date(2026, 5, 31))

    assert [(month.month, month.total) for month in months] == [("2026-05", 2), ("2026-04", 1), ("2026-03", 1)]
    assert months[0].by_role == {"caseworker": 1, "approver": 1}
    for month in months:
        assert len(readings.in_month(town.bo, month.month, Slice(month.total, 50), names=False).rows) == month.total
    assert len(readings.all_of(town.bo, names=False)) == 4
    assert readings.months(town.lis, date(2026, 5, 31)) == ()


def test_a_reader_is_named_only_when_asked_and_an_adviser_is_known_by_the_tie(town: Town) -> None:
    look(town, clock.now())
    stranger = readings.all_of(town.bo, names=False)[0]
    factories.open_course(town)

    adviser = readings.all_of(town.bo, names=True)[0]

    assert (stranger.reader, stranger.adviser) == ("", False)
    assert (adviser.reader, adviser.adviser, adviser.unit) == ("Mette Kjær", True, "Team Nord")


def test_events_are_told_newest_first_with_who_did_them(town: Town) -> None:
    plan = factories.run_plan(town)
    factories.buy(plan.envelope(), 20, factories.user(town.ali))

    rows = record.happened(town.bo).rows

    assert [(event.kind, event.who) for event in rows] == [
        (EventKind.PURCHASE_RECORDED, Who.SUPPORT_PERSON),
        (EventKind.PLAN_APPROVED, Who.ADVISER),
        (EventKind.PLAN_SUBMITTED, Who.YOU),
        (EventKind.LINE_ADDED, Who.YOU),
        (EventKind.GOAL_WRITTEN, Who.YOU),
        (EventKind.COURSE_OPENED, Who.ADVISER),
    ]
    assert rows[-1].other == "Ali Demir"
    assert rows[3].item is not None
    assert rows[3].item.title == "Nye gardiner"
    assert rows[4].goal == "Spise med andre to gange om ugen"
    assert record.happened(town.lis).rows == ()


def test_somebody_without_a_tie_is_told_by_the_role_they_had_then(town: Town) -> None:
    now = clock.now()
    made = {
        Who.CASEWORKER: town.sanne,
        Who.APPROVER: town.karen,
        Who.FINANCE: town.jens,
        Who.ADMINISTRATOR: town.asta,
        Who.STAFF: town.ali,
    }
    for person in made.values():
        people.make_tie(town.bo, town.lis, TieKind.PEER, by=factories.user(person), at=now)
    people.make_tie(town.bo, town.lis, TieKind.PEER, by=None, at=now)

    assert [event.who for event in record.happened(town.bo).rows] == [Who.SYSTEM, *reversed(made)]


def test_people_around_are_those_of_today(town: Town) -> None:
    me, now, today = factories.user(town.bo), clock.now(), clock.today()
    factories.open_course(town)
    helper = next(person for person in ties.around(town.bo, today) if person.private)
    assert [person.called for person in ties.around(town.bo, today)] == ["Mette Kjær", "Ali Demir"]

    people.end_tie(helper.tie_id, by=me, at=now)

    assert [person.called for person in ties.around(town.bo, today)] == ["Mette Kjær"]
    assert ties.private_tie(town.bo, helper.tie_id).called == "Ali Demir"
    with pytest.raises(NotFound):
        ties.private_tie(town.lis, helper.tie_id)
