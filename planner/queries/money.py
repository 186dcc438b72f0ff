"""A citizen's money: the amount, what it goes to, what was used in each month; always the citizen's own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, cast, func, select

from planner.domain.forecast import free_estimate, line_estimate
from planner.domain.ledger import Balance, EnvelopeKind
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Words
from planner.domain.period import Period
from planner.domain.plan import PlanAction
from planner.domain.standing import Stage, stage
from planner.models.base import MoneyType
from planner.models.budget import Budget, Envelope, MonthSum
from planner.models.person import Person
from planner.models.plan import Decision, LineMonth, Plan, PlanAct, PlanItem
from planner.models.rule import BudgetTemplate, FundingSource
from planner.queries.session import look

BOUGHT = frozenset({LineKind.BUDGET_ITEM, LineKind.OWN_LINE})

Paid = Mapping[int, Mapping[str, Money]]
"""What was paid from each envelope in each month, net."""


@dataclass(frozen=True, slots=True)
class Pot:
    """An envelope of a budget: the free money, or what belongs to one line. A package names itself by its id."""

    id: int
    kind: EnvelopeKind
    balance: Balance
    item_id: int | None
    line_kind: LineKind | None
    package_id: str | None
    title: str | None

    @property
    def left(self) -> Money:
        """Tell what can still be used from it: what is free, or what is set aside for its line."""
        return self.balance.available + self.balance.committed

    @property
    def buyable(self) -> bool:
        """Tell whether the citizen can buy from it: the free money and what they chose, not help from others."""
        return (self.kind is EnvelopeKind.FREE or self.line_kind in BOUGHT) and self.left > ZERO


@dataclass(frozen=True, slots=True)
class OwnBudget:
    """The money of one plan from one source; ``own`` is the source that counts for the citizen."""

    id: int
    plan_id: int
    source: Words
    own: bool
    period: Period
    grace_days: int
    ended: bool
    pots: tuple[Pot, ...]

    @property
    def balance(self) -> Balance:
        """Add the pots up: used, set aside and free are the whole amount."""
        return sum((pot.balance for pot in self.pots), Balance())

    @property
    def free(self) -> Pot:
        """The pot of the free money."""
        return next(pot for pot in self.pots if pot.kind is EnvelopeKind.FREE)

    def stage(self, today: date) -> Stage:
        """Tell where the budget is in its life."""
        return stage(self.period, self.grace_days, today, ended=self.ended)


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """A plan with what may be expected for it, and its budgets once it was approved."""

    id: int
    period: Period
    expected: Money
    adviser: str
    ended: bool
    budgets: tuple[OwnBudget, ...]

    @property
    def own(self) -> OwnBudget | None:
        """The citizen's own budget, once there is one."""
        return next((budget for budget in self.budgets if budget.own), None)


_ENDED = select(PlanAct.id).where(PlanAct.plan_id == Plan.id, PlanAct.action == PlanAction.END).correlate(Plan).exists()
_OF_CITIZEN = (
    select(
        Plan.id.label("plan_id"),
        Plan.first_day,
        Plan.last_day,
        Plan.indicative_oere,
        Person.called.label("adviser"),
        BudgetTemplate.grace_days,
        _ENDED.label("ended"),
        Budget.id.label("budget_id"),
        Budget.first_day.label("from_day"),
        Budget.last_day.label("to_day"),
        FundingSource.name,
        FundingSource.name_en,
        FundingSource.counts_for_citizen,
        Envelope.id,
        Envelope.kind,
        Envelope.available,
        Envelope.committed,
        Envelope.paid,
        Envelope.item_id,
        PlanItem.kind.label("line_kind"),
        PlanItem.package_id,
        PlanItem.title,
    )
    .join(Person, Person.id == Plan.opened_by)
    .join(BudgetTemplate, BudgetTemplate.id == Plan.template_id)
    .outerjoin(Budget, Budget.plan_id == Plan.id)
    .outerjoin(FundingSource, FundingSource.id == Budget.source_id)
    .outerjoin(Envelope, Envelope.budget_id == Budget.id)
    .outerjoin(PlanItem, PlanItem.id == Envelope.item_id)
    .where(Plan.citizen_id == bindparam("citizen"))
    .order_by(Plan.first_day.desc(), Plan.id.desc(), FundingSource.counts_for_citizen.desc(), Budget.id, Envelope.id)
)


_OF_PLAN, _OF_BUDGET = itemgetter(0), itemgetter(7)
_POT = 13


def of_citizen(citizen_id: int) -> tuple[PlanMoney, ...]:
    """List a citizen's plans with their budgets and pots, the newest period first. One statement."""
    rows = look(_OF_CITIZEN, {"citizen": citizen_id}).all()
    return tuple(_plan(list(group)) for _, group in groupby(rows, key=_OF_PLAN))


def _plan(rows: Sequence[Any]) -> PlanMoney:
    plan_id, first_day, last_day, expected, adviser, _, ended, *_ = rows[0]
    budgets = groupby((row for row in rows if _OF_BUDGET(row) is not None), key=_OF_BUDGET)
    return PlanMoney(
        id=plan_id,
        period=Period(first_day, last_day),
        expected=expected,
        adviser=adviser,
        ended=bool(ended),
        budgets=tuple(_budget(list(group)) for _, group in budgets),
    )


def _budget(rows: Sequence[Any]) -> OwnBudget:
    plan_id, _, _, _, _, grace_days, ended, budget_id, first_day, last_day, name, name_en, own, *_ = rows[0]
    return OwnBudget(
        id=budget_id,
        plan_id=plan_id,
        source=Words(name, name_en),
        own=own,
        period=Period(first_day, last_day),
        grace_days=grace_days,
        ended=bool(ended),
        pots=tuple(_pot(row[_POT:]) for row in rows),
    )


def _pot(row: Sequence[Any]) -> Pot:
    pot_id, kind, available, committed, paid, *line = row
    return Pot(pot_id, kind, Balance(available, committed, paid), *line)


def current(plans: Sequence[PlanMoney], today: date) -> PlanMoney | None:
    """Choose the plan the pages are about: the one that runs today, else the next, else the last."""
    running = [plan for plan in plans if today in plan.period and not plan.ended]
    coming = [plan for plan in plans if plan.period.first_day > today]
    return next(iter(running or coming[::-1] or plans), None)


_PAID = (
    select(MonthSum.envelope_id, MonthSum.month, cast(func.sum(MonthSum.paid), MoneyType).label("paid"))
    .where(MonthSum.envelope_id.in_(select(Envelope.id).where(Envelope.budget_id == bindparam("budget"))))
    .group_by(MonthSum.envelope_id, MonthSum.month)
)


def paid_by_month(budget_id: int) -> Paid:
    """Load what was paid in each month, from the sums kept beside the entries."""
    paid: dict[int, dict[str, Money]] = defaultdict(dict)
    for row in look(_PAID, {"budget": budget_id}):
        paid[row.envelope_id][row.month] = row.paid
    return paid


def spent_in(paid: Paid) -> dict[str, Money]:
    """Add the envelopes up by month."""
    months: dict[str, Money] = defaultdict(lambda: ZERO)
    for sums in paid.values():
        for month, amount in sums.items():
            months[month] += amount
    return dict(months)


_PLANNED = (
    select(LineMonth.item_id, cast(func.sum(LineMonth.oere), MoneyType).label("oere"))
    .where(
        LineMonth.plan_id == bindparam("plan"),
        LineMonth.number
        == select(func.max(Decision.number)).where(Decision.plan_id == bindparam("plan")).scalar_subquery(),
        LineMonth.month >= bindparam("month"),
    )
    .group_by(LineMonth.item_id)
)


def planned_from(plan_id: int, month: str) -> Mapping[int, Money]:
    """Load what each line of the plan in force is planned to cost from a month on."""
    return {row.item_id: row.oere for row in look(_PLANNED, {"plan": plan_id, "month": month})}


def estimate(budget: OwnBudget, paid: Paid, planned: Mapping[int, Money], today: date) -> Money:
    """Estimate what the budget will have spent at its end: line by line, and the free money at its pace."""
    whole = ZERO
    for pot in budget.pots:
        if pot.kind is EnvelopeKind.FREE:
            by_month = paid.get(pot.id, {})
            whole += free_estimate(pot.balance.paid, pot.balance.available, by_month, budget.period, today)
        else:
            coming = planned.get(pot.item_id, ZERO) if pot.item_id is not None else ZERO
            whole += line_estimate(pot.balance.paid, pot.balance.committed, coming)
    return whole
