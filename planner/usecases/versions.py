"""Plan versions: loading a plan under lock, moving its status, and freezing what is sent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Table, and_, func, insert, literal, or_, select
from sqlalchemy.orm import Session, aliased

from packages_catalog.reader import Catalogue
from packages_catalog.shape import dump
from planner.domain import event as chained
from planner.domain import plan as rules
from planner.domain import terms
from planner.domain.choices import Choices
from planner.domain.draft import Written, own_money_needed
from planner.domain.errors import NotFound
from planner.domain.ledger import EnvelopeKind
from planner.domain.mix import Line, Price
from planner.domain.money import ZERO, Money
from planner.domain.package import Package
from planner.domain.people import User
from planner.domain.plan import FundingRules, PlanAction, PlanStatus
from planner.models.budget import Budget, Envelope
from planner.models.person import Unit
from planner.models.plan import Decision, LineGoal, LineMonth, Plan, PlanAct, PlanItem, PlanLine, PlanVersion
from planner.models.rule import Figure, FundingRule, FundingSource, PackageVersion
from planner.usecases.record import as_text

_line: Table = PlanLine.__table__  # type: ignore[assignment]  # declarative classes type it wider
_month: Table = LineMonth.__table__  # type: ignore[assignment]  # as above
_goal: Table = LineGoal.__table__  # type: ignore[assignment]  # as above
_version: Table = PlanVersion.__table__  # type: ignore[assignment]  # as above


def locked(session: Session, plan_id: int) -> Plan:
    """Load a plan and lock its row until the transaction ends. Raises ``NotFound``."""
    # The id stays, so what only refers to the plan (a budget on which a purchase is made) need not wait for it.
    plan = session.scalars(select(Plan).where(Plan.id == plan_id).with_for_update(key_share=True)).one_or_none()
    if plan is None:
        raise NotFound
    return plan


def own(session: Session, plan_id: int, by: User) -> Plan:
    """Load the citizen's own plan under lock. Raises ``NotFound`` for anybody else's."""
    plan = locked(session, plan_id)
    if plan.citizen_id != by.id:
        raise NotFound
    return plan


def composed(session: Session, plan_id: int, by: User) -> Plan:
    """Load a plan under lock for somebody who may compose it: the citizen, or who helps them. Raises ``NotFound``."""
    plan = locked(session, plan_id)
    if not by.may_compose(plan.citizen_id, plan.unit_id):
        raise NotFound
    return plan


def own_draft(session: Session, plan_id: int, by: User) -> Plan:
    """Load a plan for somebody who may compose it; it must be a draft. Raises ``NotNow`` and ``NotFound``."""
    plan = composed(session, plan_id, by)
    now = status(session, plan_id)
    if now is not PlanStatus.DRAFT:
        raise rules.NotNow(now, PlanAction.SUBMIT)
    return plan


def in_unit(session: Session, plan_id: int, by: User) -> Plan:
    """Load a plan of one of the units a caseworker or approver works in, under lock. Raises ``NotFound``."""
    plan = locked(session, plan_id)
    if not by.parts(citizen_id=0, unit_id=plan.unit_id):
        raise NotFound
    return plan


def status(session: Session, plan_id: int) -> PlanStatus:
    """Fold a plan's acts into its status."""
    acts = select(PlanAct.action).where(PlanAct.plan_id == plan_id).order_by(PlanAct.id)
    return rules.fold(session.scalars(acts))


def newest(session: Session, plan_id: int) -> PlanVersion:
    """Find the newest version of a plan."""
    last = select(PlanVersion).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number.desc()).limit(1)
    return session.scalars(last).one()


def expect_number(session: Session, plan: Plan, number: int) -> PlanVersion:
    """Refuse with ``PlanChanged`` when another version is the newest by now."""
    version = newest(session, plan.id)
    if version.number != number:
        raise rules.PlanChanged(status(session, plan.id), version.number)
    return version


def move(
    session: Session,
    plan: Plan,
    action: PlanAction,
    *,
    by: User,
    at: datetime,
    note: str | None = None,
    lock_version: int | None = None,
    number: int | None = None,
) -> PlanStatus:
    """Do an act on the newest version by the one transition table, and remember who did it and when.

    Raises ``PlanChanged`` when ``lock_version`` is not the plan's, ``NotNow`` and ``NotYourPart``.
    """
    before = status(session, plan.id)
    version = newest(session, plan.id).number
    if lock_version is not None and lock_version != plan.lock_version:
        raise rules.PlanChanged(before, version)
    after = rules.next_status(before, action, by.parts(citizen_id=plan.citizen_id, unit_id=plan.unit_id))
    plan.lock_version += 1
    session.add(PlanAct(plan_id=plan.id, number=number or version, action=action, by_id=by.id, at=at, note=note))
    return after


def lines(session: Session, plan: Plan, number: int | None = None) -> Sequence[PlanLine]:
    """Load the lines of a version (the newest unless told), oldest item first."""
    wanted = number or newest(session, plan.id).number
    found = select(PlanLine).where(PlanLine.plan_id == plan.id, PlanLine.number == wanted)
    return session.scalars(found.order_by(PlanLine.item_id)).all()


def titled(session: Session, rows: Iterable[PlanLine]) -> list[tuple[PlanLine, str]]:
    """Pair lines with their titles: the package's name, or the citizen's own words."""
    found = list(rows)
    own_titles = {
        item.id: item.title or ""
        for item in session.scalars(select(PlanItem).where(PlanItem.id.in_([row.item_id for row in found])))
    }
    return [(row, own_titles[row.item_id] or row.title) for row in found]


def line_of(row: PlanLine, title: str, catalogue: Catalogue, region: str, today: date) -> tuple[Line, Package | None]:
    """Read a line: a sent one from its terms, a draft from the live catalogue. Raises ``PackageGone``."""
    package = catalogue.get(row.package_id) if row.package_id else None
    return written(row, title).line(catalogue, region, today), package


def written(row: PlanLine, title: str) -> Written:
    """Hand a stored line to the rules."""
    return Written(
        item=row.item_id,
        kind=row.kind,
        title=title,
        period=row.period,
        terms=row.terms,
        package_id=row.package_id,
        digest=row.package_digest,
    )


def region(session: Session, plan: Plan) -> str:
    """Find the municipality code whose prices hold for a plan."""
    return session.scalars(select(Unit.municipality_code).where(Unit.id == plan.unit_id)).one()


def was_sent(session: Session, item_id: int) -> bool:
    """Tell whether an item stands in a frozen version."""
    frozen = (
        select(func.count())
        .select_from(PlanLine)
        .join(PlanVersion, (PlanVersion.plan_id == PlanLine.plan_id) & (PlanVersion.number == PlanLine.number))
        .where(PlanLine.item_id == item_id, PlanVersion.digest.is_not(None))
    )
    return bool(session.scalar(frozen))


def approved_number(session: Session, plan_id: int) -> int | None:
    """Find the version that was approved last."""
    return session.scalar(select(func.max(Decision.number)).where(Decision.plan_id == plan_id))


def approved_items(session: Session, plan_id: int) -> frozenset[int]:
    """Collect the items of the version that was approved last."""
    number = approved_number(session, plan_id)
    found = select(PlanLine.item_id).where(PlanLine.plan_id == plan_id, PlanLine.number == number)
    return frozenset(session.scalars(found)) if number else frozenset()


def funding_rules(session: Session, template_id: int, today: date) -> FundingRules:
    """Load which kinds of line draw on which source in a template on a day."""
    found = session.execute(
        select(FundingRule.line_kind, FundingRule.source_id, FundingSource.counts_for_citizen)
        .outerjoin(FundingSource, FundingSource.id == FundingRule.source_id)
        .where(
            FundingRule.template_id == template_id,
            FundingRule.first_day <= today,
            or_(FundingRule.last_day.is_(None), FundingRule.last_day >= today),
        )
    ).all()
    return FundingRules(
        {row.line_kind: row.source_id for row in found if row.source_id is not None},
        frozenset(row.source_id for row in found if row.counts_for_citizen),
    )


def personal_source(session: Session) -> int:
    """Find the source that counts for the citizen."""
    return session.scalars(
        select(FundingSource.id).where(FundingSource.counts_for_citizen).order_by(FundingSource.id).limit(1)
    ).one()


def frame(session: Session, plan: Plan) -> Money:
    """Find the citizen's amount: what was awarded last, or what is expected before the first decision."""
    last = select(Decision.award_oere).where(Decision.plan_id == plan.id).order_by(Decision.number.desc()).limit(1)
    award = session.scalar(last)
    return plan.indicative_oere if award is None else award


def law_months(session: Session, today: date) -> dict[str, int]:
    """Load how many months the law lets some help last, by the codes of its figures; the one that began last wins."""
    held = (Figure.first_day <= today, or_(Figure.last_day.is_(None), Figure.last_day >= today))
    rows = select(Figure.code, Figure.value).where(Figure.unit == "months", *held).order_by(Figure.first_day)
    return {row.code: row.value for row in session.execute(rows)}


def free_cap(session: Session, today: date) -> Money | None:
    """Find how much of the citizen's money may go to what is there just because; nothing when no rule says so."""
    held = (Figure.first_day <= today, or_(Figure.last_day.is_(None), Figure.last_day >= today))
    cap = select(Figure.value).where(Figure.code == "free_cap", *held).order_by(Figure.first_day.desc()).limit(1)
    found = session.scalar(cap)
    return None if found is None else Money(found)


def needed_on_own_money(
    session: Session, plan: Plan, costs: Sequence[tuple[Line, Money]], funding: FundingRules
) -> Money:
    """Add up what a mix takes of the citizen's amount: its own lines, and what is used beside them already."""
    chosen = {line.item: cost for line, cost in costs if funding.on_own_money(line.kind)}
    used = session.execute(
        select(Envelope.item_id, Envelope.kind, Envelope.paid)
        .join(Budget, Budget.id == Envelope.budget_id)
        .where(Budget.plan_id == plan.id, Budget.source_id.in_(funding.personal))
    ).all()
    paid: dict[int | None, Money] = defaultdict(lambda: ZERO)
    for row in used:
        paid[row.item_id if row.kind is EnvelopeKind.ITEM else None] += row.paid
    return own_money_needed(chosen, paid)


def basis(session: Session, plan_id: int) -> int:
    """Find the version that a change starts from: the newest, but not a draft that was put away beside one in force."""
    version = newest(session, plan_id)
    if version.digest or status(session, plan_id) is PlanStatus.DRAFT:
        return version.number
    return approved_number(session, plan_id) or version.number


def copy_exactly(session: Session, plan_id: int, old: int, new: int) -> None:
    """Copy the lines of a version and their goals as they stand."""
    for table in (_line, _goal):
        names = [column.name for column in table.columns]
        wanted = select(*[table.c[name] if name != "number" else literal(new) for name in names])
        session.execute(
            insert(table).from_select(names, wanted.where(table.c.plan_id == plan_id, table.c.number == old))
        )


def copy_lines(session: Session, plan_id: int, old: int, new: int) -> None:
    """Start a version as a copy of another.

    What was approved keeps its terms until its days are changed; anything else is priced live again.
    """
    copy_exactly(session, plan_id, old, new)
    fresh = (PlanLine.plan_id == plan_id, PlanLine.number == new, PlanLine.package_id.is_not(None))
    kept = _as_approved(session, plan_id, old)
    for row in session.scalars(select(PlanLine).where(*fresh, PlanLine.item_id.not_in(kept))):
        row.terms, row.package_digest = terms.chosen(row.terms), None


def start_draft(session: Session, plan: Plan, *, by: User, at: datetime) -> int:
    """Start a new version as a copy and return its number; what was approved stays in force.

    A draft that was put away is left behind when something holds. Raises ``NotNow`` and ``NotYourPart``.
    """
    number = newest(session, plan.id).number + 1
    old = basis(session, plan.id)
    session.execute(insert(PlanVersion).values(plan_id=plan.id, number=number))
    copy_lines(session, plan.id, old, number)
    move(session, plan, PlanAction.REVISE, by=by, at=at, number=number)
    return number


def _as_approved(session: Session, plan_id: int, number: int) -> frozenset[int]:
    """Collect the items that stand as in the version approved last: same snapshot, same days, adjusted alike."""
    one, other = aliased(PlanLine), aliased(PlanLine)
    same = (one.item_id == other.item_id, one.package_digest == other.package_digest)
    days = (one.first_day == other.first_day, one.last_day == other.last_day)
    found = (
        select(one.item_id, one.terms, other.terms.label("before"))
        .join(other, and_(one.plan_id == other.plan_id, *same, *days))
        .where(one.plan_id == plan_id, one.number == number, other.number == approved_number(session, plan_id))
    )
    rows = session.execute(found)
    return frozenset(row.item_id for row in rows if Choices.of(row.terms) == Choices.of(row.before))


def freeze(
    session: Session,
    plan: Plan,
    version: PlanVersion,
    mix: Sequence[tuple[Line, Package | None]],
    *,
    prices: Mapping[int, Price],
    funding: FundingRules,
    at: datetime,
) -> list[list[str | None]]:
    """Write the snapshot into the version's lines, give the version its digest, and return its rows as text."""
    where = {"plan_id": plan.id, "number": version.number}
    rows: list[list[str | None]] = []
    for line, package in mix:
        if package is not None:
            _ensure_version(session, package, at)
        row = session.get_one(PlanLine, (plan.id, version.number, line.item))
        row.terms = row.terms if row.package_digest else {**terms.of_line(line, package), **terms.chosen(row.terms)}
        row.package_digest = row.package_digest or (package.digest if package else None)
        row.cost_oere = prices[line.item].total
        row.source_id = funding.source(line.kind)
        rows.append(as_text(_line, {column.name: getattr(row, column.name) for column in _line.columns}))
    months = [
        {**where, "item_id": line.item, "month": month, "oere": amount}
        for line, _ in mix
        for month, amount in prices[line.item].months
    ]
    session.execute(insert(LineMonth), months)
    rows += [as_text(_month, month) for month in sorted(months, key=lambda m: (m["item_id"], m["month"]))]
    goals = select(LineGoal.item_id, LineGoal.goal_id).where(
        LineGoal.plan_id == plan.id, LineGoal.number == version.number
    )
    rows += [
        as_text(_goal, {**where, "item_id": item, "goal_id": goal})
        for item, goal in session.execute(goals.order_by(LineGoal.item_id, LineGoal.goal_id))
    ]
    version.digest = chained.digest(rows)
    return [as_text(_version, {**where, "digest": version.digest}), *rows]


def _ensure_version(session: Session, package: Package, at: datetime) -> None:
    if session.get(PackageVersion, (package.id, package.digest)) is None:
        session.execute(
            insert(PackageVersion).values(
                package_id=package.id, digest=package.digest, origin="file", content=dump(package), published_at=at
            )
        )


def frozen_line(row: PlanLine) -> Line:
    """Read a sent line from its terms, where its title does not matter."""
    return terms.to_line(row.item_id, row.kind, row.period, row.terms, title=row.title, package_id=row.package_id)
