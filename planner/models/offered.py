"""The newest version of every package of the house: the statement with which readers and writers begin."""

from sqlalchemy import select

from planner.models.offer import LocalPackage
from planner.models.rule import PackageVersion

NEWEST = select(LocalPackage.package_id, LocalPackage.digest, LocalPackage.withdrawn_on, PackageVersion.content).join(
    PackageVersion,
    (PackageVersion.package_id == LocalPackage.package_id) & (PackageVersion.digest == LocalPackage.digest),
)

AT_ONCE = 500
"""So many versions are in memory at once when all of them are gone through."""
