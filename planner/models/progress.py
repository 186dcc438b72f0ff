"""How it goes: check-ins on goals and answers on the five CHIME scales."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.package import Chime
from planner.models.base import Model, MomentType


class CheckIn(Model):
    """How a goal goes, 0 to 10 and own words (erasable); either may be missing."""

    __tablename__ = "check_in"
    __table_args__ = (
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 10", name="score"),
        Index("ix_check_in_goal_id_at", "goal_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"))
    score: Mapped[int | None]
    words: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(MomentType)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class ChimeAnswer(Model):
    """Five answers from 0 to 10, any of which may be missing."""

    __tablename__ = "chime_answer"
    __table_args__ = (
        *(CheckConstraint(f"{p} IS NULL OR {p} BETWEEN 0 AND 10", name=p.value) for p in Chime),
        Index("ix_chime_answer_citizen_id_at", "citizen_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    connectedness: Mapped[int | None]
    hope: Mapped[int | None]
    identity: Mapped[int | None]
    meaning: Mapped[int | None]
    empowerment: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(MomentType)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    @property
    def answers(self) -> dict[Chime, int]:
        """The answers that were given, by process."""
        return {process: value for process in Chime if (value := getattr(self, process)) is not None}
