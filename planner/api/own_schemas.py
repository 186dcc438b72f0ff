"""Shapes of what is a citizen's own: plans, budgets, purchases."""

from marshmallow import Schema, fields, validate

from planner.api.fields import DayField, FlagField, IdField, MomentField, MoneyField, words_field
from planner.api.schemas import PeriodSchema, PlaceSchema
from planner.domain.draft import Payer
from planner.domain.ledger import EnvelopeKind
from planner.domain.package import LineKind
from planner.domain.plan import PlanStatus
from planner.domain.purchase import BoughtBy, Category, PaidWith, PurchaseKind
from planner.usecases.purchases import LONGEST_NOTE


class PlanSchema(Schema):
    """A plan of your own; ``number`` is the newest version, ``approved`` the one in force."""

    id = fields.Integer(required=True)
    status = fields.Enum(PlanStatus, by_value=True, required=True)
    template = words_field(required=True)
    period = fields.Nested(PeriodSchema, required=True)
    expected = MoneyField(dump_only=True, attribute="indicative", required=True)
    award = MoneyField(dump_only=True, allow_none=True)
    number = fields.Integer(required=True)
    approved = fields.Integer(required=True, allow_none=True)
    answer_by = DayField(dump_only=True, allow_none=True)


class PlanListSchema(Schema):
    """Your plans, the newest period first."""

    items = fields.List(fields.Nested(PlanSchema), required=True)


class LineSchema(Schema):
    """One thing in a plan; there is no cost when the catalogue has no price for its days."""

    item_id = fields.Integer(attribute="item", required=True)
    kind = fields.Enum(LineKind, by_value=True, required=True)
    package_id = fields.String(required=True, allow_none=True)
    title = words_field(required=True)
    period = fields.Nested(PeriodSchema, required=True)
    cost = MoneyField(dump_only=True, allow_none=True)
    payer = fields.Enum(Payer, by_value=True, required=True)


class OnePlanSchema(PlanSchema):
    """A plan of your own with the lines of its newest version."""

    lines = fields.List(fields.Nested(LineSchema), required=True)


class BalanceSchema(Schema):
    """Spent, committed and free, which add up to the amount."""

    total = MoneyField(dump_only=True, required=True)
    spent = MoneyField(dump_only=True, attribute="paid", required=True)
    committed = MoneyField(dump_only=True, required=True)
    free = MoneyField(dump_only=True, attribute="available", required=True)


class EnvelopeSchema(Schema):
    """A part of a budget: the free money, or what belongs to one line of the plan."""

    id = fields.Integer(required=True)
    kind = fields.Enum(EnvelopeKind, by_value=True, required=True)
    item_id = fields.Integer(required=True, allow_none=True)
    package_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    buyable = fields.Boolean(required=True)
    balance = fields.Nested(BalanceSchema, required=True)


class BudgetSchema(Schema):
    """The money of one of your plans from one source; ``own`` is the source that counts for you."""

    id = fields.Integer(required=True)
    plan_id = fields.Integer(required=True)
    source = words_field(required=True)
    own = fields.Boolean(required=True)
    period = fields.Nested(PeriodSchema, required=True)
    ended = fields.Boolean(required=True)
    balance = fields.Nested(BalanceSchema, required=True)
    envelopes = fields.List(fields.Nested(EnvelopeSchema), attribute="pots", required=True)


class BudgetListSchema(Schema):
    """Your budgets, the newest period first."""

    items = fields.List(fields.Nested(BudgetSchema), required=True)


class BuySchema(Schema):
    """A purchase to be recorded; against a line that can be bought from, or the free money."""

    envelope_id = IdField(required=True)
    amount = MoneyField(required=True)
    occurred_on = DayField(required=True)
    category = fields.Enum(Category, by_value=True, required=True)
    paid_with = fields.Enum(PaidWith, by_value=True, required=True)
    bought_by = fields.Enum(BoughtBy, by_value=True, required=True)
    words = fields.String(load_default="", validate=validate.Length(max=LONGEST_NOTE))
    goal_id = IdField(load_default=None, allow_none=True)
    dearer_agreed = FlagField(load_default=False)
    last = FlagField(load_default=False)


class RecordedSchema(Schema):
    """What was recorded, the same when it is asked for again."""

    id = fields.Integer(required=True)
    budget_id = fields.Integer(required=True)
    envelope_id = fields.Integer(required=True)
    amount = MoneyField(dump_only=True, required=True)


class PurchaseSchema(Schema):
    """A purchase of your own, or money that came back on one."""

    id = fields.Integer(required=True)
    kind = fields.Enum(PurchaseKind, by_value=True, required=True)
    refund_of = fields.Integer(required=True, allow_none=True)
    amount = MoneyField(dump_only=True, required=True)
    occurred_on = DayField(dump_only=True, required=True)
    category = fields.Enum(Category, by_value=True, required=True)
    paid_with = fields.Enum(PaidWith, by_value=True, required=True)
    bought_by = fields.Enum(BoughtBy, by_value=True, required=True)
    words = fields.String(required=True, allow_none=True)
    recorded_at = MomentField(attribute="at", required=True)
    taken_back_at = MomentField(required=True, allow_none=True)


class PurchaseListSchema(Schema):
    """A page of your purchases, the newest first."""

    items = fields.List(fields.Nested(PurchaseSchema), attribute="rows", required=True)
    place = fields.Nested(PlaceSchema, required=True)
