"""Shapes of the catalogue."""

from marshmallow import Schema, fields

from planner.api.fields import DayField, MoneyField, words_field
from planner.api.schemas import PlaceSchema
from planner.domain.bounds import Mode
from planner.domain.package import Chime, Deliverer, LineKind, PriceUnit, Rung, TariffKind


class PackageSummarySchema(Schema):
    """A care package in the list of the catalogue."""

    id = fields.String(required=True)
    name = words_field(required=True)
    summary = words_field(required=True)
    kind = fields.Enum(LineKind, by_value=True, required=True)
    rung = fields.Enum(Rung, by_value=True, required=True)
    weeks = fields.Integer(required=True)
    digest = fields.String(required=True)
    withdrawn_on = DayField(dump_only=True, allow_none=True)


class PackageListSchema(Schema):
    """A page of the catalogue."""

    items = fields.List(fields.Nested(PackageSummarySchema), required=True)
    place = fields.Nested(PlaceSchema, required=True)


class ActivitySchema(Schema):
    """Something that happens in a phase: either so many times, or every so many weeks."""

    kind = fields.String(required=True)
    minutes = fields.Integer(required=True)
    deliverer = fields.Enum(Deliverer, by_value=True, required=True)
    times = fields.Integer(required=True)
    every_weeks = fields.Integer(required=True)
    group_size = fields.Integer(required=True)
    mode = fields.Enum(Mode, by_value=True, required=True)


class PhaseSchema(Schema):
    """A stretch of whole weeks."""

    name = words_field(required=True)
    weeks = fields.Integer(required=True)
    activities = fields.List(fields.Nested(ActivitySchema), required=True)


class TariffSchema(Schema):
    """A price from a day on."""

    first_day = DayField(dump_only=True, required=True)
    amount = MoneyField(dump_only=True, required=True)
    unit = fields.Enum(PriceUnit, by_value=True, required=True)
    kind = fields.Enum(TariffKind, by_value=True, required=True)
    source = fields.String(required=True)
    region = fields.String(required=True)


class LegalBasisSchema(Schema):
    """Law code and paragraph; ``verify`` says that the validity is not certain."""

    law = fields.String(required=True)
    paragraph = fields.String(required=True)
    first_day = DayField(dump_only=True, allow_none=True)
    last_day = DayField(dump_only=True, allow_none=True)
    verify = fields.Boolean(required=True)


class PackageSchema(PackageSummarySchema):
    """Everything the catalogue says about a care package."""

    contains = fields.List(words_field(), required=True)
    leaves_out = fields.List(words_field(), required=True)
    phases = fields.List(fields.Nested(PhaseSchema), required=True)
    tariffs = fields.List(fields.Nested(TariffSchema), required=True)
    legal_bases = fields.List(fields.Nested(LegalBasisSchema), required=True)
    excludes = fields.List(fields.String(), required=True)
    needs = fields.List(fields.String(), required=True)
    prerequisites = fields.List(words_field(), required=True)
    chime = fields.List(fields.Enum(Chime, by_value=True), required=True)
    sources = fields.List(fields.String(), required=True)
    assumed = fields.List(fields.String(), required=True)
