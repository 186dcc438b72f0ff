"""Budgets, their envelopes, the ledger's entries and the sums kept beside them; money guarded a second time."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.ledger import Balance, EntryKind, EnvelopeKind
from planner.domain.ledger import Envelope as EnvelopeFacts
from planner.domain.money import Money
from planner.domain.period import Period
from planner.models.base import CodeType, DayType, Model, MoneyType


class Budget(Model):
    """The money of one plan from one source; ``entries`` is the last entry's number and the row lock."""

    __tablename__ = "budget"
    __table_args__ = (
        UniqueConstraint("plan_id", "source_id"),
        CheckConstraint("entries >= 0", name="entries"),
        CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("funding_source.id"))
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date] = mapped_column(DayType)
    entries: Mapped[int] = mapped_column(default=0)

    @property
    def period(self) -> Period:
        """The days on which its money may be used, both ends included; grace days come on top."""
        return Period(self.first_day, self.last_day)


class Envelope(Model):
    """A part of a budget with its running balance; the CHECKs are the last guard against an overdraft."""

    __tablename__ = "envelope"
    __table_args__ = (
        UniqueConstraint("budget_id", "item_id"),
        CheckConstraint("available >= 0 AND committed >= 0 AND paid >= 0", name="not_overdrawn"),
        CheckConstraint("kind <> 'item' OR (available = 0 AND item_id IS NOT NULL)", name="item"),
        CheckConstraint("kind IN ('item', 'free', 'reserve')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id"))
    kind: Mapped[EnvelopeKind] = mapped_column(CodeType(EnvelopeKind))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"), index=True)
    category: Mapped[str | None]
    account_string: Mapped[str]
    available: Mapped[Money] = mapped_column(MoneyType, default=Money(0))
    committed: Mapped[Money] = mapped_column(MoneyType, default=Money(0))
    paid: Mapped[Money] = mapped_column(MoneyType, default=Money(0))

    @property
    def balance(self) -> Balance:
        """What stands in the three accounts."""
        return Balance(self.available, self.committed, self.paid)

    @property
    def facts(self) -> EnvelopeFacts:
        """The envelope as the ledger's rules know it."""
        return EnvelopeFacts(self.id, self.kind, self.balance)


class Entry(Model):
    """An immutable entry: append-only by trigger. Three days: ``occurred_on``, the event's ``at``, ``month``."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("budget_id", "undoes"),
        ForeignKeyConstraint(["chain_id", "seq"], ["event.chain_id", "event.seq"]),
        ForeignKeyConstraint(["budget_id", "undoes"], ["entry.budget_id", "entry.number"]),
        CheckConstraint("oere > 0", name="oere"),
        CheckConstraint("kind IN ('award','return','commit','release','pay','reverse','refund')", name="kind"),
        CheckConstraint("from_envelope IS NOT NULL OR kind = 'award'", name="from"),
        CheckConstraint("to_envelope IS NOT NULL OR kind = 'return'", name="to"),
        Index("ix_entry_chain_id_seq", "chain_id", "seq"),
        Index("ix_entry_purchase_id", "purchase_id"),
        Index("ix_entry_delivery_id", "delivery_id"),
        Index("ix_entry_month_account_string", "month", "account_string"),
    )

    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[EntryKind] = mapped_column(CodeType(EntryKind))
    from_envelope: Mapped[int | None] = mapped_column(ForeignKey("envelope.id"))
    to_envelope: Mapped[int | None] = mapped_column(ForeignKey("envelope.id"))
    oere: Mapped[Money] = mapped_column(MoneyType)
    occurred_on: Mapped[date] = mapped_column(DayType)
    month: Mapped[str]
    account_string: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchase.id"))
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    undoes: Mapped[int | None]
    chain_id: Mapped[int]
    seq: Mapped[int]


class MonthSum(Model):
    """What an envelope was awarded, committed and paid, net, in one month on one account and unit."""

    __tablename__ = "month_sum"

    envelope_id: Mapped[int] = mapped_column(ForeignKey("envelope.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    account_string: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    awarded: Mapped[Money] = mapped_column(MoneyType)
    committed: Mapped[Money] = mapped_column(MoneyType)
    paid: Mapped[Money] = mapped_column(MoneyType)
