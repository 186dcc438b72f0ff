"""A plan as days in a calendar, and the private addresses under which it can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from planner.domain.diary import Begins, Meets, diary
from planner.models.composing import CalendarLink
from planner.models.person import Person
from planner.queries import mix as mixes
from planner.queries import plans
from planner.queries.mix import Catalogue
from planner.queries.plans import PlanSummary
from planner.queries.session import reading


@dataclass(frozen=True, slots=True)
class Link:
    """A private address that works; what it was is not kept, only that it is there."""

    id: int
    made_at: datetime
    named: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """What a private address opens: a plan, in the language of its citizen, with names or without."""

    plan: PlanSummary
    language: str
    named: bool


@dataclass(frozen=True, slots=True)
class Days:
    """What stands in the calendar of a plan; ``decided`` once it holds."""

    plan_id: int
    entries: Sequence[Begins | Meets]
    decided: bool


def days(plan: PlanSummary, catalogue: Catalogue, today: date) -> Days:
    """Collect the days of what is in force, or of the newest version when nothing is."""
    number = plan.number if plan.approved is None else plan.approved
    mix = mixes.of_plan(plan, number, catalogue, today)
    return Days(plan.id, diary(mix.lines, mix.closed), plan.approved is not None)


def links(plan_id: int) -> list[Link]:
    """List the private addresses of a plan that work, the newest first."""
    rows = reading().execute(
        select(CalendarLink.id, CalendarLink.made_at, CalendarLink.named)
        .where(CalendarLink.plan_id == plan_id, CalendarLink.revoked_at.is_(None))
        .order_by(CalendarLink.id.desc())
    )
    return [Link(row.id, row.made_at, row.named) for row in rows]


def feed(digest: str) -> Feed | None:
    """Find what an address opens by the digest of its token; unknown and switched off look the same."""
    row = (
        reading()
        .execute(
            select(CalendarLink.citizen_id, CalendarLink.plan_id, CalendarLink.named, Person.language)
            .join(Person, Person.id == CalendarLink.citizen_id)
            .where(CalendarLink.token_digest == digest, CalendarLink.revoked_at.is_(None))
        )
        .one_or_none()
    )
    plan = plans.own(row.citizen_id, row.plan_id) if row else None
    return Feed(plan, row.language, row.named) if row and plan else None
