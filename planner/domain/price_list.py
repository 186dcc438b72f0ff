"""Price lists: rows of a list become packages with dated price steps, and what rows say against each other is named."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from planner.domain.money import Money
from planner.domain.package import Package, PriceUnit, Tariff, Variant, Words
from planner.domain.price_fault import PriceFault, Wrong
from planner.domain.price_mapping import EVERYWHERE, ColumnMapping, Known, Pattern

MOST_STEPS = 60
_DAY = timedelta(days=1)

_Name = tuple[str, str]
"""A series of price steps: its variant and its region, both empty for the usual price everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of a list: what it is, on which days it holds (no last day: on and on), and its prices by region.

    ``written`` is its id as the list has it; ``variant`` tells rows of one package apart; ``marks`` are flags of the
    package that the row sets.
    """

    row: int
    id: str
    written: str
    name: Words
    pattern: Pattern
    unit: PriceUnit
    first_day: date
    last_day: date | None
    prices: Mapping[str, Money]
    variant: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A package as a list describes it, with the days for which the list speaks and the first row it came from."""

    package: Package
    first_day: date
    last_day: date | None
    row: int


@dataclass(slots=True)
class Composed:
    """What rows became: packages in the order of the list, and faults; packages count only without faults."""

    listed: list[Listed] = field(default_factory=list)
    faults: list[PriceFault] = field(default_factory=list)


def compose(items: Iterable[Item], mapping: ColumnMapping) -> Composed:
    """Make a package of all rows with the same id; rows of other days are its price steps."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.id, []).append(item)
    made = Composed()
    for rows in groups.values():
        if faults := list(_quarrels(rows, mapping)):
            made.faults += faults
            continue
        listed = _listed(rows, mapping)
        steps = max(len(listed.package.tariffs), len(listed.package.variants))
        if steps > MOST_STEPS:
            made.faults.append(PriceFault.at(listed.row, mapping.prices[0].column, Wrong.TOO_MANY_STEPS, steps))
        made.listed.append(listed)
    return made


def _by_variant(rows: Sequence[Item]) -> dict[tuple[str, ...], list[Item]]:
    found: dict[tuple[str, ...], list[Item]] = {}
    for item in rows if len(rows) == 1 else sorted(rows, key=attrgetter("first_day", "row")):
        found.setdefault(item.variant, []).append(item)
    return found


def _quarrels(rows: Sequence[Item], mapping: ColumnMapping) -> Iterator[PriceFault]:
    """Name what rows of one package say against each other."""
    first, columns = rows[0], mapping.columns
    for item in rows[1:]:
        if item.written != first.written:
            yield PriceFault.at(item.row, columns.id, Wrong.SAME_ID, first.written)
        if item.unit is not first.unit:
            yield PriceFault.at(item.row, columns.unit, Wrong.TWO_UNITS, first.unit)
    series = _by_variant(rows)
    if mapping.variants and usual(mapping) not in series:
        yield PriceFault.at(first.row, mapping.variants.columns[0], Wrong.NO_BASE, ", ".join(mapping.variants.base))
    if mapping.variants and len({_variant(named(words, mapping)).code for words in series}) < len(series):
        yield PriceFault.at(first.row, mapping.variants.columns[0], Wrong.SAME_ID, first.written)
    for steps in series.values():
        yield from _out_of_line(steps, mapping)


def _out_of_line(steps: Sequence[Item], mapping: ColumnMapping) -> Iterator[PriceFault]:
    """Name rows of the same thing that hold on the same day, or leave days without a price between them."""
    columns = mapping.columns
    for step, following in pairwise(steps):
        if step.first_day == following.first_day:
            yield PriceFault.at(following.row, columns.id, Wrong.DUPLICATE, step.row)
        elif step.last_day and step.last_day >= following.first_day:
            yield PriceFault.at(following.row, columns.first_day, Wrong.OVERLAP, step.row)
        elif step.last_day and step.last_day + _DAY < following.first_day:
            yield PriceFault.at(following.row, columns.first_day, Wrong.GAP, step.row)


def usual(mapping: ColumnMapping) -> tuple[str, ...]:
    """Tell the words of the usual variant; nothing when rows are not told apart."""
    return mapping.variants.base if mapping.variants else ()


def _listed(rows: Sequence[Item], mapping: ColumnMapping) -> Listed:
    series = _by_variant(rows)
    base = series.pop(usual(mapping))
    newest = base[-1]
    steps = _steps(base, mapping)
    variants = {words: _variant(named(words, mapping)) for words in sorted(series)}
    others = [_own_steps(series[words], steps, variant.code, mapping) for words, variant in variants.items()]
    package = newest.pattern.package(
        id=newest.id,
        name=newest.name,
        tariffs=(*steps, *(step for own in others for step in own)),
        variants=tuple(variants.values()),
        withdrawn_on=newest.last_day + _DAY if newest.last_day else None,
        **dict.fromkeys(newest.marks, True),
    )
    return Listed(package, base[0].first_day, newest.last_day, min(item.row for item in rows))


def named(words: Sequence[str], mapping: ColumnMapping) -> tuple[str, ...]:
    """Name a variant by what is not usual about it."""
    return tuple(word for word, base in zip(words, usual(mapping), strict=True) if word != base)


@lru_cache(maxsize=1024)
def _variant(words: tuple[str, ...]) -> Variant:
    name = ", ".join(words)
    return Variant(identifier(words), Words(name, name))


def _steps(items: Sequence[Item], mapping: ColumnMapping, variant: str = "") -> list[Tariff]:
    """Write the price steps of a series: everywhere first, then each region whose prices are others."""
    kind, source = mapping.price_kind, mapping.source
    amounts = {region: [item.prices[region].oere for item in items] for region in items[0].prices}
    usual_ = amounts[EVERYWHERE]
    regions = [region for region, own in amounts.items() if region == EVERYWHERE or own != usual_]
    return [
        Tariff(item.first_day, item.prices[region], item.unit, kind, source, region, None, variant)
        for region in regions
        for item in items
    ]


def _own_steps(items: Sequence[Item], usual_: Sequence[Tariff], variant: str, mapping: ColumnMapping) -> list[Tariff]:
    """Write the price steps of a variant; none when it costs what the usual one costs."""
    own = _steps(items, mapping, variant)
    both = ([(step.region, step.first_day, step.amount.oere) for step in steps] for steps in (own, usual_))
    return [] if next(both) == next(both) else own


def renewed(listed: Listed, stored: Package | None, known: Known) -> Package:
    """Say what a list makes of a package that is published already: new price steps join the older ones.

    The list speaks for its own days; steps before them, and after its end, stay. What editors wrote about the package
    stays too, unless the mapping says that the list knows everything.
    """
    package = listed.package
    if stored is None:
        return package
    steps = _joined(stored.tariffs, listed)
    goes_on = listed.last_day is not None and any(step.first_day > listed.last_day for step in stored.tariffs)
    end = stored.withdrawn_on if goes_on else package.withdrawn_on
    base = package if known is Known.EVERYTHING else replace(stored, digest="")
    return replace(base, tariffs=steps, withdrawn_on=end, variants=package.variants or base.variants)


def _joined(stored: Sequence[Tariff], listed: Listed) -> tuple[Tariff, ...]:
    """Join the steps of a list with those that stay, series by series.

    Where one side has no series of its own, the prices that held instead are written into it; a series that comes to
    the same as those is left out again.
    """
    last = listed.last_day or date.max
    kept = [step for step in stored if not listed.first_day <= step.first_day <= last or step.deliverer]
    if not kept:
        return listed.package.tariffs
    new = listed.package.tariffs
    named = sorted({(step.variant, step.region) for step in (*kept, *new) if not step.deliverer})
    joined: dict[_Name, tuple[Tariff, ...]] = {}
    for name in named:
        steps = sorted((*_series(kept, name), *_series(new, name)), key=attrgetter("first_day"))
        instead = next((joined[other] for other in _instead_of(name) if other in joined), ())
        if _amounts(steps) != _amounts(instead):
            joined[name] = tuple(steps)
    others = (step for step in kept if step.deliverer)
    return (*(step for steps in joined.values() for step in steps), *others)


def _instead_of(name: _Name) -> Iterator[_Name]:
    """List the series whose prices hold where a series of this name is missing, the nearest first."""
    variant, region = name
    every = ((variant, EVERYWHERE), ("", region), ("", EVERYWHERE))
    return (other for other in every if other != name)


def _series(steps: Sequence[Tariff], name: _Name) -> tuple[Tariff, ...]:
    variant, region = name
    for wanted in (name, *_instead_of(name)):
        if found := [step for step in steps if not step.deliverer and (step.variant, step.region) == wanted]:
            return tuple(replace(step, variant=variant, region=region) for step in found)
    return ()


def _amounts(steps: Sequence[Tariff]) -> list[tuple[date, Money]]:
    return [(step.first_day, step.amount) for step in steps]


_BETWEEN = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "o", "ä": "a"})


def identifier(words: Iterable[str]) -> str:
    """Write words as an id: small letters and digits with single hyphens between; empty when nothing is left."""
    return _BETWEEN.sub("-", " ".join(words).casefold().translate(_LETTERS)).strip("-")
