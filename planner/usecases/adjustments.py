"""Adjustments as they are stored: what was granted for an item, what a line comes to hold, and a wish written down."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from planner.domain import terms
from planner.domain.adjustment import Adjustment
from planner.domain.allowed import Beyond
from planner.domain.choices import Value, read
from planner.domain.event import EventKind, Happened
from planner.domain.people import User
from planner.models.composing import Wish
from planner.models.plan import Plan, PlanLine
from planner.usecases import record


def granted(session: Session, item_id: int) -> dict[str, Value]:
    """Collect what was granted for an item, by part; the answer given last wins."""
    rows = select(Wish.part, Wish.wanted).where(Wish.item_id == item_id, Wish.granted.is_(True))
    return {row.part: read(row.part, row.wanted) for row in session.execute(rows.order_by(Wish.answered_at, Wish.id))}


def write(line: PlanLine, found: Adjustment) -> None:
    """Write an adjustment into a line of the draft; what it was sent with before holds no longer."""
    rest = {name: value for name, value in terms.chosen(line.terms).items() if name not in {"choices", "granted"}}
    line.terms, line.package_digest = {**rest, **found.choices.written()}, None
    line.first_day, line.last_day = found.period.first_day, found.period.last_day


def wish(session: Session, plan: Plan, item_id: int, over: Beyond, words: str, *, by: User, at: datetime) -> int:
    """Write a wish down; it takes the place of an open one about the same part."""
    same = (Wish.item_id == item_id, Wish.part == over.part, Wish.granted.is_(None), Wish.withdrawn_at.is_(None))
    session.execute(update(Wish).where(*same).values(withdrawn_at=at))
    where = {"plan_id": plan.id, "item_id": item_id}
    values = {**where, "part": over.part, "wanted": str(over.wanted), "words": words, "by_id": by.id, "at": at}
    wish_id = session.scalars(insert(Wish).values(values).returning(Wish.id)).one()
    happened = Happened(EventKind.WISH_MADE, {"plan": plan.id, "item": item_id, "wish": wish_id})
    record.about_citizen(session, plan.citizen_id, happened, by=by, at=at)
    return wish_id
