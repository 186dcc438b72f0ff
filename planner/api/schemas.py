"""What the API says and hears: the shapes, and nothing about how they are stored."""

from marshmallow import INCLUDE, Schema, fields, validate

from planner.api.fields import (
    CountField,
    DayField,
    FlagField,
    IdField,
    MomentField,
    MoneyField,
    month_field,
    words_field,
)
from planner.domain.draft import Payer
from planner.domain.ledger import EntryKind, EnvelopeKind
from planner.domain.package import Chime, Deliverer, LineKind, Mode, PriceUnit, Rung, TariffKind
from planner.domain.plan import PlanStatus
from planner.domain.purchase import BoughtBy, Category, PaidWith, PurchaseKind
from planner.queries.finance import Grouping
from planner.queries.postings import Measure
from planner.usecases.purchases import LONGEST_NOTE

UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


class RefusalSchema(Schema):
    """Why something was refused: a code, and the facts of the refusal beside it."""

    class Meta:
        unknown = INCLUDE

    code = fields.String(required=True)


class KeySchema(Schema):
    """The key that makes sending twice do it once."""

    key = fields.String(
        required=True,
        data_key="Idempotency-Key",
        validate=validate.Regexp(rf"^{UUID_FORM}\Z"),
        metadata={
            "pattern": f"^{UUID_FORM}$",
            "description": "A UUID of your own making, the same when you send again.",
        },
    )
    token = fields.String(
        data_key="X-CSRF-Token", metadata={"description": "The token from `GET /api/v1/session`; without it: 400."}
    )


class PagingSchema(Schema):
    """Which part of a list; a page beyond the last means the last, and no page has more than 100 rows."""

    page = CountField(load_default=1)
    page_size = CountField(load_default=50)


class PlaceSchema(Schema):
    """Where a page stands in its list."""

    number = fields.Integer(required=True)
    pages = fields.Integer(required=True)
    size = fields.Integer(required=True)
    total = fields.Integer(required=True)


class SessionSchema(Schema):
    """Who is signed in, and the token that changes need."""

    csrf_token = fields.String(required=True)
    person_id = fields.Integer(required=True, allow_none=True)
    called = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    ties = fields.List(fields.String(), required=True)


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


class PeriodSchema(Schema):
    """Days from the first to the last, both included."""

    first_day = DayField(dump_only=True, required=True)
    last_day = DayField(dump_only=True, required=True)


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
