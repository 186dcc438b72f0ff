"""What two mixes are compared by: money, full weeks, time from today on, the end, and what each goal gets."""

from dataclasses import replace
from datetime import timedelta

from planner.domain.mix import OwnTerms
from planner.domain.money import Money
from planner.domain.outcome import outcome
from planner.domain.period import Period
from tests.domain.lines import MONDAY, free_line

FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=27))
MONEY = {"free": Money(100), "cost": Money(200)}


def every_week(minutes: int, *, item: int = 1, alone: bool = False) -> object:
    return replace(free_line(FOUR_WEEKS, item=item), own=OwnTerms(Money(0), minutes=minutes, alone=alone))


def test_full_weeks_are_those_above_the_limit_and_time_alone_does_not_fill_one() -> None:
    lines = [every_week(90), every_week(60, item=2, alone=True)]

    assert outcome(lines, {}, limit=89, today=MONDAY, **MONEY).full_weeks == 4
    assert outcome(lines, {}, limit=90, today=MONDAY, **MONEY).full_weeks == 0
    assert outcome(lines, {}, limit=None, today=MONDAY, **MONEY).full_weeks == 0


def test_time_counts_from_the_week_of_today_on() -> None:
    found = outcome(
        [every_week(90), every_week(30, item=2, alone=True)],
        {},
        limit=60,
        today=MONDAY + timedelta(days=13),
        **MONEY,
    )

    assert (found.together, found.at_home, found.busiest, found.full_weeks) == (270, 90, 90, 3)


def test_each_goal_counts_the_lines_that_serve_it_and_the_last_day_is_that_of_all() -> None:
    longer = replace(every_week(30, item=2), period=Period(MONDAY, MONDAY + timedelta(days=40)))
    goals = {1: frozenset({7}), 2: frozenset({7, 8})}

    found = outcome([every_week(30), longer], goals, limit=None, today=MONDAY, **MONEY)

    assert found.serves == {7: 2, 8: 1}
    assert found.ends == MONDAY + timedelta(days=40)


def test_an_empty_mix_ends_nowhere_and_takes_no_time() -> None:
    found = outcome([], {}, limit=60, today=MONDAY, **MONEY)

    assert (found.ends, found.together, found.busiest, found.serves) == (None, 0, 0, {})
