"""What catalogue editors work on: packages by where they stand, and drafts with who wrote in them last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from sqlalchemy import select

from packages_catalog.stored import revived
from planner.domain.package import LineKind, Package, Words
from planner.models.offer import PackageDraft
from planner.models.person import Person
from planner.models.rule import PackageVersion
from planner.queries import offers
from planner.queries.pages import Page, Slice
from planner.queries.session import reading

PAGE = 50
MOST_VERSIONS = 50

_PUBLISHED = (
    select(PackageVersion.digest, PackageVersion.content, PackageVersion.published_at)
    .where(PackageVersion.origin == "local")
    .order_by(PackageVersion.published_at.desc(), PackageVersion.digest)
)


class Standing(StrEnum):
    """Where a package stands for its editors."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A package in the editors' list; ``drafted_at`` tells that somebody is working on it."""

    id: str
    name: Words
    kind: LineKind | None
    standing: Standing
    withdrawn_on: date | None = None
    drafted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it was typed, who wrote in it last, and the published version it will follow."""

    package_id: str
    content: Mapping[str, object]
    lock_version: int
    called: str
    at: datetime
    published: Package | None


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was published, with the one before it, when it is shown with what it changed."""

    package: Package
    at: datetime
    before: Package | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """One page of the list, and how many packages stand where."""

    page: Page[Entry]
    counts: Mapping[Standing, int]


def listed(words: str, standing: Standing | None, page: int, today: date) -> Overview:
    """List the packages by name whose words fit. One statement beside the catalogue's."""
    entries = [entry for entry in _entries(today) if _says(entry, words)]
    counts = {one: sum(_stands(entry, one) for entry in entries) for one in Standing}
    wanted = [entry for entry in entries if standing is None or _stands(entry, standing)]
    wanted.sort(key=lambda entry: (entry.name.da.casefold(), entry.id))
    place = Slice(len(wanted), PAGE, page)
    return Overview(Page(tuple(wanted[place.offset : place.offset + PAGE]), place), counts)


def draft(package_id: str) -> Draft | None:
    """Find the draft of a package. One statement beside the catalogue's."""
    wanted = select(PackageDraft, Person.called).join(Person, Person.id == PackageDraft.by_id)
    row = reading().execute(wanted.where(PackageDraft.package_id == package_id)).one_or_none()
    if row is None:
        return None
    kept: PackageDraft = row.PackageDraft
    return Draft(
        package_id=kept.package_id,
        content=kept.content,
        lock_version=kept.lock_version,
        called=row.called,
        at=kept.at,
        published=offers.local().get(package_id),
    )


def versions(package_id: str) -> tuple[Version, ...]:
    """List what the house published of a package, the newest first. One statement."""
    found = _PUBLISHED.where(PackageVersion.package_id == package_id).limit(MOST_VERSIONS)
    return tuple(_version(row) for row in reading().execute(found))


def version(package_id: str, digest: str) -> Version | None:
    """Find a version with the one that was published before it. One statement."""
    listed_ = versions(package_id)
    for one, earlier in zip_longest(listed_, listed_[1:]):
        if one.package.digest == digest:
            return Version(one.package, one.at, earlier.package if earlier else None)
    return None


def _version(row: Any) -> Version:  # noqa: ANN401 - a row of versions
    return Version(revived(row.content, row.digest), row.published_at)


def _entries(today: date) -> list[Entry]:
    drafted: dict[str, Any] = {
        row.package_id: row
        for row in reading().execute(select(PackageDraft.package_id, PackageDraft.content, PackageDraft.at))
    }
    local = offers.local()
    known = {package.id: _known(package, today, drafted.get(package.id)) for package in offers.written().values()}
    new = [_new(row) for package_id, row in drafted.items() if package_id not in local]
    return [*known.values(), *new]


def _known(package: Package, today: date, drafted: Any) -> Entry:  # noqa: ANN401 - a row of drafts, or nothing
    standing = Standing.PUBLISHED if package.id in offers.local() else Standing.FILE
    return Entry(
        id=package.id,
        name=package.name,
        kind=package.kind,
        standing=Standing.WITHDRAWN if package.withdrawn(today) else standing,
        withdrawn_on=package.withdrawn_on,
        drafted_at=drafted.at if drafted else None,
    )


def _new(row: Any) -> Entry:  # noqa: ANN401 - a row of drafts
    return Entry(
        id=row.package_id,
        name=_name(row.content, row.package_id),
        kind=None,
        standing=Standing.DRAFT,
        drafted_at=row.at,
    )


def _name(content: Mapping[str, Any], package_id: str) -> Words:
    """Name a draft as far as it has a name yet."""
    name = content.get("name")
    said = name if isinstance(name, Mapping) else {}
    danish = said.get("da") or said.get("en") or package_id
    return Words(str(danish), str(said.get("en") or danish))


def _stands(entry: Entry, standing: Standing) -> bool:
    return entry.standing is standing or (standing is Standing.DRAFT and entry.drafted_at is not None)


def _says(entry: Entry, words: str) -> bool:
    text = f"{entry.id} {entry.name.da} {entry.name.en}".casefold()
    return all(word in text for word in words.casefold().split())
