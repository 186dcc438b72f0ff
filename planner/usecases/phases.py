"""Phases of a line in force: who takes over what, and the conversation about closing, lengthening or repeating one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain.adjustment import Standing, Wanted, adjustment
from planner.domain.choices import Choices, Value
from planner.domain.errors import NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.package import Package
from planner.domain.people import User
from planner.domain.phase import (
    LONGEST_WHAT,
    LONGEST_WORDS,
    HandoverOver,
    Outcome,
    Taker,
    changed_by,
    check_close,
)
from planner.domain.plan import TRANSITIONS, PlanAction, PlanStatus
from planner.models.composing import Handover, PhaseTalk
from planner.models.plan import Plan, PlanItem, PlanLine
from planner.usecases import adjustments, record, versions
from planner.usecases.transaction import Key, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What people agreed on about a phase: it closes, lasts longer or shorter (``weeks`` in all), or comes again."""

    phase: int
    outcome: Outcome
    weeks: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Talked:
    """What a talk led to: the draft that holds the change, and the wishes that what was beyond the bounds became."""

    draft: int | None
    wishes: tuple[int, ...]


def hand_over(
    item_id: int, phase: int, taker: Taker, what: str, *, by: User, at: datetime, key: Key | None = None
) -> int:
    """Write down who takes something over when a phase closes.

    Raises ``NoWords``, ``TooManyWords`` and ``NotFound``.
    """
    said = checked_words(what, LONGEST_WHAT)
    with transaction(key, by) as session:
        plan, _ = _running(session, item_id, phase, by)
        values = {"item_id": item_id, "phase": phase, "what": said, "taker": taker.value, "by_id": by.id, "at": at}
        handover_id = session.scalars(insert(Handover).values(values).returning(Handover.id)).one()
        facts = {"plan": plan.id, "item": item_id, "phase": phase, "handover": handover_id, "taker": taker.value}
        _happened(session, plan, Happened(EventKind.HANDOVER_WRITTEN, facts), by=by, at=at, key=key)
        return handover_id


def strike(handover_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Strike out who takes something over. Raises ``HandoverOver`` and ``NotFound``."""
    with transaction(key, by) as session:
        row = session.get(Handover, handover_id)
        if row is None:
            raise NotFound
        plan, _ = _running(session, row.item_id, row.phase, by)
        session.refresh(row)
        if row.removed_at is not None:
            raise HandoverOver
        row.removed_at = at
        facts = {"plan": plan.id, "item": row.item_id, "phase": row.phase, "handover": handover_id}
        _happened(session, plan, Happened(EventKind.HANDOVER_STRUCK, facts), by=by, at=at, key=key)


def talk(item_id: int, said: Talk, *, catalogue: Catalogue, by: User, at: datetime, key: Key | None = None) -> Talked:
    """Write down what was agreed about a phase. Only the plan itself ever ends a line; closing a phase changes none.

    Longer, shorter or once more goes into the draft of the plan, which is started when this person may; what is
    beyond the bounds becomes a wish. Raises ``NobodyTakesOver``, ``WeeksDoNotFit``, ``TooLongInAll``,
    ``TooManyWords`` and ``NotFound``.
    """
    words = checked_words(said.words, LONGEST_WORDS) if said.words.strip() else None
    with transaction(key, by) as session:
        plan, line = _running(session, item_id, said.phase, by)
        package = catalogue.get(line.package_id or "")
        if said.outcome is Outcome.CLOSE:
            check_close(package, _named(session, item_id, said.phase))
        now = Choices.of(line.terms)
        values = changed_by(package, said.phase, said.outcome, said.weeks, now) if package else None
        weeks = said.weeks if said.outcome in {Outcome.LONGER, Outcome.SHORTER} else None
        session.execute(
            insert(PhaseTalk).values(
                item_id=item_id,
                phase=said.phase,
                outcome=said.outcome.value,
                weeks=weeks,
                words=words,
                by_id=by.id,
                at=at,
            )
        )
        facts = {"plan": plan.id, "item": item_id, "phase": said.phase, "outcome": said.outcome.value, "weeks": weeks}
        _happened(session, plan, Happened(EventKind.PHASE_TALKED, facts), by=by, at=at, key=key)
        if package is None or values is None:
            return Talked(None, ())
        change = _Change(item_id, package, said.phase, values)
        return _into_draft(session, plan, change, words or "", by=by, at=at)


@dataclass(frozen=True, slots=True)
class _Change:
    """What a talk makes of the choices about one phase of a package."""

    item_id: int
    package: Package
    phase: int
    values: Mapping[str, Value]

    def merged(self, drafted: Choices) -> dict[str, Value]:
        """Put it into what the draft holds about the other phases."""
        suffix = f".{self.phase}"
        kept = {part: value for part, value in drafted.values.items() if not part.endswith(suffix)}
        return {**kept, **{part: value for part, value in self.values.items() if part.endswith(suffix)}}


def _into_draft(session: Session, plan: Plan, change: _Change, words: str, *, by: User, at: datetime) -> Talked:
    number = _draft_number(session, plan, by=by, at=at)
    line = session.get(PlanLine, (plan.id, number, change.item_id)) if number else None
    if line is None:
        return Talked(None, ())
    now = Standing(Choices.of(line.terms), line.period, adjustments.granted(session, change.item_id))
    wanted = Wanted(change.merged(now.choices), line.first_day)
    found = adjustment(change.package, now, wanted, plan=plan.period, today=clock.local(at).date())
    adjustments.write(line, found)
    plan.lock_version += 1
    wishes = (adjustments.wish(session, plan, change.item_id, one, words, by=by, at=at) for one in found.over)
    return Talked(number, tuple(wishes))


def _draft_number(session: Session, plan: Plan, *, by: User, at: datetime) -> int | None:
    """Find the draft of a plan, or start one when this person may do that now."""
    status = versions.status(session, plan.id)
    if status is PlanStatus.DRAFT:
        return versions.newest(session, plan.id).number
    _, may = TRANSITIONS.get((status, PlanAction.REVISE), (None, frozenset()))
    if not by.parts(citizen_id=plan.citizen_id, unit_id=plan.unit_id) & may:
        return None
    number = versions.start_draft(session, plan, by=by, at=at)
    started = Happened(EventKind.PLAN_REVISED, {"plan": plan.id, "number": number})
    record.about_citizen(session, plan.citizen_id, started, by=by, at=at)
    return number


def _running(session: Session, item_id: int, phase: int, by: User) -> tuple[Plan, PlanLine]:
    """Load a line in force with its plan, locked, for whoever composes it; the phase must be one of its package's."""
    item = session.get(PlanItem, item_id)
    if item is None or item.package_id is None:
        raise NotFound
    plan = versions.composed(session, item.plan_id, by)
    number = versions.approved_number(session, plan.id)
    line = session.get(PlanLine, (plan.id, number, item_id)) if number else None
    if line is None or phase not in Choices.of(line.terms).phases_of(len(versions.frozen_line(line).phases)):
        raise NotFound
    return plan, line


def _named(session: Session, item_id: int, phase: int) -> int:
    rows = select(func.count()).where(
        Handover.item_id == item_id, Handover.phase == phase, Handover.removed_at.is_(None)
    )
    return session.scalar(rows) or 0


def _happened(session: Session, plan: Plan, what: Happened, *, by: User, at: datetime, key: Key | None) -> None:
    record.about_citizen(session, plan.citizen_id, what, by=by, at=at, key=key)
