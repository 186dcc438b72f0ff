"""The citizen uses money: a purchase, the last one, a refund, taking a mistake back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from planner import clock
from planner.domain import ledger as rules
from planner.domain.errors import NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.ledger import EnvelopeKind, Posted, Transfer
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind
from planner.domain.people import TieKind, User
from planner.domain.purchase import Bought, NotForBuying, PurchaseKind, TooManyBack, check_day
from planner.models.budget import Entry
from planner.models.plan import Goal
from planner.models.purchase import Purchase
from planner.usecases import ledger
from planner.usecases.ledger import OpenBudget
from planner.usecases.record import CITIZEN, open_link, write
from planner.usecases.transaction import Key, in_one_go, transaction

LONGEST_NOTE = 500
_BOUGHT = frozenset({LineKind.BUDGET_ITEM, LineKind.OWN_LINE})

_purchase: Table = Purchase.__table__  # type: ignore[assignment]  # declarative classes type it wider
_WRITE = insert(_purchase).returning(_purchase.c.id)
_ENTRIES_OF = select(Entry).where(Entry.purchase_id == bindparam("purchase")).order_by(Entry.number)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded: the purchase, and what is free afterwards."""

    purchase_id: int
    budget_id: int
    free: Money


def record(
    envelope_id: int,
    bought: Bought,
    *,
    dearer_agreed: bool = False,
    last: bool = False,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> Recorded:
    """Record a purchase against a line of the plan or the free money; entries, purchase and event in one commit.

    Raises ``DearerThanSetAside`` (ask, then call again with ``dearer_agreed``), ``BudgetExceeded``, ``NotYet``,
    ``TooLate``, ``InTheFuture``, ``NotForBuying``, and ``NotFound`` for an envelope that is not the person's to use.
    """
    words = checked_words(bought.words, LONGEST_NOTE) if bought.words.strip() else None
    with transaction(key, by) as session:
        budget = _own_budget(session, envelope_id, by)
        check_day(bought.occurred_on, clock.local(at).date(), budget.period, budget.grace_days)
        _check_goal(session, bought.goal_id, budget.citizen_id)
        transfers = _paid(budget, envelope_id, bought.amount, dearer_agreed=dearer_agreed, last=last)
        link = open_link(session, CITIZEN, budget.citizen_id)
        purchase_id = session.connection().execute(_WRITE, _values(budget.citizen_id, bought, words, at)).scalar_one()
        cause = ledger.Cause(link, bought.occurred_on, purchase_id=purchase_id)
        facts = {"purchase": purchase_id, "budget": budget.id, "envelope": envelope_id, "oere": bought.amount.oere}
        _post(session, budget, transfers, cause, Happened(EventKind.PURCHASE_RECORDED, facts), by=by, at=at, key=key)
        return Recorded(purchase_id, budget.id, _free_after(budget, transfers))


def refund(
    purchase_id: int, amount: Money, occurred_on: date, *, by: User, at: datetime, key: Key | None = None
) -> Recorded:
    """Record money that came back from a shop, on its own day; it becomes free money.

    Raises ``RefundTooLarge``, ``TooManyBack``, ``NotYet``, ``TooLate``, ``InTheFuture`` and ``NotFound``.
    """
    with transaction(key, by) as session:
        purchase, budget = _own_purchase(session, purchase_id, by)
        if purchase.kind is PurchaseKind.REFUND or purchase.taken_back_at is not None:
            raise TooManyBack
        check_day(occurred_on, clock.local(at).date(), budget.period, budget.grace_days)
        envelope = budget.envelope(_paying_envelope(_entries(session, purchase_id))).facts
        transfer = rules.refund(amount, purchase.oere - _refunded(session, purchase_id), envelope, budget.free)
        link = open_link(session, CITIZEN, budget.citizen_id)
        values = _refund_values(purchase, amount, occurred_on, at)
        refund_id = session.execute(_WRITE, values).scalar_one()
        cause = ledger.Cause(link, occurred_on, purchase_id=refund_id)
        facts = {"purchase": refund_id, "refund_of": purchase_id, "budget": budget.id, "oere": amount.oere}
        _post(session, budget, [transfer], cause, Happened(EventKind.REFUND_RECORDED, facts), by=by, at=at, key=key)
        return Recorded(refund_id, budget.id, _free_after(budget, [transfer]))


def take_back(purchase_id: int, *, by: User, at: datetime, key: Key | None = None) -> Recorded:
    """Take a purchase back that was recorded by mistake: the money stands as before, the entries stay.

    Raises ``AlreadyTakenBack`` (also after a refund) and ``NotFound``.
    """
    with transaction(key, by) as session:
        purchase, budget = _own_purchase(session, purchase_id, by)
        entries = _entries(session, purchase_id)
        if purchase.taken_back_at is not None or _refunded(session, purchase_id):
            raise rules.AlreadyTakenBack
        transfers = rules.take_back(entries, budget.free)
        link = open_link(session, CITIZEN, budget.citizen_id)
        session.execute(update(Purchase).where(Purchase.id == purchase_id).values(taken_back_at=at))
        cause = ledger.Cause(link, purchase.occurred_on, purchase_id=purchase_id)
        facts = {"purchase": purchase_id, "budget": budget.id, "oere": purchase.oere.oere}
        _post(session, budget, transfers, cause, Happened(EventKind.PURCHASE_TAKEN_BACK, facts), by=by, at=at, key=key)
        return Recorded(purchase_id, budget.id, _free_after(budget, transfers))


def _own_budget(session: Session, envelope_id: int, by: User) -> OpenBudget:
    return _theirs(ledger.open_budget_of(session, envelope_id), by)


def _theirs(budget: OpenBudget, by: User) -> OpenBudget:
    """Let the citizen use their own budget, and a support person that of the citizen they support."""
    if budget.citizen_id != by.id and budget.citizen_id not in by.citizens(TieKind.SUPPORT_PERSON):
        raise NotFound
    return budget


def _own_purchase(session: Session, purchase_id: int, by: User) -> tuple[Purchase, OpenBudget]:
    budget_id = session.scalar(select(Entry.budget_id).where(Entry.purchase_id == purchase_id).limit(1))
    if budget_id is None:
        raise NotFound
    budget = _theirs(ledger.open_budget(session, budget_id), by)
    return session.get_one(Purchase, purchase_id), budget


def _paid(
    budget: OpenBudget, envelope_id: int, amount: Money, *, dearer_agreed: bool, last: bool
) -> tuple[Transfer, ...]:
    envelope = budget.envelope(envelope_id)
    if envelope.facts.kind is EnvelopeKind.FREE:
        return rules.pay_from_free(amount, envelope.facts)
    if envelope.line_kind not in _BOUGHT:
        raise NotForBuying
    return rules.pay_from_line(amount, envelope.facts, budget.free, dearer_agreed=dearer_agreed, last=last)


def _post(
    session: Session,
    budget: OpenBudget,
    transfers: "tuple[Transfer, ...] | list[Transfer]",
    cause: ledger.Cause,
    happened: Happened,
    *,
    by: User,
    at: datetime,
    key: Key | None,
) -> None:
    for_id = None if by.id == budget.citizen_id else budget.citizen_id
    with in_one_go(session):
        rows = ledger.post(session, budget, transfers, cause)
        write(session, cause.link, happened, by=by, at=at, key=key, for_id=for_id, rows=ledger.as_rows(rows))
        ledger.write_entries(session, rows)


def _free_after(budget: OpenBudget, transfers: "tuple[Transfer, ...] | list[Transfer]") -> Money:
    return rules.fold(budget.settled(transfers), {budget.free.id: budget.free.balance})[budget.free.id].available


def _check_goal(session: Session, goal_id: int | None, citizen_id: int) -> None:
    if goal_id is not None and session.scalar(select(Goal.citizen_id).where(Goal.id == goal_id)) != citizen_id:
        raise NotFound


def _entries(session: Session, purchase_id: int) -> tuple[Posted, ...]:
    return tuple(
        Posted(e.number, Transfer(e.kind, e.oere, e.from_envelope, e.to_envelope, e.undoes))
        for e in session.scalars(_ENTRIES_OF, {"purchase": purchase_id})
    )


def _paying_envelope(entries: tuple[Posted, ...]) -> int:
    envelope = next(e.transfer.from_envelope for e in entries if e.transfer.kind is rules.EntryKind.PAY)
    assert envelope is not None
    return envelope


def _refunded(session: Session, purchase_id: int) -> Money:
    refunds = select(Purchase.oere).where(Purchase.refund_of == purchase_id, Purchase.taken_back_at.is_(None))
    return Money.sum(session.scalars(refunds)) or ZERO


def _values(citizen_id: int, bought: Bought, words: str | None, at: datetime) -> dict[str, Any]:
    return {
        "citizen_id": citizen_id,
        "kind": PurchaseKind.PURCHASE,
        "refund_of": None,
        "oere": bought.amount,
        "occurred_on": bought.occurred_on,
        "category": bought.category,
        "paid_with": bought.paid_with,
        "bought_by": bought.bought_by,
        "provider_id": None,
        "goal_id": bought.goal_id,
        "words": words,
        "at": at,
        "taken_back_at": None,
    }


def _refund_values(purchase: Purchase, amount: Money, occurred_on: date, at: datetime) -> dict[str, Any]:
    return {
        "citizen_id": purchase.citizen_id,
        "kind": PurchaseKind.REFUND,
        "refund_of": purchase.id,
        "oere": amount,
        "occurred_on": occurred_on,
        "category": purchase.category,
        "paid_with": purchase.paid_with,
        "bought_by": purchase.bought_by,
        "provider_id": None,
        "goal_id": purchase.goal_id,
        "words": None,
        "at": at,
        "taken_back_at": None,
    }
