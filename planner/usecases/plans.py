"""The citizen composes and sends: lines of the draft, submit, withdraw, stand by it, start a new version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain import plan as rules
from planner.domain import terms
from planner.domain.draft import Draft, check_inside, moved, obstacles, offered, price_of
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.mix import natural_period, price
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind
from planner.domain.people import User
from planner.domain.period import Period
from planner.domain.plan import FundingRules, PlanAction
from planner.domain.purchase import Category
from planner.models.plan import Goal, LineGoal, LineMonth, Plan, PlanItem, PlanLine, PlanVersion
from planner.usecases import record, versions
from planner.usecases.transaction import Key, transaction

LONGEST_TITLE = 100
LONGEST_MESSAGE = 1000


class AlreadyInPlan(DomainError):
    """The package is in the plan already."""

    code = "already_in_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """A free line as the citizen describes it: title in own words, an amount once or every month, days."""

    title: str
    amount: Money
    monthly: bool
    category: Category
    period: Period


@dataclass(frozen=True, slots=True)
class Sent:
    """The receipt of a submission."""

    plan_id: int
    number: int
    at: datetime


def add_package(
    plan_id: int,
    package_id: str,
    first_day: date | None = None,
    *,
    catalogue: Catalogue,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> int:
    """Put a package into the draft and return its item id; it starts on the first day possible unless told.

    Raises ``PackageGone``, ``AlreadyInPlan``, ``NotNow`` when the plan is not a draft, and ``NotFound``.
    """
    with transaction(key, by) as session:
        plan = versions.own_draft(session, plan_id, by)
        package = offered(catalogue, package_id, clock.local(at).date())
        lines = versions.lines(session, plan)
        if any(line.package_id == package_id for line in lines):
            raise AlreadyInPlan(package_id)
        start = first_day or max(clock.local(at).date(), plan.first_day)
        period = natural_period(package, min(start, plan.last_day), plan.period)
        item = _new_item(session, plan, package.kind, package_id)
        session.add(_draft_line(plan, versions.newest(session, plan.id), item, period, title=package.name.da))
        _changed(session, plan, EventKind.LINE_ADDED, item.id, by=by, at=at, key=key)
        return item.id


def add_own_line(plan_id: int, own: OwnLine, *, by: User, at: datetime, key: Key | None = None) -> int:
    """Put a free line into the draft and return its item id.

    Raises ``NoWords``, ``TooManyWords``, ``LineOutsidePlan``, ``NotNow`` and ``NotFound``.
    """
    title = checked_words(own.title, LONGEST_TITLE)
    with transaction(key, by) as session:
        plan = versions.own_draft(session, plan_id, by)
        check_inside(own.period, plan.period)
        item = _new_item(session, plan, LineKind.OWN_LINE, None, title)
        line = _draft_line(plan, versions.newest(session, plan.id), item, own.period, category=own.category)
        line.terms = {"own": {"oere": own.amount.oere, "monthly": own.monthly}}
        session.add(line)
        _changed(session, plan, EventKind.LINE_ADDED, item.id, by=by, at=at, key=key)
        return item.id


def change_days(
    plan_id: int,
    item_id: int,
    period: Period,
    *,
    catalogue: Catalogue,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> None:
    """Move, lengthen or shorten a line of the draft; a line sent before is priced anew from the catalogue.

    Raises ``LineOutsidePlan``, ``PackageGone`` when that price is not offered any more, ``NotNow`` and ``NotFound``.
    """
    with transaction(key, by) as session:
        plan = versions.own_draft(session, plan_id, by)
        line = _line(session, plan, item_id)
        _set_days(line, period, plan, catalogue, clock.local(at).date())
        _changed(session, plan, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)


def move(
    plan_id: int,
    item_id: int,
    weeks: int,
    *,
    catalogue: Catalogue,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> None:
    """Let a line of the draft start some weeks later, or earlier (negative); it stays inside the plan.

    Raises ``PackageGone``, ``NotNow`` and ``NotFound``.
    """
    today = clock.local(at).date()
    with transaction(key, by) as session:
        plan = versions.own_draft(session, plan_id, by)
        line = _line(session, plan, item_id)
        package = catalogue.get(line.package_id) if line.package_id else None
        earliest = min(today, line.first_day)
        _set_days(line, moved(line.period, weeks, plan.period, package, earliest), plan, catalogue, today)
        _changed(session, plan, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)


def change_own_line(
    plan_id: int, item_id: int, own: OwnLine, *, by: User, at: datetime, key: Key | None = None
) -> None:
    """Change a free line of the draft. The title stays once it has been sent: what was read must stay what it was.

    Raises ``NoWords``, ``TooManyWords``, ``LineOutsidePlan``, ``NotNow`` and ``NotFound``.
    """
    title = checked_words(own.title, LONGEST_TITLE)
    with transaction(key, by) as session:
        plan = versions.own_draft(session, plan_id, by)
        check_inside(own.period, plan.period, item_id)
        line = _line(session, plan, item_id)
        if line.kind is not LineKind.OWN_LINE:
            raise NotFound
        item = session.get_one(PlanItem, item_id)
        if not versions.was_sent(session, item_id):
            item.title = title
        line.terms = {"own": {"oere": own.amount.oere, "monthly": own.monthly}}
        line.first_day, line.last_day, line.category = own.period.first_day, own.period.last_day, own.category
        _changed(session, plan, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)


def remove_line(plan_id: int, item_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Take a line out of the draft. Raises ``NotNow`` and ``NotFound``."""
    with transaction(key, by) as session:
        plan = versions.own_draft(session, plan_id, by)
        line = _line(session, plan, item_id)
        for table in (LineGoal, LineMonth):
            session.execute(
                delete(table).where(table.plan_id == plan.id, table.number == line.number, table.item_id == item_id)
            )
        session.delete(line)
        _changed(session, plan, EventKind.LINE_REMOVED, item_id, by=by, at=at, key=key)


def submit(
    plan_id: int,
    lock_version: int,
    seen: Mapping[int, Money],
    *,
    note: str = "",
    catalogue: Catalogue,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> Sent:
    """Send the draft: check the whole mix, freeze it with its prices, and let somebody decide.

    ``seen`` is the cost of each item as the page showed it. Raises ``PlanChanged`` when the draft was changed
    in another window, ``PriceChanged``, ``EmptyPlan``, ``NoGoal``, ``PackageGone``, ``LineOutsidePlan``,
    ``StartPassed``, ``PackagesExclude``, ``NeedMissing``, ``MixTooDear``, ``NotNow`` and ``NotFound``.
    """
    message = checked_words(note, LONGEST_MESSAGE) if note.strip() else None
    with transaction(key, by) as session:
        plan = versions.own(session, plan_id, by)
        versions.move(session, plan, PlanAction.SUBMIT, by=by, at=at, note=message, lock_version=lock_version)
        today = clock.local(at).date()
        funding = versions.funding_rules(session, plan.template_id, today)
        draft = _draft(session, plan, catalogue, funding, today)
        rules.check_seen(dict(seen), dict(draft.costs))
        for obstacle in obstacles(draft, today):
            raise obstacle
        version = versions.newest(session, plan.id)
        mix = [(line, draft.packages.get(line.package_id or "")) for line in draft.lines]
        prices = {line.item: price(line) for line in draft.lines}
        rows = versions.freeze(session, plan, version, mix, prices=prices, funding=funding, at=at)
        facts = {"plan": plan.id, "number": version.number, "digest": version.digest}
        happened = Happened(EventKind.PLAN_SUBMITTED, facts)
        record.about_citizen(session, plan.citizen_id, happened, by=by, at=at, key=key, rows=rows)
        return Sent(plan.id, version.number, at)


def withdraw(plan_id: int, number: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Take a sent plan back before it is decided, or put a draft away; ``revise`` goes on from there.

    Raises ``PlanChanged`` when it was decided meanwhile, ``NotNow`` and ``NotFound``.
    """
    with transaction(key, by) as session:
        plan = versions.own(session, plan_id, by)
        versions.expect_number(session, plan, number)
        versions.move(session, plan, PlanAction.WITHDRAW, by=by, at=at)
        _event(session, plan, EventKind.PLAN_WITHDRAWN, number, by=by, at=at, key=key)


def insist(plan_id: int, number: int, note: str = "", *, by: User, at: datetime, key: Key | None = None) -> None:
    """Answer a question with "decide it as it is": from now on the plan can only be decided.

    Raises ``PlanChanged``, ``NotNow`` and ``NotFound``.
    """
    message = checked_words(note, LONGEST_MESSAGE) if note.strip() else None
    with transaction(key, by) as session:
        plan = versions.own(session, plan_id, by)
        versions.expect_number(session, plan, number)
        versions.move(session, plan, PlanAction.INSIST, by=by, at=at, note=message)
        _event(session, plan, EventKind.PLAN_INSISTED, number, by=by, at=at, key=key)


def revise(plan_id: int, *, by: User, at: datetime, key: Key | None = None) -> int:
    """Start a new draft from the newest version and return its number; what was approved stays in force.

    A draft that was put away is left behind when something holds: then the draft starts from that.
    Raises ``NotNow`` and ``NotFound``.
    """
    with transaction(key, by) as session:
        plan = versions.own(session, plan_id, by)
        newest = versions.newest(session, plan.id)
        number = newest.number + 1
        old = newest.number if newest.digest else versions.approved_number(session, plan.id) or newest.number
        session.execute(insert(PlanVersion).values(plan_id=plan.id, number=number))
        versions.copy_lines(session, plan.id, old, number)
        versions.move(session, plan, PlanAction.REVISE, by=by, at=at, number=number)
        _event(session, plan, EventKind.PLAN_REVISED, number, by=by, at=at, key=key)
        return number


def _draft(session: Session, plan: Plan, catalogue: Catalogue, funding: FundingRules, today: date) -> Draft:
    """Collect what the sending of a draft depends on. Raises ``PackageGone``."""
    rows = [versions.written(*row) for row in versions.titled(session, versions.lines(session, plan))]
    region = versions.region(session, plan)
    lines = [row.line(catalogue, region, today) for row in rows]
    costs = {line.item: found.total for line in lines if (found := price_of(line))}
    goals = select(func.count()).where(Goal.citizen_id == plan.citizen_id, Goal.ended_on.is_(None))
    priced = [(line, costs[line.item]) for line in lines if line.item in costs]
    return Draft(
        written=rows,
        lines=lines,
        packages={known.id: known for line in lines if (known := catalogue.get(line.package_id or ""))},
        costs=costs,
        plan=plan.period,
        approved=versions.approved_items(session, plan.id),
        has_goal=bool(session.scalar(goals)),
        needed=versions.needed_on_own_money(session, plan, priced, funding),
        frame=versions.frame(session, plan),
    )


def _set_days(line: PlanLine, period: Period, plan: Plan, catalogue: Catalogue, today: date) -> None:
    """Give a line of the draft other days; what it was sent with before holds no longer."""
    check_inside(period, plan.period, line.item_id)
    if line.period == period:
        return
    if line.package_id is not None:
        offered(catalogue, line.package_id, today)
        line.terms, line.package_digest = terms.chosen(line.terms), None
    line.first_day, line.last_day = period.first_day, period.last_day


def _new_item(
    session: Session, plan: Plan, kind: LineKind, package_id: str | None, title: str | None = None
) -> PlanItem:
    known = select(PlanItem).where(PlanItem.plan_id == plan.id, PlanItem.package_id == package_id)
    item = session.scalars(known).first() if package_id else None
    if item is None:
        values = {"plan_id": plan.id, "kind": kind, "package_id": package_id, "title": title}
        item = session.scalars(insert(PlanItem).values(values).returning(PlanItem)).one()
    return item


def _draft_line(
    plan: Plan,
    version: PlanVersion,
    item: PlanItem,
    period: Period,
    *,
    title: str = "",
    category: Category = Category.OTHER,
) -> PlanLine:
    return PlanLine(
        plan_id=plan.id,
        number=version.number,
        item_id=item.id,
        kind=item.kind,
        package_id=item.package_id,
        title=title,
        terms={},
        category=category,
        first_day=period.first_day,
        last_day=period.last_day,
        cost_oere=ZERO,
    )


def _line(session: Session, plan: Plan, item_id: int) -> PlanLine:
    version = versions.newest(session, plan.id)
    line = session.get(PlanLine, (plan.id, version.number, item_id))
    if line is None:
        raise NotFound
    return line


def _changed(
    session: Session, plan: Plan, kind: EventKind, item_id: int, *, by: User, at: datetime, key: Key | None
) -> None:
    plan.lock_version += 1
    happened = Happened(kind, {"plan": plan.id, "item": item_id})
    record.about_citizen(session, plan.citizen_id, happened, by=by, at=at, key=key)


def _event(
    session: Session, plan: Plan, kind: EventKind, number: int, *, by: User, at: datetime, key: Key | None
) -> None:
    happened = Happened(kind, {"plan": plan.id, "number": number})
    record.about_citizen(session, plan.citizen_id, happened, by=by, at=at, key=key)
