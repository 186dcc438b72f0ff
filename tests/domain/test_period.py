"""Periods include their last day; months and ISO weeks follow the calendar."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.domain.period import (
    Period,
    PeriodEndsBeforeStart,
    add_months,
    first_day_of,
    last_day_of,
    month_of,
    week_of,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def periods(draw: st.DrawFn, longest: int = 1000) -> Period:
    first = draw(DAYS)
    return Period(first, first + timedelta(days=draw(st.integers(0, longest))))


@given(DAYS, st.integers(1, 1000))
def test_an_end_before_the_start_is_refused(first: date, days: int) -> None:
    with pytest.raises(PeriodEndsBeforeStart):
        Period(first, first - timedelta(days=days))


@given(DAYS)
def test_one_day_is_a_period(day: date) -> None:
    assert Period(day, day).days == 1
    assert Period(day, day).weeks == 1
    assert day in Period(day, day)


@given(periods())
def test_both_ends_belong_to_the_period_and_their_neighbours_do_not(period: Period) -> None:
    one = timedelta(days=1)
    assert period.first_day in period
    assert period.last_day in period
    assert period.first_day - one not in period
    assert period.last_day + one not in period


@given(periods(longest=200))
def test_the_days_of_the_months_add_up_to_the_days_of_the_period(period: Period) -> None:
    assert sum(period.days_in(month) for month in period.months()) == period.days


@given(periods())
def test_months_are_every_month_touched_once_and_in_order(period: Period) -> None:
    months = list(period.months())
    touched = {month_of(period.first_day + timedelta(days=n)) for n in range(period.days)}

    assert months == sorted(touched)


@given(periods(), DAYS)
def test_a_month_outside_has_no_days(period: Period, day: date) -> None:
    month = month_of(day)
    assume(month not in set(period.months()))

    assert period.days_in(month) == 0


@given(DAYS, st.integers(1, 104))
def test_weeks_make_whole_weeks(first: date, weeks: int) -> None:
    period = Period.of_weeks(first, weeks)

    assert period.days == 7 * weeks
    assert period.weeks == weeks
    assert period.last_day.weekday() == (first - timedelta(days=1)).weekday()


@given(periods())
def test_a_begun_week_counts(period: Period) -> None:
    assert 7 * (period.weeks - 1) < period.days <= 7 * period.weeks


@given(periods(), periods())
def test_the_overlap_is_what_both_share(one: Period, other: Period) -> None:
    shared = one.overlap(other)

    assert shared == other.overlap(one)
    days = {one.first_day + timedelta(days=n) for n in range(one.days)}
    both = {day for day in days if day in other}
    assert both == ({shared.first_day + timedelta(days=n) for n in range(shared.days)} if shared else set())


@given(periods(), periods())
def test_a_period_covers_another_when_their_overlap_is_the_other(one: Period, other: Period) -> None:
    assert one.covers(other) == (one.overlap(other) == other)


@given(DAYS)
def test_a_month_begins_on_the_first_and_ends_on_its_last_day(day: date) -> None:
    month = month_of(day)

    assert first_day_of(month).day == 1
    assert last_day_of(month).day == calendar.monthrange(day.year, day.month)[1]
    assert first_day_of(month) <= day <= last_day_of(month)
    assert month_of(last_day_of(month) + timedelta(days=1)) > month


@given(DAYS, st.integers(-400, 400))
def test_moving_by_months_keeps_the_day_or_takes_the_last_one(day: date, months: int) -> None:
    moved = add_months(day, months)

    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, last_day_of(month_of(moved)).day)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_at_their_edges(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 1, 1), (2026, 1)),
        (date(2026, 12, 31), (2026, 53)),
        (date(2027, 1, 1), (2026, 53)),
        (date(2027, 1, 4), (2027, 1)),
        (date(2024, 12, 30), (2025, 1)),
    ],
)
def test_weeks_are_iso_weeks_across_the_new_year(day: date, week: tuple[int, int]) -> None:
    assert week_of(day) == week


@given(periods(), DAYS)
def test_a_day_is_in_a_period_or_before_or_after_it(period: Period, day: date) -> None:
    assert (day in period) + (day < period.first_day) + (day > period.last_day) == 1
