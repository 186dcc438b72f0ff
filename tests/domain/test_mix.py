"""The mix: when things happen, how many hours a week, what it costs, and what does not go together."""

import calendar
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.mix import (
    Clash,
    NoPrice,
    clashes,
    dated_phases,
    gaps,
    missing_needs,
    natural_period,
    occurrences,
    price,
    published,
    weekly_load,
)
from planner.domain.money import ZERO, Money
from planner.domain.package import Activity, Deliverer, PriceUnit
from planner.domain.period import Period, add_months, week_of
from tests.domain.lines import LONG_AGO, MONDAY, free_line, package, phase, service, tariff

DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
OERE = st.integers(1, 10_000_000)


@st.composite
def periods(draw: st.DrawFn, longest: int = 500) -> Period:
    first = draw(DAYS)
    return Period(first, first + timedelta(days=draw(st.integers(0, longest))))


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    rhythm = draw(st.sampled_from(("times", "every_weeks")))
    return Activity(
        draw(st.sampled_from(("home_visit", "escort"))),
        draw(st.integers(1, 480)),
        draw(st.sampled_from((Deliverer.CASEWORKER, Deliverer.SELF))),
        **{rhythm: draw(st.integers(1, 40))},
    )


@st.composite
def lines(draw: st.DrawFn, units: Sequence[PriceUnit] = tuple(PriceUnit)) -> object:
    period, chosen = draw(periods()), draw(st.sampled_from(units))
    later = draw(st.lists(st.integers(1, 400), max_size=2, unique=True).map(sorted))
    starts = [LONG_AGO, *(period.first_day + timedelta(days=days) for days in later)]
    phases = draw(st.lists(st.builds(phase, st.integers(1, 30), activities(), activities()), min_size=1, max_size=3))
    return service(
        period,
        *(tariff(chosen, draw(OERE), start) for start in starts),
        phases=tuple(phases),
        open_ended=draw(st.booleans()),
        per_week=draw(st.booleans()),
    )


@given(lines())
def test_the_months_of_a_line_sum_to_its_cost_whatever_its_unit_and_days(line) -> None:
    found = price(line)

    assert Money.sum(amount for _, amount in found.months) == found.total
    assert [month for month, _ in found.months] == list(line.period.months())
    assert all(amount >= ZERO for _, amount in found.months)


@given(lines((PriceUnit.SESSION, PriceUnit.CONTACT, PriceUnit.WEEK, PriceUnit.DAY)))
def test_a_counted_unit_costs_the_step_of_its_day_times_how_often_it_happens(line) -> None:
    unit = line.tariffs[0].unit
    planned = [day for day, _, own in occurrences(line) if not own]
    days = {
        PriceUnit.WEEK: [line.period.first_day + timedelta(days=7 * k) for k in range(line.period.weeks)],
        PriceUnit.DAY: sorted(set(planned)),
    }.get(unit, planned)

    def step_on(day: date) -> int:
        return [step.amount.oere for step in line.tariffs if step.first_day <= day][-1]

    assert price(line).total == Money(sum(step_on(day) for day in days))


@given(periods(), OERE)
def test_a_course_costs_its_price_once_however_long_it_runs(period: Period, oere: int) -> None:
    assert price(service(period, tariff(PriceUnit.COURSE, oere))).total == Money(oere)


@given(st.integers(1, 60), st.integers(1, 60), OERE)
def test_a_price_per_week_follows_the_weeks_that_were_chosen(weeks: int, whole: int, oere: int) -> None:
    line = service(
        Period.of_weeks(MONDAY, weeks), tariff(PriceUnit.COURSE, oere), phases=(phase(whole),), per_week=True
    )

    assert price(line).total == Money(oere).times(Fraction(weeks, whole))


@pytest.mark.parametrize(
    ("unit", "period", "kroner"),
    [
        (PriceUnit.MONTH, Period(date(2026, 2, 1), date(2026, 2, 28)), "1000.00"),
        (PriceUnit.MONTH, Period(date(2026, 2, 1), date(2026, 2, 14)), "500.00"),
        (PriceUnit.MONTH, Period(date(2026, 12, 17), date(2027, 1, 31)), "1483.87"),
        (PriceUnit.QUARTER, Period(date(2026, 4, 1), date(2026, 6, 30)), "1000.00"),
        (PriceUnit.QUARTER, Period(date(2026, 6, 30), date(2026, 7, 1)), "21.86"),
        (PriceUnit.NINE_MONTHS, Period(date(2026, 1, 15), date(2026, 10, 14)), "1000.00"),
        (PriceUnit.YEAR, Period(date(2026, 1, 1), date(2026, 12, 31)), "1000.00"),
        (PriceUnit.YEAR, Period(date(2028, 1, 1), date(2028, 1, 1)), "2.73"),
        (PriceUnit.WEEK, Period(date(2026, 12, 28), date(2027, 1, 4)), "2000.00"),
    ],
)
def test_a_calendar_price_is_shared_by_the_days_of_that_period(unit: PriceUnit, period: Period, kroner: str) -> None:
    assert price(service(period, tariff(unit))).total == Money.kroner(kroner)


@given(periods(longest=900), OERE)
def test_nine_months_cost_their_price_for_every_whole_nine_months(period: Period, oere: int) -> None:
    start, times = period.first_day, 0
    while add_months(start, 9 * (times + 1)) <= period.last_day:
        times += 1
    line = service(
        Period(start, add_months(start, 9 * times) - timedelta(days=1)) if times else period,
        tariff(PriceUnit.NINE_MONTHS, oere),
    )

    assert price(line).total == Money(oere * times) if times else price(line).total <= Money(oere)


@given(periods(), OERE)
def test_a_free_line_costs_its_amount_once_or_for_every_month_begun(period: Period, oere: int) -> None:
    months = 0
    while add_months(period.first_day, months) <= period.last_day:
        months += 1

    assert price(free_line(period, oere)).total == Money(oere)
    assert price(free_line(period, oere, monthly=True)).total == Money(oere * months)


def test_an_escort_is_priced_by_the_escorts_only() -> None:
    going, talking = (
        Activity("escort", 180, Deliverer.VOLUNTEER, times=2),
        Activity("individual_talk", 60, Deliverer.VOLUNTEER, times=5),
    )
    line = service(Period.of_weeks(MONDAY, 10), tariff(PriceUnit.ESCORT, 10_000), phases=(phase(10, going, talking),))

    assert price(line).total == Money.kroner(200)


def test_a_line_without_a_price_on_its_first_day_has_none() -> None:
    late = tariff(PriceUnit.COURSE, first_day=MONDAY + timedelta(days=1))

    with pytest.raises(NoPrice) as refused:
        price(service(Period.of_weeks(MONDAY, 4), late, item=7))

    assert (refused.value.item, refused.value.day) == (7, MONDAY)


@given(periods(), st.lists(DAYS, min_size=1, max_size=6, unique=True).map(sorted))
def test_the_steps_published_for_some_days_are_those_that_hold_on_one_of_them(
    period: Period, starts: list[date]
) -> None:
    steps = [tariff(PriceUnit.DAY, first_day=start) for start in starts]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), date(2099, 1, 1)]

    held = [step for step, end in zip(steps, ends, strict=True) if period.overlap(Period(step.first_day, end))]

    assert list(published(steps, period)) == held


@given(st.integers(1, 60), st.integers(1, 120))
def test_occurrence_k_of_n_falls_in_week_k_times_weeks_over_n(weeks: int, times: int) -> None:
    visits = Activity("home_visit", 60, Deliverer.CASEWORKER, times=times)
    line = service(Period.of_weeks(MONDAY, weeks), phases=(phase(weeks, visits),))

    found = sorted((day - MONDAY).days // 7 for day, _, _ in occurrences(line))

    assert found == [k * weeks // times for k in range(times)]


@given(st.integers(1, 60), st.integers(1, 12))
def test_every_so_many_weeks_begins_in_the_first(weeks: int, every: int) -> None:
    visits = Activity("home_visit", 60, Deliverer.CASEWORKER, every_weeks=every)
    line = service(Period.of_weeks(MONDAY, weeks), phases=(phase(weeks, visits),))

    assert [(day - MONDAY).days for day, _, _ in occurrences(line)] == list(range(0, 7 * weeks, 7 * every))


@given(lines())
def test_nothing_happens_outside_the_days_of_the_line(line) -> None:
    assert all(day in line.period for day, _, _ in occurrences(line))


@given(st.lists(lines(), min_size=1, max_size=3))
def test_the_weekly_load_adds_up_exactly_what_is_planned(mix) -> None:
    planned = [(day, minutes, own) for line in mix for day, minutes, own in occurrences(line)]
    together, alone = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for day, minutes, own in planned:
        (alone if own else together)[week_of(day)] += minutes

    load = weekly_load(mix)

    assert {week_of(week.monday): week.together for week in load if week.together} == dict(together)
    assert {week_of(week.monday): week.own for week in load if week.own} == dict(alone)
    assert [week.monday for week in load] == sorted(week.monday for week in load)
    assert all(week.monday.weekday() == 0 for week in load)


@pytest.mark.parametrize(
    ("first", "mondays"),
    [
        pytest.param(date(2026, 3, 23), [date(2026, 3, 23), date(2026, 3, 30)], id="clocks go forward"),
        pytest.param(date(2026, 10, 19), [date(2026, 10, 19), date(2026, 10, 26)], id="clocks go back"),
        pytest.param(date(2026, 12, 28), [date(2026, 12, 28), date(2027, 1, 4)], id="ISO week 53 over the new year"),
        pytest.param(date(2024, 12, 30), [date(2024, 12, 30), date(2025, 1, 6)], id="week 1 begins in December"),
    ],
)
def test_weeks_are_seven_days_whatever_the_clocks_and_the_year_do(first: date, mondays: list[date]) -> None:
    line = service(Period.of_weeks(first, 2), phases=(phase(2),))

    assert [week.monday for week in weekly_load([line])] == mondays
    assert [week.together for week in weekly_load([line])] == [60, 60]


@given(lines())
def test_phases_follow_each_other_without_gaps_until_the_line_ends(line) -> None:
    found = dated_phases(line)

    assert found[0].period.first_day == line.period.first_day
    assert all(one.period.last_day + timedelta(days=1) == two.period.first_day for one, two in pairwise(found))
    assert found[-1].period.last_day <= line.period.last_day
    if line.open_ended:
        assert found[-1].period.last_day == line.period.last_day


@given(periods(), st.integers(1, 100), st.booleans(), DAYS)
def test_the_days_proposed_for_a_package_lie_inside_the_plan(
    plan: Period, weeks: int, open_ended: bool, day: date
) -> None:
    first = min(max(day, plan.first_day), plan.last_day)
    proposed = natural_period(package(phases=(phase(weeks),), open_ended=open_ended), first, plan)

    assert proposed.first_day == first
    assert plan.covers(proposed)
    if proposed.last_day < plan.last_day:
        assert proposed == Period.of_weeks(first, weeks)
        assert not open_ended


def test_packages_that_exclude_each_other_clash_only_on_the_same_days() -> None:
    one = service(Period.of_weeks(MONDAY, 4), item=1, package_id="cti")
    beside = service(Period.of_weeks(MONDAY + timedelta(days=27), 4), item=2, package_id="act")
    after = service(Period.of_weeks(MONDAY + timedelta(days=28), 4), item=3, package_id="act")
    excludes = {"cti": frozenset({"act"}), "act": frozenset({"cti"})}

    assert clashes([one, beside], excludes) == (Clash(1, 2),)
    assert clashes([one, after], excludes) == ()
    assert clashes([beside, after], excludes) == ()


def test_a_need_is_missing_until_what_is_needed_is_in_the_mix() -> None:
    needs = {"video": frozenset({"besoeg"})}
    video = service(Period.of_weeks(MONDAY, 4), item=4, package_id="video")
    visit = service(Period.of_weeks(MONDAY, 4), item=5, package_id="besoeg")

    assert missing_needs([video], needs) == ((4, "besoeg"),)
    assert missing_needs([video, visit], needs) == ()


@given(periods(), st.lists(periods(longest=60), max_size=5))
def test_gaps_are_the_days_of_the_plan_on_which_nothing_runs(plan: Period, chosen: list[Period]) -> None:
    mix = [service(period, item=number) for number, period in enumerate(chosen)]
    every = {plan.first_day + timedelta(days=n) for n in range(plan.days)}
    empty = {day for day in every if not any(day in period for period in chosen)}

    found = gaps(mix, plan)

    assert {gap.first_day + timedelta(days=n) for gap in found for n in range(gap.days)} == empty


@given(periods(), OERE)
def test_the_cost_is_the_exact_sum_over_the_days_rounded_only_once(period: Period, oere: int) -> None:
    shares = [
        Fraction(period.days_in(month), calendar.monthrange(int(month[:4]), int(month[5:]))[1])
        for month in period.months()
    ]

    assert price(service(period, tariff(PriceUnit.MONTH, oere))).total == Money(oere).times(sum(shares, Fraction()))


@given(periods(), OERE, st.sampled_from((PriceUnit.MONTH, PriceUnit.YEAR, PriceUnit.DAY, PriceUnit.WEEK)))
def test_a_month_that_has_passed_costs_the_same_when_the_line_is_made_longer(
    period: Period, oere: int, unit: PriceUnit
) -> None:
    longer = Period(period.first_day, period.last_day + timedelta(days=90))
    before, after = price(service(period, tariff(unit, oere))), price(service(longer, tariff(unit, oere)))

    assert before.months[:-1] == after.months[: len(before.months) - 1]
