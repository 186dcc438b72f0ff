"""Law and money rules as dated data: legal bases, budget templates, who pays what, account strings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.money import Money
from planner.domain.package import LineKind
from planner.models.base import CodeType, DayType, JsonType, Model, MomentType, MoneyType


class LegalBasisRow(Model):
    """Law and paragraph with validity; ``complaint`` says where a complaint goes, ``verify`` what is unsure."""

    __tablename__ = "legal_basis"

    id: Mapped[int] = mapped_column(primary_key=True)
    law: Mapped[str]
    paragraph: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    first_day: Mapped[date | None] = mapped_column(DayType)
    last_day: Mapped[date | None] = mapped_column(DayType)
    complaint: Mapped[str]
    verify: Mapped[bool]


class BudgetTemplate(Model):
    """A kind of personal budget a municipality offers: its ceiling, grace days and days to answer."""

    __tablename__ = "budget_template"
    __table_args__ = (
        CheckConstraint("ceiling_oere IS NULL OR ceiling_oere > 0", name="ceiling"),
        CheckConstraint("grace_days >= 0 AND answer_days > 0", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    legal_basis_id: Mapped[int] = mapped_column(ForeignKey("legal_basis.id"))
    ceiling_oere: Mapped[Money | None] = mapped_column(MoneyType)
    months: Mapped[int | None]
    grace_days: Mapped[int]
    answer_days: Mapped[int]
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date | None] = mapped_column(DayType)
    assumed: Mapped[bool]


class FundingSource(Model):
    """Where money comes from; the personal source counts for the citizen."""

    __tablename__ = "funding_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    counts_for_citizen: Mapped[bool]


class FundingRule(Model):
    """Which source a kind of line draws on in a template, between two days; no source draws on nothing."""

    __tablename__ = "funding_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("budget_template.id"), index=True)
    line_kind: Mapped[LineKind] = mapped_column(CodeType(LineKind))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_source.id"))
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date | None] = mapped_column(DayType)


class AccountRule(Model):
    """Which account string a kind of line is posted to, between two days."""

    __tablename__ = "account_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_kind: Mapped[LineKind] = mapped_column(CodeType(LineKind))
    legal_basis_id: Mapped[int | None] = mapped_column(ForeignKey("legal_basis.id"))
    account_string: Mapped[str]
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date | None] = mapped_column(DayType)
    assumed: Mapped[bool]


class Figure(Model):
    """A number that the law or the municipality sets, between two days, with where it comes from.

    ``code`` names it in the program, ``value`` is a whole number of ``unit`` (oere, weeks, months, citizens, yes).
    """

    __tablename__ = "figure"
    __table_args__ = (UniqueConstraint("code", "first_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    value: Mapped[int]
    unit: Mapped[str]
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date | None] = mapped_column(DayType)
    source: Mapped[str]
    assumed: Mapped[bool]


class PackageVersion(Model):
    """A version of a package: of a file when it is first seen in a plan, of the house when it is published.

    Plans keep the version they chose. A version never changes.
    """

    __tablename__ = "package_version"
    __table_args__ = (CheckConstraint("origin IN ('file', 'local')", name="origin"),)

    package_id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str]
    content: Mapped[dict[str, object]] = mapped_column(JsonType)
    published_at: Mapped[datetime] = mapped_column(MomentType)
