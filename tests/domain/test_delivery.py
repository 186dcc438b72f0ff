"""The parts of a granted service: what it is paid by, and that the parts are the price, to the øre."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.delivery import DeliveryPart, NoSuchPart, part, parts, way
from planner.domain.mix import price
from planner.domain.money import Money
from planner.domain.package import PriceUnit
from planner.domain.period import Period
from tests.domain.lines import MONDAY, phase, service, tariff

TWELVE_WEEKS = Period.of_weeks(MONDAY, 12)
THREE_PHASES = (phase(4), phase(4), phase(4))


@pytest.mark.parametrize(
    ("unit", "phases", "expected"),
    [
        pytest.param(PriceUnit.COURSE, 1, DeliveryPart.MONTH, id="a course in one phase"),
        pytest.param(PriceUnit.COURSE, 3, DeliveryPart.PHASE, id="a course in phases"),
        pytest.param(PriceUnit.MONTH, 3, DeliveryPart.MONTH, id="by the month, phases or not"),
        pytest.param(PriceUnit.YEAR, 1, DeliveryPart.MONTH, id="by the year"),
        pytest.param(PriceUnit.SESSION, 3, DeliveryPart.SESSION, id="by the session"),
        pytest.param(PriceUnit.ESCORT, 1, DeliveryPart.SESSION, id="by the escort"),
        pytest.param(PriceUnit.DAY, 1, DeliveryPart.SESSION, id="by the day"),
    ],
)
def test_a_service_is_paid_by_what_its_price_is_for(unit: PriceUnit, phases: int, expected: DeliveryPart) -> None:
    line = service(TWELVE_WEEKS, tariff(unit), phases=tuple(phase(12 // phases) for _ in range(phases)))

    assert way(line) is expected


@given(
    unit=st.sampled_from([PriceUnit.COURSE, PriceUnit.MONTH, PriceUnit.QUARTER, PriceUnit.YEAR]),
    oere=st.integers(1, 20_000_000),
    start=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    days=st.integers(1, 500),
    phases=st.integers(1, 5),
)
def test_the_parts_add_up_to_the_price_to_the_oere(
    unit: PriceUnit, oere: int, start: date, days: int, phases: int
) -> None:
    line = service(
        Period(start, start + timedelta(days - 1)),
        tariff(unit, oere),
        phases=tuple(phase(5) for _ in range(phases)),
        open_ended=True,
    )

    assert Money.sum(found.amount for found in parts(line)) == price(line).total


def test_the_parts_lie_one_after_the_other_inside_the_line() -> None:
    line = service(TWELVE_WEEKS, phases=THREE_PHASES)

    days = [found.period for found in parts(line)]

    assert [found.first_day for found in days] == [MONDAY, MONDAY + timedelta(28), MONDAY + timedelta(56)]
    assert days[-1].last_day == TWELVE_WEEKS.last_day


def test_a_line_that_was_cut_short_has_only_the_phases_that_were_reached() -> None:
    line = service(Period.of_weeks(MONDAY, 6), phases=THREE_PHASES)

    assert [found.which for found in parts(line)] == ["1", "2"]
    assert Money.sum(found.amount for found in parts(line)) == price(line).total


def test_a_part_that_costs_nothing_is_not_paid() -> None:
    assert parts(service(TWELVE_WEEKS, tariff(PriceUnit.COURSE, 0), phases=THREE_PHASES)) == ()
    assert parts(service(TWELVE_WEEKS, tariff(PriceUnit.MONTH, 0))) == ()
    with pytest.raises(NoSuchPart):
        part(service(TWELVE_WEEKS, tariff(PriceUnit.SESSION, 0)), "", MONDAY)


@pytest.mark.parametrize("which", ["0", "4", "2026-05", "", "1 "])
def test_a_phase_that_is_not_there_is_refused(which: str) -> None:
    with pytest.raises(NoSuchPart):
        part(service(TWELVE_WEEKS, phases=THREE_PHASES), which, MONDAY)


def test_a_session_costs_what_holds_on_its_day() -> None:
    dearer = MONDAY + timedelta(14)
    line = service(TWELVE_WEEKS, tariff(PriceUnit.SESSION, 100), tariff(PriceUnit.SESSION, 150, dearer))

    assert part(line, "", dearer - timedelta(1)).amount == Money(100)
    assert part(line, "", dearer).amount == Money(150)


@pytest.mark.parametrize("day", [MONDAY - timedelta(1), TWELVE_WEEKS.last_day + timedelta(1)])
def test_a_session_outside_the_line_is_refused(day: date) -> None:
    with pytest.raises(NoSuchPart):
        part(service(TWELVE_WEEKS, tariff(PriceUnit.SESSION)), "", day)
