"""Publishing packages of the house: versions that never change, and the one edition count that readers follow."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, column, func, select, table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from packages_catalog import reader
from packages_catalog.faults import CatalogueFaults
from packages_catalog.relations import claims_of, relation_faults_of
from packages_catalog.shape import dump
from planner.domain import event as chained
from planner.domain.errors import DomainError
from planner.domain.event import EventKind, Happened
from planner.domain.package import Package
from planner.domain.people import User
from planner.models.base import moment_text
from planner.models.offer import LocalPackage
from planner.models.rule import PackageVersion
from planner.usecases import record
from planner.usecases.record import Link
from planner.usecases.transaction import Key

_local: Table = LocalPackage.__table__  # type: ignore[assignment]  # declarative classes type it wider
# The content is canonical text already: to write it as JSON once more would cost as much as everything else.
_version = table(
    PackageVersion.__tablename__,
    *(column(name) for name in ("package_id", "digest", "origin", "content", "published_at")),
)
_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


class IdTaken(DomainError):
    """The id belongs to a package from the files, or stands twice among those to be published."""

    code = "id_taken"

    def __init__(self, package_id: str) -> None:
        super().__init__(package_id)
        self.package_id = package_id


@dataclass(frozen=True, slots=True)
class Published:
    """How many packages are new, how many have a new version, and how many were as they are already."""

    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class _New:
    """A version as it is stored: its content as canonical JSON, and the digest of exactly that."""

    package_id: str
    digest: str
    content: str


def publish(
    session: Session,
    packages: Sequence[Package],
    *,
    by: User | None,
    at: datetime,
    key: Key | None = None,
    again: bool = False,
) -> Published:
    """Publish packages in the transaction of whoever calls, with one event of the house for all of them.

    What is published with the same content already stays untouched, also when it was withdrawn, unless ``again``
    says to offer it once more. Raises ``IdTaken`` and ``CatalogueFaults`` (relations to packages that nobody has).
    """
    _own_ids(packages)
    link = record.open_link(session, record.HOUSE, 0)
    before: dict[str, tuple[str, date | None]] = {
        row.package_id: (row.digest, row.withdrawn_on)
        for row in session.execute(select(_local.c.package_id, _local.c.digest, _local.c.withdrawn_on))
    }
    _known_relations(packages, before)
    every = [_new(package) for package in packages]
    fresh = [new for new in every if _differs(new, before.get(new.package_id), again=again)]
    added = sum(new.package_id not in before for new in fresh)
    published = Published(added, len(fresh) - added, len(every) - len(fresh))
    if fresh:
        edition = next_edition(session)
        _write(session, fresh, edition, at)
        _record(session, link, published, fresh, edition, by=by, at=at, key=key)
    return published


def next_edition(session: Session) -> int:
    """Count one further; the chain of the house must be locked, or two would take the same number."""
    return (session.scalar(select(func.max(_local.c.edition))) or 0) + 1


def _own_ids(packages: Sequence[Package]) -> None:
    taken = set(reader.identifiers())
    for package in packages:
        if package.id in taken:
            raise IdTaken(package.id)
        taken.add(package.id)


def _known_relations(packages: Sequence[Package], before: Mapping[str, object]) -> None:
    related = [claims_of(package) for package in packages if package.excludes or package.needs or package.combines]
    if related:
        known = {*reader.identifiers(), *before, *(package.id for package in packages)}
        if faults := list(relation_faults_of(related, known)):
            raise CatalogueFaults(faults)


def _new(package: Package) -> _New:
    content = chained.canonical(dump(package))
    return _New(package.id, hashlib.sha256(content.encode()).hexdigest(), content)


def _differs(new: _New, before: tuple[str, date | None] | None, *, again: bool) -> bool:
    if before is None:
        return True
    digest, withdrawn_on = before
    return digest != new.digest or (again and withdrawn_on is not None)


def _write(session: Session, fresh: Sequence[_New], edition: int, at: datetime) -> None:
    connection = session.connection()
    dialect: Any = _DIALECTS[connection.dialect.name]
    moment = moment_text(at)
    connection.execute(
        dialect.insert(_version).on_conflict_do_nothing(index_elements=["package_id", "digest"]),
        [
            {"package_id": new.package_id, "digest": new.digest, "origin": "local", "content": new.content}
            | {"published_at": moment}
            for new in fresh
        ],
    )
    current = dialect.insert(_local)
    now = {"digest": current.excluded.digest, "edition": current.excluded.edition, "withdrawn_on": None}
    connection.execute(
        current.on_conflict_do_update(index_elements=["package_id"], set_=now),
        [{"package_id": new.package_id, "digest": new.digest, "edition": edition} for new in fresh],
    )


def _record(
    session: Session,
    link: Link,
    published: Published,
    fresh: Sequence[_New],
    edition: int,
    *,
    by: User | None,
    at: datetime,
    key: Key | None,
) -> None:
    facts: dict[str, int | str] = {
        "edition": edition,
        "added": published.added,
        "changed": published.changed,
        "same": published.same,
        "digest": chained.digest([new.package_id, new.digest] for new in fresh),
    }
    if len(fresh) == 1:
        facts["package"] = fresh[0].package_id
    record.write(session, link, Happened(EventKind.PACKAGES_PUBLISHED, facts), by=by, at=at, key=key)
