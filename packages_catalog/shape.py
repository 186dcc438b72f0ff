"""The shape of a package: what a commissioner may write, nested plain mappings in, a domain ``Package`` out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, cast

from marshmallow import Schema, ValidationError, post_load, validates_schema
from marshmallow.fields import Enum, Function, Integer, List, Nested, String
from marshmallow.validate import Length, OneOf, Range, Regexp

from packages_catalog import values
from packages_catalog.consistency import MOST_WEEKS, limits_crossed, lists_in_doubt, steps_out_of_order
from packages_catalog.faults import CatalogueFaults, faults_in
from packages_catalog.vocabulary import ASSUMABLE, KINDS, LAWS, LOCAL
from planner.domain.money import Money
from planner.domain.package import (
    Activity,
    Chime,
    Deliverer,
    Evidence,
    LegalBasis,
    LineKind,
    Mode,
    Package,
    Phase,
    PriceUnit,
    Rung,
    Tariff,
    TariffKind,
    Words,
)

MOST_PARTS = 60


def _count(low: int, high: int, *, required: bool = False) -> Integer:
    return Integer(strict=True, validate=Range(low, high), required=required)


class Shape(Schema):
    """A table with exactly these keys, made into a domain value when nothing is wrong with it."""

    makes: ClassVar[type]

    def checks(self, _data: Mapping[str, Any], _given: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Yield (key, reason) for keys that do not fit together; ``given`` includes those already faulted."""
        yield from ()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def fit_together(self, data: Mapping[str, Any], original: object, **_options: object) -> None:
        if not isinstance(original, Mapping):
            return
        found: dict[str, list[str]] = {}
        for key, reason in self.checks(data, frozenset(original)):
            found.setdefault(key, []).append(reason)
        if found:
            raise ValidationError(cast("dict[str, Any]", found))

    @post_load
    def make(self, data: Mapping[str, Any], **_options: object) -> object:
        return self.makes(**{key: tuple(part) if isinstance(part, list) else part for key, part in data.items()})


class WordsShape(Shape):
    makes = Words
    da = Function(deserialize=values.text, required=True)
    en = Function(deserialize=values.text, required=True)


class ActivityShape(Shape):
    makes = Activity
    kind = Function(deserialize=values.text, required=True, validate=OneOf(KINDS, error="Not a known kind."))
    minutes = _count(1, 24 * 60, required=True)
    deliverer = Enum(Deliverer, by_value=True, required=True)
    times = _count(1, 7 * MOST_WEEKS)
    every_weeks = _count(1, MOST_WEEKS)
    group_size = _count(1, 500)
    staff = _count(1, 50)
    mode = Enum(Mode, by_value=True)

    def checks(self, _data: Mapping[str, Any], given: frozenset[str]) -> Iterator[tuple[str, str]]:
        if ("times" in given) == ("every_weeks" in given):
            yield "times", "Write either times (in the whole phase) or every_weeks."


class PhaseShape(Shape):
    makes = Phase
    name = Nested(WordsShape, required=True)
    about = Nested(WordsShape)
    weeks = _count(1, MOST_WEEKS, required=True)
    activities = List(Nested(ActivityShape), required=True, validate=Length(1, MOST_PARTS))


class TariffShape(Shape):
    makes = Tariff
    first_day = Function(deserialize=values.day, required=True)
    amount = Function(deserialize=values.amount, required=True)
    unit = Enum(PriceUnit, by_value=True, required=True)
    kind = Enum(TariffKind, by_value=True, required=True)
    source = Function(deserialize=values.text, required=True)
    region = String(validate=Regexp(r"[0-9]{3}\Z", error="Not a municipality code of three digits."))

    def checks(self, data: Mapping[str, Any], _given: frozenset[str]) -> Iterator[tuple[str, str]]:
        if data.get("kind") is TariffKind.FREE and data.get("amount"):
            yield "amount", "What is free costs 0.00."


class LegalBasisShape(Shape):
    makes = LegalBasis
    law = Function(
        deserialize=values.text,
        required=True,
        validate=OneOf(LAWS, error="Must be one of: {choices}."),
        error_messages={"required": "A bare paragraph: name the law, since two laws can have the same number."},
    )
    paragraph = String(load_default="", validate=Regexp(values.PARAGRAPH, error="Not a paragraph such as 82 c."))
    first_day = Function(deserialize=values.day)
    last_day = Function(deserialize=values.day)
    verify = Function(deserialize=values.flag)
    note = Nested(WordsShape)

    def checks(self, data: Mapping[str, Any], given: frozenset[str]) -> Iterator[tuple[str, str]]:
        law, paragraph = data.get("law"), data.get("paragraph")
        dated = {"first_day", "last_day"} & given or data.get("verify", "verify" in given)
        if law == LOCAL and paragraph:
            yield "paragraph", "A bare paragraph: LOCAL is no law."
        if law == LOCAL and "note" not in given:
            yield "note", "Say in words what the local basis is."
        if law in LAWS and law != LOCAL and paragraph == "":
            yield "paragraph", "Name the paragraph of the law."
        if law in LAWS and law != LOCAL and not dated:
            yield "verify", "Write from or to which day the paragraph holds, or verify = true."
        if data.get("first_day", date.min) > data.get("last_day", date.max):
            yield "last_day", "Lies before first_day."


class EvidenceShape(Shape):
    makes = Evidence
    finding = Nested(WordsShape, required=True)
    year = Integer(strict=True, validate=Range(1900, 2100), load_default=None, allow_none=True)
    source = Function(deserialize=values.text, required=True)


class CodesShape(Shape):
    makes = dict
    ffb_service = String(validate=Regexp(values.UUID))
    ffb_target = String(validate=Regexp(values.UUID))
    ffb_offer = String(validate=Regexp(values.UUID))


def _ids() -> List[str]:
    return List(Function(deserialize=values.identifier), validate=Length(max=MOST_PARTS))


def _parts(shape: type[Shape], least: int = 0) -> List[object]:
    return List(Nested(shape), required=least > 0, validate=Length(least, MOST_PARTS))


class PackageShape(Shape):
    makes = Package
    id = Function(deserialize=values.identifier, required=True)
    name = Nested(WordsShape, required=True)
    summary = Nested(WordsShape, required=True)
    suits = Nested(WordsShape)
    contains = _parts(WordsShape, 1)
    leaves_out = _parts(WordsShape, 1)
    kind = Enum(LineKind, by_value=True, required=True)
    rung = Enum(Rung, by_value=True, required=True)
    phases = _parts(PhaseShape, 1)
    tariffs = _parts(TariffShape, 1)
    legal_bases = _parts(LegalBasisShape, 1)
    price_range = List(Function(deserialize=values.amount), validate=Length(equal=2))
    start_within_days = _count(0, 365)
    start_counts_from = String(validate=OneOf(("contact", "referral")))
    anonymous = Function(deserialize=values.flag)
    open_ended = Function(deserialize=values.flag)
    per_week = Function(deserialize=values.flag)
    disabled = Function(deserialize=values.flag)
    max_weeks = _count(1, MOST_WEEKS)
    min_age = _count(0, 120)
    max_age = _count(0, 120)
    excludes = _ids()
    needs = _ids()
    combines = List(Function(deserialize=values.every_or_identifier), validate=Length(max=MOST_PARTS))
    prerequisites = _parts(WordsShape)
    chime = List(Enum(Chime, by_value=True))
    evidence = _parts(EvidenceShape)
    sources = List(Function(deserialize=values.text), validate=Length(max=MOST_PARTS))
    assumed = List(Function(deserialize=values.text, validate=OneOf(ASSUMABLE, error="Must be one of: {choices}.")))
    codes = Nested(CodesShape)
    withdrawn_on = Function(deserialize=values.day)

    def checks(self, data: Mapping[str, Any], given: frozenset[str]) -> Iterator[tuple[str, str]]:
        if ("start_within_days" in given) != ("start_counts_from" in given):
            yield "start_within_days", "A start guarantee needs both its days and what they count from."
        if data.get("kind") is LineKind.STATUTORY_FREE and data.get("needs"):
            yield "needs", "A right by law cannot depend on another package."
        for reason in steps_out_of_order(data.get("tariffs", ())):
            yield "tariffs", reason
        yield from limits_crossed(data)
        yield from lists_in_doubt(data)

    @post_load
    def make(self, data: Mapping[str, Any], **_options: object) -> Package:
        # What a package relates to has no order, so that two ways of writing it are one digest.
        sets = {key: sorted(data[key]) for key in ("excludes", "needs", "combines") if key in data}
        return cast("Package", super().make({**data, **sets}))


def load(mapping: Mapping[str, object], file: str = "") -> Package:
    """Make a package of plain nested mappings (a file, a form, a snapshot). Raises ``CatalogueFaults``."""
    try:
        return sealed(PackageShape().load(mapping))
    except ValidationError as error:
        raise CatalogueFaults(faults_in(error.messages, file)) from None


def dump(package: Package) -> dict[str, object]:
    """Write a package as plain nested mappings that ``load`` reads back equal, and that JSON can hold.

    What has its default value is left out: a new optional key changes neither old snapshots nor digests.
    """
    return cast("dict[str, object]", _plain(replace(package, digest="")))


def sealed(package: Package) -> Package:
    """Give a package the digest of its content, whatever the file looked like."""
    canonical = json.dumps(dump(package), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(package, digest=hashlib.sha256(canonical.encode()).hexdigest())


def _plain(value: object) -> object:
    if isinstance(value, StrEnum | Money):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        parts = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _plain(part) for field, part in parts if part != _default(field)}
    return value


def _default(field: "Field[Any]") -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default
