"""Local packages: drafts that two editors never overwrite for each other, publishing, and withdrawing from a day on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from packages_catalog.fitting import fitted
from packages_catalog.stored import revived
from planner import clock
from planner.domain.errors import Conflict, DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.package import Package
from planner.domain.people import User
from planner.models.offer import LocalPackage
from planner.models.rule import PackageVersion
from planner.usecases import package_drafts as drafts
from planner.usecases import publishing, record
from planner.usecases.publishing import IdTaken, Published
from planner.usecases.transaction import Key, transaction

__all__ = ["IdTaken", "Published"]


class NothingNew(DomainError):
    """The draft says what is published already."""

    code = "nothing_new"


class StillOffered(Conflict):
    """The package is not withdrawn, or not any more."""

    code = "still_offered"


class DayPassed(DomainError):
    """A package is withdrawn from today or a later day; what was chosen before was chosen."""

    code = "day_passed"


def publish_many(packages: Sequence[Package], *, by: User | None, at: datetime, key: Key | None = None) -> Published:
    """Publish many packages at once, all or none; what is published with the same content already stays untouched.

    The packages have the right shape already; their digests are worked out here. Raises ``IdTaken`` for an id of the
    files or one that stands twice, ``CatalogueFaults`` for a relation to a package that nobody has.
    """
    with transaction(key, by) as session:
        return publishing.publish(session, packages, by=by, at=at, key=key)


def start_draft(
    package_id: str,
    content: drafts.Content,
    *,
    by: User,
    at: datetime,
    key: Key | None = None,
    new: bool = False,
) -> None:
    """Start a draft under an id that stays; a ``new`` package takes an id that nobody published.

    Raises ``UnreadableId``, ``IdTaken``, ``DraftThere`` and ``DraftTooLarge``.
    """
    with transaction(key, by) as session:
        if new and session.get(LocalPackage, package_id) is not None:
            raise IdTaken(package_id)
        drafts.begin(session, package_id, content, by=by, at=at, key=key)


def save_draft(
    package_id: str, content: drafts.Content, lock_version: int, *, by: User, at: datetime, key: Key | None = None
) -> None:
    """Keep what was typed, faulty or not. Raises ``NotFound``, ``DraftChanged`` and ``DraftTooLarge``."""
    with transaction(key, by) as session:
        draft = drafts.locked(session, package_id, lock_version)
        draft.content, draft.by_id, draft.at = drafts.kept(content, package_id), by.id, at
        draft.lock_version += 1
        happened = Happened(EventKind.PACKAGE_DRAFTED, {"package": package_id, "lock": draft.lock_version})
        record.about_house(session, happened, by=by, at=at, key=key)


def drop_draft(package_id: str, lock_version: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Throw a draft away; what is published stays, and a proposal waits for its answer again.

    Raises ``NotFound`` and ``DraftChanged``.
    """
    with transaction(key, by) as session:
        session.delete(drafts.locked(session, package_id, lock_version))
        drafts.let_go(session, package_id)
        happened = Happened(EventKind.PACKAGE_DRAFT_DROPPED, {"package": package_id})
        record.about_house(session, happened, by=by, at=at, key=key)


def publish_draft(
    package_id: str,
    lock_version: int,
    others: Mapping[str, Package],
    *,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> Published:
    """Make the draft a version that never changes, and offer it from now on.

    ``others`` are all packages with the exclusions that were written. Raises ``CatalogueFaults``, ``NotFound``,
    ``DraftChanged``, ``IdTaken`` and ``NothingNew``.
    """
    with transaction(key, by) as session:
        draft = drafts.locked(session, package_id, lock_version)
        package = fitted(draft.content, others)
        session.delete(draft)
        published = publishing.publish(session, [package], by=by, at=at, key=key, again=True)
        if published.same:
            raise NothingNew
        return published


def withdraw(package_id: str, on: date, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Offer a package to nobody from a day on; plans keep what they chose. Raises ``NotFound`` and ``DayPassed``."""
    if on < clock.local(at).date():
        raise DayPassed
    with transaction(key, by) as session:
        link = record.open_link(session, record.HOUSE, 0)
        local = session.get(LocalPackage, package_id)
        if local is None:
            raise NotFound
        local.withdrawn_on, local.edition = on, publishing.next_edition(session)
        facts: dict[str, int | str] = {"package": package_id, "on": on.isoformat(), "edition": local.edition}
        record.write(session, link, Happened(EventKind.PACKAGE_WITHDRAWN, facts), by=by, at=at, key=key)


def offer_again(package_id: str, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Offer a withdrawn package as it was published last. Raises ``NotFound`` and ``StillOffered``."""
    with transaction(key, by) as session:
        local = session.get(LocalPackage, package_id)
        if local is None:
            raise NotFound
        if local.withdrawn_on is None:
            raise StillOffered
        version = session.get_one(PackageVersion, (package_id, local.digest))
        package = revived(version.content, version.digest)
        publishing.publish(session, [package], by=by, at=at, key=key, again=True)
