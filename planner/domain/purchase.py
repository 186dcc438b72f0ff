"""Purchases: what the money was used for, and on which days it may be used."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.errors import DomainError
from planner.domain.money import Money
from planner.domain.period import Period


class PurchaseKind(StrEnum):
    """Money out, or money back from a shop."""

    PURCHASE = "purchase"
    REFUND = "refund"


class Category(StrEnum):
    """What the money went to; for grouping and for the citizen's own overview, never for control."""

    TRANSPORT = "transport"
    IT_AND_PHONE = "it_and_phone"
    EDUCATION = "education"
    WORK = "work"
    HOME = "home"
    HEALTH = "health"
    THERAPY_AND_BODY = "therapy_and_body"
    SPORT_AND_LEISURE = "sport_and_leisure"
    CLOTHES = "clothes"
    NETWORK_AND_FAMILY = "network_and_family"
    OTHER = "other"


class PaidWith(StrEnum):
    """How it was paid."""

    CARD = "card"
    CASH = "cash"
    INVOICE = "invoice"
    TRANSFER = "transfer"


class BoughtBy(StrEnum):
    """Who bought it."""

    MYSELF = "myself"
    TOGETHER = "together"
    SUPPORT_PERSON = "support_person"
    OTHER = "other"


class NotYet(DomainError):
    """The budget's first day has not come; ``first_day`` says when."""

    code = "before_the_budget"

    def __init__(self, first_day: date) -> None:
        super().__init__(first_day)
        self.first_day = first_day


class TooLate(DomainError):
    """The budget's days and its grace days have passed; ``last_day`` was the last to record a purchase."""

    code = "after_the_budget"

    def __init__(self, last_day: date) -> None:
        super().__init__(last_day)
        self.last_day = last_day


class InTheFuture(DomainError):
    """A purchase cannot have happened tomorrow."""

    code = "in_the_future"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """What a person says about a purchase."""

    amount: Money
    occurred_on: date
    category: Category
    paid_with: PaidWith
    bought_by: BoughtBy
    words: str = ""
    goal_id: int | None = None


def check_day(occurred_on: date, today: date, budget: Period, grace_days: int) -> None:
    """Refuse a day outside the budget, a day in the future, and recording after the grace days."""
    if occurred_on > today:
        raise InTheFuture(occurred_on)
    if occurred_on < budget.first_day:
        raise NotYet(budget.first_day)
    last = budget.last_day + timedelta(days=grace_days)
    if occurred_on > budget.last_day or today > last:
        raise TooLate(last)


class NotForBuying(DomainError):
    """A service is delivered, not bought: what it delivered is recorded by those who deliver it."""

    code = "not_for_buying"


class TooManyBack(DomainError):
    """Only what was bought can come back: this is itself money back, or was taken back before."""

    code = "not_refundable"
