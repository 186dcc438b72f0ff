"""What changed between two versions, who pays, and which start days a decision comes too late for."""

from datetime import date, timedelta

import pytest

from planner.domain import review
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind
from planner.domain.period import Period
from planner.domain.review import Change, SentLine
from tests.domain.lines import MONDAY, free_line, phase, service, weekly_visit

PLAN = Period.of_weeks(MONDAY, 26)
WEEKS = Period.of_weeks(MONDAY, 4)
PERSONAL, SERVICE = 1, 2


def sent(item: int = 1, kroner: int = 600, source: int | None = PERSONAL, period: Period = WEEKS) -> SentLine:
    return SentLine(free_line(period, kroner * 100, item=item), Money.kroner(kroner), source)


def test_what_is_new_changed_out_and_the_same_is_told_apart() -> None:
    before = [sent(1), sent(2), sent(3)]
    now = [sent(1), sent(2, 900), sent(4)]

    found = {each.line.item: each.change for each in review.differences(before, now)}

    assert found == {1: Change.SAME, 2: Change.CHANGED, 4: Change.NEW, 3: Change.OUT}


@pytest.mark.parametrize(
    ("before", "now", "kroner"),
    [
        pytest.param([], [sent(1, 600)], 600, id="new"),
        pytest.param([sent(1, 600)], [], -600, id="out"),
        pytest.param([sent(1, 600)], [sent(1, 900)], 300, id="dearer"),
        pytest.param([sent(1, 900)], [sent(1, 600)], -300, id="cheaper"),
        pytest.param([], [sent(1, 900, source=None)], 0, id="free by law draws on nothing, whatever it costs"),
    ],
)
def test_a_difference_is_what_the_budget_notices(before: list[SentLine], now: list[SentLine], kroner: int) -> None:
    (found,) = review.differences(before, now)

    assert found.amount == Money.kroner(kroner)


def test_moving_a_line_is_a_change_even_at_the_same_price() -> None:
    later = Period.of_weeks(MONDAY + timedelta(7), 4)

    (found,) = review.differences([sent()], [sent(period=later)])

    assert (found.change, found.amount) == (Change.CHANGED, ZERO)


def test_costs_are_added_up_by_who_pays() -> None:
    lines = [sent(1, 600), sent(2, 300), sent(3, 5_000, SERVICE), sent(4, 22_100, None)]

    assert review.cost_by_source(lines) == {
        PERSONAL: Money.kroner(900),
        SERVICE: Money.kroner(5_000),
        None: Money.kroner(22_100),
    }


def starting(day: date, source: int | None = PERSONAL) -> SentLine:
    return sent(period=Period.of_weeks(day, 4), source=source)


@pytest.mark.parametrize(
    ("line", "approved", "late"),
    [
        pytest.param(starting(MONDAY), frozenset(), False, id="today"),
        pytest.param(starting(MONDAY - timedelta(1)), frozenset(), True, id="yesterday"),
        pytest.param(starting(MONDAY - timedelta(1)), frozenset({1}), False, id="yesterday, and in force before"),
        pytest.param(starting(MONDAY - timedelta(1), None), frozenset(), False, id="help that waits for no decision"),
    ],
)
def test_a_start_has_passed_only_for_what_is_new_and_waits_for_money(
    line: SentLine, approved: frozenset[int], late: bool
) -> None:
    assert bool(review.passed_starts([line], approved, MONDAY, PLAN)) is late


def test_a_passed_start_is_offered_the_same_length_from_today() -> None:
    line = starting(MONDAY - timedelta(10))

    ((_, offered),) = review.passed_starts([line], frozenset(), MONDAY, Period(MONDAY - timedelta(30), PLAN.last_day))

    assert offered == Period.of_weeks(MONDAY, 4)


def test_a_week_is_full_only_above_what_the_citizen_said() -> None:
    visits = SentLine(service(WEEKS, phases=(phase(4, weekly_visit(120)),)), Money.kroner(1), PERSONAL)

    assert review.full_weeks([visits], 120) == ()
    assert len(review.full_weeks([visits], 119)) == 4
    assert review.full_weeks([visits], None) == ()


def test_what_excludes_each_other_on_the_same_days_is_named() -> None:
    one = SentLine(service(WEEKS, item=1, package_id="one", kind=LineKind.ALLOCATED_SERVICE), ZERO)
    other = SentLine(service(WEEKS, item=2, package_id="other"), ZERO)
    excludes = {"one": frozenset({"other"}), "other": frozenset({"one"})}

    assert review.excluded([one, other], excludes) == ((one, other),)
    assert review.excluded([one, other], {}) == ()
