"""Composing a draft, or a try beside it: put lines in, move, change, point them to goals, take them out, undo."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain import terms
from planner.domain.choices import Choices, adjusted
from planner.domain.draft import check_inside, moved, offered
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.mix import natural_period
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Package, Rung
from planner.domain.people import User
from planner.domain.period import Period
from planner.domain.purchase import Category
from planner.models.composing import DraftBefore
from planner.models.plan import Goal, LineGoal, Plan, PlanItem, PlanLine
from planner.usecases import sheets, versions
from planner.usecases.sheets import Sheet
from planner.usecases.transaction import Key, transaction

LONGEST_TITLE = 100
MOST_MINUTES = 7 * 24 * 60


class AlreadyInPlan(DomainError):
    """The package is in the plan already."""

    code = "already_in_plan"


class TooMuchTime(DomainError):
    """A line takes more minutes a week than a week has."""

    code = "too_much_time"


class NothingToUndo(DomainError):
    """Nothing was changed yet."""

    code = "nothing_to_undo"


@dataclass(frozen=True, slots=True)
class Aim:
    """What a line is for: some goals, or just because; ``None`` for the goals means the only one, if there is one."""

    goals: frozenset[int] | None = None
    because: bool = False


ONLY_GOAL = Aim()
"""The citizen's only running goal; with several, somebody has to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """A free line as the citizen describes it: title in own words, an amount once or every month, days.

    An amount of nothing is a line that nobody pays for: a friend, a club, a role. ``minutes`` are those of a week.
    """

    title: str
    amount: Money
    monthly: bool
    category: Category
    period: Period
    rung: Rung | None = None
    minutes: int = 0
    aim: Aim = field(default=ONLY_GOAL)

    @property
    def kind(self) -> LineKind:
        """Tell whether it is paid from the citizen's money, or costs nobody anything."""
        return LineKind.OWN_LINE if self.amount > ZERO else LineKind.CIVIL_FREE

    def terms(self, before: terms.Terms) -> terms.Terms:
        """Say what is stored, keeping what the line is for."""
        said = {"rung": self.rung.value if self.rung else None, "minutes": self.minutes or None}
        kept = {"because": True} if before.get("because") else {}
        own = {"oere": self.amount.oere, "monthly": self.monthly and self.amount > ZERO}
        return {"own": own, **kept, **{name: value for name, value in said.items() if value}}


def add_package(
    plan_id: int,
    package_id: str,
    first_day: date | None = None,
    *,
    catalogue: Catalogue,
    aim: Aim = ONLY_GOAL,
    trial: int = 0,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> int:
    """Put a package into the draft and return its item id; it starts on the first day possible unless told.

    Raises ``PackageGone``, ``AlreadyInPlan``, ``NotNow`` when the plan is not a draft, and ``NotFound``.
    """
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        package = offered(catalogue, package_id, clock.local(at).date())
        if any(line.package_id == package_id for line in versions.lines(session, sheet.plan, sheet.number)):
            raise AlreadyInPlan(package_id)
        item = _package_item(session, sheet.plan, package)
        period = _first_days(package, first_day or clock.local(at).date(), sheet.plan)
        session.add(_new_line(sheet, item, period, title=package.name.da))
        _aim(session, sheet, item.id, aim)
        sheets.changed(session, sheet, EventKind.LINE_ADDED, item.id, by=by, at=at, key=key)
        return item.id


def add_own_line(plan_id: int, own: OwnLine, *, trial: int = 0, by: User, at: datetime, key: Key | None = None) -> int:
    """Put a free line into the draft and return its item id.

    Raises ``NoWords``, ``TooManyWords``, ``TooMuchTime``, ``LineOutsidePlan``, ``NotNow`` and ``NotFound``.
    """
    title = _checked(own)
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        check_inside(own.period, sheet.plan.period)
        values = {"plan_id": sheet.plan.id, "kind": own.kind, "package_id": None, "title": title}
        item = session.scalars(insert(PlanItem).values(values).returning(PlanItem)).one()
        line = _new_line(sheet, item, own.period)
        line.terms, line.category = own.terms({}), own.category
        session.add(line)
        _aim(session, sheet, item.id, own.aim)
        sheets.changed(session, sheet, EventKind.LINE_ADDED, item.id, by=by, at=at, key=key)
        return item.id


def change_days(
    plan_id: int,
    item_id: int,
    period: Period,
    *,
    catalogue: Catalogue,
    trial: int = 0,
    stamp: str | None = None,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> None:
    """Move, lengthen or shorten a line of the draft; a line sent before is priced anew from the catalogue.

    Raises ``LineChanged`` when it is not as in the ``stamp`` that the page showed, ``LineOutsidePlan``,
    ``PackageGone`` when that price is not offered any more, ``NotNow`` and ``NotFound``.
    """
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        line = sheets.line(session, sheet, item_id, stamp)
        _set_days(line, period, sheet.plan, catalogue, clock.local(at).date())
        sheets.changed(session, sheet, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)


def move(
    plan_id: int,
    item_id: int,
    weeks: int,
    *,
    catalogue: Catalogue,
    trial: int = 0,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> None:
    """Let a line of the draft start some weeks later, or earlier (negative); it stays inside the plan.

    Raises ``PackageGone``, ``NotNow`` and ``NotFound``.
    """
    today = clock.local(at).date()
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        line = sheets.line(session, sheet, item_id)
        known = catalogue.get(line.package_id or "")
        package = adjusted(known, Choices.of(line.terms)) if known else None
        earliest = min(today, line.first_day)
        period = moved(line.period, weeks, sheet.plan.period, package, earliest)
        _set_days(line, period, sheet.plan, catalogue, today)
        sheets.changed(session, sheet, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)


def change_own_line(
    plan_id: int,
    item_id: int,
    own: OwnLine,
    *,
    trial: int = 0,
    stamp: str | None = None,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> None:
    """Change a free line of the draft. The title stays once it has been sent: what was read must stay what it was.

    What costs nothing stays a line that costs nothing, and the other way round. Raises ``LineChanged``, ``NoWords``,
    ``TooManyWords``, ``TooMuchTime``, ``LineOutsidePlan``, ``NotNow`` and ``NotFound``.
    """
    title = _checked(own)
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        check_inside(own.period, sheet.plan.period, item_id)
        line = sheets.line(session, sheet, item_id, stamp)
        if line.package_id is not None or line.kind is not own.kind:
            raise NotFound
        item = session.get_one(PlanItem, item_id)
        if not versions.was_sent(session, item_id):
            item.title = title
        line.terms, line.category = own.terms(line.terms), own.category
        line.first_day, line.last_day = own.period.first_day, own.period.last_day
        sheets.changed(session, sheet, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)


def aim_at(
    plan_id: int,
    item_id: int,
    aim: Aim,
    *,
    trial: int = 0,
    stamp: str | None = None,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> None:
    """Say what a line of the draft is for. Raises ``LineChanged``, ``NotNow`` and ``NotFound``."""
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        sheets.line(session, sheet, item_id, stamp)
        _aim(session, sheet, item_id, aim)
        sheets.changed(session, sheet, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)


def remove_line(plan_id: int, item_id: int, *, trial: int = 0, by: User, at: datetime, key: Key | None = None) -> None:
    """Take a line out of the draft. Raises ``NotNow`` and ``NotFound``."""
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        sheets.line(session, sheet, item_id)
        sheets.take_out(session, sheet, item_id)
        sheets.changed(session, sheet, EventKind.LINE_REMOVED, item_id, by=by, at=at, key=key)


def undo(plan_id: int, lock: int, *, trial: int = 0, by: User, at: datetime, key: Key | None = None) -> None:
    """Take the last change back; once more brings it back again.

    ``lock`` is the plan's lock version as the page showed it. Raises ``DraftChanged``, ``NothingToUndo``,
    ``NotNow`` and ``NotFound``.
    """
    with transaction(key, by) as session:
        sheet = sheets.found(session, versions.composed(session, plan_id, by), trial)
        sheets.expect_lock(sheet.plan, lock)
        before = session.get(DraftBefore, (sheet.plan.id, sheet.number))
        if before is None:
            raise NothingToUndo
        wanted = list(before.lines)
        sheets.remember(session, sheet, by=by, at=at)
        sheets.restore(session, sheet, wanted)
        facts = {"plan": sheet.plan.id, "number": sheet.number}
        sheets.happened(session, sheet.plan, Happened(EventKind.CHANGE_UNDONE, facts), by=by, at=at, key=key)


def _checked(own: OwnLine) -> str:
    if not 0 <= own.minutes <= MOST_MINUTES:
        raise TooMuchTime(own.minutes)
    return checked_words(own.title, LONGEST_TITLE)


def _first_days(package: Package, wanted: date, plan: Plan) -> Period:
    start = max(wanted, plan.first_day)
    return natural_period(package, min(start, plan.last_day), plan.period)


def _set_days(line: PlanLine, period: Period, plan: Plan, catalogue: Catalogue, today: date) -> None:
    """Give a line of the draft other days; what it was sent with before holds no longer."""
    check_inside(period, plan.period, line.item_id)
    if line.period == period:
        return
    if line.package_id is not None:
        offered(catalogue, line.package_id, today)
        line.terms, line.package_digest = terms.chosen(line.terms), None
    line.first_day, line.last_day = period.first_day, period.last_day


def _package_item(session: Session, plan: Plan, package: Package) -> PlanItem:
    known = select(PlanItem).where(PlanItem.plan_id == plan.id, PlanItem.package_id == package.id)
    item = session.scalars(known).first()
    if item is None:
        values = {"plan_id": plan.id, "kind": package.kind, "package_id": package.id, "title": None}
        item = session.scalars(insert(PlanItem).values(values).returning(PlanItem)).one()
    return item


def _new_line(sheet: Sheet, item: PlanItem, period: Period, *, title: str = "") -> PlanLine:
    return PlanLine(
        **sheet.where,
        item_id=item.id,
        kind=item.kind,
        package_id=item.package_id,
        title=title,
        terms={},
        category=Category.OTHER,
        first_day=period.first_day,
        last_day=period.last_day,
        cost_oere=ZERO,
    )


def _aim(session: Session, sheet: Sheet, item_id: int, aim: Aim) -> None:
    """Point a line to its goals. Raises ``NotFound`` for a goal that is not the citizen's."""
    own = select(Goal).where(Goal.citizen_id == sheet.plan.citizen_id, Goal.ended_on.is_(None))
    known = {goal.id: goal for goal in session.scalars(own)}
    running = frozenset(goal.id for goal in known.values() if goal.paused_on is None)
    only = running if len(running) == 1 and not aim.because else frozenset()
    goals = only if aim.goals is None else aim.goals
    kept = select(LineGoal.goal_id).filter_by(**sheet.where, item_id=item_id)
    if not goals <= known.keys() | set(session.scalars(kept)):
        raise NotFound
    sheets.set_goals(session, sheet, item_id, goals)
    line = sheets.line(session, sheet, item_id)
    line.terms = {**{name: value for name, value in line.terms.items() if name != "because"}, **_because(aim)}


def _because(aim: Aim) -> dict[str, bool]:
    return {"because": True} if aim.because and not aim.goals else {}
