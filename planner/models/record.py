"""The record: events and readings, each in a hash chain, append-only by trigger; no words, no names."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.event import EventKind, Facts
from planner.models.base import CodeType, JsonType, Model, MomentType


class Chain(Model):
    """The head of a chain: one for each citizen's events, each reader's readings, and the house's own events."""

    __tablename__ = "chain"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id"),
        CheckConstraint("kind IN ('citizen', 'reader', 'house')", name="kind"),
        CheckConstraint("length >= 0", name="length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str]


class Event(Model):
    """What somebody changed: who, for whom, with whom, when, what; and the digest of the rows written with it.

    ``key`` is the idempotency key of the request, ``request_digest`` tells its body from another.
    """

    __tablename__ = "event"

    chain_id: Mapped[int] = mapped_column(ForeignKey("chain.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(unique=True)
    request_digest: Mapped[str | None]
    kind: Mapped[EventKind] = mapped_column(CodeType(EventKind))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    with_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)
    facts: Mapped[Facts] = mapped_column(JsonType)
    rows_digest: Mapped[str]
    hash: Mapped[str]


class Reading(Model):
    """What somebody looked at: in which role and unit, which page, for which purpose, when."""

    __tablename__ = "reading"

    chain_id: Mapped[int] = mapped_column(ForeignKey("chain.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    page: Mapped[str]
    purpose: Mapped[str]
    at: Mapped[datetime] = mapped_column(MomentType)
    hash: Mapped[str]


class ReadingOf(Model):
    """Whose data a reading showed."""

    __tablename__ = "reading_of"
    __table_args__ = (
        ForeignKeyConstraint(["chain_id", "seq"], ["reading.chain_id", "reading.seq"]),
        Index("ix_reading_of_citizen_id", "citizen_id"),
    )

    chain_id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
