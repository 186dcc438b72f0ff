"""What if: tries beside a plan, in which everything may be changed, and that are kept or thrown away."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from planner.domain import plan as rules
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.people import User
from planner.domain.plan import PlanAction, PlanStatus
from planner.models.composing import DraftBefore, Trial
from planner.models.plan import PlanVersion
from planner.usecases import sheets, versions
from planner.usecases.sheets import Sheet
from planner.usecases.transaction import Key, transaction

MOST_TRIES = 5
LONGEST_NAME = 60


class TooManyTries(DomainError):
    """There are five tries already: keep one, or throw one away."""

    code = "too_many_tries"


def make(plan_id: int, name: str, *, by: User, at: datetime, key: Key | None = None) -> int:
    """Make a copy beside the plan, as it stands now, and return its number (1 to 5).

    Raises ``TooManyTries``, ``NoWords``, ``TooManyWords``, ``NotNow`` when the plan has ended, and ``NotFound``.
    """
    called = checked_words(name, LONGEST_NAME)
    with transaction(key, by) as session:
        plan = versions.composed(session, plan_id, by)
        if (now := versions.status(session, plan.id)) is PlanStatus.ENDED:
            raise rules.NotNow(now, PlanAction.REVISE)
        taken = set(session.scalars(select(Trial.number).where(Trial.plan_id == plan.id)))
        free = [number for number in range(1, MOST_TRIES + 1) if -number not in taken]
        if not free:
            raise TooManyTries
        sheet = Sheet(plan, -free[0])
        session.execute(insert(PlanVersion).values(sheet.where))
        session.execute(insert(Trial).values(**sheet.where, name=called, by_id=by.id, at=at))
        versions.copy_lines(session, plan.id, versions.basis(session, plan.id), sheet.number)
        _happened(session, sheet, EventKind.TRY_MADE, by=by, at=at, key=key)
        return free[0]


def keep(plan_id: int, trial: int, lock: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Let the lines of a try become the draft's; when there is no draft, a change is started with them.

    ``lock`` is the plan's lock version as the page showed it. Raises ``DraftChanged``, ``NotYourPart`` when
    somebody else than the citizen would start a change, ``NotNow`` while the plan waits for an answer, ``NotFound``.
    """
    with transaction(key, by) as session:
        plan = versions.composed(session, plan_id, by)
        sheets.expect_lock(plan, lock)
        tried = sheets.found(session, plan, trial)
        if versions.status(session, plan.id) is PlanStatus.DRAFT:
            draft = sheets.opened(session, plan_id, by=by, at=at)
            sheets.take_out(session, draft)
        else:
            draft = Sheet(plan, versions.newest(session, plan.id).number + 1)
            session.execute(insert(PlanVersion).values(draft.where))
            versions.move(session, plan, PlanAction.REVISE, by=by, at=at, number=draft.number)
        versions.copy_exactly(session, plan.id, tried.number, draft.number)
        _drop(session, tried)
        _happened(session, tried, EventKind.TRY_KEPT, by=by, at=at, key=key)


def discard(plan_id: int, trial: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Throw a try away; the plan stays as it is. Raises ``NotFound``."""
    with transaction(key, by) as session:
        tried = sheets.found(session, versions.composed(session, plan_id, by), _number(trial))
        _drop(session, tried)
        _happened(session, tried, EventKind.TRY_DISCARDED, by=by, at=at, key=key)


def put_back(plan_id: int, trial: int, item_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Let one line of a try stand again as it does in the plan. Raises ``NotFound``."""
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, _number(trial), by=by, at=at)
        plan = Sheet(sheet.plan, versions.basis(session, sheet.plan.id))
        wanted = [one for one in sheets.snapshot(session, plan) if one["item_id"] == item_id]
        others = [one for one in sheets.snapshot(session, sheet) if one["item_id"] != item_id]
        sheets.restore(session, sheet, [*others, *wanted])
        sheets.changed(session, sheet, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)


def _number(trial: int) -> int:
    if trial < 1:
        raise NotFound
    return trial


def _drop(session: Session, sheet: Sheet) -> None:
    sheets.take_out(session, sheet)
    for table in (DraftBefore, Trial, PlanVersion):
        session.execute(delete(table).filter_by(**sheet.where))


def _happened(session: Session, sheet: Sheet, kind: EventKind, *, by: User, at: datetime, key: Key | None) -> None:
    facts = {"plan": sheet.plan.id, "number": sheet.number}
    sheets.happened(session, sheet.plan, Happened(kind, facts), by=by, at=at, key=key)
