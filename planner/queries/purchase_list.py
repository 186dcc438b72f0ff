"""A citizen's purchases as a list, page by page."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from planner.domain.money import Money
from planner.domain.purchase import BoughtBy, Category, PaidWith, PurchaseKind
from planner.models.purchase import Purchase
from planner.queries.pages import Page, Slice
from planner.queries.session import reading


@dataclass(frozen=True, slots=True)
class ListedPurchase:
    """A purchase, or money that came back on one."""

    id: int
    kind: PurchaseKind
    refund_of: int | None
    amount: Money
    occurred_on: date
    category: Category
    paid_with: PaidWith
    bought_by: BoughtBy
    words: str | None
    at: datetime
    taken_back_at: datetime | None


def of_citizen(citizen_id: int, size: int, page: int) -> Page[ListedPurchase]:
    """List a citizen's purchases, the newest first. Two statements."""
    total = reading().scalar(select(func.count()).where(Purchase.citizen_id == citizen_id)) or 0
    place = Slice(total, size, page)
    newest = select(Purchase).where(Purchase.citizen_id == citizen_id)
    newest = newest.order_by(Purchase.occurred_on.desc(), Purchase.id.desc()).limit(place.size).offset(place.offset)
    return Page(tuple(_listed(purchase) for purchase in reading().scalars(newest)), place)


def _listed(purchase: Purchase) -> ListedPurchase:
    return ListedPurchase(
        id=purchase.id,
        kind=purchase.kind,
        refund_of=purchase.refund_of,
        amount=purchase.oere,
        occurred_on=purchase.occurred_on,
        category=purchase.category,
        paid_with=purchase.paid_with,
        bought_by=purchase.bought_by,
        words=purchase.words,
        at=purchase.at,
        taken_back_at=purchase.taken_back_at,
    )
