"""The estimate: a worked example to the øre, and what a cautious guess never does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.forecast import PACE_DAYS, QUIET_DAYS, free_estimate, line_estimate, pace_window
from planner.domain.money import ZERO, Money
from planner.domain.period import Period, month_of

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
MIDDLE = date(2026, 6, 15)
SPENT_IN = {
    "2026-03": Money.kroner(300),
    "2026-04": Money.kroner(600),
    "2026-05": Money.kroner(900),
    "2026-06": Money.kroner(150),
}


def test_the_worked_example() -> None:
    """A budget of 12.000 kr. for 2026 on 15 June: two lines, and free money that is used.

    A monthly line has used 400 kr.; 1.000 kr. are set aside, 700 kr. are planned from June on: 400 + 700.
    Another has used 200 kr.; 500 kr. are set aside, 900 kr. are planned: 200 + 500, because no more is set aside.

    Of the free money 1.950 kr. are used. The last 90 days begin on 18 March: 14 of March's 31 days are in them,
    so 300 × 14/31 + 600 + 900 + 150 = 1.785,48 kr. in 90 days. 199 days are left: 1.785,48 × 199/90 = 3.947,89 kr.
    """
    lines = line_estimate(Money.kroner(400), Money.kroner(1_000), Money.kroner(700)) + line_estimate(
        Money.kroner(200), Money.kroner(500), Money.kroner(900)
    )
    free = free_estimate(Money.kroner(1_950), Money.kroner(7_950), SPENT_IN, YEAR, MIDDLE)

    assert pace_window(MIDDLE) == (("2026-03", 14, 31), ("2026-04", 30, 30), ("2026-05", 31, 31), ("2026-06", 15, 15))
    assert lines == Money.kroner(1_800)
    assert free == Money.kroner("5897.89")
    assert lines + free == Money.kroner("7697.89")


@pytest.mark.parametrize(("available", "estimate"), [(100, 2_050), (3_947, 5_897), (0, 1_950)])
def test_free_money_is_never_expected_to_be_overdrawn(available: int, estimate: int) -> None:
    guess = free_estimate(Money.kroner(1_950), Money.kroner(available), SPENT_IN, YEAR, MIDDLE)

    assert guess == Money.kroner(estimate)


def test_there_is_no_pace_in_the_first_days() -> None:
    spent, january = Money.kroner(600), {"2026-01": Money.kroner(600)}

    quiet = free_estimate(spent, Money.kroner(9_000), january, YEAR, YEAR.first_day + timedelta(QUIET_DAYS - 1))
    after = free_estimate(spent, Money.kroner(90_000), january, YEAR, YEAR.first_day + timedelta(QUIET_DAYS))

    assert quiet == spent
    assert after == spent + Money(60_000 * 334 // 31)  # 31 days seen, 334 left


@pytest.mark.parametrize("late", [0, 1, 200])
def test_nothing_more_is_expected_from_the_last_day_on(late: int) -> None:
    today = YEAR.last_day + timedelta(late)
    spent_in = {month_of(today): Money.kroner(500)}

    assert free_estimate(Money.kroner(500), Money.kroner(900), spent_in, YEAR, today) == Money.kroner(500)


def test_a_month_with_more_back_than_out_is_a_month_without_spending() -> None:
    back = {"2026-05": Money.kroner(-400), "2026-06": Money.kroner(90)}

    guess = free_estimate(ZERO, Money.kroner(9_000), back, YEAR, MIDDLE)

    assert guess == Money(9_000 * 199 // PACE_DAYS)


def test_what_was_spent_before_the_window_sets_no_pace() -> None:
    assert free_estimate(Money(500), Money(900), {"2026-02": Money(500)}, YEAR, MIDDLE) == Money(500)


@given(
    spent=st.integers(0, 10**7),
    available=st.integers(0, 10**7),
    by_month=st.dictionaries(
        st.sampled_from([f"2026-{month:02d}" for month in range(1, 13)]), st.integers(-9999, 10**6)
    ),
    today=st.dates(YEAR.first_day, YEAR.last_day),
)
def test_the_estimate_lies_between_what_is_spent_and_what_there_is(
    spent: int, available: int, by_month: dict[str, int], today: date
) -> None:
    spent_in = {month: Money(oere) for month, oere in by_month.items()}

    guess = free_estimate(Money(spent), Money(available), spent_in, YEAR, today)

    assert spent <= guess.oere <= spent + available


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_window_is_ninety_days_that_end_today(today: date) -> None:
    window = pace_window(today)

    assert sum(inside for _, inside, _ in window) == PACE_DAYS
    assert window[-1] == (month_of(today), today.day, today.day)
    assert all(inside == whole for _, inside, whole in window[1:])
