"""The citizen's own purchases: one with all that belongs to it, and the goals one can name when buying."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from planner.domain.ledger import EntryKind
from planner.domain.money import ZERO, Money
from planner.domain.purchase import BoughtBy, Category, PaidWith, PurchaseKind
from planner.models.budget import Entry
from planner.models.plan import Goal
from planner.models.purchase import Purchase
from planner.queries.session import reading


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """Money that came back on a purchase."""

    id: int
    amount: Money
    occurred_on: date
    taken_back: bool


@dataclass(frozen=True, slots=True)
class OwnPurchase:
    """A purchase, or money that came back on one; ``number`` is the entry that paid or refunded it."""

    id: int
    budget_id: int
    number: int
    pot_id: int
    kind: PurchaseKind
    refund_of: int | None
    amount: Money
    occurred_on: date
    category: Category
    paid_with: PaidWith
    bought_by: BoughtBy
    words: str | None
    goal: str | None
    at: datetime
    taken_back_at: datetime | None
    back: tuple[MoneyBack, ...]

    @property
    def refundable(self) -> Money:
        """Tell how much can still come back."""
        if self.kind is PurchaseKind.REFUND or self.taken_back_at is not None:
            return ZERO
        return self.amount - Money.sum(back.amount for back in self.back if not back.taken_back)

    @property
    def can_be_taken_back(self) -> bool:
        """Tell whether it can be taken back as a mistake: not twice, and not once money came back on it."""
        return self.taken_back_at is None and all(back.taken_back for back in self.back)


def of_citizen(citizen_id: int, purchase_id: int) -> OwnPurchase | None:
    """Find a purchase of a citizen; anybody else's looks like an unknown id."""
    row = (
        reading()
        .execute(
            select(Purchase, Goal.words.label("goal"), Entry.budget_id, Entry.number, Entry.from_envelope)
            .join(Entry, Entry.purchase_id == Purchase.id)
            .outerjoin(Goal, Goal.id == Purchase.goal_id)
            .where(
                Purchase.id == purchase_id,
                Purchase.citizen_id == citizen_id,
                Entry.kind.in_((EntryKind.PAY, EntryKind.REFUND)),
                Entry.undoes.is_(None),
            )
        )
        .one_or_none()
    )
    if row is None:
        return None
    found: Purchase = row.Purchase
    return OwnPurchase(
        id=found.id,
        budget_id=row.budget_id,
        number=row.number,
        pot_id=row.from_envelope,
        kind=found.kind,
        refund_of=found.refund_of,
        amount=found.oere,
        occurred_on=found.occurred_on,
        category=found.category,
        paid_with=found.paid_with,
        bought_by=found.bought_by,
        words=found.words,
        goal=row.goal,
        at=found.at,
        taken_back_at=found.taken_back_at,
        back=_back(found.id),
    )


def _back(purchase_id: int) -> tuple[MoneyBack, ...]:
    refunds = select(Purchase).where(Purchase.refund_of == purchase_id).order_by(Purchase.id)
    return tuple(
        MoneyBack(refund.id, refund.oere, refund.occurred_on, refund.taken_back_at is not None)
        for refund in reading().scalars(refunds)
    )
