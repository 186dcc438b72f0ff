"""The catalogue as people look through it: what they look for, what fits, and the few facts they choose by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from sqlalchemy import func, select

from planner.domain.draft import price_of
from planner.domain.mix import Line, natural_period
from planner.domain.money import ZERO, Money
from planner.domain.package import (
    Chime,
    LineKind,
    Package,
    Phase,
    Rung,
    Tariff,
    TariffKind,
    contact_minutes,
    own_minutes,
)
from planner.domain.period import Period
from planner.models.person import Unit
from planner.queries.search import Index, any_of, index_of, places_in, set_of
from planner.queries.session import reading

Catalogue = Mapping[str, Package]

FREE_KINDS = frozenset({LineKind.STATUTORY_FREE, LineKind.CIVIL_FREE, LineKind.OPEN_FREE})
"""The kinds for which the citizen and their amount pay nothing, whatever it costs others."""

DECIDED_KINDS = frozenset({LineKind.ALLOCATED_SERVICE, LineKind.BUDGET_ITEM})
"""The kinds that somebody in the municipality has to say yes to first."""


class PriceWish(StrEnum):
    """What somebody may look for in a price."""

    FREE = "free"
    LAW = "law"
    UNDER_5000 = "5000"
    UNDER_20000 = "20000"
    AFFORDABLE = "left"


UNDER = {PriceWish.UNDER_5000: Money.kroner(5_000), PriceWish.UNDER_20000: Money.kroner(20_000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; what is empty does not matter.

    ``decided`` asks for what needs a yes from the municipality, or for what needs none.
    """

    words: str = ""
    rung: Rung | None = None
    chime: Chime | None = None
    price: PriceWish | None = None
    most_weeks: int | None = None
    anonymous: bool = False
    decided: bool | None = None

    @property
    def any(self) -> bool:
        """Tell whether something is looked for at all."""
        return self != Wish()


@dataclass(frozen=True, slots=True)
class Offer:
    """A package with the facts people choose by; ``cost`` and ``step`` are missing without a price for the day."""

    package: Package
    period: Period
    cost: Money | None
    step: Tariff | None = None

    @property
    def to_pay(self) -> Money | None:
        """What it costs whoever pays for it in a plan; the law and volunteers ask nobody for money."""
        return ZERO if self.package.kind in FREE_KINDS else self.cost

    @property
    def assumed(self) -> bool:
        """Tell whether the price is a guess that the municipality may change."""
        return any(step.kind is TariffKind.ASSUMED for step in self.package.tariffs)

    @property
    def weekly_minutes(self) -> tuple[int, int]:
        """Tell the fewest and most minutes a week with others, averaged over each phase."""
        found = [weekly(phase) for phase in self.package.phases]
        return min(found), max(found)


def weekly(phase: Phase) -> int:
    """Average the minutes a week with others over a phase."""
    return round(contact_minutes([phase]) / phase.weeks)


def weekly_own(phase: Phase) -> int:
    """Average the minutes a week of own exercises over a phase."""
    return round(own_minutes([phase]) / phase.weeks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """From where one looks: a municipality's prices and, for somebody with a plan, its days and what is free in it."""

    region: str = ""
    plan: Period | None = None
    left: Money | None = None
    own_kinds: frozenset[LineKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What fits a wish: how many there are, and any stretch of them; only what is asked for is priced."""

    total: int
    _index: Index
    _named: int
    _others: int
    _today: date
    _place: Place

    def page(self, offset: int, size: int) -> list[Offer]:
        """Give some of what was found: first what is named so, then in the order of the catalogue."""
        return [offer(package, self._today, self._place) for package in islice(self._packages(), offset, offset + size)]

    def _packages(self) -> Iterator[Package]:
        for places in (self._named, self._others):
            yield from (self._index.packages[place] for place in places_in(places))


def search(catalogue: Catalogue, wish: Wish, today: date, place: Place, *, usable: bool = False) -> Found:
    """Find what is offered today and fits a wish; ``usable`` leaves out what one person alone cannot use."""
    index = index_of(catalogue)
    saying, named = index.saying(wish.words)
    found = saying & index.shown(today) & _being(index, wish)
    if usable:
        found &= index.usable
    if wish.price is not None:
        found &= _costing(index, wish.price, found, today, place)
    return Found(found.bit_count(), index, found & named, found & ~named, today, place)


def offers(catalogue: Catalogue, wish: Wish, today: date, place: Place) -> list[Offer]:
    """List all that is offered today and fits a wish."""
    found = search(catalogue, wish, today, place)
    return found.page(0, found.total)


def shown(catalogue: Catalogue, today: date) -> Iterable[Package]:
    """List the packages that have a page today; a withdrawn one has none."""
    return [package for package in catalogue.values() if not package.withdrawn(today)]


def offer(package: Package, today: date, place: Place) -> Offer:
    """Price a package as it would run from today, or from the plan's first day, inside the plan if there is one."""
    plan = place.plan
    first = min(max(today, plan.first_day), plan.last_day) if plan else today
    period = natural_period(package, first, plan) if plan else Period.of_weeks(first, package.weeks)
    line = Line.of_package(0, package, period, place.region)
    found = price_of(line)
    return Offer(package, period, found.total, line.tariffs[0]) if found else Offer(package, period, None)


def home_region() -> str:
    """Find the municipality code whose prices the public pages show."""
    return reading().scalar(select(func.min(Unit.municipality_code))) or ""


def tariffs(package: Package, region: str, today: date) -> tuple[Tariff, ...]:
    """List the price that holds today and those announced, as they hold in a municipality."""
    steps = package.tariffs_of(region)
    held = [step for step in steps if step.first_day <= today][-1:]
    return (*held, *(step for step in steps if step.first_day > today))


def alike(catalogue: Catalogue, package: Package | None, today: date, most: int = 2) -> list[Package]:
    """Find packages like one that is gone: from the same rung, of the same kind, for the same things."""
    if package is None:
        return []
    other = [p for p in shown(catalogue, today) if p.choosable and p.id != package.id and p.rung is package.rung]
    wanted = set(package.chime)
    return sorted(other, key=lambda p: (p.kind is not package.kind, -len(wanted & set(p.chime)), p.id))[:most]


def _being(index: Index, wish: Wish) -> int:
    """Find what is of the rung, the length and the kind that is looked for."""
    found = index.all
    if wish.rung is not None:
        found &= index.rungs.get(wish.rung, 0)
    if wish.chime is not None:
        found &= index.chimes.get(wish.chime, 0)
    if wish.most_weeks is not None:
        found &= any_of(places for weeks, places in index.weeks.items() if weeks <= wish.most_weeks)
    if wish.anonymous:
        found &= index.anonymous
    if wish.decided is not None:
        decided = any_of(index.kinds.get(kind, 0) for kind in DECIDED_KINDS)
        found &= decided if wish.decided else ~decided
    return found


def _costing(index: Index, wanted: PriceWish, among: int, today: date, place: Place) -> int:
    """Find what costs what is looked for; only what else fits is priced for a plan."""
    if wanted is PriceWish.LAW:
        return index.kinds.get(LineKind.STATUTORY_FREE, 0)
    free = any_of(index.kinds.get(kind, 0) for kind in FREE_KINDS)
    if wanted is PriceWish.FREE:
        return free
    most = UNDER.get(wanted, place.left)
    if most is None:
        return among
    asked = among
    if wanted is PriceWish.AFFORDABLE:
        asked = among & any_of(index.kinds.get(kind, 0) for kind in place.own_kinds)
    cheap = _at_most(index, most, asked & ~free, today, place)
    return free | cheap | (among & ~asked)


def _at_most(index: Index, most: Money, among: int, today: date, place: Place) -> int:
    def cost_of(package: Package) -> Money | None:
        return offer(package, today, place).cost

    if place.plan is None:
        costs = index.costs(place.region, today, cost_of)
        return set_of(number for number in places_in(among) if (cost := costs[number]) is not None and cost <= most)
    priced = ((number, cost_of(index.packages[number])) for number in places_in(among))
    return set_of(number for number, cost in priced if cost is not None and cost <= most)
