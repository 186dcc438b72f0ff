"""How money stands on a day: its stage, an even plan to compare with, how long it lasts, when it is little."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.money import ZERO, Money
from planner.domain.period import Period
from planner.domain.standing import LOW_WEEKS, Pace, Stage, pace, planned_left, runs_low, stage, weeks_left

HALF_YEAR = Period(date(2026, 4, 1), date(2026, 9, 30))
WHOLE = Money.kroner(16_000)
IN_MAY = date(2026, 5, 11)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 31), Stage.COMING),
        (date(2026, 4, 1), Stage.RUNNING),
        (date(2026, 9, 30), Stage.RUNNING),
        (date(2026, 10, 1), Stage.GRACE),
        (date(2026, 10, 30), Stage.GRACE),
        (date(2026, 10, 31), Stage.CLOSED),
    ],
)
def test_a_budget_comes_runs_has_its_grace_days_and_closes(today: date, expected: Stage) -> None:
    assert stage(HALF_YEAR, 30, today) is expected


def test_a_budget_that_somebody_ended_is_ended_on_any_day() -> None:
    assert {stage(HALF_YEAR, 30, HALF_YEAR.first_day + timedelta(k), ended=True) for k in (-1, 0, 300)} == {Stage.ENDED}


def test_the_even_plan_of_a_worked_example() -> None:
    """40 of 183 days have passed when 11 May begins: 16.000 × 143/183 = 12.502,73 kr."""
    assert planned_left(WHOLE, HALF_YEAR, IN_MAY) == Money.kroner("12502.73")
    assert planned_left(WHOLE, HALF_YEAR, HALF_YEAR.first_day) == WHOLE
    assert planned_left(WHOLE, HALF_YEAR, HALF_YEAR.last_day + timedelta(1)) == ZERO


@given(st.integers(-400, 400))
def test_the_even_plan_stays_between_everything_and_nothing(days: int) -> None:
    assert ZERO <= planned_left(WHOLE, HALF_YEAR, HALF_YEAR.first_day + timedelta(days)) <= WHOLE


@pytest.mark.parametrize(
    ("spent", "expected"),
    [
        ("3497.27", Pace.EVEN),
        ("5097.27", Pace.EVEN),
        ("5097.28", Pace.FASTER),
        ("1897.27", Pace.EVEN),
        ("1897.26", Pace.SLOWER),
    ],
)
def test_a_tenth_of_the_whole_beside_the_plan_still_follows_it(spent: str, expected: Pace) -> None:
    assert pace(WHOLE, Money.kroner(spent), HALF_YEAR, IN_MAY) is expected


def test_the_weeks_that_are_left_of_a_worked_example() -> None:
    """900 + 450 kr. in the last 90 days are 105 kr. a week, so that 640 kr. last six whole weeks."""
    spent = {"2026-05": Money.kroner(900), "2026-06": Money.kroner(450)}

    assert weeks_left(Money.kroner(640), spent, HALF_YEAR, date(2026, 6, 30)) == 6
    assert weeks_left(Money.kroner(630), spent, HALF_YEAR, date(2026, 6, 30)) == 6
    assert weeks_left(Money.kroner("629.99"), spent, HALF_YEAR, date(2026, 6, 30)) == 5


def test_without_a_pace_nobody_is_told_how_long_money_lasts() -> None:
    spent = {"2026-04": Money.kroner(900)}

    assert weeks_left(Money.kroner(1), spent, HALF_YEAR, date(2026, 4, 30)) is None
    assert weeks_left(Money.kroner(1), spent, HALF_YEAR, date(2026, 5, 1)) is not None
    assert weeks_left(Money.kroner(1), {}, HALF_YEAR, date(2026, 6, 30)) is None


@pytest.mark.parametrize(
    ("weeks", "days_left", "low"),
    [
        (LOW_WEEKS, 29, True),
        (LOW_WEEKS, 28, False),
        (LOW_WEEKS + 1, 100, False),
        (0, 1, True),
        (0, 0, False),
        (None, 100, False),
    ],
)
def test_money_is_low_when_it_lasts_four_weeks_at_most_and_not_to_the_end(
    weeks: int | None, days_left: int, *, low: bool
) -> None:
    assert runs_low(weeks, HALF_YEAR, HALF_YEAR.last_day - timedelta(days_left)) is low
