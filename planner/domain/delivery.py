"""Deliveries: the parts in which a granted service is delivered and paid, at the price it was sent with."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from planner.domain.errors import DomainError
from planner.domain.mix import Line, dated_phases, price
from planner.domain.money import ZERO, Money
from planner.domain.package import PriceUnit
from planner.domain.period import Period, first_day_of, last_day_of


class DeliveryPart(StrEnum):
    """What was delivered: a whole month, a phase of a course, or one session."""

    MONTH = "month"
    PHASE = "phase"
    SESSION = "session"


class NoSuchPart(DomainError):
    """The service is not delivered in such a part, or not in that one."""

    code = "no_such_part"


class PartDelivered(DomainError):
    """That month or phase was recorded before."""

    code = "part_delivered"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a service: which one (month ``YYYY-MM``, phase number, or a session's day) and its price."""

    part: DeliveryPart
    which: str
    period: Period
    amount: Money


_SESSIONS = frozenset({PriceUnit.SESSION, PriceUnit.CONTACT, PriceUnit.ESCORT, PriceUnit.DAY})


def way(line: Line) -> DeliveryPart:
    """Say in which parts a service is delivered: by session, by phase of a course, else by month."""
    unit = line.tariffs[0].unit
    if unit in _SESSIONS:
        return DeliveryPart.SESSION
    return DeliveryPart.PHASE if unit is PriceUnit.COURSE and len(dated_phases(line)) > 1 else DeliveryPart.MONTH


def parts(line: Line) -> tuple[Part, ...]:
    """List the months or phases a service is delivered and paid in; they sum to its cost. Sessions have no list."""
    match way(line):
        case DeliveryPart.PHASE:
            return tuple(phase for phase in _phases(line) if phase.amount > ZERO)
        case DeliveryPart.MONTH:
            return tuple(
                Part(DeliveryPart.MONTH, month, _days_in(line.period, month), amount)
                for month, amount in price(line).months
                if amount > ZERO
            )
        case _:
            return ()


def part(line: Line, which: str, occurred_on: date) -> Part:
    """Find one part by name, or price one session on its day. Raises ``NoSuchPart``."""
    if way(line) is DeliveryPart.SESSION:
        held = [step for step in line.tariffs if step.first_day <= occurred_on]
        if not held or occurred_on not in line.period or held[-1].amount == ZERO:
            raise NoSuchPart(occurred_on)
        return Part(DeliveryPart.SESSION, occurred_on.isoformat(), Period(occurred_on, occurred_on), held[-1].amount)
    for found in parts(line):
        if found.which == which:
            return found
    raise NoSuchPart(which)


def _days_in(period: Period, month: str) -> Period:
    shared = period.overlap(Period(first_day_of(month), last_day_of(month)))
    assert shared is not None
    return shared


def _phases(line: Line) -> tuple[Part, ...]:
    """Share a course price among its phases by days; the shares add up to the øre."""
    whole = price(line).total
    found: list[Part] = []
    passed, given = 0, ZERO
    dated = dated_phases(line)
    days = sum(phase.period.days for phase in dated)
    for number, phase in enumerate(dated, 1):
        passed += phase.period.days
        upto = whole.times(Fraction(passed, days))
        found.append(Part(DeliveryPart.PHASE, str(number), phase.period, upto - given))
        given = upto
    return tuple(found)
