"""The diary: when parts begin and which weeks hold appointments; days that are not agreed are never made to look so."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.diary import Begins, Meets, diary
from planner.domain.mix import Line, OwnTerms, occurrences
from planner.domain.money import Money
from planner.domain.package import Activity, Deliverer, LineKind, Phase
from planner.domain.period import Period, week_of
from tests.domain.lines import MONDAY, weekly_visit, words


def line(*phases: Phase, item: int = 1, period: Period | None = None, open_ended: bool = False) -> Line:
    whole = period or Period.of_weeks(MONDAY, sum(phase.weeks for phase in phases))
    kind = LineKind.ALLOCATED_SERVICE
    return Line(item=item, kind=kind, title=words("støtte"), period=whole, phases=phases, open_ended=open_ended)


def phase(name: str, weeks: int, *activities: Activity) -> Phase:
    return Phase(words(name), weeks, activities)


def test_each_phase_begins_once_and_a_repeated_last_phase_is_no_new_beginning() -> None:
    running = line(phase("først", 2), phase("så", 3), period=Period.of_weeks(MONDAY, 12), open_ended=True)

    begun = [one for one in diary([running]) if isinstance(one, Begins)]

    assert [(one.name.da, one.period.first_day) for one in begun if one.name] == [
        ("først", MONDAY),
        ("så", MONDAY + timedelta(weeks=2)),
    ]


def test_two_visits_in_a_week_stand_there_once_with_their_number() -> None:
    found = diary([line(phase("forløb", 1, weekly_visit(60), weekly_visit(30)))])

    [met] = [one for one in found if isinstance(one, Meets)]
    assert (met.day, met.times, met.minutes) == (MONDAY, 2, 90)


def test_exercises_at_home_are_no_appointments() -> None:
    alone = Activity("exercise", 45, Deliverer.SELF, every_weeks=1)

    assert not [one for one in diary([line(phase("forløb", 2, alone))]) if isinstance(one, Meets)]


def test_a_line_without_phases_begins_on_its_first_day() -> None:
    bicycle = Line(
        item=7,
        kind=LineKind.OWN_LINE,
        title=words("cykel"),
        period=Period(MONDAY, MONDAY),
        own=OwnTerms(Money.kroner(900)),
    )

    assert diary([bicycle]) == (Begins(7, words("cykel"), Period(MONDAY, MONDAY), None),)


def test_what_falls_on_a_closed_day_stands_on_the_day_it_moved_to() -> None:
    visits = line(phase("forløb", 1, weekly_visit()))

    [met] = [one for one in diary([visits], frozenset({MONDAY.toordinal()})) if isinstance(one, Meets)]

    assert met.day == MONDAY + timedelta(days=1)


@given(
    st.dates(date(2020, 1, 1), date(2032, 12, 31)),
    st.integers(1, 60),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
)
def test_the_weeks_hold_every_occurrence_once_across_year_ends_and_week_53(
    first: date, weeks: int, rhythms: list[int]
) -> None:
    activities = tuple(Activity("home_visit", 60, Deliverer.CASEWORKER, every_weeks=every) for every in rhythms)
    running = line(phase("forløb", weeks, *activities), period=Period.of_weeks(first, weeks))

    met = [one for one in diary([running]) if isinstance(one, Meets)]

    planned = [day for day, _, _ in occurrences(running)]
    assert sum(one.times for one in met) == len(planned)
    assert [week_of(one.day) for one in met] == sorted({week_of(day) for day in planned})
