"""The four rungs of a plan: what is there now on each, and what is possible, in the citizen's words."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from planner.domain import plan as rules
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.package import Rung
from planner.domain.people import User
from planner.domain.plan import PlanAction, PlanStatus
from planner.domain.rung import Step, stamp
from planner.models.composing import RungWords
from planner.usecases import sheets, versions
from planner.usecases.transaction import Key, transaction

LONGEST_STEP = 1000


def write(
    plan_id: int, steps: Mapping[Rung, Step], seen: str, *, by: User, at: datetime, key: Key | None = None
) -> None:
    """Write the words of the rungs; each remembers who changed it last, and may be empty.

    ``seen`` is the stamp of those that the page showed. Raises ``StepsChanged`` when they are not any more what
    the page showed, ``TooManyWords``, ``NotNow`` when the plan has ended, and ``NotFound``.
    """
    said = {rung: Step(_words(step.now), _words(step.possible)) for rung, step in steps.items()}
    with transaction(key, by) as session:
        plan = versions.composed(session, plan_id, by)
        if (now := versions.status(session, plan.id)) is PlanStatus.ENDED:
            raise rules.NotNow(now, PlanAction.REVISE)
        rows = {row.rung: row for row in session.scalars(select(RungWords).where(RungWords.plan_id == plan.id))}
        before = {rung: Step(row.now, row.possible) for rung, row in rows.items()}
        if stamp(before) != seen:
            raise rules.StepsChanged
        for rung, step in said.items():
            if step != before.get(rung, Step()):
                new = RungWords(plan_id=plan.id, rung=rung, now=step.now, possible=step.possible, by_id=by.id, at=at)
                session.merge(new)
        sheets.happened(session, plan, Happened(EventKind.RUNG_WRITTEN, {"plan": plan.id}), by=by, at=at, key=key)


def _words(text: str) -> str:
    return checked_words(text, LONGEST_STEP) if text.strip() else ""
