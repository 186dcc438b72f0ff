"""How the columns of somebody's price list become packages: what a saved mapping says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from planner.domain.package import Package, PriceUnit, TariffKind

EVERYWHERE = ""


class Decimals(StrEnum):
    """The sign before the øre in amounts that are written as text."""

    COMMA = ","
    POINT = "."


class Slashes(StrEnum):
    """What comes first in a day such as ``01/02/2026``."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class Known(StrEnum):
    """What a list may change about a package that is published already."""

    PRICES = "prices"
    EVERYTHING = "everything"


class FlagMeaning(StrEnum):
    """What it means that a row is marked in a column of yes and no."""

    SKIP = "skip"
    ANONYMOUS = "anonymous"
    OPEN_ENDED = "open_ended"
    PER_WEEK = "per_week"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The headings under which the facts of an item stand; what has none is said by the mapping itself."""

    id: str
    name: str
    name_en: str = ""
    category: str = ""
    unit: str = ""
    first_day: str = ""
    last_day: str = ""

    def named(self) -> tuple[str, ...]:
        """List the headings that are used."""
        every = (self.id, self.name, self.name_en, self.category, self.unit, self.first_day, self.last_day)
        return tuple(heading for heading in every if heading)


@dataclass(frozen=True, slots=True)
class PriceColumn:
    """A column of prices, and the municipality codes where they hold; none means everywhere."""

    column: str
    municipalities: tuple[str, ...] = ()

    @property
    def regions(self) -> tuple[str, ...]:
        """List the regions of the price steps that the column gives."""
        return self.municipalities or (EVERYWHERE,)


class Pattern:
    """What the items of a category have in common: a package of the right shape, spread out to be made anew."""

    def __init__(self, package: Package) -> None:
        self.common: Mapping[str, Any] = {part.name: getattr(package, part.name) for part in fields(package)}

    def package(self, **facts: object) -> Package:
        """Make a package with facts of its own; its digest is not known yet."""
        return Package(**{**self.common, "digest": "", **facts})


@dataclass(frozen=True, slots=True)
class Category:
    """The words of the list for a category, and what its items have in common."""

    words: tuple[str, ...]
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Flag:
    """A column of yes and no."""

    column: str
    means: FlagMeaning


@dataclass(frozen=True, slots=True)
class VariantColumns:
    """Rows that are one package: those with the same group, told apart by other columns; ``base`` is the usual one."""

    group: str
    columns: tuple[str, ...]
    base: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What a mapping says. Categories hold packages of the right shape; each item is one of them but for its facts."""

    source: str
    prefix: str
    columns: Columns
    prices: tuple[PriceColumn, ...]
    categories: tuple[Category, ...] = ()
    other: Pattern | None = None
    units: Mapping[str, PriceUnit] = field(default_factory=dict)
    unit: PriceUnit | None = None
    first_day: date | None = None
    price_kind: TariffKind = TariffKind.SOURCED
    sheet: str = ""
    header_row: int | None = None
    first_row: int | None = None
    decimals: Decimals | None = None
    slashes: Slashes | None = None
    known: Known = Known.PRICES
    flags: tuple[Flag, ...] = ()
    variants: VariantColumns | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """List every heading that the mapping reads, each once."""
        variants = (self.variants.group, *self.variants.columns) if self.variants else ()
        prices = tuple(price.column for price in self.prices)
        flags = tuple(flag.column for flag in self.flags)
        return tuple(dict.fromkeys((*self.columns.named(), *prices, *flags, *variants)))

    def patterns(self) -> dict[str, Pattern]:
        """List what the items of each category have in common, by the words of the list in small letters."""
        return {plain(word): category.pattern for category in self.categories for word in category.words}


def plain(text: str) -> str:
    """Write a word of the list so that capitals and spaces do not matter."""
    return " ".join(text.casefold().split())
