"""The mapping of a price list's columns: TOML that a commissioner writes, and what it means.

``packages_catalog/mappings/example.toml`` shows every key with a word about each. What the items of a category have in
common is written as in a package file and is checked by the same shape; a list has no phases, so they are assumed.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, cast

from marshmallow import Schema, ValidationError, post_load
from marshmallow.fields import Dict, Enum, Function, Integer, List, Nested, String
from marshmallow.validate import Length, OneOf, Range, Regexp

from packages_catalog import shape, values
from packages_catalog.faults import CatalogueFaults, Fault, faults_in
from packages_catalog.table import Shape
from planner.domain.package import PriceUnit, TariffKind
from planner.domain.price_mapping import (
    Category,
    ColumnMapping,
    Columns,
    Decimals,
    Flag,
    FlagMeaning,
    Known,
    Pattern,
    PriceColumn,
    Slashes,
    VariantColumns,
)

LONGEST_MAPPING: Final = 64 * 1024
_MOST: Final = 60
_MOST_HEAD_ROWS: Final = 20
_OWN_OF_ITEM = ("id", "name", "tariffs", "withdrawn_on")
_NO_PHASES = ("phases", "weeks", "minutes", "rhythm")

_USUAL: Final[Mapping[str, object]] = {
    "summary": {"da": "En ydelse fra en prisliste.", "en": "A service from a price list."},
    "contains": [{"da": "Det, som navnet siger", "en": "What the name says"}],
    "leaves_out": [{"da": "Det, som navnet ikke nævner", "en": "What the name does not mention"}],
    "phases": [
        {
            "name": {"da": "Hele forløbet", "en": "The whole course"},
            "weeks": 12,
            "activities": [{"kind": "home_visit", "minutes": 60, "deliverer": "caseworker", "every_weeks": 1}],
        }
    ],
    "legal_bases": [
        {
            "law": "LOCAL",
            "verify": True,
            "note": {"da": "Prislisten siger ikke, hvilken lov der gælder", "en": "The price list names no law"},
        }
    ],
    "rung": "services",
}
"""What a list does not say, for items whose mapping does not say it either."""


def read(text: str) -> ColumnMapping:
    """Read a mapping. Raises ``CatalogueFaults`` with every fault by its key."""
    if len(text) > LONGEST_MAPPING:
        raise _refused("", f"Longer than {LONGEST_MAPPING // 1024} kB.")
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused("", f"Not TOML: {error}.") from None
    except (RecursionError, ValueError):
        raise _refused("", "Nested too deeply, or holds a number that is too long.") from None
    try:
        mapping: ColumnMapping = _MappingShape().load(written)
    except ValidationError as error:
        raise CatalogueFaults(faults_in(error.messages, "")) from None
    return mapping


class _ColumnsShape(Shape):
    makes = Columns
    id = Function(deserialize=values.text, required=True)
    name = Function(deserialize=values.text, required=True)
    name_en = Function(deserialize=values.text)
    category = Function(deserialize=values.text)
    unit = Function(deserialize=values.text)
    first_day = Function(deserialize=values.text)
    last_day = Function(deserialize=values.text)


def _municipality() -> String:
    return String(validate=Regexp(r"[0-9]{3}\Z", error="Not a municipality code of three digits."))


def _texts(least: int = 1) -> List[str]:
    return List(Function(deserialize=values.text), required=True, validate=Length(least, _MOST))


class _PriceShape(Shape):
    makes = PriceColumn
    column = Function(deserialize=values.text, required=True)
    municipalities = List(_municipality(), validate=Length(1, _MOST))


class _FlagShape(Shape):
    makes = Flag
    column = Function(deserialize=values.text, required=True)
    means = Enum(FlagMeaning, by_value=True, required=True)


class _VariantShape(Shape):
    makes = VariantColumns
    group = Function(deserialize=values.text, required=True)
    columns = _texts()
    base = _texts()

    def checks(self, data: Mapping[str, Any], _given: frozenset[str]) -> Iterator[tuple[str, str]]:
        if len(data.get("columns", ())) != len(data.get("base", ())):
            yield "base", "Write one word of the usual variant for each column."


class _MappingShape(Schema):
    source = Function(deserialize=values.text, required=True)
    prefix = String(required=True, validate=Regexp(r"[a-z0-9]{1,20}\Z", error="Small letters and digits, at most 20."))
    sheet = Function(deserialize=values.text, load_default="")
    header_row = Integer(strict=True, validate=Range(1, _MOST_HEAD_ROWS), load_default=None)
    first_row = Integer(strict=True, validate=Range(2, 2 * _MOST_HEAD_ROWS), load_default=None)
    decimals = Enum(Decimals, by_value=True, load_default=None)
    slashes = Enum(Slashes, by_value=True, load_default=None)
    known = Enum(Known, by_value=True, load_default=Known.PRICES)
    price_kind = Enum(TariffKind, by_value=True, load_default=TariffKind.SOURCED)
    first_day = Function(deserialize=values.day, load_default=None)
    unit = Enum(PriceUnit, by_value=True, load_default=None)
    columns = Nested(_ColumnsShape, required=True)
    prices = List(Nested(_PriceShape), required=True, validate=Length(1, _MOST))
    units = Dict(keys=String(), values=Enum(PriceUnit, by_value=True), load_default=dict)
    flags = List(Nested(_FlagShape), load_default=list, validate=Length(max=_MOST))
    variants = Nested(_VariantShape, load_default=None)
    package = Dict(keys=String(validate=Length(max=40)), load_default=None)
    categories = List(Dict(keys=String(validate=Length(max=40))), load_default=list, validate=Length(max=500))
    unlisted = String(validate=OneOf(("refuse", "as package")), load_default="refuse")

    @post_load
    def make(self, data: Mapping[str, Any], **_options: object) -> ColumnMapping:
        """Check what keys say to each other, and make the packages that items are made after."""
        faults = [Fault("", key, reason) for key, reason in _doubts(data)]
        common = data["package"] or {}
        categories = []
        for number, written in enumerate(data["categories"], 1):
            words = written.get("words")
            if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
                faults.append(Fault("", f"categories.{number}.words", "Write the list's own words for the category."))
                continue
            rest = {key: value for key, value in written.items() if key != "words"}
            pattern = _pattern({**common, **rest}, f"categories.{number}", faults)
            categories.append((tuple(words), pattern))
        other = _pattern(common, "package", faults) if data["unlisted"] != "refuse" or not categories else None
        if faults:
            raise CatalogueFaults(faults)
        kept = {key: value for key, value in data.items() if key not in {"package", "categories", "unlisted"}}
        lists = {key: tuple(kept[key]) for key in ("prices", "flags")}
        made = tuple(Category(words, cast("Pattern", pattern)) for words, pattern in categories)
        units = {_plain(word): unit for word, unit in data["units"].items()}
        return ColumnMapping(**{**kept, **lists, "units": units}, categories=made, other=other)


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())


def _doubts(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    columns: Columns = data["columns"]
    if not any(not price.municipalities for price in data["prices"]):
        yield "prices", "One column must hold everywhere: leave its municipalities out."
    named = [code for price in data["prices"] for code in price.municipalities or ("everywhere",)]
    if len(set(named)) < len(named):
        yield "prices", "Two columns hold in the same place."
    if not columns.first_day and data["first_day"] is None:
        yield "columns.first_day", "Name the column, or write first_day for the whole list."
    if not columns.unit and data["unit"] is None:
        yield "columns.unit", "Name the column, or write unit for the whole list."
    if columns.unit and not data["units"]:
        yield "units", "Say what each of the list's units is."
    if data["categories"] and not columns.category:
        yield "columns.category", "Name the column of the categories."
    if data["first_row"] is not None and data["first_row"] <= (data["header_row"] or 1):
        yield "first_row", "Must lie below header_row."


def _pattern(written: Mapping[str, object], where: str, faults: list[Fault]) -> Pattern | None:
    """Make what the items of a category have in common; by the shape of package files."""
    faults.extend(Fault("", f"{where}.{key}", "Comes from the list itself.") for key in _OWN_OF_ITEM if key in written)
    assumed = _assumed(written)
    sample = {
        **_USUAL,
        **({"assumed": assumed} if assumed else {}),
        **{key: value for key, value in written.items() if key not in _OWN_OF_ITEM},
        "id": "x",
        "name": {"da": "x", "en": "x"},
        "tariffs": [
            {"first_day": date(2000, 1, 1), "amount": "0.00", "unit": "course", "kind": "assumed", "source": "x"}
        ],
    }
    try:
        return Pattern(shape.load(sample))
    except CatalogueFaults as refused:
        faults.extend(Fault("", f"{where}.{fault.key}".rstrip("."), fault.reason) for fault in refused.faults)
        return None


def _assumed(written: Mapping[str, object]) -> list[str]:
    """Name what is assumed: the phases always, unless the mapping says itself what is."""
    missing = [key for key in ("legal_bases", "rung") if key not in written]
    return sorted({*_NO_PHASES, *missing})


def _refused(key: str, reason: str) -> CatalogueFaults:
    return CatalogueFaults((Fault("", key, reason),))
