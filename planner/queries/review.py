"""One plan as somebody who decides it reads it: own words, lines as they were sent, money, what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select

from planner.domain import terms
from planner.domain.away import Closed
from planner.domain.decision import Outcome
from planner.domain.draft import own_money, own_money_needed
from planner.domain.ledger import Balance, EnvelopeKind
from planner.domain.mix import Line
from planner.domain.money import ZERO, Money
from planner.domain.package import Words
from planner.domain.people import TieKind, User
from planner.domain.plan import PlanAction, PlanStatus
from planner.domain.review import SentLine
from planner.models.budget import Budget, Envelope
from planner.models.person import Person, RoleRow, TieRow, Unit
from planner.models.plan import Decision, Goal, LineGoal, Plan, PlanItem, PlanLine, PlanVersion
from planner.models.rule import BudgetTemplate, FundingSource, LegalBasisRow
from planner.queries import absences, plans
from planner.queries.caseload import DECIDERS
from planner.queries.plans import Act, PlanSummary
from planner.queries.session import reading

MOST_GOALS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the plan stands on: whose it is, in which unit, on which legal basis, up to which ceiling."""

    called: str
    language: str
    phone: str | None
    born: date | None
    protected: bool
    unit: str
    basis: Words
    complaint: str
    verify: bool
    ceiling: Money | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where money comes from; ``own`` counts for the citizen."""

    name: Words
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision taken before."""

    number: int
    outcome: Outcome
    award: Money
    reasons: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A plan to be read and decided. ``shown`` is the version that is shown: a draft is the citizen's alone.

    ``purposes`` are the goals that each item of that version is for, in the citizen's words.
    """

    plan: PlanSummary
    course: Course
    shown: int | None
    digest: str
    lines: tuple[SentLine, ...]
    before: tuple[SentLine, ...]
    goals: tuple[str, ...]
    purposes: Mapping[int, tuple[str, ...]]
    sources: Mapping[int, Source]
    paid: Mapping[int | None, Money]
    held: Balance
    decisions: tuple[Decided, ...]
    names: Mapping[int, str]
    helpers: tuple[str, ...]
    closed: Closed

    @property
    def waits(self) -> bool:
        """Tell whether the plan waits for a decision."""
        return self.plan.status in {PlanStatus.SUBMITTED, PlanStatus.INSISTED}

    @property
    def ended(self) -> bool:
        """Tell whether the course has ended."""
        return self.plan.status is PlanStatus.ENDED

    @property
    def may_ask(self) -> bool:
        """Tell whether the citizen can be asked something first; not after "answer it as it is"."""
        return self.plan.status is PlanStatus.SUBMITTED

    @property
    def approved(self) -> frozenset[int]:
        """The items of the version that is in force."""
        return frozenset(sent.item for sent in self.before)

    @property
    def in_force(self) -> tuple[Line, ...]:
        """The lines of that version."""
        return tuple(sent.line for sent in self.before)

    @property
    def needed(self) -> Money:
        """What the plan takes of the citizen's amount."""
        chosen = {s.item: s.cost for s in self.lines if s.source_id is not None and self.sources[s.source_id].own}
        return own_money_needed(chosen, self.paid)

    @property
    def services(self) -> Money:
        """What the plan costs beside the citizen's amount."""
        return Money.sum(s.cost for s in self.lines if s.source_id is not None and not self.sources[s.source_id].own)

    def money(self, award: Money) -> Balance:
        """Divide the citizen's amount: as the plan would while it waits, else as it is."""
        if self.decisions and not self.waits:
            return self.held
        return own_money(award, self.needed, Money.sum(self.paid.values()))

    @property
    def submitted_by(self) -> int:
        """Who pressed Send on the newest version that was sent; nobody is 0."""
        return next((a.by_id for a in reversed(self.plan.acts) if a.action is PlanAction.SUBMIT), 0)

    @property
    def message(self) -> Act | None:
        """The words the citizen sent along last."""
        said = {PlanAction.SUBMIT, PlanAction.INSIST}
        acts = (act for act in reversed(self.plan.acts) if act.number == self.shown and act.action in said)
        return next((act for act in acts if act.note), None)


def review(plan_id: int, by: User, today: date) -> Review | None:
    """Find a plan of somebody's units. Nine statements, whatever its history."""
    plan = plans.in_units(by.units(*DECIDERS), plan_id)
    if plan is None:
        return None
    shown = _shown(plan)
    sent = _lines(plan_id, {number for number in (shown, plan.approved) if number is not None})
    digest, lines = sent.get(shown, ("", ()))
    names, helpers = _people(plan, today)
    sources, paid, held = _money(plan_id)
    goals, purposes = _goals(plan, shown)
    return Review(
        plan=plan,
        course=_course(plan_id),
        shown=shown,
        digest=digest,
        lines=lines,
        before=sent.get(plan.approved, ("", ()))[1],
        goals=goals,
        purposes=purposes,
        sources=sources,
        paid=paid,
        held=held,
        decisions=_decisions(plan_id),
        names=names,
        helpers=helpers,
        closed=absences.closed(plan.citizen_id, plan.period),
    )


def version(plan_id: int, number: int) -> tuple[SentLine, ...]:
    """Read the lines of a version as they were sent; nothing for a draft."""
    return _lines(plan_id, {number}).get(number, ("", ()))[1]


def deciders(unit_id: int, amount: Money, today: date) -> tuple[str, ...]:
    """Name those who may decide an amount in a unit."""
    found = (
        select(Person.called)
        .join(RoleRow, RoleRow.person_id == Person.id)
        .join(Unit, Unit.id == unit_id)
        .where(
            RoleRow.kind.in_(DECIDERS),
            RoleRow.limit_oere >= amount,
            or_(RoleRow.unit_id == Unit.id, RoleRow.unit_id == Unit.parent_id),
            *_holds(RoleRow, today),
        )
        .distinct()
        .order_by(Person.called)
        .limit(5)
    )
    return tuple(reading().scalars(found))


def _shown(plan: PlanSummary) -> int | None:
    if plan.status in {PlanStatus.DRAFT, PlanStatus.WITHDRAWN}:
        return plan.approved
    return plan.number


def _course(plan_id: int) -> Course:
    row = (
        reading()
        .execute(
            select(
                Person.called,
                Person.language,
                Person.phone,
                Person.born,
                Person.protected,
                Unit.name.label("unit"),
                LegalBasisRow.name,
                LegalBasisRow.name_en,
                LegalBasisRow.complaint,
                LegalBasisRow.verify,
                BudgetTemplate.ceiling_oere,
            )
            .join(Plan, Plan.citizen_id == Person.id)
            .join(Unit, Unit.id == Plan.unit_id)
            .join(BudgetTemplate, BudgetTemplate.id == Plan.template_id)
            .join(LegalBasisRow, LegalBasisRow.id == BudgetTemplate.legal_basis_id)
            .where(Plan.id == plan_id)
        )
        .one()
    )
    return Course(
        called=row.called,
        language=row.language,
        phone=row.phone,
        born=row.born,
        protected=row.protected,
        unit=row.unit,
        basis=Words(row.name, row.name_en),
        complaint=row.complaint,
        verify=row.verify,
        ceiling=row.ceiling_oere,
    )


def _lines(plan_id: int, numbers: Iterable[int]) -> dict[int | None, tuple[str, tuple[SentLine, ...]]]:
    rows = (
        reading()
        .execute(
            select(PlanLine, PlanItem.title.label("own_title"), PlanVersion.digest)
            .join(PlanItem, PlanItem.id == PlanLine.item_id)
            .join(PlanVersion, (PlanVersion.plan_id == PlanLine.plan_id) & (PlanVersion.number == PlanLine.number))
            .where(PlanLine.plan_id == plan_id, PlanLine.number.in_(numbers), PlanVersion.digest.is_not(None))
            .order_by(PlanLine.first_day, PlanLine.item_id)
        )
        .all()
    )
    found: dict[int | None, tuple[str, tuple[SentLine, ...]]] = {}
    for row in rows:
        number = row.PlanLine.number
        found[number] = (row.digest, (*found.get(number, ("", ()))[1], _sent(row)))
    return found


def _sent(row: Any) -> SentLine:  # noqa: ANN401 - a row of _lines
    stored: PlanLine = row.PlanLine
    line = terms.to_line(
        stored.item_id,
        stored.kind,
        stored.period,
        stored.terms,
        title=row.own_title or stored.title,
        package_id=stored.package_id,
    )
    bases, chosen = terms.legal_bases(stored.terms), terms.chosen(stored.terms)
    return SentLine(line, stored.cost_oere, stored.source_id, bases, chosen)


def _goals(plan: PlanSummary, shown: int | None) -> tuple[tuple[str, ...], dict[int, tuple[str, ...]]]:
    """Load what the citizen wants now, and which of their goals each item of the shown version is for."""
    aimed = (LineGoal.plan_id == plan.id, LineGoal.number == shown)
    rows = reading().execute(
        select(Goal, LineGoal.item_id)
        .outerjoin(LineGoal, and_(LineGoal.goal_id == Goal.id, *aimed))
        .where(Goal.citizen_id == plan.citizen_id)
        .order_by(Goal.id)
    )
    running: dict[int, str] = {}
    purposes: dict[int, tuple[str, ...]] = {}
    for goal, item in rows:
        if goal.ended_on is None and goal.paused_on is None:
            running[goal.id] = goal.words
        if item is not None:
            purposes[item] = (*purposes.get(item, ()), goal.words)
    return tuple(running.values())[:MOST_GOALS], purposes


def _money(plan_id: int) -> tuple[dict[int, Source], dict[int | None, Money], Balance]:
    """Load where money comes from, and add up the citizen's own: paid by item (``None``: no item), and all accounts."""
    rows = reading().execute(
        select(FundingSource, Envelope)
        .outerjoin(Budget, (Budget.source_id == FundingSource.id) & (Budget.plan_id == plan_id))
        .outerjoin(Envelope, Envelope.budget_id == Budget.id)
    )
    sources: dict[int, Source] = {}
    paid: dict[int | None, Money] = {}
    held = Balance()
    for source, envelope in rows:
        sources[source.id] = Source(Words(source.name, source.name_en), source.counts_for_citizen)
        if envelope is not None and source.counts_for_citizen:
            item = envelope.item_id if envelope.kind is EnvelopeKind.ITEM else None
            paid[item] = paid.get(item, ZERO) + envelope.paid
            held += Balance(envelope.available, envelope.committed, envelope.paid)
    return sources, paid, held


def _decisions(plan_id: int) -> tuple[Decided, ...]:
    rows = reading().execute(
        select(Decision, Person.called)
        .join(Person, Person.id == Decision.by_id)
        .where(Decision.plan_id == plan_id)
        .order_by(Decision.number.desc())
    )
    return tuple(
        Decided(
            number=row.Decision.number,
            outcome=row.Decision.outcome,
            award=row.Decision.award_oere,
            reasons=row.Decision.reasons,
            by=row.called,
            at=row.Decision.at,
        )
        for row in rows
    )


def _people(plan: PlanSummary, today: date) -> tuple[dict[int, str], tuple[str, ...]]:
    """Name those who acted on the plan, and those who help the citizen with the money."""
    actors = {act.by_id for act in plan.acts}
    helping = (
        TieRow.person_id == Person.id,
        TieRow.citizen_id == plan.citizen_id,
        TieRow.kind == TieKind.SUPPORT_PERSON,
        *_holds(TieRow, today),
    )
    rows = (
        reading()
        .execute(
            select(Person.id, Person.called, TieRow.id.label("tie"))
            .outerjoin(TieRow, helping[0] & helping[1] & helping[2] & helping[3] & helping[4])
            .where(or_(Person.id.in_(actors), TieRow.id.is_not(None)))
            .order_by(Person.called)
        )
        .all()
    )
    helpers = dict.fromkeys(row.called for row in rows if row.tie is not None)
    return {row.id: row.called for row in rows}, tuple(helpers)


def _holds(table: type[RoleRow] | type[TieRow], today: date) -> tuple[Any, Any]:
    return table.first_day <= today, or_(table.last_day.is_(None), table.last_day >= today)
