"""What happened to a citizen's money: one row for a purchase, money back, or help that was given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from planner.domain.ledger import EntryKind, Transfer
from planner.domain.money import Money
from planner.domain.purchase import Category, PaidWith
from planner.models.budget import Entry
from planner.models.person import Person
from planner.models.purchase import Delivery, Objection, Purchase
from planner.models.record import Event
from planner.queries.session import look

PAGE = 10


@dataclass(frozen=True, slots=True)
class Said:
    """The citizen's "that is not right" about a payment, and the answer once there is one."""

    words: str
    at: datetime
    answer: str | None
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class Movement:
    """What people call a payment: a purchase, money back from a shop, or help that was given; one row each."""

    number: int
    kind: EntryKind
    amount: Money
    occurred_on: date
    pot_id: int
    by_id: int | None
    by: str | None
    purchase_id: int | None
    words: str | None
    category: Category | None
    paid_with: PaidWith | None
    delivery_id: int | None
    part: str | None
    which: str | None
    taken_back: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Movements:
    """A page of movements, the newest first; ``older`` is where the next page begins, if there is one."""

    rows: tuple[Movement, ...]
    older: int | None


# The entry that stands for the whole: what paid, or what came back. The others of its event set aside, released
# or undid. Newest first by number is the order of the primary key, so a page costs the same whatever the history.
_HEADS = (
    select(
        Entry.number,
        Entry.kind,
        Entry.oere,
        Entry.occurred_on,
        Entry.from_envelope,
        Event.by_id,
        Person.called,
        Entry.purchase_id,
        Purchase.words,
        Purchase.category,
        Purchase.paid_with,
        Entry.delivery_id,
        Delivery.part,
        Delivery.which,
        func.coalesce(Purchase.taken_back_at, Delivery.taken_back_at).label("taken_back_at"),
    )
    .join(Event, and_(Event.chain_id == Entry.chain_id, Event.seq == Entry.seq))
    .outerjoin(Person, Person.id == Event.by_id)
    .outerjoin(Purchase, Purchase.id == Entry.purchase_id)
    .outerjoin(Delivery, Delivery.id == Entry.delivery_id)
    .where(
        Entry.budget_id == bindparam("budget"),
        Entry.kind.in_((EntryKind.PAY, EntryKind.REFUND)),
        Entry.undoes.is_(None),
        or_(Entry.purchase_id.is_not(None), Entry.delivery_id.is_not(None)),
    )
)
_PAGE = _HEADS.where(Entry.number < bindparam("before")).order_by(Entry.number.desc()).limit(PAGE + 1)
_ONE = _HEADS.where(Entry.number == bindparam("number"))
_LARGEST = 2**31 - 1


def movements(budget_id: int, citizen_id: int, before: int | None = None) -> Movements:
    """Load a page of a budget's movements, from before an entry's number on. Two statements."""
    wanted = {"budget": budget_id, "before": before or _LARGEST}
    rows = look(_PAGE, wanted).all()
    found = tuple(_movements(rows[:PAGE], budget_id, citizen_id))
    return Movements(found, found[-1].number if len(rows) > PAGE else None)


def movement(budget_id: int, number: int, citizen_id: int) -> Movement | None:
    """Find one movement of a budget that is known to be the citizen's."""
    rows = look(_ONE, {"budget": budget_id, "number": number}).all()
    return next(_movements(rows, budget_id, citizen_id), None)


def _movements(rows: Sequence[Any], budget_id: int, citizen_id: int) -> Iterator[Movement]:
    said = _said(budget_id, citizen_id, [row.number for row in rows]) if rows else {}
    for row in rows:
        yield Movement(
            number=row.number,
            kind=row.kind,
            amount=row.oere,
            occurred_on=row.occurred_on,
            pot_id=row.from_envelope,
            by_id=row.by_id,
            by=row.called,
            purchase_id=row.purchase_id,
            words=row.words,
            category=row.category,
            paid_with=row.paid_with,
            delivery_id=row.delivery_id,
            part=row.part,
            which=row.which,
            taken_back=row.taken_back_at is not None,
            said=said.get(row.number, ()),
        )


_SAID = (
    select(Objection.number, Objection.words, Objection.at, Objection.answer, Person.called)
    .outerjoin(Person, Person.id == Objection.answered_by)
    .where(
        Objection.citizen_id == bindparam("citizen"),
        Objection.budget_id == bindparam("budget"),
        Objection.number.between(bindparam("oldest"), bindparam("newest")),
    )
    .order_by(Objection.id)
)


def _said(budget_id: int, citizen_id: int, numbers: Sequence[int]) -> Mapping[int, tuple[Said, ...]]:
    wanted = {"citizen": citizen_id, "budget": budget_id, "oldest": min(numbers), "newest": max(numbers)}
    found: dict[int, tuple[Said, ...]] = {}
    for row in look(_SAID, wanted):
        found[row.number] = (*found.get(row.number, ()), Said(row.words, row.at, row.answer, row.called))
    return found


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry as it stands in the ledger, with who wrote it and for what."""

    number: int
    transfer: Transfer
    occurred_on: date
    at: datetime
    by: str | None
    words: str | None


_POSTINGS = (
    select(
        Entry.number,
        Entry.kind,
        Entry.oere,
        Entry.from_envelope,
        Entry.to_envelope,
        Entry.undoes,
        Entry.occurred_on,
        Event.at,
        Person.called,
        Purchase.words,
    )
    .join(Event, and_(Event.chain_id == Entry.chain_id, Event.seq == Entry.seq))
    .outerjoin(Person, Person.id == Event.by_id)
    .outerjoin(Purchase, Purchase.id == Entry.purchase_id)
)
_ALL = _POSTINGS.where(Entry.budget_id == bindparam("budget")).order_by(Entry.number)
_OF_PURCHASE = _POSTINGS.where(Entry.purchase_id == bindparam("purchase")).order_by(Entry.number)


def postings(budget_id: int) -> list[Posting]:
    """List every entry of a budget that is known to be the citizen's, in order."""
    return [_posting(row) for row in look(_ALL, {"budget": budget_id})]


def postings_of(purchase_id: int) -> list[Posting]:
    """List the entries behind one purchase that is known to be the citizen's, in order."""
    return [_posting(row) for row in look(_OF_PURCHASE, {"purchase": purchase_id})]


def _posting(row: Any) -> Posting:  # noqa: ANN401 - a row of _POSTINGS
    transfer = Transfer(row.kind, row.oere, row.from_envelope, row.to_envelope, row.undoes)
    return Posting(row.number, transfer, row.occurred_on, row.at, row.called, row.words)
