"""What a plan is composed with besides its lines: rungs, wishes, tries, what a phase leaves, days away, links."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.package import Rung
from planner.models.base import CodeType, DayType, JsonType, Model, MomentType


class RungWords(Model):
    """What is there now and what is possible on one rung of a plan, in the citizen's words (erasable)."""

    __tablename__ = "rung_words"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    rung: Mapped[Rung] = mapped_column(CodeType(Rung), primary_key=True)
    now: Mapped[str]
    possible: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)


class Wish(Model):
    """A choice beyond what a package allows, which the caseworker answers with a reason.

    ``part`` names what is wished (``weeks.2``, ``mode`` …) and ``wanted`` its value; words are erasable.
    """

    __tablename__ = "wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), index=True)
    part: Mapped[str]
    wanted: Mapped[str]
    words: Mapped[str | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)
    granted: Mapped[bool | None]
    reason: Mapped[str | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(MomentType)
    withdrawn_at: Mapped[datetime | None] = mapped_column(MomentType)


class Handover(Model):
    """Who takes over what when a phase closes: me, network, community or service; ``what`` is words (erasable)."""

    __tablename__ = "handover"
    __table_args__ = (CheckConstraint("taker IN ('me', 'network', 'community', 'service')", name="taker"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), index=True)
    phase: Mapped[int]
    what: Mapped[str]
    taker: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)
    removed_at: Mapped[datetime | None] = mapped_column(MomentType)


class PhaseTalk(Model):
    """The conversation in which a phase is closed, or goes on longer, shorter or once more; never a control."""

    __tablename__ = "phase_talk"
    __table_args__ = (CheckConstraint("outcome IN ('close', 'longer', 'shorter', 'again')", name="outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), index=True)
    phase: Mapped[int]
    outcome: Mapped[str]
    weeks: Mapped[int | None]
    words: Mapped[str | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)


class Trial(Model):
    """A try beside the plan: a plan version with a number below zero, never the newest and never sent."""

    __tablename__ = "trial"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "number"], ["plan_version.plan_id", "plan_version.number"]),
        CheckConstraint("number BETWEEN -5 AND -1", name="number"),
    )

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)


class DraftBefore(Model):
    """The lines of a draft as they stood before its last change, for undoing it (holds words, erasable)."""

    __tablename__ = "draft_before"
    __table_args__ = (ForeignKeyConstraint(["plan_id", "number"], ["plan_version.plan_id", "plan_version.number"]),)

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list[dict[str, object]]] = mapped_column(JsonType)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)


class Away(Model):
    """Days on which a citizen is not there; nothing is planned on them."""

    __tablename__ = "away"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date] = mapped_column(DayType)
    words: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(MomentType)


class CalendarLink(Model):
    """A private address of a plan's calendar; only a digest of its token is kept, and it can be revoked.

    ``named`` says whether the calendar calls things by their names; without it, it says nothing about what they are.
    """

    __tablename__ = "calendar_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    token_digest: Mapped[str] = mapped_column(unique=True)
    named: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(MomentType)
    revoked_at: Mapped[datetime | None] = mapped_column(MomentType)


class PrivateMix(Model):
    """A mix somebody made without a name, under a digest of their private code; forgotten after its last day."""

    __tablename__ = "private_mix"
    __table_args__ = (Index("ix_private_mix_last_day", "last_day"),)

    code_digest: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, object]] = mapped_column(JsonType)
    last_day: Mapped[date] = mapped_column(DayType)
