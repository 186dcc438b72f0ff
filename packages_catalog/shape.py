"""The shape of a package: what a commissioner may write, nested plain mappings in, a domain ``Package`` out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from marshmallow import ValidationError, post_load
from marshmallow.fields import Enum, Function, Integer, List, Nested, String
from marshmallow.validate import Length, OneOf, Range, Regexp

from packages_catalog import values
from packages_catalog.consistency import (
    bounds_in_doubt,
    limits_crossed,
    lists_in_doubt,
    steps_out_of_order,
    variants_in_doubt,
)
from packages_catalog.faults import CatalogueFaults, faults_in
from packages_catalog.phases import BoundsShape, PhaseShape
from packages_catalog.table import MOST_PARTS, Shape, WordsShape, count, tables
from packages_catalog.vocabulary import ASSUMABLE, LAWS, LOCAL
from packages_catalog.written import plain
from planner.domain.bounds import MOST_WEEKS, DelivererKind
from planner.domain.package import (
    Chime,
    Evidence,
    LegalBasis,
    LineKind,
    Package,
    PriceUnit,
    Rung,
    Tariff,
    TariffKind,
    Variant,
)


class TariffShape(Shape):
    makes = Tariff
    first_day = Function(deserialize=values.day, required=True)
    amount = Function(deserialize=values.amount, required=True)
    unit = Enum(PriceUnit, by_value=True, required=True)
    kind = Enum(TariffKind, by_value=True, required=True)
    source = Function(deserialize=values.text, required=True)
    region = String(validate=Regexp(r"[0-9]{3}\Z", error="Not a municipality code of three digits."))
    deliverer = Enum(DelivererKind, by_value=True)
    variant = Function(deserialize=values.identifier)

    def checks(self, data: Mapping[str, Any], _given: frozenset[str]) -> Iterator[tuple[str, str]]:
        if data.get("kind") is TariffKind.FREE and data.get("amount"):
            yield "amount", "What is free costs 0.00."


class VariantShape(Shape):
    makes = Variant
    code = Function(deserialize=values.identifier, required=True)
    name = Nested(WordsShape, required=True)


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


class PackageShape(Shape):
    makes = Package
    id = Function(deserialize=values.identifier, required=True)
    name = Nested(WordsShape, required=True)
    summary = Nested(WordsShape, required=True)
    suits = Nested(WordsShape)
    contains = tables(WordsShape, 1)
    leaves_out = tables(WordsShape, 1)
    kind = Enum(LineKind, by_value=True, required=True)
    rung = Enum(Rung, by_value=True, required=True)
    phases = tables(PhaseShape, 1)
    tariffs = tables(TariffShape, 1)
    legal_bases = tables(LegalBasisShape, 1)
    variants = tables(VariantShape)
    price_range = List(Function(deserialize=values.amount), validate=Length(equal=2))
    start_within_days = count(0, 365)
    start_counts_from = String(validate=OneOf(("contact", "referral")))
    anonymous = Function(deserialize=values.flag)
    open_ended = Function(deserialize=values.flag)
    per_week = Function(deserialize=values.flag)
    disabled = Function(deserialize=values.flag)
    max_weeks = count(1, MOST_WEEKS)
    min_age = count(0, 120)
    max_age = count(0, 120)
    excludes = _ids()
    needs = _ids()
    combines = List(Function(deserialize=values.every_or_identifier), validate=Length(max=MOST_PARTS))
    prerequisites = tables(WordsShape)
    chime = List(Enum(Chime, by_value=True))
    evidence = tables(EvidenceShape)
    sources = List(Function(deserialize=values.text), validate=Length(max=MOST_PARTS))
    assumed = List(Function(deserialize=values.text, validate=OneOf(ASSUMABLE, error="Must be one of: {choices}.")))
    codes = Nested(CodesShape)
    withdrawn_on = Function(deserialize=values.day)
    bounds = Nested(BoundsShape)
    hand_over_first = Function(deserialize=values.flag)
    max_caseload = count(1, 200)

    def checks(self, data: Mapping[str, Any], given: frozenset[str]) -> Iterator[tuple[str, str]]:
        if ("start_within_days" in given) != ("start_counts_from" in given):
            yield "start_within_days", "A start guarantee needs both its days and what they count from."
        if data.get("kind") is LineKind.STATUTORY_FREE and data.get("needs"):
            yield "needs", "A right by law cannot depend on another package."
        for reason in steps_out_of_order(data.get("tariffs", ())):
            yield "tariffs", reason
        yield from limits_crossed(data)
        yield from variants_in_doubt(data)
        yield from lists_in_doubt(data)
        yield from bounds_in_doubt(data)

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
    content = cast("dict[str, object]", plain(package))
    content.pop("digest", None)
    return content


def sealed(package: Package) -> Package:
    """Give a package the digest of its content, whatever the file looked like."""
    canonical = json.dumps(dump(package), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(package, digest=hashlib.sha256(canonical.encode()).hexdigest())
