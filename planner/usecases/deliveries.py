"""What a granted service delivered is recorded and paid; the citizen sees it and can say that it is not right."""

from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from planner import clock
from planner.domain import ledger as rules
from planner.domain.delivery import DeliveryPart, Part, PartDelivered, part, way
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.ledger import EntryKind, Posted, Transfer
from planner.domain.package import LineKind
from planner.domain.people import RoleKind, TieKind, User
from planner.domain.purchase import InTheFuture, check_day
from planner.models.budget import Budget, Entry, Envelope
from planner.models.plan import Decision, PlanItem, PlanLine
from planner.models.purchase import Delivery, Objection, Purchase
from planner.usecases import ledger, record, versions
from planner.usecases.ledger import OpenBudget
from planner.usecases.transaction import Key, transaction

LONGEST_MESSAGE = 1000


class NotDelivered(DomainError):
    """Only granted services are delivered; what the citizen buys is a purchase."""

    code = "not_delivered"


def deliver(item_id: int, which: str, occurred_on: date, *, by: User, at: datetime, key: Key | None = None) -> int:
    """Record that a month (``YYYY-MM``), a phase (its number) or a session was delivered, and pay it.

    Paid from the line's envelope at the price it was approved with. Raises ``NotDelivered``, ``NoSuchPart``,
    ``PartDelivered``, ``BudgetExceeded``, ``InTheFuture`` (also for a part that has not begun on the day), the other
    refusals of ``check_day``, and ``NotFound``.
    """
    with transaction(key, by) as session:
        budget, envelope_id = _paying(session, item_id, by)
        check_day(occurred_on, clock.local(at).date(), budget.period, budget.grace_days)
        delivered = _part(session, item_id, which, occurred_on)
        if delivered.period.first_day > occurred_on:
            raise InTheFuture(delivered.period.first_day)
        line, free = budget.envelope(envelope_id).facts, budget.free
        if delivered.amount > line.balance.committed:
            raise rules.BudgetExceeded(delivered.amount, line.balance.committed)
        transfers = rules.pay_from_line(delivered.amount, line, free)
        link = record.open_link(session, record.CITIZEN, budget.citizen_id)
        values = {
            "citizen_id": budget.citizen_id,
            "item_id": item_id,
            "part": delivered.part.value,
            "which": delivered.which,
            "oere": delivered.amount,
            "occurred_on": occurred_on,
            "recorded_by": by.id,
            "at": at,
        }
        delivery_id = session.scalars(insert(Delivery).values(values).returning(Delivery.id)).one()
        facts = {"delivery": delivery_id, "item": item_id, "budget": budget.id, "oere": delivered.amount.oere}
        rows = ledger.post(session, budget, transfers, ledger.Cause(link, occurred_on, delivery_id=delivery_id))
        happened = Happened(EventKind.DELIVERY_RECORDED, {**facts, "part": delivered.part.value})
        _write(session, link, happened, rows, budget, by=by, at=at, key=key)
        return delivery_id


def take_back(delivery_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Take a delivery back that was recorded by mistake. Raises ``AlreadyTakenBack`` and ``NotFound``."""
    with transaction(key, by) as session:
        delivery = session.get(Delivery, delivery_id)
        if delivery is None:
            raise NotFound
        paid = select(Entry.budget_id).where(Entry.delivery_id == delivery_id).limit(1)
        budget = _open(session, session.scalars(paid).one(), by)
        taken_back = select(Delivery.taken_back_at).where(Delivery.id == delivery_id)
        if session.scalar(taken_back) is not None:
            raise rules.AlreadyTakenBack
        entries = tuple(
            Posted(e.number, Transfer(e.kind, e.oere, e.from_envelope, e.to_envelope, e.undoes))
            for e in session.scalars(select(Entry).where(Entry.delivery_id == delivery_id).order_by(Entry.number))
        )
        link = record.open_link(session, record.CITIZEN, budget.citizen_id)
        session.execute(update(Delivery).where(Delivery.id == delivery_id).values(taken_back_at=at))
        cause = ledger.Cause(link, delivery.occurred_on, delivery_id=delivery_id)
        rows = ledger.post(session, budget, rules.take_back(entries, budget.free), cause)
        facts = {"delivery": delivery_id, "item": delivery.item_id, "budget": budget.id, "oere": delivery.oere.oere}
        _write(session, link, Happened(EventKind.DELIVERY_TAKEN_BACK, facts), rows, budget, by=by, at=at, key=key)


def object_to(budget_id: int, number: int, words: str, *, by: User, at: datetime, key: Key | None = None) -> int:
    """Say that a payment is not right: a message to the caseworker that stays with the entry.

    Raises ``NoWords`` and ``NotFound``.
    """
    message = checked_words(words, LONGEST_MESSAGE)
    with transaction(key, by) as session:
        entry = session.get(Entry, (budget_id, number))
        if entry is None or entry.kind is not EntryKind.PAY or _citizen_of(session, entry) != by.id:
            raise NotFound
        values = {"citizen_id": by.id, "budget_id": budget_id, "number": number, "words": message, "at": at}
        objection_id = session.scalars(insert(Objection).values(values).returning(Objection.id)).one()
        facts = {"objection": objection_id, "budget": budget_id, "entry": number}
        record.about_citizen(session, by.id, Happened(EventKind.OBJECTION_MADE, facts), by=by, at=at, key=key)
        return objection_id


def answer(objection_id: int, words: str, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Answer a citizen's objection; a later answer replaces the earlier. Raises ``NoWords`` and ``NotFound``."""
    message = checked_words(words, LONGEST_MESSAGE)
    with transaction(key, by) as session:
        objection = session.get(Objection, objection_id)
        if objection is None:
            raise NotFound
        budget = ledger.open_budget(session, objection.budget_id)
        if budget.unit_id not in by.units(RoleKind.CASEWORKER) or budget.citizen_id == by.id:
            raise NotFound
        objection.answer, objection.answered_by, objection.answered_at = message, by.id, at
        happened = Happened(EventKind.OBJECTION_ANSWERED, {"objection": objection_id})
        record.about_citizen(session, objection.citizen_id, happened, by=by, at=at, key=key)


def _paying(session: Session, item_id: int, by: User) -> tuple[OpenBudget, int]:
    """Lock the budget that pays for an item of the version in force, and find its envelope."""
    approved = select(func.max(Decision.number)).where(Decision.plan_id == PlanItem.plan_id).scalar_subquery()
    found = session.execute(
        select(Envelope.budget_id, Envelope.id, PlanItem.kind)
        .join(PlanItem, PlanItem.id == Envelope.item_id)
        .join(Budget, Budget.id == Envelope.budget_id)
        .join(PlanLine, (PlanLine.item_id == PlanItem.id) & (PlanLine.source_id == Budget.source_id))
        .where(Envelope.item_id == item_id, PlanLine.plan_id == PlanItem.plan_id, PlanLine.number == approved)
    ).one_or_none()
    if found is None:
        raise NotFound
    budget = _open(session, found.budget_id, by)
    if found.kind is not LineKind.ALLOCATED_SERVICE:
        raise NotDelivered
    return budget, found.id


def _open(session: Session, budget_id: int, by: User) -> OpenBudget:
    """Lock a budget for the caseworkers of its unit and the citizen's support person; never for the citizen."""
    budget = ledger.open_budget(session, budget_id)
    allowed = budget.unit_id in by.units(RoleKind.CASEWORKER)
    if budget.citizen_id == by.id or not (allowed or budget.citizen_id in by.citizens(TieKind.SUPPORT_PERSON)):
        raise NotFound
    return budget


def _part(session: Session, item_id: int, which: str, occurred_on: date) -> Part:
    plan_id = session.get_one(PlanItem, item_id).plan_id
    number = versions.approved_number(session, plan_id)
    row = session.get(PlanLine, (plan_id, number, item_id))
    if row is None:
        raise NotFound
    line = versions.frozen_line(row)
    wanted = part(line, which, occurred_on)
    before = select(Delivery.id).where(
        Delivery.item_id == item_id, Delivery.which == wanted.which, Delivery.taken_back_at.is_(None)
    )
    if way(line) is not DeliveryPart.SESSION and session.scalar(before.limit(1)) is not None:
        raise PartDelivered(wanted.which)
    return wanted


def _citizen_of(session: Session, entry: Entry) -> int | None:
    if entry.delivery_id is not None:
        return session.get_one(Delivery, entry.delivery_id).citizen_id
    return session.get_one(Purchase, entry.purchase_id).citizen_id if entry.purchase_id is not None else None


def _write(
    session: Session,
    link: record.Link,
    happened: Happened,
    rows: list[dict[str, object]],
    budget: OpenBudget,
    *,
    by: User,
    at: datetime,
    key: Key | None,
) -> None:
    record.write(session, link, happened, by=by, at=at, key=key, for_id=budget.citizen_id, rows=ledger.as_rows(rows))
    ledger.write_entries(session, rows)
