"""The sheet of a plan that is written on, its draft or one of the tries beside it, and what stood there before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from planner.domain import plan as rules
from planner.domain.draft import stamp
from planner.domain.errors import NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.money import Money
from planner.domain.package import LineKind
from planner.domain.people import User
from planner.domain.plan import PlanAction, PlanStatus
from planner.models.composing import DraftBefore, Trial
from planner.models.plan import LineGoal, LineMonth, Plan, PlanItem, PlanLine
from planner.usecases import record, versions
from planner.usecases.transaction import Key

_line: Table = PlanLine.__table__  # type: ignore[assignment]  # declarative classes type it wider


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plan under lock, and the number of the version that is written on: the newest, or below zero for a try."""

    plan: Plan
    number: int

    @property
    def where(self) -> dict[str, int]:
        """Name the version in a table."""
        return {"plan_id": self.plan.id, "number": self.number}


def opened(session: Session, plan_id: int, trial: int = 0, *, by: User, at: datetime) -> Sheet:
    """Open a draft (or a try, 1 to 5) for whoever may compose, and remember what stands there for undoing.

    Raises ``NotNow`` when there is no draft, and ``NotFound``.
    """
    sheet = found(session, versions.composed(session, plan_id, by), trial)
    remember(session, sheet, by=by, at=at)
    return sheet


def found(session: Session, plan: Plan, trial: int = 0) -> Sheet:
    """Find the sheet of a plan that is locked already. Raises ``NotNow`` and ``NotFound``."""
    if trial:
        if session.get(Trial, (plan.id, -trial)) is None:
            raise NotFound
        return Sheet(plan, -trial)
    now = versions.status(session, plan.id)
    if now is not PlanStatus.DRAFT:
        raise rules.NotNow(now, PlanAction.SUBMIT)
    return Sheet(plan, versions.newest(session, plan.id).number)


def expect_lock(plan: Plan, lock: int) -> None:
    """Refuse with ``DraftChanged`` when the plan was changed since the page was shown."""
    if plan.lock_version != lock:
        raise rules.DraftChanged


def line(session: Session, sheet: Sheet, item_id: int, expected: str | None = None) -> PlanLine:
    """Load a line. Raises ``NotFound``, and ``LineChanged`` when it does not stand as in the stamp of the page."""
    row = session.get(PlanLine, (sheet.plan.id, sheet.number, item_id))
    if row is None:
        raise NotFound
    if expected is not None and _stamp(session, row) != expected:
        raise rules.LineChanged(item_id)
    return row


def goals_of(session: Session, sheet: Sheet) -> Mapping[int, frozenset[int]]:
    """Collect the goals of each line."""
    rows = session.execute(select(LineGoal.item_id, LineGoal.goal_id).filter_by(**sheet.where)).all()
    return {item: frozenset(row.goal_id for row in rows if row.item_id == item) for item in {r.item_id for r in rows}}


def set_goals(session: Session, sheet: Sheet, item_id: int, goals: Iterable[int]) -> None:
    """Let a line point to these goals and no others."""
    session.execute(delete(LineGoal).filter_by(**sheet.where, item_id=item_id))
    rows = [{**sheet.where, "item_id": item_id, "goal_id": goal} for goal in sorted(goals)]
    if rows:
        session.execute(insert(LineGoal), rows)


def take_out(session: Session, sheet: Sheet, item_id: int | None = None) -> None:
    """Take a line out of a sheet with what hangs on it; every line when none is named."""
    only = {} if item_id is None else {"item_id": item_id}
    for table in (LineGoal, LineMonth, PlanLine):
        session.execute(delete(table).filter_by(**sheet.where, **only))


def changed(
    session: Session, sheet: Sheet, kind: EventKind, item_id: int, *, by: User, at: datetime, key: Key | None
) -> None:
    """Count the change and write its event; what happens in a try says only that something was tried."""
    facts = {"plan": sheet.plan.id, "item": item_id}
    tried = Happened(EventKind.TRY_CHANGED, {**facts, "number": sheet.number})
    happened(session, sheet.plan, tried if sheet.number < 0 else Happened(kind, facts), by=by, at=at, key=key)


def happened(session: Session, plan: Plan, what: Happened, *, by: User, at: datetime, key: Key | None) -> None:
    """Count a change of a plan, and write its event."""
    plan.lock_version += 1
    record.about_citizen(session, plan.citizen_id, what, by=by, at=at, key=key)


def remember(session: Session, sheet: Sheet, *, by: User, at: datetime) -> None:
    """Keep the lines as they stand, so that the change that comes now can be undone."""
    session.merge(DraftBefore(**sheet.where, lines=snapshot(session, sheet), by_id=by.id, at=at))


def snapshot(session: Session, sheet: Sheet) -> list[dict[str, object]]:
    """Write a sheet down as plain values: each line with the title of its item and its goals."""
    goals = goals_of(session, sheet)
    rows = versions.titled(session, versions.lines(session, sheet.plan, sheet.number))
    return [
        {**_plain(row), "own_title": title, "goals": sorted(goals.get(row.item_id, frozenset()))} for row, title in rows
    ]


def restore(session: Session, sheet: Sheet, lines: list[dict[str, Any]]) -> None:
    """Let a sheet stand again as it was written down; a title that was read in a sent version stays."""
    take_out(session, sheet)
    session.expire_all()
    for one in lines:
        session.execute(insert(_line).values(**_values(one), **sheet.where))
        set_goals(session, sheet, one["item_id"], one["goals"])
        item = session.get_one(PlanItem, one["item_id"])
        if item.title and not versions.was_sent(session, item.id):
            item.title = one["own_title"]


def _stamp(session: Session, row: PlanLine) -> str:
    [(_, title)] = versions.titled(session, [row])
    goals = select(LineGoal.goal_id).filter_by(plan_id=row.plan_id, number=row.number, item_id=row.item_id)
    return stamp(versions.written(row, title), row.category, session.scalars(goals))


def _plain(row: PlanLine) -> dict[str, Any]:
    values = {column.name: getattr(row, column.name) for column in _line.columns}
    first, last = (values[name].isoformat() for name in ("first_day", "last_day"))
    kept = {name: value for name, value in values.items() if name not in {"plan_id", "number"}}
    return {**kept, "kind": row.kind.value, "cost_oere": row.cost_oere.oere, "first_day": first, "last_day": last}


def _values(one: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(one[name]) for name in ("first_day", "last_day")}
    kept = {name: value for name, value in one.items() if name not in {"own_title", "goals"}}
    kind, cost = LineKind(one["kind"]), Money(one["cost_oere"])
    return {**kept, **days, "kind": kind, "cost_oere": cost}
