"""Proposals: a citizen or somebody who works here asks for a package, and an editor makes it or says why not."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.people import RoleKind, User
from planner.models.offer import Proposal
from planner.models.person import RoleRow
from planner.usecases import package_drafts as drafts
from planner.usecases import record
from planner.usecases.transaction import Key, transaction

LONGEST_NAME = 120
LONGEST_WORDS = 2000


class AlreadyAnswered(DomainError):
    """The proposal has its answer, or a package is being made of it."""

    code = "already_answered"


def propose(name: str, what: str, why: str, *, by: User, at: datetime, key: Key | None = None) -> int:
    """Ask for a package and return the proposal's id. Raises ``NoWords`` and ``TooManyWords``."""
    words = {
        "name": checked_words(name, LONGEST_NAME),
        "what": checked_words(what, LONGEST_WORDS),
        "why": checked_words(why, LONGEST_WORDS),
    }
    with transaction(key, by) as session:
        added = insert(Proposal).values(**words, by_id=by.id, at=at).returning(Proposal.id)
        proposal_id = session.scalars(added).one()
        _tell(session, by.id, EventKind.PACKAGE_PROPOSED, {"proposal": proposal_id}, by=by, at=at, key=key)
        return proposal_id


def answer(proposal_id: int, words: str, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Say why the package will not be made. Raises ``NoWords``, ``NotFound`` and ``AlreadyAnswered``."""
    said = checked_words(words, LONGEST_WORDS)
    with transaction(key, by) as session:
        proposal = _open(session, proposal_id)
        proposal.answer, proposal.answered_by, proposal.answered_at = said, by.id, at
        facts = {"proposal": proposal_id}
        _tell(session, proposal.by_id, EventKind.PROPOSAL_ANSWERED, facts, by=by, at=at, key=key)


def take_up(proposal_id: int, package_id: str, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Start the draft of a package from a proposal; the proposer sees it once it is published.

    Raises ``NotFound``, ``AlreadyAnswered``, ``UnreadableId``, ``IdTaken`` and ``DraftThere``.
    """
    with transaction(key, by) as session:
        proposal = _open(session, proposal_id)
        content = {"name": {"da": proposal.name}, "summary": {"da": proposal.what}}
        drafts.begin(session, package_id, content, by=by, at=at)
        proposal.package_id, proposal.answered_by, proposal.answered_at = package_id, by.id, at
        facts: dict[str, int | str] = {"proposal": proposal_id, "package": package_id}
        _tell(session, proposal.by_id, EventKind.PROPOSAL_ANSWERED, facts, by=by, at=at, key=key)


def _open(session: Session, proposal_id: int) -> Proposal:
    wanted = select(Proposal).where(Proposal.id == proposal_id).with_for_update(key_share=True)
    proposal = session.scalars(wanted).one_or_none()
    if proposal is None:
        raise NotFound
    if proposal.answered_at is not None:
        raise AlreadyAnswered
    return proposal


def _tell(
    session: Session,
    proposer: int,
    kind: EventKind,
    facts: Mapping[str, int | str],
    *,
    by: User,
    at: datetime,
    key: Key | None,
) -> None:
    """Write the event where the proposer finds it: a citizen in their own record, others with the house."""
    happened = Happened(kind, facts)
    citizen = select(RoleRow.id).where(RoleRow.person_id == proposer, RoleRow.kind == RoleKind.CITIZEN)
    if session.scalar(citizen.limit(1)) is None:
        record.about_house(session, happened, by=by, at=at, key=key)
    else:
        record.about_citizen(session, proposer, happened, by=by, at=at, key=key)
