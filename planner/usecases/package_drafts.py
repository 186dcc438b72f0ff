"""Drafts of local packages: started under an id that stays, kept as typed, and never overwritten unseen."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from packages_catalog import reader
from packages_catalog.values import is_identifier
from planner.domain.errors import Conflict, DomainError, NotFound
from planner.domain.event import EventKind, Happened, canonical
from planner.domain.people import User
from planner.models.offer import LocalPackage, PackageDraft, Proposal
from planner.usecases import record
from planner.usecases.publishing import IdTaken
from planner.usecases.transaction import Key

LARGEST = reader.LARGEST_FILE

Content = Mapping[str, object]
"""A package as plain values, as they were typed: what cannot be read stands in it as its text."""


class UnreadableId(DomainError):
    """An id has small letters, digits and single hyphens, and at most six parts."""

    code = "unreadable_id"


class DraftChanged(Conflict):
    """Somebody else wrote in the draft meanwhile; ``lock_version`` is the one it has now."""

    code = "package_draft_changed"

    def __init__(self, lock_version: int) -> None:
        super().__init__(lock_version)
        self.lock_version = lock_version


class DraftThere(Conflict):
    """Somebody has begun a draft of the package already; there is one for all editors."""

    code = "draft_there"


class DraftTooLarge(DomainError):
    """There are more words than a package file may hold."""

    code = "draft_too_large"


def begin(
    session: Session, package_id: str, content: Content, *, by: User, at: datetime, key: Key | None = None
) -> None:
    """Start a draft. Raises ``UnreadableId``, ``IdTaken`` (an id of the files), ``DraftThere``, ``DraftTooLarge``."""
    if not is_identifier(package_id):
        raise UnreadableId
    if package_id in reader.identifiers():
        raise IdTaken(package_id)
    if session.get(PackageDraft, package_id) is not None:
        raise DraftThere
    link = record.open_link(session, record.HOUSE, 0)
    # Counted on from the record, a lock of a draft that was published or dropped never opens the one after it.
    first = {"package_id": package_id, "content": kept(content, package_id), "by_id": by.id, "at": at}
    session.execute(insert(PackageDraft).values(**first, lock_version=link.seq))
    happened = Happened(EventKind.PACKAGE_DRAFTED, {"package": package_id, "lock": link.seq})
    record.write(session, link, happened, by=by, at=at, key=key)


def locked(session: Session, package_id: str, lock_version: int) -> PackageDraft:
    """Load a draft under lock. Raises ``NotFound``, and ``DraftChanged`` when somebody else wrote in it."""
    wanted = select(PackageDraft).where(PackageDraft.package_id == package_id).with_for_update()
    draft = session.scalars(wanted).one_or_none()
    if draft is None:
        raise NotFound
    if draft.lock_version != lock_version:
        raise DraftChanged(draft.lock_version)
    return draft


def kept(content: Content, package_id: str) -> dict[str, object]:
    """Hand out what is stored: the content under its id. Raises ``DraftTooLarge``."""
    stored = {**content, "id": package_id}
    if len(canonical(stored).encode()) > LARGEST:
        raise DraftTooLarge
    return stored


def let_go(session: Session, package_id: str) -> None:
    """Let the proposals that a draft was started from wait for an answer again, unless it was published before."""
    if session.get(LocalPackage, package_id) is None:
        open_again = {"package_id": None, "answered_by": None, "answered_at": None}
        session.execute(update(Proposal).where(Proposal.package_id == package_id).values(open_again))
