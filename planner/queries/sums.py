"""The sums beside the ledger as statements: what moved in a scope, and what is still expected to be spent."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from planner.domain.forecast import PACE_DAYS, QUIET_DAYS, pace_window
from planner.domain.ledger import EnvelopeKind
from planner.domain.period import last_day_of, month_of
from planner.models.base import DayType
from planner.models.budget import Budget, Envelope, MonthSum
from planner.models.plan import Decision, LineMonth, Plan, PlanItem

OWN_LINE = "own_line"
FREE_MONEY = "free_money"
"""Rows that are no package; an id of the catalogue has no underscore."""


class Grouping(StrEnum):
    """What the rows of the overview are."""

    PACKAGE = "package"
    MONTH = "month"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which money: that of some units, in the months from the first to the last (empty: no bound)."""

    units: frozenset[int]
    first: str = ""
    last: str = ""

    def holds(self, unit: Any, month: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns of any table
        """Say as a condition which rows of a table belong to it."""
        bounds = [month >= self.first] if self.first else []
        bounds += [month <= self.last] if self.last else []
        return and_(unit.in_(sorted(self.units)), *bounds)


def package_key(envelope: Any = Envelope) -> ColumnElement[str]:  # noqa: ANN401 - the class or an alias of it
    """Name what an envelope is for: a package, an own line of the citizen, or the free money."""
    return case(
        (envelope.kind != EnvelopeKind.ITEM, FREE_MONEY),
        (PlanItem.package_id.is_(None), OWN_LINE),
        else_=PlanItem.package_id,
    )


def whole(column: Any) -> ColumnElement[int]:  # noqa: ANN401 - a sum of øre
    """Bring a sum back to a whole number: PostgreSQL adds up in a wider type."""
    return cast(column, BigInteger)


def oere(column: Any) -> ColumnElement[int]:  # noqa: ANN401 - a column of money
    """Take a column of money as whole øre, to calculate with."""
    return type_coerce(column, BigInteger)


def moved(scope: Scope, grouping: Grouping) -> Select[Any]:
    """Select what every row of a grouping was awarded, committed and paid, apart for lines and free money.

    ``counter`` is the row that money set aside for a line was taken from.
    """
    free = aliased(Envelope)
    key, counter = {
        Grouping.PACKAGE: (package_key(), literal(FREE_MONEY)),
        Grouping.MONTH: (MonthSum.month, MonthSum.month),
        Grouping.ACCOUNT: (MonthSum.account_string, func.coalesce(free.account_string, MonthSum.account_string)),
    }[grouping]
    item = Envelope.kind == EnvelopeKind.ITEM
    sums = {name: func.sum(getattr(MonthSum, name)) for name in ("awarded", "committed", "paid")}
    found = (
        _row(part=literal("moved"), key=key, counter=counter, item=item, **sums)
        .select_from(MonthSum)
        .join(Envelope, Envelope.id == MonthSum.envelope_id)
        .outerjoin(PlanItem, PlanItem.id == Envelope.item_id)
        .where(scope.holds(MonthSum.unit_id, MonthSum.month))
        .group_by("key", "counter", "item")
    )
    if grouping is Grouping.ACCOUNT:
        found = found.outerjoin(free, and_(item, free.budget_id == Envelope.budget_id, free.kind == EnvelopeKind.FREE))
    return found


def expected(scope: Scope, grouping: Grouping, today: date) -> Select[Any]:
    """Select what every row is still expected to spend."""
    rest = rests(scope, today)
    return (
        _row(part=literal("expected"), key=_standing_key(grouping), paid=func.sum(rest.c.oere))
        .select_from(rest)
        .join(Envelope, Envelope.id == rest.c.envelope_id)
        .join(Budget, Budget.id == Envelope.budget_id)
        .join(Plan, Plan.id == Budget.plan_id)
        .outerjoin(PlanItem, PlanItem.id == Envelope.item_id)
        .where(Plan.unit_id.in_(sorted(scope.units)))
        .group_by("key")
    )


def rests(scope: Scope, today: date) -> Subquery:
    """Write the rules of ``domain.forecast`` as rows (envelope, still expected øre), for many budgets at once.

    A scope that ends sooner expects nothing afterwards. Envelopes without such a row expect nothing more.
    """
    return union_all(_rest_of_lines(scope, today), _rest_of_free_money(scope, today)).subquery()


def _rest_of_lines(scope: Scope, today: date) -> Select[int, int]:
    planned = _planned(scope, today)
    return (
        select(Envelope.id.label("envelope_id"), _least(oere(Envelope.committed), planned.c.oere).label("oere"))
        .join(planned, planned.c.item_id == Envelope.item_id)
        .where(oere(Envelope.committed) > 0)
    )


def _rest_of_free_money(scope: Scope, today: date) -> Select[int, int]:
    lately, now = _paid_lately(today), literal(today, DayType)
    last_day: Any = Budget.last_day
    if scope.last:
        last_day = _least(last_day, literal(last_day_of(scope.last), DayType))
    days_seen = _least(DaysBetween(Budget.first_day, now) + 1, literal(PACE_DAYS))
    pace = lately.c.oere * DaysBetween(now, last_day) // days_seen
    return (
        select(Envelope.id, _least(oere(Envelope.available), pace))
        .join(lately, lately.c.envelope_id == Envelope.id)
        .join(Budget, Budget.id == Envelope.budget_id)
        .where(Budget.first_day <= today - timedelta(QUIET_DAYS), last_day > today)
    )


def _planned(scope: Scope, today: date) -> Subquery:
    """Add up by item what the approved versions plan from this month on, inside the scope's months."""
    approved = select(Decision.plan_id, func.max(Decision.number).label("number")).group_by(Decision.plan_id).subquery()
    bound = [LineMonth.month <= scope.last] if scope.last else []
    return (
        select(LineMonth.item_id, whole(func.sum(oere(LineMonth.oere))).label("oere"))
        .join(approved, and_(approved.c.plan_id == LineMonth.plan_id, approved.c.number == LineMonth.number))
        .where(LineMonth.month >= max(month_of(today), scope.first), *bound)
        .group_by(LineMonth.item_id)
        .subquery()
    )


def _paid_lately(today: date) -> Subquery:
    """Add up by free envelope what was paid in the days that the pace is taken from, by the share of each month."""
    paid = oere(MonthSum.paid)
    shares = [
        (and_(MonthSum.month == month, paid > 0), paid * inside // days) for month, inside, days in pace_window(today)
    ]
    return (
        select(MonthSum.envelope_id, whole(func.sum(case(*shares, else_=0))).label("oere"))
        .join(Envelope, Envelope.id == MonthSum.envelope_id)
        .where(Envelope.kind != EnvelopeKind.ITEM, MonthSum.month.in_([month for month, _, _ in pace_window(today)]))
        .group_by(MonthSum.envelope_id)
        .subquery()
    )


def _standing_key(grouping: Grouping) -> ColumnElement[str]:
    keys: dict[Grouping, Any] = {
        Grouping.PACKAGE: package_key(),
        Grouping.MONTH: literal(""),
        Grouping.ACCOUNT: Envelope.account_string,
    }
    return cast(keys[grouping], String)


def _least(one: Any, other: Any) -> ColumnElement[int]:  # noqa: ANN401 - columns of øre
    return case((one < other, one), else_=other)


class DaysBetween(FunctionElement[int]):
    """Count the days from one to another; days are text here, and each engine has its own way to subtract them."""

    type = BigInteger()
    inherit_cache = True
    name = "days_between"


@compiles(DaysBetween, "sqlite")
def _in_sqlite(element: DaysBetween, compiler: Any, **_options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
    first, last = (compiler.process(day) for day in element.clauses)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


@compiles(DaysBetween, "postgresql")
def _in_postgresql(element: DaysBetween, compiler: Any, **_options: Any) -> str:  # noqa: ANN401 - as above
    first, last = (compiler.process(day) for day in element.clauses)
    return f"(CAST({last} AS DATE) - CAST({first} AS DATE))"


_SHAPE: dict[str, Any] = {
    **dict.fromkeys(("part", "key", "counter"), String),
    "item": Boolean,
    **dict.fromkeys(("awarded", "committed", "paid"), BigInteger),
}


def _row(**columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of any type
    """Select the columns that both parts of the overview share; whole numbers, also of PostgreSQL's wider sums."""
    return select(*(cast(columns.get(name, null()), kind).label(name) for name, kind in _SHAPE.items()))
