"""Price lists: the saved mappings, the list that somebody put aside, what it would change, and what was taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from packages_catalog.stored import revived
from planner.domain.package import Package
from planner.domain.price_list import Listed, renewed
from planner.domain.price_mapping import Known
from planner.models.offer import LocalPackage, PriceImport, PriceMapping, PriceUpload
from planner.models.offered import AT_ONCE, NEWEST
from planner.queries.lists import paged
from planner.queries.pages import Page
from planner.queries.session import reading

PAGE = 20


@dataclass(frozen=True, slots=True)
class Mapping:
    """A saved mapping: its name, its TOML as it was written, and when it was saved."""

    id: int
    name: str
    toml: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PutAside:
    """A list that somebody looks at before taking it in."""

    file_name: str
    file_digest: str
    mapping: str
    content: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A package that a list would change, as it is now and as it would be."""

    before: Package
    after: Package


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a list would do: packages that are new, that change, how many stay, and how many stay withdrawn."""

    added: tuple[Package, ...]
    changed: tuple[Change, ...]
    same: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Import:
    """A list that was taken in."""

    mapping: str
    file_name: str
    rows: int
    added: int
    changed: int
    same: int
    at: datetime


def mappings() -> list[Mapping]:
    """List the saved mappings by name."""
    rows = reading().scalars(select(PriceMapping).order_by(func.lower(PriceMapping.name), PriceMapping.id))
    return [_mapping(row) for row in rows]


def mapping(mapping_id: int) -> Mapping | None:
    """Find a saved mapping."""
    row = reading().get(PriceMapping, mapping_id)
    return _mapping(row) if row else None


def mapping_named(name: str) -> Mapping | None:
    """Find a saved mapping by its name."""
    row = reading().scalar(select(PriceMapping).where(PriceMapping.name == name))
    return _mapping(row) if row else None


def _mapping(row: PriceMapping) -> Mapping:
    return Mapping(row.id, row.name, str(row.content["toml"]), row.at)


def put_aside(person_id: int) -> PutAside | None:
    """Find the list that a person put aside."""
    row = reading().get(PriceUpload, person_id)
    return PutAside(row.file_name, row.file_digest, row.mapping, row.content, row.at) if row else None


def compare(listed: Sequence[Listed], known: Known, prefix: str) -> Comparison:
    """Say what taking a list in would do today. One statement."""
    new = {one.package.id: one for one in listed}
    begins = LocalPackage.package_id.startswith(f"{prefix}-", autoescape=True)
    changed: list[Change] = []
    same = withdrawn = 0
    for row in reading().execute(NEWEST.where(begins).execution_options(yield_per=AT_ONCE)):
        one = new.pop(row.package_id, None)
        if one is None:
            continue
        if row.withdrawn_on is not None:
            withdrawn += 1
        elif (after := renewed(one, before := revived(row.content, ""), known)) == before:
            same += 1
        else:
            changed.append(Change(before, after))
    return Comparison(tuple(one.package for one in new.values()), tuple(changed), same, withdrawn)


def imports(page: int) -> Page[Import]:
    """List what was taken in, the newest first."""
    columns = (PriceImport.mapping, PriceImport.file_name, PriceImport.rows, PriceImport.added)
    found = select(*columns, PriceImport.changed, PriceImport.same, PriceImport.at)
    rows, place = paged(found, page, PriceImport.at.desc(), PriceImport.id.desc(), size=PAGE)
    return Page(tuple(Import(*row) for row in rows), place)
