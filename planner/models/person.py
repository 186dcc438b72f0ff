"""People, their numbers, roles, ties and ways to sign in; identity and words can be erased, ids never change."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.money import Money
from planner.domain.people import RoleKind, TieKind
from planner.models.base import CodeType, DayType, Model, MomentType, MoneyType


class Unit(Model):
    """A part of the municipality; carries the municipality's code for region prices."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    municipality_code: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))


class Person(Model):
    """Somebody, by the name they go by; ``epoch`` rises when they sign out and ends every older session."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    called: Mapped[str]
    full_name: Mapped[str | None]
    born: Mapped[date | None] = mapped_column(DayType)
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="da")
    protected: Mapped[bool] = mapped_column(default=False)
    epoch: Mapped[int] = mapped_column(default=0)


class PersonNumber(Model):
    """A CPR or replacement number: encrypted, with a keyed digest to look it up by."""

    __tablename__ = "person_number"
    __table_args__ = (CheckConstraint("kind IN ('cpr', 'replacement')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    cipher: Mapped[str]
    lookup: Mapped[str] = mapped_column(unique=True)
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date | None] = mapped_column(DayType)


class RoleRow(Model):
    """A role somebody has in a unit between two days, with the amount they may decide."""

    __tablename__ = "role"
    __table_args__ = (CheckConstraint("limit_oere IS NULL OR limit_oere >= 0", name="limit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[RoleKind] = mapped_column(CodeType(RoleKind))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    limit_oere: Mapped[Money | None] = mapped_column(MoneyType)
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date | None] = mapped_column(DayType)


class TieRow(Model):
    """What somebody is to one citizen between two days."""

    __tablename__ = "tie"
    __table_args__ = (Index("ix_tie_person_id_citizen_id", "person_id", "citizen_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[TieKind] = mapped_column(CodeType(TieKind))
    scope: Mapped[str] = mapped_column(default="plan")
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date | None] = mapped_column(DayType)


class Identity(Model):
    """A person's account at the OpenID provider, linked once by an invitation."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime] = mapped_column(MomentType)


class Invitation(Model):
    """A one-time code that links a person to their first sign-in; only its digest is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_digest: Mapped[str] = mapped_column(unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(MomentType)
    expires_at: Mapped[datetime] = mapped_column(MomentType)
    used_at: Mapped[datetime | None] = mapped_column(MomentType)


class Setting(Model):
    """What a municipality says about itself: its name, telephone numbers; and the mark of the demo."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
