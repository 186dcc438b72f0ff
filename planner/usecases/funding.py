"""Funding: bringing a plan's budgets to their award and its lines to their commitments."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from planner.domain import ledger as rules
from planner.domain.ledger import EnvelopeKind, Transfer
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind
from planner.domain.plan import FundingRules
from planner.models.budget import Budget, Envelope
from planner.models.plan import Plan, PlanLine
from planner.models.rule import AccountRule
from planner.usecases import ledger, versions
from planner.usecases.ledger import OpenBudget


def open_budgets(session: Session, plan: Plan, lines: Sequence[PlanLine], day: date) -> list[OpenBudget]:
    """Make the budgets and envelopes that lines need, and lock all budgets of the plan, by id.

    Comes after the plan's lock and before the chain's: everybody locks in that order.
    """
    sources = {versions.personal_source(session), *(line.source_id for line in lines if line.source_id is not None)}
    for source in sorted(sources):
        _ensure_budget(session, plan, source, lines, day)
    return locked_budgets(session, plan.id)


def locked_budgets(session: Session, plan_id: int) -> list[OpenBudget]:
    """Lock all budgets of a plan, by id."""
    known = select(Budget.id).where(Budget.plan_id == plan_id).order_by(Budget.id)
    return [ledger.open_budget(session, budget_id) for budget_id in session.scalars(known).all()]


def grant(
    session: Session,
    budgets: Sequence[OpenBudget],
    lines: Sequence[PlanLine],
    *,
    award: Money,
    funding: FundingRules,
    cause: ledger.Cause,
) -> list[dict[str, Any]]:
    """Bring every budget to its award and its lines to their commitments.

    Returns the entry rows for ``ledger.write_entries``, which comes after the event. Raises ``BudgetExceeded``.
    """
    rows: list[dict[str, Any]] = []
    for budget in budgets:
        costs = {line.item_id: line.cost_oere for line in lines if line.source_id == budget.source_id}
        total = award if budget.source_id in funding.personal else _service_award(budget, costs)
        rows += ledger.post(session, budget, _transfers(budget, costs, total), cause)
    return rows


def _service_award(budget: OpenBudget, costs: Mapping[int, Money]) -> Money:
    """Award a service budget exactly what its lines cost, and what was paid on lines that are gone."""
    gone = Money.sum(e.facts.balance.paid for e in budget.envelopes if e.item_id not in costs)
    return gone + Money.sum(
        max(cost, envelope.facts.balance.paid if (envelope := budget.of_item(item)) else ZERO)
        for item, cost in costs.items()
    )


def _transfers(budget: OpenBudget, costs: Mapping[int, Money], total: Money) -> tuple[Transfer, ...]:
    """Award, release and commit in an order that never overdraws; less than before is returned last."""
    before = Money.sum(envelope.facts.balance.total for envelope in budget.envelopes)
    free = budget.free
    awarded = rules.award(total, before, free) if total > before else ()
    free = _after(awarded, free)
    wanted = [(e.facts, costs.get(e.item_id, e.facts.balance.paid)) for e in budget.envelopes if e.item_id is not None]
    settled = rules.settle(wanted, free)
    free = _after(settled, free)
    returned = rules.award(total, before, free) if total < before else ()
    return (*awarded, *settled, *returned)


def _after(transfers: tuple[Transfer, ...], free: rules.Envelope) -> rules.Envelope:
    balance = rules.fold(transfers, {free.id: free.balance})[free.id]
    return rules.Envelope(free.id, free.kind, balance)


def _ensure_budget(session: Session, plan: Plan, source_id: int, lines: Sequence[PlanLine], day: date) -> None:
    found = session.scalar(select(Budget.id).where(Budget.plan_id == plan.id, Budget.source_id == source_id))
    accounts = _account_strings(session, day)
    budget_id = (
        found
        or session.scalars(
            insert(Budget)
            .values(plan_id=plan.id, source_id=source_id, first_day=plan.first_day, last_day=plan.last_day, entries=0)
            .returning(Budget.id)
        ).one()
    )
    have = set(session.scalars(select(Envelope.item_id).where(Envelope.budget_id == budget_id)))
    new = [] if found else [_envelope(budget_id, kind, accounts) for kind in (EnvelopeKind.FREE, EnvelopeKind.RESERVE)]
    new += [
        _envelope(budget_id, EnvelopeKind.ITEM, accounts, line)
        for line in lines
        if line.source_id == source_id and line.item_id not in have
    ]
    if new:
        session.execute(insert(Envelope), new)


def _envelope(
    budget_id: int, kind: EnvelopeKind, accounts: Mapping[LineKind, str], line: PlanLine | None = None
) -> dict[str, Any]:
    return {
        "budget_id": budget_id,
        "kind": kind,
        "item_id": line.item_id if line else None,
        "category": line.category if line else None,
        "account_string": accounts[line.kind if line else LineKind.OWN_LINE],
        "available": ZERO,
        "committed": ZERO,
        "paid": ZERO,
    }


def _account_strings(session: Session, day: date) -> Mapping[LineKind, str]:
    valid = (AccountRule.first_day <= day, or_(AccountRule.last_day.is_(None), AccountRule.last_day >= day))
    found = session.execute(select(AccountRule.line_kind, AccountRule.account_string).where(*valid)).all()
    return {row.line_kind: row.account_string for row in found}


def wind_up(session: Session, budgets: Sequence[OpenBudget], cause: ledger.Cause) -> list[dict[str, Any]]:
    """Post what the end of a course does to its budgets: what is set aside is released, what is free returned."""
    return [row for budget in budgets for row in ledger.post(session, budget, (), cause)]
