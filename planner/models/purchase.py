"""What money was used for: the citizen's purchases, what services delivered, and the citizen's objections."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.money import Money
from planner.domain.purchase import BoughtBy, Category, PaidWith, PurchaseKind
from planner.models.base import CodeType, DayType, Model, MomentType, MoneyType


class Purchase(Model):
    """The citizen's use of money, or money that came back from a shop; ``words`` are erasable."""

    __tablename__ = "purchase"
    __table_args__ = (
        CheckConstraint("oere > 0", name="oere"),
        CheckConstraint("(kind = 'refund') = (refund_of IS NOT NULL)", name="refund"),
        Index("ix_purchase_citizen_id_occurred_on", "citizen_id", "occurred_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[PurchaseKind] = mapped_column(CodeType(PurchaseKind))
    refund_of: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"), index=True)
    oere: Mapped[Money] = mapped_column(MoneyType)
    occurred_on: Mapped[date] = mapped_column(DayType)
    category: Mapped[Category] = mapped_column(CodeType(Category))
    paid_with: Mapped[PaidWith] = mapped_column(CodeType(PaidWith))
    bought_by: Mapped[BoughtBy] = mapped_column(CodeType(BoughtBy))
    provider_id: Mapped[int | None]
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))
    words: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(MomentType)
    taken_back_at: Mapped[datetime | None] = mapped_column(MomentType)


class Delivery(Model):
    """What a granted service delivered: a month, a phase or a session of one plan item."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("part IN ('month', 'phase', 'session')", name="part"),
        CheckConstraint("oere > 0", name="oere"),
        Index("ix_delivery_item_id_part_which", "item_id", "part", "which"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"))
    part: Mapped[str]
    which: Mapped[str]
    oere: Mapped[Money] = mapped_column(MoneyType)
    occurred_on: Mapped[date] = mapped_column(DayType)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)
    taken_back_at: Mapped[datetime | None] = mapped_column(MomentType)


class Objection(Model):
    """The citizen's "that is not right" about an entry: a message to the caseworker, with its answer (erasable)."""

    __tablename__ = "objection"
    __table_args__ = (ForeignKeyConstraint(["budget_id", "number"], ["entry.budget_id", "entry.number"]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    budget_id: Mapped[int]
    number: Mapped[int]
    words: Mapped[str]
    at: Mapped[datetime] = mapped_column(MomentType)
    answer: Mapped[str | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(MomentType)
