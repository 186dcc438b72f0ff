"""The catalogue as people look through it: what they look for, what fits, and the few facts they choose by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
from planner.queries.session import reading

Catalogue = Mapping[str, Package]

FREE_KINDS = frozenset({LineKind.STATUTORY_FREE, LineKind.CIVIL_FREE, LineKind.OPEN_FREE})
"""The kinds for which the citizen and their amount pay nothing, whatever it costs others."""


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
    """What somebody looks for; what is empty does not matter."""

    words: str = ""
    rung: Rung | None = None
    chime: Chime | None = None
    price: PriceWish | None = None
    most_weeks: int | None = None

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


def offers(catalogue: Catalogue, wish: Wish, today: date, place: Place) -> list[Offer]:
    """List what is offered today and fits a wish, in the order of the catalogue."""
    return [one for package in shown(catalogue, today) if _fits(one := offer(package, today, place), wish, place)]


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


def _fits(one: Offer, wish: Wish, place: Place) -> bool:
    package = one.package
    return (
        (wish.rung is None or package.rung is wish.rung)
        and (wish.chime is None or wish.chime in package.chime)
        and (wish.most_weeks is None or package.weeks <= wish.most_weeks)
        and _costs(one, wish.price, place)
        and _says(package, wish.words)
    )


def _costs(one: Offer, wanted: PriceWish | None, place: Place) -> bool:
    kind = one.package.kind
    match wanted:
        case None:
            return True
        case PriceWish.LAW:
            return kind is LineKind.STATUTORY_FREE
        case PriceWish.FREE:
            return kind in FREE_KINDS
        case PriceWish.AFFORDABLE:
            most = place.left if kind in place.own_kinds else None
        case _:
            most = UNDER[wanted]
    return most is None or (one.to_pay is not None and one.to_pay <= most)


def _says(package: Package, words: str) -> bool:
    """Tell whether every word stands somewhere in what the package says about itself, in either language."""
    told = (package.name, package.summary, package.suits, *package.contains)
    text = " ".join(f"{part.da} {part.en}" for part in told if part).casefold()
    return all(word in text for word in words.casefold().split())
