"""Plans: one table of what may happen, by whom, and what must hold before a plan is sent."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.money import Money
from planner.domain.package import LineKind
from planner.domain.period import Period
from planner.domain.plan import (
    TRANSITIONS,
    FundingRules,
    LineOutsidePlan,
    MixTooDear,
    NotNow,
    NotYourPart,
    Part,
    PlanAction,
    PlanStatus,
    PriceChanged,
    StartPassed,
    check_amount,
    check_days,
    check_seen,
    fold,
    next_status,
    offered_period,
)
from tests.domain.lines import MONDAY, service

PLAN = Period(date(2026, 4, 1), date(2026, 9, 30))

# Written by hand: for each status what each part may do, and where it leads. What is missing is refused.
ALLOWED = """
draft      citizen     submit    submitted
draft      citizen     withdraw  withdrawn
draft      caseworker  end       ended
submitted  citizen     withdraw  withdrawn
submitted  caseworker  return    returned
submitted  approver    return    returned
submitted  caseworker  approve   approved
submitted  approver    approve   approved
returned   citizen     insist    insisted
returned   citizen     withdraw  withdrawn
returned   citizen     revise    draft
returned   caseworker  end       ended
insisted   citizen     withdraw  withdrawn
insisted   caseworker  approve   approved
insisted   approver    approve   approved
withdrawn  citizen     revise    draft
withdrawn  caseworker  end       ended
approved   citizen     revise    draft
approved   caseworker  end       ended
"""
TRUTH = {
    (PlanStatus(status), Part(part), PlanAction(action)): PlanStatus(to)
    for status, part, action, to in (row.split() for row in ALLOWED.strip().splitlines())
}


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("action", PlanAction)
@pytest.mark.parametrize("status", PlanStatus)
def test_a_plan_moves_only_where_the_table_says_and_only_by_those_it_names(
    status: PlanStatus, action: PlanAction, part: Part
) -> None:
    expected = TRUTH.get((status, part, action))

    if expected is not None:
        assert next_status(status, action, frozenset({part})) is expected
    else:
        possible = any((status, other, action) in TRUTH for other in Part)
        with pytest.raises(NotYourPart if possible else NotNow):
            next_status(status, action, frozenset({part}))


@pytest.mark.parametrize(("status", "action"), TRANSITIONS)
def test_somebody_with_no_part_in_the_plan_moves_nothing(status: PlanStatus, action: PlanAction) -> None:
    with pytest.raises(NotYourPart):
        next_status(status, action, frozenset())


@pytest.mark.parametrize("action", PlanAction)
def test_an_insisted_plan_can_only_be_decided_or_taken_back(action: PlanAction) -> None:
    possible = {to for (status, act), (to, _) in TRANSITIONS.items() if (status, act) == (PlanStatus.INSISTED, action)}

    assert bool(possible) == (action in {PlanAction.APPROVE, PlanAction.WITHDRAW})


def test_the_status_is_the_fold_of_all_acts() -> None:
    acts = (PlanAction.SUBMIT, PlanAction.RETURN, PlanAction.REVISE, PlanAction.SUBMIT, PlanAction.APPROVE)

    assert fold(()) is PlanStatus.DRAFT
    assert [fold(acts[: n + 1]) for n in range(5)] == [
        PlanStatus.SUBMITTED,
        PlanStatus.RETURNED,
        PlanStatus.DRAFT,
        PlanStatus.SUBMITTED,
        PlanStatus.APPROVED,
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 31), date(2026, 9, 30)),
        (date(2026, 4, 1), date(2026, 10, 1)),
        (date(2027, 4, 1), date(2027, 5, 1)),
    ],
)
def test_a_line_outside_the_plan_is_refused_with_both_periods(first: date, last: date) -> None:
    line = service(Period(first, last), item=3)

    with pytest.raises(LineOutsidePlan) as refused:
        check_days([line], PLAN, date(2026, 1, 1), frozenset())

    assert (refused.value.item, refused.value.period, refused.value.plan) == (3, line.period, PLAN)


def test_a_line_may_fill_the_plan_to_its_first_and_last_day() -> None:
    check_days([service(PLAN)], PLAN, PLAN.first_day, frozenset())


def test_a_new_line_whose_start_has_passed_is_refused_with_new_days() -> None:
    line = service(Period.of_weeks(MONDAY - timedelta(days=1), 4), item=3)

    with pytest.raises(StartPassed) as refused:
        check_days([line], PLAN, MONDAY, frozenset())

    assert refused.value.item == 3
    assert refused.value.offered == Period.of_weeks(MONDAY, 4)


def test_a_line_in_force_may_have_begun() -> None:
    check_days([service(Period.of_weeks(MONDAY - timedelta(days=1), 4), item=3)], PLAN, MONDAY, frozenset({3}))


def test_a_line_that_starts_today_has_not_passed() -> None:
    check_days([service(Period.of_weeks(MONDAY, 4))], PLAN, MONDAY, frozenset())


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 300),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_the_days_offered_lie_in_the_plan_and_not_in_the_past(first: date, days: int, today: date) -> None:
    offered = offered_period(Period(first, first + timedelta(days=days)), today, PLAN)

    assert PLAN.covers(offered)
    assert offered.first_day >= min(today, PLAN.last_day)
    assert offered.days <= days + 1


@pytest.mark.parametrize(
    ("seen", "now", "changed"),
    [
        ({1: 100, 2: 200}, {1: 100, 2: 200}, None),
        ({1: 100}, {1: 101}, [(1, 100, 101)]),
        ({1: 100}, {1: 99}, [(1, 100, 99)]),
        ({}, {1: 50}, [(1, 0, 50)]),
        ({}, {1: 0}, [(1, 0, 0)]),
        ({1: 100, 9: 5}, {1: 100}, None),
    ],
)
def test_a_price_that_was_not_shown_is_refused_with_both_prices(
    seen: dict[int, int], now: dict[int, int], changed: list[tuple[int, int, int]] | None
) -> None:
    shown = {item: Money(oere) for item, oere in seen.items()}
    costs = {item: Money(oere) for item, oere in now.items()}
    if changed is None:
        check_seen(shown, costs)
        return

    with pytest.raises(PriceChanged) as refused:
        check_seen(shown, costs)

    assert refused.value.changed == tuple((item, Money(before), Money(after)) for item, before, after in changed)


def test_a_mix_may_cost_exactly_the_amount_and_not_an_oere_more() -> None:
    check_amount(Money(100), Money(100))

    with pytest.raises(MixTooDear) as refused:
        check_amount(Money(101), Money(100))

    assert (refused.value.cost, refused.value.frame) == (Money(101), Money(100))


def test_only_a_source_that_counts_for_the_citizen_is_own_money() -> None:
    rules = FundingRules({LineKind.BUDGET_ITEM: 1, LineKind.ALLOCATED_SERVICE: 2}, frozenset({1}))

    assert rules.on_own_money(LineKind.BUDGET_ITEM)
    assert not rules.on_own_money(LineKind.ALLOCATED_SERVICE)
    assert not rules.on_own_money(LineKind.STATUTORY_FREE)
    assert rules.source(LineKind.STATUTORY_FREE) is None
