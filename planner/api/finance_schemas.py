"""Shapes of what finance asks and sees."""

from marshmallow import Schema, fields, validate

from planner.api.fields import DayField, IdField, MoneyField, month_field
from planner.api.schemas import PagingSchema, PlaceSchema
from planner.domain.ledger import EntryKind
from planner.queries.finance import Grouping
from planner.queries.postings import Measure


class ScopeSchema(Schema):
    """Which money: the months from the first to the last, and a unit with those below it."""

    first = month_field(load_default="")
    last = month_field(load_default="")
    unit = IdField(in_address=True, load_default=None)


class OverviewQuerySchema(ScopeSchema):
    """Which money, and what the rows are."""

    by = fields.Enum(Grouping, by_value=True, load_default=Grouping.PACKAGE)


class FiguresSchema(Schema):
    """Granted = committed + spent + free; the estimate is a cautious guess at what will have been spent."""

    granted = MoneyField(dump_only=True, required=True)
    committed = MoneyField(dump_only=True, required=True)
    spent = MoneyField(dump_only=True, required=True)
    free = MoneyField(dump_only=True, required=True)


class EstimatedSchema(FiguresSchema):
    """Figures with their estimate; by month only the total has one."""

    estimate = MoneyField(dump_only=True, required=True)


class RowSchema(Schema):
    """The figures of a package (or ``own_line``, ``free_money``), a month or an account string."""

    key = fields.String(required=True)
    figures = fields.Nested(EstimatedSchema, required=True)


class OverviewSchema(Schema):
    """The money of many budgets, without a name."""

    rows = fields.List(fields.Nested(RowSchema), required=True)
    total = fields.Nested(EstimatedSchema, required=True)


class PostingsQuerySchema(ScopeSchema, PagingSchema):
    """Which entries: those that add to a figure, of a package, an account string or a budget."""

    measure = fields.Enum(Measure, by_value=True, load_default=None)
    package = fields.String(load_default="", validate=validate.Regexp(r"^[A-Za-z0-9_.-]{0,80}\Z"))
    account = fields.String(load_default="", validate=validate.Regexp(r"^[A-Za-z0-9_.-]{0,80}\Z"))
    budget = IdField(in_address=True, load_default=None)


class PostingSchema(Schema):
    """An entry as finance sees it."""

    budget_id = fields.Integer(required=True)
    number = fields.Integer(required=True)
    kind = fields.Enum(EntryKind, by_value=True, required=True)
    occurred_on = DayField(dump_only=True, required=True)
    month = fields.String(required=True)
    package = fields.String(required=True)
    account = fields.String(required=True)
    unit = fields.String(required=True)
    amounts = fields.Nested(FiguresSchema, required=True)


class PostingListSchema(Schema):
    """A page of entries, and the control totals of all of them."""

    rows = fields.List(fields.Nested(PostingSchema), required=True)
    place = fields.Nested(PlaceSchema, required=True)
    total = fields.Nested(FiguresSchema, required=True)
