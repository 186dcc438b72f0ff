"""Taking a suggestion: its packages go into the draft together, each for the goals it was suggested for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain.draft import offered
from planner.domain.event import EventKind
from planner.domain.mix import natural_period
from planner.domain.money import ZERO
from planner.domain.package import Package
from planner.domain.people import User
from planner.domain.purchase import Category
from planner.models.plan import Goal, Plan, PlanItem, PlanLine
from planner.usecases import sheets, versions
from planner.usecases.composing import AlreadyInPlan
from planner.usecases.sheets import Sheet
from planner.usecases.transaction import Key, transaction


@dataclass(frozen=True, slots=True)
class Wanted:
    """A package to take, and the goals it is for."""

    package_id: str
    goals: tuple[int, ...] = ()


def take(
    plan_id: int,
    wanted: Sequence[Wanted],
    *,
    catalogue: Catalogue,
    trial: int = 0,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> list[int]:
    """Put packages into the draft or a try, from the first day possible on, and return their item ids.

    Each has an event, and they are undone together. Goals that are not the citizen's, or that were put away, are
    left out. Raises ``PackageGone``, ``AlreadyInPlan``, ``NotNow`` when the plan is not a draft, and ``NotFound``;
    then nothing was put in.
    """
    today = clock.local(at).date()
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        chosen = {line.package_id for line in versions.lines(session, sheet.plan, sheet.number)}
        items: list[int] = []
        for one in wanted:
            package = offered(catalogue, one.package_id, today)
            if package.id in chosen:
                raise AlreadyInPlan(package.id)
            chosen.add(package.id)
            items.append(_added(session, sheet, package, one.goals, today))
            first = key if len(items) == 1 else None
            sheets.changed(session, sheet, EventKind.LINE_ADDED, items[-1], by=by, at=at, key=first)
        return items


def _added(session: Session, sheet: Sheet, package: Package, goals: Sequence[int], today: date) -> int:
    plan, item = sheet.plan, _item(session, sheet.plan, package)
    period = natural_period(package, min(max(today, plan.first_day), plan.last_day), plan.period)
    line = {
        **sheet.where,
        "item_id": item,
        "kind": package.kind,
        "package_id": package.id,
        "title": package.name.da,
        "terms": {},
        "category": Category.OTHER,
        "first_day": period.first_day,
        "last_day": period.last_day,
        "cost_oere": ZERO,
    }
    session.execute(insert(PlanLine).values(line))
    own = select(Goal.id).where(Goal.id.in_(goals), Goal.citizen_id == plan.citizen_id, Goal.ended_on.is_(None))
    sheets.set_goals(session, sheet, item, session.scalars(own).all())
    return item


def _item(session: Session, plan: Plan, package: Package) -> int:
    """Find the item that the package had in this plan before, or make it."""
    known = select(PlanItem.id).where(PlanItem.plan_id == plan.id, PlanItem.package_id == package.id)
    found = session.scalars(known.order_by(PlanItem.id).limit(1)).one_or_none()
    if found is not None:
        return found
    values = {"plan_id": plan.id, "kind": package.kind, "package_id": package.id}
    return session.scalars(insert(PlanItem).values(values).returning(PlanItem.id)).one()
