"""Proposals of packages: one's own with their answers, and all of them for the editors, without names."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, select

from planner.domain.people import RoleKind
from planner.models.offer import LocalPackage, Proposal
from planner.models.person import RoleRow
from planner.queries.lists import paged
from planner.queries.pages import Page
from planner.queries.session import reading

PAGE = 50


class Stage(StrEnum):
    """How far a proposal has come."""

    OPEN = "open"
    BEING_MADE = "being_made"
    PUBLISHED = "published"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What somebody proposed. ``citizen`` is all that an editor learns of who it was."""

    id: int
    name: str
    what: str
    why: str
    at: datetime
    citizen: bool
    stage: Stage
    answer: str
    answered_at: datetime | None
    package_id: str | None


_CITIZEN = exists(
    select(RoleRow.id).where(RoleRow.person_id == Proposal.by_id, RoleRow.kind == RoleKind.CITIZEN)
).correlate(Proposal)
_OUT = exists(select(LocalPackage.package_id).where(LocalPackage.package_id == Proposal.package_id)).correlate(Proposal)
_FOUND = select(Proposal, _CITIZEN.label("citizen"), _OUT.label("out"))


def listed(page: int) -> Page[Proposed]:
    """List all proposals, those without an answer first. Two statements."""
    order = (Proposal.answered_at.is_not(None), Proposal.id.desc())
    rows, place = paged(_FOUND, page, *order, size=PAGE)
    return Page(tuple(_proposed(row) for row in rows), place)


def of(person_id: int, page: int) -> Page[Proposed]:
    """List somebody's own proposals, the newest first. Two statements."""
    rows, place = paged(_FOUND.where(Proposal.by_id == person_id), page, Proposal.id.desc(), size=PAGE)
    return Page(tuple(_proposed(row) for row in rows), place)


def one(proposal_id: int) -> Proposed | None:
    """Find a proposal. One statement."""
    row = reading().execute(_FOUND.where(Proposal.id == proposal_id)).one_or_none()
    return _proposed(row) if row else None


def _proposed(row: Any) -> Proposed:  # noqa: ANN401 - a proposal with what is asked beside it
    found: Proposal = row.Proposal
    return Proposed(
        id=found.id,
        name=found.name,
        what=found.what,
        why=found.why,
        at=found.at,
        citizen=row.citizen,
        stage=_stage(found, out=row.out),
        answer=found.answer or "",
        answered_at=found.answered_at,
        package_id=found.package_id,
    )


def _stage(found: Proposal, *, out: bool) -> Stage:
    if found.package_id:
        return Stage.PUBLISHED if out else Stage.BEING_MADE
    return Stage.ANSWERED if found.answered_at else Stage.OPEN
