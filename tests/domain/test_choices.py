"""Adjusted packages: price, load, months and end follow by the same rules, and what is beyond the bounds is named."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.allowed import TooLongInAll, beyond, check_length, inside, start_window
from planner.domain.bounds import RHYTHMS, Bounds, DelivererKind, Mode, Place
from planner.domain.choices import Choices, adjusted, settled
from planner.domain.mix import Line, dated_phases, natural_period, occurrences, price, weekly_load
from planner.domain.money import ZERO, Money
from planner.domain.package import Activity, Deliverer, Package, Phase, PriceUnit, TariffKind, Variant
from planner.domain.period import Period, week_of
from planner.domain.terms import of_line, to_line
from tests.domain.lines import LONG_AGO, MONDAY, package, phase, tariff, weekly_visit, words

YEAR = Period(date(2026, 1, 1), date(2027, 12, 31))
# The clocks change, the year turns, and 2026 has a week 53.
EDGES = (date(2026, 3, 28), date(2026, 10, 24), date(2026, 12, 21), date(2028, 2, 28))


def adjustable(*phases: Phase, **more: object) -> Package:
    return package(phases=phases or (flexible(4), flexible(12), flexible(10)), **more)


def flexible(weeks: int, *activities: Activity) -> Phase:
    plain = phase(weeks, *activities)
    return Phase(plain.name, weeks, plain.activities, None, (1, 60), (50, 200), 3)


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    rhythm = draw(st.sampled_from(("times", "every_weeks")))
    return Activity(
        draw(st.sampled_from(("home_visit", "escort"))),
        draw(st.integers(1, 480)),
        draw(st.sampled_from((Deliverer.CASEWORKER, Deliverer.NURSE, Deliverer.PEER, Deliverer.SELF))),
        group_size=draw(st.sampled_from((1, 8))),
        **{rhythm: draw(st.integers(1, 40))},
    )


@st.composite
def adjustments(draw: st.DrawFn) -> tuple[Package, Choices, Line]:
    """A package with any phases and price steps, anything that can be chosen about it, and the line of both."""
    phases = draw(st.lists(st.builds(flexible, st.integers(1, 30), activities(), activities()), min_size=1, max_size=3))
    first = draw(st.one_of(st.sampled_from(EDGES), st.dates(date(2024, 1, 1), date(2031, 12, 31))))
    later = draw(st.lists(st.integers(1, 400), max_size=2, unique=True).map(sorted))
    unit = draw(st.sampled_from(tuple(PriceUnit)))
    steps = [
        tariff(unit, draw(st.integers(1, 10_000_000)), day)
        for day in (LONG_AGO, *(first + timedelta(days=days) for days in later))
    ]
    made = package(phases=tuple(phases), tariffs=tuple(steps), per_week=draw(st.booleans()))
    values: dict[str, int | str] = {}
    for number, _ in enumerate(phases, 1):
        values[f"weeks.{number}"] = draw(st.integers(1, 60))
        values[f"rhythm.{number}"] = draw(st.sampled_from(RHYTHMS))
        values[f"runs.{number}"] = draw(st.integers(1, 3))
    values["mode"] = draw(st.sampled_from([mode.value for mode in Mode]))
    values["deliverer"] = draw(st.sampled_from([kind.value for kind in DelivererKind]))
    choices = Choices(values)
    plan = Period(first, first + timedelta(days=draw(st.integers(0, 1500))))
    chosen = adjusted(made, choices)
    return made, choices, Line.of_package(1, chosen, natural_period(chosen, first, plan), "")


def independent_days(line: Line) -> list[date]:
    """Count by hand on which days something happens: phase by phase, occurrence k of n in week ⌊k·weeks/n⌋."""
    days, start = [], line.period.first_day
    for one in line.phases:
        for activity in one.activities:
            if activity.every_weeks:
                weeks = [week for week in range(one.weeks) if week % activity.every_weeks == 0]
            else:
                weeks = [k * one.weeks // activity.times for k in range(activity.times)]
            for week, count in Counter(weeks).items():
                spread = [k * 7 // count if len(weeks) > one.weeks else 0 for k in range(count)]
                days += [(start + timedelta(days=7 * week + offset), activity) for offset in spread]
        start += timedelta(weeks=one.weeks)
    return [(day, activity) for day, activity in days if day <= line.period.last_day]


@given(adjustments())
def test_the_load_by_iso_week_is_that_of_the_dated_activities_across_dst_year_end_and_week_53(given_) -> None:
    _, _, line = given_
    by_week: Counter[tuple[int, int]] = Counter()
    alone: Counter[tuple[int, int]] = Counter()
    for day, activity in independent_days(line):
        (alone if activity.deliverer is Deliverer.SELF else by_week)[week_of(day)] += activity.minutes

    found = weekly_load([line])

    assert {week_of(week.monday): week.together for week in found if week.together} == dict(by_week)
    assert {week_of(week.monday): week.own for week in found if week.own} == dict(alone)
    assert all(week.monday.isoweekday() == 1 for week in found)


@given(adjustments())
def test_what_is_adjusted_costs_the_steps_times_the_quantity_and_its_months_sum_to_that(given_) -> None:
    made, _, line = given_
    found = price(line)

    assert found.total == expected_cost(made, line)
    assert Money.sum(amount for _, amount in found.months) == found.total
    assert [month for month, _ in found.months] == list(line.period.months())


def expected_cost(made: Package, line: Line) -> Money:
    """Price the line another way: walk through its days, and take the step that holds on each of them."""
    unit, period = made.tariffs[0].unit, line.period

    def step_on(day: date) -> int:
        return [step.amount.oere for step in made.tariffs if step.first_day <= day][-1]

    days = [period.first_day + timedelta(days=n) for n in range(period.days)]
    if unit is PriceUnit.COURSE:
        weeks = -(-period.days // 7)
        return Money(step_on(days[0])).times(Fraction(weeks, made.weeks) if made.per_week else 1)
    if unit is PriceUnit.WEEK:
        return Money(sum(step_on(day) for day in days[::7]))
    if unit in {PriceUnit.MONTH, PriceUnit.QUARTER, PriceUnit.YEAR, PriceUnit.NINE_MONTHS}:
        return Money(1).times(sum(Fraction(step_on(day), _length(unit, day, period.first_day)) for day in days))
    planned = [(day, activity) for day, activity in independent_days(line) if activity.deliverer is not Deliverer.SELF]
    if unit is PriceUnit.ESCORT and any(a.kind == "escort" for one in line.phases for a in one.activities):
        planned = [(day, activity) for day, activity in planned if activity.kind == "escort"]
    happened = {day for day, _ in planned} if unit is PriceUnit.DAY else [day for day, _ in planned]
    return Money(sum(step_on(day) for day in happened))


def _length(unit: PriceUnit, day: date, start: date) -> int:
    """Count the days of the calendar period that a day lies in, by walking over all its days."""
    return _walked(unit, _window(unit, day, start), start)


def _window(unit: PriceUnit, some: date, start: date) -> tuple[int, int]:
    if unit is PriceUnit.NINE_MONTHS:
        months = (some.year - start.year) * 12 + some.month - start.month
        return 0, (months - (some.day < min(start.day, _last(some)))) // 9
    part = {PriceUnit.MONTH: some.month, PriceUnit.QUARTER: (some.month - 1) // 3}.get(unit, 0)
    return some.year, part


@cache
def _walked(unit: PriceUnit, window: tuple[int, int], start: date) -> int:
    first = start if unit is PriceUnit.NINE_MONTHS else date(window[0], 1, 1)
    days = (first + timedelta(days=n) for n in range(366 if unit is not PriceUnit.NINE_MONTHS else 4000))
    return sum(_window(unit, day, start) == window for day in days)


def _last(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


@given(adjustments())
def test_phases_follow_each_other_and_the_end_is_that_of_the_weeks_chosen(given_) -> None:
    made, choices, line = given_
    weeks = sum(
        choices.number("weeks", number, one.weeks) * choices.number("runs", number, 1)
        for number, one in enumerate(made.phases, 1)
    )

    laid = dated_phases(line)

    assert line.period.days <= 7 * weeks
    assert laid[0].period.first_day == line.period.first_day
    assert laid[-1].period.last_day == line.period.last_day
    assert all(before.period.last_day + timedelta(days=1) == after.period.first_day for before, after in pairwise(laid))


@given(adjustments())
def test_what_was_sent_is_read_back_with_the_same_price_and_load(given_) -> None:
    made, _, line = given_

    back = to_line(1, line.kind, line.period, of_line(line, made), package_id=made.id)

    assert price(back) == price(line)
    assert list(occurrences(back)) == list(occurrences(line))


def test_nothing_chosen_is_the_package_as_the_catalogue_describes_it() -> None:
    made = adjustable()

    assert adjusted(made, Choices()) is made
    assert adjusted(made, Choices({"weeks.1": 4, "rhythm.2": 100, "runs.3": 1})) is made


def test_a_course_costs_the_same_in_more_weeks_unless_its_price_follows_the_weeks() -> None:
    longer = Choices({"weeks.2": 25})
    fixed = adjusted(adjustable(), longer)
    followed = adjusted(adjustable(per_week=True), longer)

    def cost(chosen: Package) -> Money:
        return price(Line.of_package(1, chosen, natural_period(chosen, MONDAY, YEAR), "")).total

    assert fixed.weeks == 39
    assert cost(fixed) == Money(100_000)
    assert cost(followed) == Money(150_000)


def test_lengthening_a_phase_keeps_how_often_people_meet_and_what_happens_once() -> None:
    closing = Activity("transfer_meeting", 90, Deliverer.CASEWORKER, times=1)
    monthly = Activity("home_visit", 60, Deliverer.CASEWORKER, times=3)
    chosen = adjusted(adjustable(flexible(12, monthly, closing)), Choices({"weeks.1": 24}))

    assert [activity.times for activity in chosen.phases[0].activities] == [6, 1]


@pytest.mark.parametrize(
    ("rhythm", "meetings"),
    [(50, 6), (75, 9), (100, 12), (150, 18), (200, 24)],
)
def test_a_rhythm_changes_how_often_people_meet(rhythm: int, meetings: int) -> None:
    chosen = adjusted(adjustable(flexible(12)), Choices({"rhythm.1": rhythm}))
    line = Line.of_package(1, chosen, natural_period(chosen, MONDAY, YEAR), "")

    assert len(list(occurrences(line))) == meetings


def test_own_exercises_are_not_changed_by_a_rhythm_nor_given_by_somebody_else() -> None:
    practice = Activity("home_practice", 45, Deliverer.SELF, times=48)
    chosen = adjusted(adjustable(flexible(8, practice)), Choices({"rhythm.1": 50, "deliverer": "peer"}))

    assert chosen.phases[0].activities == (practice,)


def test_a_mode_holds_for_talks_for_two_and_groups_stay_groups() -> None:
    group = Activity("group_session", 120, Deliverer.CASEWORKER, every_weeks=1, group_size=8, mode=Mode.GROUP)
    chosen = adjusted(adjustable(flexible(8, weekly_visit(), group)), Choices({"mode": "video"}))

    assert [activity.mode for activity in chosen.phases[0].activities] == [Mode.VIDEO, Mode.GROUP]


def test_a_nurse_stays_a_nurse_when_a_professional_is_chosen_and_a_peer_takes_over_when_that_is_chosen() -> None:
    nurse = Activity("health_check", 30, Deliverer.NURSE, every_weeks=2)
    made = adjustable(flexible(8, nurse))

    def by(kind: str) -> Deliverer:
        return adjusted(made, Choices({"deliverer": kind})).phases[0].activities[0].deliverer

    assert (by("professional"), by("peer"), by("volunteer")) == (Deliverer.NURSE, Deliverer.PEER, Deliverer.VOLUNTEER)


def test_another_price_holds_only_for_whom_it_names() -> None:
    usual = tariff(PriceUnit.COURSE, 460_000)
    free = type(usual)(LONG_AGO, ZERO, PriceUnit.COURSE, TariffKind.FREE, "en kilde", deliverer=DelivererKind.VOLUNTEER)
    made = adjustable(tariffs=(usual, free))

    assert made.tariffs_of("") == (usual,)
    assert [step.amount for step in adjusted(made, Choices({"deliverer": "volunteer"})).tariffs_of("")] == [ZERO]
    assert adjusted(made, Choices({"deliverer": "peer"})).tariffs_of("") == (usual,)


def test_a_variant_has_its_own_price_where_it_has_one_and_the_usual_one_elsewhere() -> None:
    usual, capital = tariff(PriceUnit.DAY, 1_000), replace(tariff(PriceUnit.DAY, 1_200), region="101")
    night = replace(tariff(PriceUnit.DAY, 1_500), variant="night")
    made = adjustable(
        tariffs=(usual, capital, night), variants=(Variant("night", words("om natten")), Variant("day", words()))
    )

    def amounts(variant: str, region: str) -> list[int]:
        chosen = adjusted(made, Choices({"variant": variant} if variant else {}))
        return [step.amount.oere for step in chosen.tariffs_of(region)]

    assert (amounts("", ""), amounts("", "101")) == ([1_000], [1_200])
    assert (amounts("night", ""), amounts("night", "101")) == ([1_500], [1_500])
    assert (amounts("day", ""), amounts("day", "101")) == ([1_000], [1_200])
    assert [over.part for over in beyond(made, Choices({"variant": "moonlight"}))] == ["variant"]


def test_what_is_beyond_the_bounds_is_named_with_what_is_allowed() -> None:
    bounded = Phase(words(), 12, (weekly_visit(),), None, (8, 16), (50, 150), 2)
    made = package(phases=(bounded,), bounds=Bounds(modes=(Mode.IN_PERSON, Mode.VIDEO), places=(Place.HOME,)))
    wanted = Choices({"weeks.1": 20, "rhythm.1": 200, "runs.1": 3, "mode": "phone", "place": "home", "language": "pl"})

    found = {over.part: (over.wanted, over.allowed) for over in beyond(made, wanted)}

    assert sorted(found) == ["language", "mode", "rhythm.1", "runs.1", "weeks.1"]
    assert (found["weeks.1"][1].low, found["weeks.1"][1].high) == (8, 16)
    assert found["mode"][1].codes == ("in_person", "video")
    assert beyond(made, Choices({"weeks.1": 16, "rhythm.1": 50, "runs.1": 2, "mode": "video"})) == ()


def test_a_granted_wish_widens_the_bounds_up_to_what_was_granted() -> None:
    made = package(phases=(Phase(words(), 12, (weekly_visit(),), None, (8, 16)),))
    granted = {"weeks.1": 30, "mode": "phone"}

    assert beyond(made, Choices({"weeks.1": 30, "mode": "phone"}, granted)) == ()
    assert beyond(made, Choices({"weeks.1": 25}, granted)) == ()
    assert [over.part for over in beyond(made, Choices({"weeks.1": 31, "mode": "video"}, granted))] == [
        "weeks.1",
        "mode",
    ]


def test_a_plan_holds_what_is_inside_and_for_the_rest_what_held_before() -> None:
    made = package(phases=(Phase(words(), 12, (weekly_visit(),), None, (8, 16)),))
    before = Choices({"weeks.1": 14})

    kept = inside(made, Choices({"weeks.1": 40, "mode": "phone"}), before)

    assert kept.values == {"weeks.1": 14}


def test_what_a_package_does_not_have_any_more_is_left_out() -> None:
    made = package(phases=(flexible(12),))

    assert settled(made, Choices({"weeks.7": 3, "colour": "red", "weeks.1": 13})).values == {"weeks.1": 13}
    assert adjusted(made, Choices({"weeks.7": 3})) is made


def test_phases_may_not_last_longer_together_than_the_package_may() -> None:
    made = package(phases=(flexible(10), flexible(10)), max_weeks=26)

    check_length(made, Choices({"weeks.1": 16}))
    with pytest.raises(TooLongInAll) as refused:
        check_length(made, Choices({"weeks.1": 10, "runs.1": 2}))
    assert (refused.value.weeks, refused.value.most) == (30, 26)


def test_a_start_lies_between_the_earliest_and_the_latest_week_and_inside_the_plan() -> None:
    made = package(bounds=Bounds(start_weeks=(2, 8)))
    plan = Period(MONDAY, MONDAY + timedelta(weeks=6, days=-1))

    assert start_window(made, plan, MONDAY - timedelta(days=3)) == Period(MONDAY + timedelta(weeks=2), plan.last_day)
    assert start_window(package(), plan, MONDAY + timedelta(days=3)).first_day == MONDAY + timedelta(days=3)


def test_a_run_is_named_by_the_phase_that_it_repeats() -> None:
    assert Choices({"runs.2": 2}).phases_of(4) == (1, 2, 2, 3)
    assert Choices().phases_of(3) == (1, 2, 3)
