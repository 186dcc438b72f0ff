"""Packages that are made on screen or come from price lists: drafts, proposals, saved mappings and imports."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from planner.models.base import DayType, JsonType, Model, MomentType


class PackageDraft(Model):
    """A local package somebody is working on, as plain values; ``lock_version`` rises with every change."""

    __tablename__ = "package_draft"

    package_id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, object]] = mapped_column(JsonType)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)
    lock_version: Mapped[int] = mapped_column(default=0)


class LocalPackage(Model):
    """A package that this house publishes: its newest version, and from which day nobody can choose it any more.

    ``edition`` counts every publication and withdrawal of the house, so that a reader knows what it has not seen.
    """

    __tablename__ = "local_package"

    package_id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    edition: Mapped[int] = mapped_column(index=True)
    withdrawn_on: Mapped[date | None] = mapped_column(DayType)


class Proposal(Model):
    """A package somebody asks for, in their own words (erasable), and the editor's answer."""

    __tablename__ = "proposal"
    __table_args__ = (CheckConstraint("answer IS NULL OR answered_at IS NOT NULL", name="answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    what: Mapped[str]
    why: Mapped[str]
    at: Mapped[datetime] = mapped_column(MomentType)
    package_id: Mapped[str | None]
    answer: Mapped[str | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(MomentType)


class PriceMapping(Model):
    """How the columns of somebody's price list become packages, saved under a name."""

    __tablename__ = "price_mapping"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    content: Mapped[dict[str, object]] = mapped_column(JsonType)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)


class PriceImport(Model):
    """A price list that was taken in: which file, how many rows, and what they changed."""

    __tablename__ = "price_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    mapping: Mapped[str]
    file_name: Mapped[str]
    file_digest: Mapped[str]
    rows: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    same: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)


class PriceUpload(Model):
    """A price list that somebody is looking at before taking it in: one for each person, kept for a day at most."""

    __tablename__ = "price_upload"

    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    file_name: Mapped[str]
    file_digest: Mapped[str]
    mapping: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(MomentType)
