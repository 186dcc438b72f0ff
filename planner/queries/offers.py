"""The catalogue of the day: the packages of the files, and those that this house publishes itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from flask import current_app
from sqlalchemy import Engine, Row, bindparam, select

from packages_catalog.reader import Catalogue
from packages_catalog.relations import mutual
from packages_catalog.shape import sealed
from packages_catalog.stored import revived
from planner.domain.package import Package
from planner.models.base import db
from planner.models.offer import LocalPackage
from planner.models.rule import PackageVersion
from planner.queries import people
from planner.queries.session import look, reading

_SINCE = (
    select(LocalPackage.package_id, LocalPackage.digest, LocalPackage.withdrawn_on, PackageVersion.content)
    .join(
        PackageVersion,
        (PackageVersion.package_id == LocalPackage.package_id) & (PackageVersion.digest == LocalPackage.digest),
    )
    .where(LocalPackage.edition > bindparam("edition"))
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What this process knows of one database: up to which edition, the house's packages, and all together."""

    edition: int
    files: Catalogue
    local: Mapping[str, Package]
    catalogue: Catalogue


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def catalogue() -> Catalogue:
    """Give all packages as they stand now, each exclusion on both sides, withdrawn ones with their day.

    No statement where a page is shown, since ``people.settings`` tells the edition; only what was published since it
    was last asked is read and put in.
    """
    known: dict[Any, Any] = reading().info
    found: Catalogue | None = known.get(catalogue)
    if found is None:
        known[catalogue] = found = _current()
    return found


def written() -> Mapping[str, Package]:
    """Give the same packages with the exclusions that were written, not those that follow from other packages."""
    catalogue()
    kept = _KEPT[db.engine]
    return {**kept.files, **kept.local}


def local() -> Mapping[str, Package]:
    """Give the packages that this house publishes, withdrawn ones among them."""
    catalogue()
    return _KEPT[db.engine].local


def files() -> Catalogue:
    """Give the packages of the files alone, as they were read at the start."""
    found: Catalogue = current_app.extensions["catalogue"]
    return found


def forget(engine: Engine) -> None:
    """Forget what is known of a database, because it was exchanged for another."""
    _KEPT.pop(engine, None)


def _current() -> Catalogue:
    edition = int(people.settings().get("edition", "0"))
    kept = _KEPT.get(db.engine)
    if kept is None or kept.files is not files() or edition < kept.edition:
        kept = _Kept(0, files(), {}, files())
    if edition > kept.edition:
        fresh = {row.package_id: _package(row) for row in look(_SINCE, {"edition": kept.edition})}
        own = {**kept.local, **fresh}
        # A file that takes the id of a package of the house comes too late: plans stand on the house's own.
        everything = {**kept.files, **own}
        kept = _Kept(edition, kept.files, own, Catalogue(mutual(everything.values())))
    _KEPT[db.engine] = kept
    return kept.catalogue


def _package(row: Row[Any]) -> Package:
    package = revived(row.content, row.digest)
    days: list[date] = [day for day in (package.withdrawn_on, row.withdrawn_on) if day]
    return sealed(replace(package, withdrawn_on=min(days))) if days else package
