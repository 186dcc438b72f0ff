"""Days on which nothing is planned: what is moved, to where, and that nothing is ever lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.away import AwayTooLong, check_away, closed_days, moved_off, public_holidays, weeks_touched
from planner.domain.mix import OwnTerms, occurrences, price, weekly_load
from planner.domain.money import Money
from planner.domain.period import Period
from tests.domain.lines import free_line, service

EASTER_MONDAY = date(2026, 4, 6)
SPRING = Period(date(2026, 3, 2), date(2026, 5, 31))


def days(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


def test_denmark_s_public_holidays_are_known_and_great_prayer_day_is_gone() -> None:
    known = public_holidays(2026)

    assert {date(2026, 1, 1), date(2026, 4, 3), EASTER_MONDAY, date(2026, 5, 14), date(2026, 12, 25)} <= set(known)
    assert date(2026, 5, 1) not in known
    assert date(2023, 5, 5) in public_holidays(2023)
    assert date(2024, 4, 26) not in public_holidays(2024)


def test_a_plan_is_closed_on_holidays_and_when_its_citizen_is_away() -> None:
    away = Period(date(2026, 5, 29), date(2026, 6, 9))

    closed = closed_days(SPRING, [away])

    assert EASTER_MONDAY.toordinal() in closed
    assert {date(2026, 5, 29).toordinal(), date(2026, 5, 31).toordinal()} <= closed
    assert date(2026, 6, 1).toordinal() not in closed
    assert date(2026, 3, 3).toordinal() not in closed


@pytest.mark.parametrize(
    ("day", "closed", "bounds", "becomes"),
    [
        (10, days(9, 9),   (1, 20), 10),
        (10, days(10, 10), (1, 20), 11),
        (10, days(10, 12), (1, 20), 13),
        (10, days(10, 20), (1, 20), 9),
        (10, days(8, 20),  (1, 20), 7),
        (10, days(1, 20),  (1, 20), 10),
    ],
)  # fmt: skip
def test_what_falls_on_a_closed_day_goes_to_the_next_free_one_else_to_the_one_before(
    day: int, closed: frozenset[int], bounds: tuple[int, int], becomes: int
) -> None:
    assert moved_off([day], closed, *bounds) == [becomes]


@given(st.lists(st.integers(1, 60)), st.frozensets(st.integers(1, 60)))
def test_nothing_is_lost_and_nothing_leaves_its_phase(planned: list[int], closed: frozenset[int]) -> None:
    moved = moved_off(planned, closed, 1, 60)

    assert len(moved) == len(planned)
    assert all(1 <= day <= 60 for day in moved)
    if len(closed) < 60:
        assert closed.isdisjoint(moved)


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 40), st.integers(0, 90))
def test_being_away_changes_when_something_happens_but_not_how_often_nor_what_it_costs(
    first: date, gone: int, length: int
) -> None:
    period = Period(first, first + timedelta(days=length))
    closed = closed_days(period, [Period(first + timedelta(days=gone), first + timedelta(days=gone + 9))])
    line = service(period)

    assert len(list(occurrences(line, closed))) == len(list(occurrences(line)))
    assert sum(week.together for week in weekly_load([line], closed)) == sum(
        week.together for week in weekly_load([line])
    )
    assert price(line) == price(service(period))


def test_a_friend_every_week_counts_as_time_with_others_and_a_walk_alone_as_time_at_home() -> None:
    month = Period(date(2026, 5, 4), date(2026, 5, 31))
    friend = replace(free_line(month), own=OwnTerms(Money(0), minutes=90))
    walk = replace(free_line(month), own=OwnTerms(Money(0), minutes=30, alone=True))

    load = weekly_load([friend, walk])

    assert [(week.together, week.own) for week in load] == [(90, 30)] * 4


def test_a_week_is_marked_when_somebody_is_away_for_a_day_of_it() -> None:
    away = Period(date(2026, 5, 8), date(2026, 5, 12))

    assert weeks_touched([away]) == {date(2026, 5, 4), date(2026, 5, 11)}


def test_more_than_a_year_away_is_refused() -> None:
    check_away(Period(date(2026, 1, 1), date(2026, 12, 31)))

    with pytest.raises(AwayTooLong):
        check_away(Period(date(2026, 1, 1), date(2027, 1, 2)))
