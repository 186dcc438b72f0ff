"""Budgets as finance sees them, by number and never by name: one with its envelopes, and what each will have spent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select

from planner.domain.ledger import Balance, EnvelopeKind
from planner.domain.money import Money
from planner.domain.package import Words
from planner.domain.period import Period
from planner.models.budget import Budget, Envelope, MonthSum
from planner.models.person import Unit
from planner.models.plan import Plan, PlanItem
from planner.models.rule import BudgetTemplate, FundingSource
from planner.queries.pages import Slice
from planner.queries.postings import ROWS_A_PAGE, Wanted
from planner.queries.session import reading
from planner.queries.sums import oere, package_key, rests, whole


@dataclass(frozen=True, slots=True)
class Pot:
    """One envelope: what it is for (no words of the citizen), its account string and balance."""

    package: str
    category: str | None
    account: str
    balance: Balance


@dataclass(frozen=True, slots=True)
class OneBudget:
    """A budget with its envelopes."""

    id: int
    citizen_id: int
    unit: str
    source: Words
    own: bool
    template: Words
    period: Period
    pots: tuple[Pot, ...]

    @property
    def balance(self) -> Balance:
        """What stands in all envelopes together."""
        return sum((pot.balance for pot in self.pots), Balance())


@dataclass(frozen=True, slots=True)
class Estimated:
    """What one envelope has spent in a scope, and what it is expected to spend besides."""

    budget_id: int
    citizen_id: int
    package: str
    category: str | None
    account: str
    spent: Money
    rest: Money

    @property
    def estimate(self) -> Money:
        """What it will have spent."""
        return self.spent + self.rest


@dataclass(frozen=True, slots=True)
class Estimates:
    """One page of envelopes, its place in the list, and the control totals of the whole list."""

    rows: tuple[Estimated, ...]
    place: Slice
    spent: Money
    rest: Money

    @property
    def estimate(self) -> Money:
        """What all of them will have spent."""
        return self.spent + self.rest


def budget(units: frozenset[int], budget_id: int) -> OneBudget | None:
    """Find a budget of some units; anything else looks like an unknown id. Two statements."""
    wanted = (
        select(Budget, Plan.citizen_id, Unit.name, FundingSource, BudgetTemplate)
        .join(Plan, Plan.id == Budget.plan_id)
        .join(Unit, Unit.id == Plan.unit_id)
        .join(FundingSource, FundingSource.id == Budget.source_id)
        .join(BudgetTemplate, BudgetTemplate.id == Plan.template_id)
    )
    found = reading().execute(wanted.where(Budget.id == budget_id, Plan.unit_id.in_(sorted(units)))).one_or_none()
    if found is None:
        return None
    return OneBudget(
        id=found.Budget.id,
        citizen_id=found.citizen_id,
        unit=found.name,
        source=Words(found.FundingSource.name, found.FundingSource.name_en),
        own=found.FundingSource.counts_for_citizen,
        template=Words(found.BudgetTemplate.name, found.BudgetTemplate.name_en),
        period=found.Budget.period,
        pots=_pots(budget_id),
    )


def _pots(budget_id: int) -> tuple[Pot, ...]:
    wanted = (
        select(Envelope, cast(package_key(), String).label("package"))
        .outerjoin(PlanItem, PlanItem.id == Envelope.item_id)
        .where(Envelope.budget_id == budget_id)
        .order_by(Envelope.item_id.is_(None), Envelope.item_id, Envelope.id)
    )
    return tuple(
        Pot(row.package, row.Envelope.category, row.Envelope.account_string, row.Envelope.balance)
        for row in reading().execute(wanted)
        if row.Envelope.kind is not EnvelopeKind.RESERVE or row.Envelope.balance.total
    )


def estimates(wanted: Wanted, today: date, page: int) -> Estimates:
    """Show one page of the envelopes whose estimates add up to a figure. Two statements."""
    found = _estimated(wanted, today)
    rows = found.subquery()
    sums = (whole(func.coalesce(func.sum(rows.c[name]), 0)).label(name) for name in ("spent", "rest"))
    total = reading().execute(select(func.count().label("envelopes"), *sums)).one()
    place = Slice(total.envelopes, ROWS_A_PAGE, page)
    shown = reading().execute(found.order_by(Budget.id, Envelope.id).limit(place.size).offset(place.offset))
    return Estimates(tuple(map(_expected, shown)), place, Money(total.spent), Money(total.rest))


def _estimated(wanted: Wanted, today: date) -> Select[*tuple[Any, ...]]:
    """Select what every wanted envelope has spent, by the account it was posted to, and what is expected of it."""
    posted, expected = _posted(wanted), rests(wanted.scope, today)
    spent = func.coalesce(posted.c.oere, 0)
    standing: list[ColumnElement[bool]] = [Plan.unit_id.in_(sorted(wanted.scope.units))]
    standing += [Envelope.account_string == wanted.account] if wanted.account else []
    rest = case((and_(*standing), func.coalesce(expected.c.oere, 0)), else_=0)
    only = [package_key() == wanted.package] if wanted.package else []
    only += [Budget.id == wanted.budget] if wanted.budget is not None else []
    return (
        select(
            Budget.id.label("budget_id"),
            Plan.citizen_id,
            cast(package_key(), String).label("package"),
            Envelope.category,
            Envelope.account_string.label("account"),
            spent.label("spent"),
            rest.label("rest"),
        )
        .select_from(Envelope)
        .join(Budget, Budget.id == Envelope.budget_id)
        .join(Plan, Plan.id == Budget.plan_id)
        .outerjoin(PlanItem, PlanItem.id == Envelope.item_id)
        .outerjoin(posted, posted.c.envelope_id == Envelope.id)
        .outerjoin(expected, expected.c.envelope_id == Envelope.id)
        .where(or_(spent != 0, rest != 0), *only)
    )


def _posted(wanted: Wanted) -> Any:  # noqa: ANN401 - a subquery with the columns named here
    account = [MonthSum.account_string == wanted.account] if wanted.account else []
    return (
        select(MonthSum.envelope_id, whole(func.sum(oere(MonthSum.paid))).label("oere"))
        .where(wanted.scope.holds(MonthSum.unit_id, MonthSum.month), *account)
        .group_by(MonthSum.envelope_id)
        .subquery()
    )


def _expected(row: Any) -> Estimated:  # noqa: ANN401 - a row of _estimated
    return Estimated(
        budget_id=row.budget_id,
        citizen_id=row.citizen_id,
        package=row.package,
        category=row.category,
        account=row.account,
        spent=Money(row.spent),
        rest=Money(row.rest),
    )
