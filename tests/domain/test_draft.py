"""A draft: how a line is read and moved, what it takes of the amount, and what stands in the way of sending."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain import terms
from planner.domain.draft import (
    Draft,
    Payer,
    Written,
    check_inside,
    full_weeks,
    moved,
    obstacles,
    offered,
    own_money,
    own_money_needed,
    payer,
    price_of,
    stamp,
)
from planner.domain.mix import Line, NoPrice
from planner.domain.money import ZERO, Money
from planner.domain.package import Activity, Deliverer, LineKind, PriceUnit
from planner.domain.period import Period
from planner.domain.plan import (
    EmptyPlan,
    LineOutsidePlan,
    MixTooDear,
    NeedMissing,
    NoGoal,
    NoGoalOnLine,
    PackageGone,
    PackagesExclude,
    StartPassed,
    TooMuchJustBecause,
)
from tests.domain.lines import MONDAY, free_line, package, phase, service, tariff

PLAN = Period(MONDAY, MONDAY + timedelta(days=181))
OERE = st.integers(0, 10_000_000).map(Money)
BOOKS = st.dictionaries(st.integers(1, 6), OERE, max_size=6)


def written(line: Line, digest: str | None = None, **more: object) -> Written:
    given: dict[str, object] = {"terms": {}, "package_id": line.package_id, **more}
    return Written(item=line.item, kind=line.kind, title="noget", period=line.period, digest=digest, **given)


def draft(*lines: Line, **more: object) -> Draft:
    given: dict[str, object] = {
        "written": [written(line) for line in lines],
        "packages": {},
        "costs": {line.item: ZERO for line in lines},
        "plan": PLAN,
        "approved": frozenset(),
        "has_goal": True,
        "needed": ZERO,
        "frame": Money(100),
        "goals": {line.item: frozenset({7}) for line in lines},
        "own_items": frozenset(line.item for line in lines),
        **more,
    }
    return Draft(lines=lines, **given)


def in_the_way(found: Draft, today: date = MONDAY) -> list[type]:
    return [type(obstacle) for obstacle in obstacles(found, today)]


@pytest.mark.parametrize(
    ("kind", "own_money_pays", "who"),
    [
        (LineKind.OWN_LINE, True, Payer.OWN),
        (LineKind.ALLOCATED_SERVICE, True, Payer.OWN),
        (LineKind.ALLOCATED_SERVICE, False, Payer.SERVICE),
        (LineKind.STATUTORY_FREE, False, Payer.LAW),
        (LineKind.CIVIL_FREE, False, Payer.VOLUNTEERS),
    ],
)
def test_who_pays_follows_the_kind_and_the_municipality_s_rule(
    kind: LineKind, own_money_pays: bool, who: Payer
) -> None:
    assert payer(kind, on_own_money=own_money_pays) is who


def test_a_draft_line_is_read_from_the_catalogue_of_today() -> None:
    live = package(tariffs=(tariff(PriceUnit.COURSE, 500),))

    read = written(service(PLAN, tariff(PriceUnit.COURSE, 400))).line({live.id: live}, "", MONDAY)

    assert price_of(read).total == Money(500)


def test_a_sent_line_keeps_its_snapshot_whatever_the_catalogue_says() -> None:
    sent = service(PLAN, tariff(PriceUnit.COURSE, 400))
    stored = written(sent, digest="abc", terms=terms.of_line(sent, None))

    assert price_of(stored.line({}, "", MONDAY)).total == Money(400)


@pytest.mark.parametrize(
    "gone",
    [
        pytest.param({}, id="unknown"),
        pytest.param({"stoette": package(withdrawn_on=MONDAY)}, id="withdrawn today"),
        pytest.param({"stoette": package(disabled=True)}, id="switched off"),
        pytest.param({"stoette": package(kind=LineKind.OPEN_FREE)}, id="an open door"),
        pytest.param({"stoette": package(kind=LineKind.SITE_LEVEL)}, id="for a whole house"),
    ],
)
def test_a_package_that_cannot_be_chosen_today_is_gone(gone: dict[str, object]) -> None:
    with pytest.raises(PackageGone):
        offered(gone, "stoette", MONDAY)
    with pytest.raises(PackageGone):
        written(service(PLAN)).line(gone, "", MONDAY)


def test_a_package_can_be_chosen_until_the_day_before_it_is_withdrawn() -> None:
    known = package(withdrawn_on=MONDAY + timedelta(days=1))

    assert offered({known.id: known}, known.id, MONDAY) is known


@given(st.integers(0, 181), st.integers(0, 200), st.integers(-30, 30), st.integers(1, 60), st.booleans())
def test_a_moved_line_stays_in_the_plan_and_never_starts_in_the_past(
    start: int, length: int, weeks: int, natural: int, as_package: bool
) -> None:
    first = PLAN.first_day + timedelta(days=start)
    period = Period(first, min(PLAN.last_day, first + timedelta(days=length)))
    chosen = package(phases=(phase(natural),)) if as_package else None

    found = moved(period, weeks, PLAN, chosen, PLAN.first_day)

    assert PLAN.covers(found)
    assert found.first_day == min(max(first + timedelta(weeks=weeks), PLAN.first_day), PLAN.last_day)


def test_a_package_cut_at_the_end_of_the_plan_gets_its_weeks_back_when_it_is_moved_back() -> None:
    chosen = package(phases=(phase(26),))
    whole = Period.of_weeks(MONDAY, 26)

    later = moved(whole, 1, PLAN, chosen, MONDAY)

    assert later == Period(MONDAY + timedelta(days=7), PLAN.last_day)
    assert moved(later, -1, PLAN, chosen, MONDAY) == whole


def test_days_that_somebody_chose_keep_their_length() -> None:
    chosen = package(phases=(phase(26),))
    short = Period.of_weeks(MONDAY, 4)

    assert moved(short, 2, PLAN, chosen, MONDAY) == Period.of_weeks(MONDAY + timedelta(days=14), 4)


@pytest.mark.parametrize("days", [(-1, 3), (3, 182), (-400, -300)])
def test_days_outside_the_plan_are_refused(days: tuple[int, int]) -> None:
    first, last = (PLAN.first_day + timedelta(days=n) for n in days)

    with pytest.raises(LineOutsidePlan):
        check_inside(Period(first, last), PLAN)


@given(BOOKS, BOOKS, OERE)
def test_a_mix_needs_what_it_costs_and_never_less_than_what_is_paid(
    chosen: dict[int, Money], paid: dict[int, Money], beside: Money
) -> None:
    books = {**paid, None: beside}

    needed = own_money_needed(chosen, books)

    assert needed >= Money.sum(books.values())
    assert needed >= Money.sum(chosen.values()) + beside
    assert needed == beside + Money.sum(
        max(chosen.get(item, ZERO), paid.get(item, ZERO)) for item in chosen.keys() | paid.keys()
    )


@given(OERE, OERE, OERE)
def test_used_set_aside_and_free_add_up_to_the_amount(frame: Money, more: Money, paid: Money) -> None:
    frame = frame + paid

    balance = own_money(frame, paid + more, paid)

    assert balance.total == frame
    assert balance.paid == paid
    assert balance.sound
    assert balance.available == max(frame - paid - more, ZERO)


def test_a_complete_draft_has_nothing_in_its_way() -> None:
    assert in_the_way(draft(service(PLAN), needed=Money(100))) == []


ONE, OTHER = service(Period.of_weeks(MONDAY, 4), item=1, package_id="cti"), service(PLAN, item=2, package_id="act")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(draft(), EmptyPlan, id="nothing in it"),
        pytest.param(draft(service(PLAN), has_goal=False), NoGoal, id="no goal"),
        pytest.param(draft(written=[written(service(PLAN))]), PackageGone, id="package gone"),
        pytest.param(draft(service(PLAN), plan=Period(MONDAY, MONDAY)), LineOutsidePlan, id="outside the plan"),
        pytest.param(
            draft(service(PLAN), plan=Period(MONDAY - timedelta(days=9), PLAN.last_day)), None, id="starts today"
        ),
        pytest.param(draft(service(PLAN), costs={}), NoPrice, id="no price"),
        pytest.param(
            draft(ONE, OTHER, packages={"cti": package("cti", excludes=("act",))}), PackagesExclude, id="clash"
        ),
        pytest.param(draft(ONE, packages={"cti": package("cti", needs=("act",))}), NeedMissing, id="need missing"),
        pytest.param(draft(service(PLAN), needed=Money(101)), MixTooDear, id="too dear"),
    ],
)
def test_each_obstacle_is_named(found: Draft, expected: type | None) -> None:
    assert in_the_way(found) == ([expected] if expected else [])


def test_a_start_that_has_passed_is_in_the_way_unless_the_line_is_in_force() -> None:
    tomorrow = MONDAY + timedelta(days=1)

    assert in_the_way(draft(service(PLAN)), tomorrow) == [StartPassed]
    assert in_the_way(draft(service(PLAN), approved=frozenset({1})), tomorrow) == []


def because(line: Line) -> Written:
    return written(line, terms={"because": True})


def test_a_line_without_a_goal_is_in_the_way_unless_it_is_there_just_because() -> None:
    pointless = {"goals": {}, "costs": {1: Money(40)}}

    assert in_the_way(draft(service(PLAN), **pointless)) == [NoGoalOnLine]
    assert in_the_way(draft(service(PLAN), written=[because(service(PLAN))], **pointless)) == []


def test_lines_are_not_asked_for_goals_before_there_is_one() -> None:
    assert in_the_way(draft(service(PLAN), goals={}, has_goal=False)) == [NoGoal]


def test_what_is_there_just_because_stays_inside_the_free_cap() -> None:
    two = {"written": [because(ONE), because(OTHER)], "goals": {}, "costs": {1: Money(30), 2: Money(31)}}

    assert in_the_way(draft(ONE, OTHER, free_cap=Money(61), **two)) == []
    assert in_the_way(draft(ONE, OTHER, free_cap=Money(60), **two)) == [TooMuchJustBecause]
    assert in_the_way(draft(ONE, OTHER, free_cap=None, **two)) == []


def test_only_the_citizen_s_own_money_counts_towards_the_free_cap() -> None:
    paid_by_others = {"written": [because(ONE)], "goals": {}, "costs": {1: Money(90)}, "own_items": frozenset()}

    assert in_the_way(draft(ONE, free_cap=Money(60), **paid_by_others)) == []


def test_a_line_has_another_stamp_once_anything_about_it_was_changed() -> None:
    line = written(free_line(PLAN, 600), terms={"own": {"oere": 600, "monthly": False}})
    stamps = [
        stamp(line, "other", {1}),
        stamp(line, "home", {1}),
        stamp(line, "other", {1, 2}),
        stamp(replace(line, title="noget andet"), "other", {1}),
        stamp(replace(line, period=Period(MONDAY, MONDAY)), "other", {1}),
        stamp(replace(line, terms={"own": {"oere": 601, "monthly": False}}), "other", {1}),
        stamp(replace(line, terms={**line.terms, "because": True}), "other", {1}),
    ]

    assert len(set(stamps)) == len(stamps)
    assert stamp(line, "other", [1]) == stamps[0]


def test_every_obstacle_is_named_at_once() -> None:
    bad = draft(service(PLAN), has_goal=False, costs={}, needed=Money(101))

    assert in_the_way(bad, MONDAY + timedelta(days=1)) == [NoGoal, StartPassed, NoPrice, MixTooDear]


def test_a_week_is_full_above_the_citizen_s_own_limit_and_names_who_takes_how_much() -> None:
    alone = Activity("home_practice", 600, Deliverer.SELF, every_weeks=1)
    one = service(Period.of_weeks(MONDAY, 2), item=1)
    other = service(Period.of_weeks(MONDAY + timedelta(days=7), 1), item=2, phases=(phase(1), phase(1, alone)))

    full = full_weeks([one, other], 119)

    assert [(week.monday, week.minutes, dict(week.share)) for week in full] == [
        (MONDAY + timedelta(days=7), 120, {1: 60, 2: 60})
    ]
    assert full_weeks([one, other], 120) == ()
    assert full_weeks([one, other], None) == ()


def test_a_free_line_is_read_as_the_citizen_wrote_it() -> None:
    said = free_line(PLAN, 60_000, monthly=True)

    read = written(said, terms=terms.of_line(said, None)).line({}, "", MONDAY)

    assert read.own == said.own
    assert price_of(read).total == Money(60_000 * 6)
