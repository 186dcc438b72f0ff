"""Goals, plans and their versions; a version is frozen, by trigger, once it has a digest."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.decision import Outcome
from planner.domain.goal import GoalDays
from planner.domain.money import Money
from planner.domain.package import LineKind
from planner.domain.period import Period
from planner.domain.plan import PlanAction
from planner.models.base import CodeType, DayType, JsonType, Model, MomentType, MoneyType


class Goal(Model):
    """What the citizen wants, in their own words (erasable)."""

    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str]
    said_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    started_on: Mapped[date] = mapped_column(DayType)
    paused_on: Mapped[date | None] = mapped_column(DayType)
    ended_on: Mapped[date | None] = mapped_column(DayType)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id"))

    @property
    def days(self) -> GoalDays:
        """The days that the goal's state follows from."""
        return GoalDays(self.started_on, self.paused_on, self.ended_on)


class Plan(Model):
    """A course that was opened for a citizen: which template, which amount is expected, between which days.

    ``version`` counts the newest version; ``lock_version`` rises with every change of the plan or its draft.
    """

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("indicative_oere > 0", name="indicative"),
        CheckConstraint("first_day <= last_day", name="days"),
        Index("ix_plan_unit_id_citizen_id", "unit_id", "citizen_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    template_id: Mapped[int] = mapped_column(ForeignKey("budget_template.id"))
    indicative_oere: Mapped[Money] = mapped_column(MoneyType)
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date] = mapped_column(DayType)
    weekly_minutes: Mapped[int | None]
    opened_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(MomentType)
    lock_version: Mapped[int] = mapped_column(default=0)

    @property
    def period(self) -> Period:
        """The days of the plan, both ends included."""
        return Period(self.first_day, self.last_day)


class PlanVersion(Model):
    """One version of a plan: a draft while ``digest`` is empty, frozen once it has one."""

    __tablename__ = "plan_version"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str | None]


class PlanItem(Model):
    """What lives through the versions of a plan: one package, or one free line with its own title (erasable)."""

    __tablename__ = "plan_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    kind: Mapped[LineKind] = mapped_column(CodeType(LineKind))
    package_id: Mapped[str | None]
    title: Mapped[str | None]


class PlanLine(Model):
    """A plan item in one version: days, terms and cost; ``terms`` is the snapshot from the day it was sent.

    Frozen rows hold no words of the citizen: the title of a free line stands on its item.
    """

    __tablename__ = "plan_line"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "number"], ["plan_version.plan_id", "plan_version.number"]),
        ForeignKeyConstraint(
            ["package_id", "package_digest"], ["package_version.package_id", "package_version.digest"]
        ),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("cost_oere >= 0", name="cost"),
        Index("ix_plan_line_item_id", "item_id"),
    )

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), primary_key=True)
    kind: Mapped[LineKind] = mapped_column(CodeType(LineKind))
    package_id: Mapped[str | None]
    package_digest: Mapped[str | None]
    title: Mapped[str]
    terms: Mapped[dict[str, object]] = mapped_column(JsonType)
    category: Mapped[str]
    provider_id: Mapped[int | None]
    first_day: Mapped[date] = mapped_column(DayType)
    last_day: Mapped[date] = mapped_column(DayType)
    cost_oere: Mapped[Money] = mapped_column(MoneyType)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_source.id"))

    @property
    def period(self) -> Period:
        """The days of the line, both ends included."""
        return Period(self.first_day, self.last_day)


class LineMonth(Model):
    """What a sent line costs in one month; the months of a line sum to its cost."""

    __tablename__ = "line_month"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_id", "number", "item_id"], ["plan_line.plan_id", "plan_line.number", "plan_line.item_id"]
        ),
        CheckConstraint("oere >= 0", name="oere"),
    )

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    oere: Mapped[Money] = mapped_column(MoneyType)


class LineGoal(Model):
    """Which goals a line serves, in one version."""

    __tablename__ = "line_goal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_id", "number", "item_id"], ["plan_line.plan_id", "plan_line.number", "plan_line.item_id"]
        ),
    )

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"), primary_key=True)


class PlanAct(Model):
    """What somebody did to a plan; the status is the fold of these. ``note`` is words (erasable)."""

    __tablename__ = "plan_act"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "number"], ["plan_version.plan_id", "plan_version.number"]),
        Index(
            "uq_plan_act_approved",
            "plan_id",
            "number",
            unique=True,
            sqlite_where=text("action = 'approve'"),
            postgresql_where=text("action = 'approve'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    action: Mapped[PlanAction] = mapped_column(CodeType(PlanAction))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)
    note: Mapped[str | None]


class Decision(Model):
    """What was decided about one plan version, on which legal basis; ``reasons`` are words (erasable)."""

    __tablename__ = "decision"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "number"], ["plan_version.plan_id", "plan_version.number"]),
        CheckConstraint("award_oere >= 0", name="award"),
        Index("uq_decision_plan_id_number", "plan_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int]
    number: Mapped[int]
    digest: Mapped[str]
    legal_basis_id: Mapped[int] = mapped_column(ForeignKey("legal_basis.id"))
    outcome: Mapped[Outcome] = mapped_column(CodeType(Outcome))
    award_oere: Mapped[Money] = mapped_column(MoneyType)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(MomentType)
    reasons: Mapped[str | None]
