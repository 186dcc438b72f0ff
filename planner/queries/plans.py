"""Plans as people see them: where a plan stands, whose it is, when an answer is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from planner import clock
from planner.domain.decision import Outcome
from planner.domain.money import Money
from planner.domain.package import Words
from planner.domain.period import Period
from planner.domain.plan import PlanAction, PlanStatus, fold
from planner.models.person import Person
from planner.models.plan import Decision, Goal, Plan, PlanAct, PlanVersion
from planner.models.rule import BudgetTemplate, LegalBasisRow
from planner.queries.session import look, reading

MOST = 100


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody did to a plan; ``note`` are the words that went with it."""

    number: int
    action: PlanAction
    by_id: int
    at: datetime
    note: str | None


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan without its lines. ``number`` is the newest version, ``approved`` the one in force, if any."""

    id: int
    citizen_id: int
    unit_id: int
    template_id: int
    template: Words
    indicative: Money
    period: Period
    weekly_minutes: int | None
    lock_version: int
    adviser: str
    answer_days: int
    number: int
    approved: int | None
    award: Money | None
    acts: tuple[Act, ...]

    @property
    def status(self) -> PlanStatus:
        """Where the newest version stands."""
        return fold(act.action for act in self.acts)

    @property
    def sent_at(self) -> datetime | None:
        """When the newest version was sent."""
        return next(
            (a.at for a in reversed(self.acts) if a.action is PlanAction.SUBMIT and a.number == self.number), None
        )

    @property
    def put_away(self) -> bool:
        """Tell whether the newest version is a draft of a change that was put away; what was decided goes on."""
        return self.status is PlanStatus.WITHDRAWN and self.sent_at is None and self.approved is not None

    @property
    def answer_by(self) -> date | None:
        """The day an answer is due, by the days the budget template promises."""
        return clock.local(self.sent_at).date() + timedelta(days=self.answer_days) if self.sent_at else None

    @property
    def frame(self) -> Money:
        """The citizen's amount: what was decided, or what is expected before that."""
        return self.indicative if self.award is None else self.award


_PLANS = (
    select(
        Plan.id,
        Plan.citizen_id,
        Plan.unit_id,
        Plan.template_id,
        Plan.indicative_oere,
        Plan.first_day,
        Plan.last_day,
        Plan.weekly_minutes,
        Plan.lock_version,
        BudgetTemplate.name,
        BudgetTemplate.name_en,
        BudgetTemplate.answer_days,
        Person.called,
        select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == Plan.id).scalar_subquery().label("number"),
        select(func.max(Decision.number)).where(Decision.plan_id == Plan.id).scalar_subquery().label("approved"),
        select(Decision.award_oere)
        .where(Decision.plan_id == Plan.id)
        .order_by(Decision.number.desc())
        .limit(1)
        .scalar_subquery()
        .label("award"),
    )
    .join(BudgetTemplate, BudgetTemplate.id == Plan.template_id)
    .join(Person, Person.id == Plan.opened_by)
)


_OF_CITIZEN = _PLANS.where(Plan.citizen_id == bindparam("citizen")).order_by(Plan.first_day.desc(), Plan.id.desc())
_ACTS = (
    select(PlanAct.plan_id, PlanAct.number, PlanAct.action, PlanAct.by_id, PlanAct.at, PlanAct.note)
    .where(PlanAct.plan_id.in_(bindparam("plans", expanding=True)))
    .order_by(PlanAct.id)
)


def of_citizen(citizen_id: int) -> list[PlanSummary]:
    """List a citizen's plans, the newest period first. Two statements, whatever their history."""
    return _summaries(look(_OF_CITIZEN, {"citizen": citizen_id}).all())


def current(citizen_id: int, today: date) -> PlanSummary | None:
    """Choose the plan a citizen's pages are about: the one that runs today, else the next, else the last."""
    return choose(of_citizen(citizen_id), today)


def choose(plans: Sequence[PlanSummary], today: date) -> PlanSummary | None:
    """Choose among a citizen's plans, the newest period first: the running one, else the next, else the last."""
    running = [plan for plan in plans if today in plan.period and plan.status is not PlanStatus.ENDED]
    coming = [plan for plan in plans if plan.period.first_day > today]
    return next(iter(running or coming[::-1] or plans), None)


def own(citizen_id: int, plan_id: int) -> PlanSummary | None:
    """Find one of a citizen's own plans; anybody else's looks like an unknown id."""
    rows = reading().execute(_PLANS.where(Plan.id == plan_id, Plan.citizen_id == citizen_id)).all()
    return next(iter(_summaries(rows)), None)


def composed(plan_id: int, units: frozenset[int], citizens: frozenset[int]) -> PlanSummary | None:
    """Find a plan of some units or citizens, for somebody who helps to compose it."""
    if not units and not citizens:
        return None
    theirs = or_(Plan.unit_id.in_(units), Plan.citizen_id.in_(citizens))
    rows = reading().execute(_PLANS.where(Plan.id == plan_id, theirs)).all()
    return next(iter(_summaries(rows)), None)


@dataclass(frozen=True, slots=True)
class Helped:
    """A draft that somebody helps with, and whose it is."""

    plan: PlanSummary
    called: str
    protected: bool


def helped(citizens: frozenset[int]) -> list[Helped]:
    """List the drafts of some citizens, the newest period first. Three statements."""
    if not citizens:
        return []
    rows = reading().execute(
        _PLANS.where(Plan.citizen_id.in_(citizens)).order_by(Plan.first_day.desc(), Plan.id.desc()).limit(MOST)
    )
    drafts = [plan for plan in _summaries(rows.all()) if plan.status is PlanStatus.DRAFT]
    names = select(Person.id, Person.called, Person.protected).where(
        Person.id.in_({plan.citizen_id for plan in drafts})
    )
    known = {row.id: row for row in reading().execute(names)}
    return [Helped(plan, known[plan.citizen_id].called, known[plan.citizen_id].protected) for plan in drafts]


def wishes(citizen_id: int) -> list[str]:
    """List what the citizen wants, in their own words: the goals that were not put away."""
    goals = select(Goal.words).where(Goal.citizen_id == citizen_id, Goal.ended_on.is_(None))
    return list(reading().scalars(goals.order_by(Goal.id).limit(MOST)))


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about one version: the award, the reasons, and the law behind it."""

    number: int
    outcome: Outcome
    award: Money
    at: datetime
    reasons: str | None
    law: Words
    paragraph: str
    complaint: str
    verify: bool


def decisions(plan_id: int) -> list[Decided]:
    """List the decisions about a plan, the newest first."""
    rows = reading().execute(
        select(Decision, LegalBasisRow)
        .join(LegalBasisRow, LegalBasisRow.id == Decision.legal_basis_id)
        .where(Decision.plan_id == plan_id)
        .order_by(Decision.number.desc())
        .limit(MOST)
    )
    return [
        Decided(
            number=row.Decision.number,
            outcome=row.Decision.outcome,
            award=row.Decision.award_oere,
            at=row.Decision.at,
            reasons=row.Decision.reasons,
            law=Words(row.LegalBasisRow.name, row.LegalBasisRow.name_en),
            paragraph=row.LegalBasisRow.paragraph,
            complaint=row.LegalBasisRow.complaint,
            verify=row.LegalBasisRow.verify,
        )
        for row in rows
    ]


def in_units(units: frozenset[int], plan_id: int) -> PlanSummary | None:
    """Find a plan of one of some units; anything else looks like an unknown id."""
    rows = reading().execute(_PLANS.where(Plan.id == plan_id, Plan.unit_id.in_(units))).all()
    return next(iter(_summaries(rows)), None)


def _summaries(rows: Sequence[Any]) -> list[PlanSummary]:
    acts: dict[int, list[Act]] = {row.id: [] for row in rows}
    if acts:
        for act in look(_ACTS, {"plans": list(acts)}):
            acts[act.plan_id].append(Act(act.number, act.action, act.by_id, act.at, act.note))
    return [_summary(row, tuple(acts[row.id])) for row in rows]


def _summary(row: Any, acts: tuple[Act, ...]) -> PlanSummary:  # noqa: ANN401 - a row of _PLANS
    return PlanSummary(
        id=row.id,
        citizen_id=row.citizen_id,
        unit_id=row.unit_id,
        template_id=row.template_id,
        template=Words(row.name, row.name_en),
        indicative=row.indicative_oere,
        period=Period(row.first_day, row.last_day),
        weekly_minutes=row.weekly_minutes,
        lock_version=row.lock_version,
        adviser=row.called,
        answer_days=row.answer_days,
        number=row.number,
        approved=row.approved,
        award=row.award,
        acts=acts,
    )
