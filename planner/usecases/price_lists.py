"""Price lists: how one is read is saved; a list is put aside to be looked at, and taken in whole or not at all."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from packages_catalog.stored import revived
from planner.domain import price_list
from planner.domain.errors import Conflict, DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.package import Package
from planner.domain.people import User
from planner.domain.price_list import Listed
from planner.domain.price_mapping import Known
from planner.models.offer import LocalPackage, PriceImport, PriceMapping, PriceUpload
from planner.models.offered import AT_ONCE, NEWEST
from planner.usecases import publishing, record
from planner.usecases.publishing import Published
from planner.usecases.transaction import Key, transaction

LONGEST_NAME = 60
KEPT = timedelta(days=1)
"""How long a list that was put aside is kept at most."""

_mapping: Table = PriceMapping.__table__  # type: ignore[assignment]  # declarative classes type it wider
_import: Table = PriceImport.__table__  # type: ignore[assignment]  # as above
_upload: Table = PriceUpload.__table__  # type: ignore[assignment]  # as above


class MappingNameTaken(DomainError):
    """Another mapping has that name already."""

    code = "mapping_name_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a list came from: its file's name and digest, how many rows it has, and the mapping it was read by."""

    file_name: str
    file_digest: str
    mapping: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a list offers, what it may change about packages that are there, and the beginning of their ids."""

    listed: tuple[Listed, ...]
    known: Known
    prefix: str


def save_mapping(
    name: str, text: str, before: tuple[int, datetime] | None = None, *, by: User, at: datetime, key: Key | None = None
) -> int:
    """Save how a list is read, as TOML that was read without a fault; hand out its id.

    ``before`` is the mapping that is changed, and when it was saved as it was seen. Raises ``MappingNameTaken``,
    ``NotFound``, and ``Conflict`` when somebody else saved it meanwhile.
    """
    with transaction(key, by) as session:
        mapping_id = before[0] if before else None
        if session.scalar(select(_mapping.c.id).where(_mapping.c.name == name)) not in {None, mapping_id}:
            raise MappingNameTaken
        values = {"name": name, "content": {"toml": text}, "by_id": by.id, "at": at}
        if before is None:
            mapping_id = session.scalars(insert(_mapping).values(values).returning(_mapping.c.id)).one()
        else:
            _replace(session, *before, values)
        facts = {"mapping": mapping_id, "digest": hashlib.sha256(text.encode()).hexdigest()}
        record.about_house(session, Happened(EventKind.PRICE_MAPPING_SAVED, facts), by=by, at=at, key=key)
        assert mapping_id is not None
        return mapping_id


def _replace(session: Session, mapping_id: int, seen: datetime, values: Mapping[str, object]) -> None:
    same = (_mapping.c.id == mapping_id) & (_mapping.c.at == seen)
    if session.scalar(update(_mapping).where(same).values(values).returning(_mapping.c.id)) is None:
        there = session.scalar(select(_mapping.c.id).where(_mapping.c.id == mapping_id))
        raise NotFound if there is None else Conflict


def put_aside(content: bytes, file_name: str, file_digest: str, mapping: str, *, by: User, at: datetime) -> None:
    """Put a list aside so that it can be taken in without sending it again; what was put aside before is gone.

    No event: like a form that is filled in, it changes nothing until it is taken in.
    """
    with transaction(by=by) as session:
        session.execute(delete(_upload).where((_upload.c.by_id == by.id) | (_upload.c.at < at - KEPT)))
        row = {"file_name": file_name, "file_digest": file_digest, "mapping": mapping, "content": content}
        session.execute(insert(_upload).values(by_id=by.id, at=at, **row))


def take_in(offered: Offered, source: Source, *, by: User | None, at: datetime, key: Key | None = None) -> Published:
    """Publish what a list offers: all of it or nothing; what is the same already stays as it is.

    A package that an editor withdrew stays withdrawn. Raises ``IdTaken`` and ``CatalogueFaults``.
    """
    with transaction(key, by) as session:
        # Whoever publishes holds the chain of the house, so nothing changes between looking and writing.
        record.open_link(session, record.HOUSE, 0)
        packages, same = _renewed(session, offered)
        written = publishing.publish(session, packages, by=by, at=at, key=key)
        published = replace(written, same=written.same + same)
        if published.added or published.changed:
            _remember(session, source, published, by=by, at=at)
        if by is not None:
            mine = (_upload.c.by_id == by.id) & (_upload.c.file_digest == source.file_digest)
            session.execute(delete(_upload).where(mine))
        return published


def _renewed(session: Session, offered: Offered) -> tuple[list[Package], int]:
    """Say which packages are new or change, and count those that stay; what is stored is read bit by bit."""
    new = {one.package.id: one for one in offered.listed}
    begins = LocalPackage.package_id.startswith(f"{offered.prefix}-", autoescape=True)
    packages: list[Package] = []
    same = 0
    for row in session.execute(NEWEST.where(begins).execution_options(yield_per=AT_ONCE)):
        one = new.pop(row.package_id, None)
        if one is None or row.withdrawn_on is not None:
            continue
        before = revived(row.content, "")
        after = price_list.renewed(one, before, offered.known)
        if after == before:
            same += 1
        else:
            packages.append(after)
    return [*packages, *(one.package for one in new.values())], same


def _remember(session: Session, source: Source, published: Published, *, by: User | None, at: datetime) -> None:
    counts = {"added": published.added, "changed": published.changed, "same": published.same}
    row = {**counts, "mapping": source.mapping, "file_name": source.file_name, "file_digest": source.file_digest}
    made = insert(_import).values(rows=source.rows, by_id=by.id if by else None, at=at, **row).returning(_import.c.id)
    facts = {**counts, "import": session.scalars(made).one(), "rows": source.rows, "digest": source.file_digest}
    record.about_house(session, Happened(EventKind.PRICE_LIST_TAKEN, facts), by=by, at=at)
