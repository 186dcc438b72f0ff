"""A mix without a name as somebody sees it: its things with price, days, hours, and what does not go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from planner.domain.draft import price_of
from planner.domain.mix import Clash, Line, WeekLoad, clashes, missing_needs, weekly_load
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Package, TariffKind
from planner.domain.period import Period
from planner.domain.private_mix import Thing
from planner.queries.packages import FREE_KINDS

Catalogue = Mapping[str, Package]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedThing:
    """One thing of a mix; ``line`` is missing when its package is not offered any more, ``cost`` without a price."""

    number: int
    thing: Thing
    kind: LineKind
    package: Package | None
    line: Line | None
    cost: Money | None

    @property
    def own(self) -> bool:
        """Tell whether it is something in somebody's own words."""
        return bool(self.thing.title)

    @property
    def to_pay(self) -> Money | None:
        """What it would cost whoever pays in a plan; the law, an open door and volunteers ask nobody for money."""
        return ZERO if self.kind in FREE_KINDS else self.cost

    @property
    def assumed(self) -> bool:
        """Tell whether a part of the price is a guess that the municipality may change."""
        return self.line is not None and any(step.kind is TariffKind.ASSUMED for step in self.line.tariffs)


@dataclass(frozen=True, slots=True)
class Part:
    """What all things of one kind come to; ``real`` is what it costs others when nobody pays for it in a plan."""

    kind: LineKind
    to_pay: Money
    real: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A mix with everything that follows from it."""

    things: tuple[TriedThing, ...]
    load: tuple[WeekLoad, ...]
    clashes: tuple[Clash, ...]
    needs: tuple[tuple[int, str], ...]

    @property
    def period(self) -> Period | None:
        """The days from the first to the last of it; nothing when it is empty."""
        if not self.things:
            return None
        days = [one.thing.period for one in self.things]
        return Period(min(day.first_day for day in days), max(day.last_day for day in days))

    @property
    def cost(self) -> Money:
        """What it would cost in a plan."""
        return Money.sum(part.to_pay for part in self.parts)

    @property
    def unpriced(self) -> bool:
        """Tell whether something that is offered has no price yet."""
        return any(one.line is not None and one.cost is None for one in self.things)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Add the costs up by kind, in the order of the kinds."""
        order = list(LineKind)
        known = sorted((one for one in self.things if one.line), key=lambda one: order.index(one.kind))
        grouped = ((kind, list(found)) for kind, found in groupby(known, key=lambda one: one.kind))
        return tuple(
            Part(kind, _sum([one.to_pay for one in found]), _sum([one.cost for one in found]))
            for kind, found in grouped
        )

    @property
    def most_minutes(self) -> int:
        """The minutes together with others in the fullest week."""
        return max((week.together for week in self.load), default=0)

    def clashing(self, number: int) -> tuple[TriedThing, ...]:
        """Find what cannot run at the same time as a thing."""
        others = [pair.other if pair.one == number else pair.one for pair in self.clashes if number in _both(pair)]
        return tuple(one for one in self.things if one.number in others)


def offered_without_name(package: Package | None, today: date) -> bool:
    """Tell whether a package can be tried: all that a person can use, with a plan or without one."""
    return package is not None and not package.withdrawn(today) and package.usable


def tried(things: Sequence[Thing], catalogue: Catalogue, region: str, today: date) -> Tried:
    """Work a mix out at the prices of a municipality."""
    found = tuple(_thing(number, thing, catalogue, region, today) for number, thing in enumerate(things))
    lines = [one.line for one in found if one.line]
    packages = [one.package for one in found if one.package]
    return Tried(
        things=found,
        load=weekly_load(lines),
        clashes=clashes(lines, {package.id: frozenset(package.excludes) for package in packages}),
        needs=missing_needs(lines, {package.id: frozenset(package.needs) for package in packages}),
    )


def _thing(number: int, thing: Thing, catalogue: Catalogue, region: str, today: date) -> TriedThing:
    package = catalogue.get(thing.package_id)
    if thing.title:
        line: Line | None = thing.own_line(number)
    elif package is not None and offered_without_name(package, today):
        line = Line.of_package(number, package, thing.period, region)
    else:
        line = None
    found = price_of(line) if line else None
    return TriedThing(
        number=number,
        thing=thing,
        kind=package.kind if package else thing.own_kind,
        package=package,
        line=line,
        cost=found.total if found else None,
    )


def _sum(amounts: Sequence[Money | None]) -> Money:
    return Money.sum(amount for amount in amounts if amount is not None)


def _both(pair: Clash) -> tuple[int, int]:
    return pair.one, pair.other
