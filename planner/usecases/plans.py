"""The citizen sends a plan: submit, withdraw, stand by it, start a new version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain import plan as rules
from planner.domain.draft import Draft, obstacles, price_of
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.mix import price
from planner.domain.money import Money
from planner.domain.people import User
from planner.domain.plan import FundingRules, PlanAction
from planner.models.composing import DraftBefore
from planner.models.person import Person
from planner.models.plan import Goal, Plan
from planner.usecases import record, sheets, versions
from planner.usecases.sheets import Sheet
from planner.usecases.transaction import Key, transaction

LONGEST_MESSAGE = 1000


@dataclass(frozen=True, slots=True)
class Sent:
    """The receipt of a submission."""

    plan_id: int
    number: int
    at: datetime


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
    in another window, ``PriceChanged``, ``EmptyPlan``, ``NoGoal``, ``NoGoalOnLine``, ``TooMuchJustBecause``,
    ``PackageGone``, ``LineOutsidePlan``, ``StartPassed``, ``PackagesExclude``, ``NeedMissing``, ``MixTooDear``,
    ``NotNow`` and ``NotFound``.
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
        session.execute(delete(DraftBefore).filter_by(plan_id=plan.id, number=version.number))
        rows = versions.freeze(session, plan, version, mix, prices=prices, funding=funding, at=at)
        facts = {"plan": plan.id, "number": version.number, "digest": version.digest}
        happened = Happened(EventKind.PLAN_SUBMITTED, facts)
        record.about_citizen(session, plan.citizen_id, happened, by=by, at=at, key=key, rows=rows)
        return Sent(plan.id, version.number, at)


def set_limit(plan_id: int, minutes: int | None, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Say how many minutes a week with others are enough; nothing means no limit. Raises ``NotFound``."""
    with transaction(key, by) as session:
        plan = versions.composed(session, plan_id, by)
        plan.weekly_minutes = minutes
        happened = Happened(EventKind.LIMIT_CHANGED, {"plan": plan.id, "minutes": minutes})
        sheets.happened(session, plan, happened, by=by, at=at, key=key)


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
        number = versions.start_draft(session, plan, by=by, at=at)
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
        goals=sheets.goals_of(session, Sheet(plan, versions.newest(session, plan.id).number)),
        own_items=frozenset(line.item for line in lines if funding.on_own_money(line.kind)),
        free_cap=versions.free_cap(session, today),
        born=session.get_one(Person, plan.citizen_id).born,
        law_months=versions.law_months(session, today),
        needed=versions.needed_on_own_money(session, plan, priced, funding),
        frame=versions.frame(session, plan),
    )


def _event(
    session: Session, plan: Plan, kind: EventKind, number: int, *, by: User, at: datetime, key: Key | None
) -> None:
    happened = Happened(kind, {"plan": plan.id, "number": number})
    record.about_citizen(session, plan.citizen_id, happened, by=by, at=at, key=key)
