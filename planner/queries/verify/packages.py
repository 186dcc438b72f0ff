"""I11: a version of a package is what its digest says, and what the house offers is a version."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, and_

from planner.models.base import Base
from planner.queries.verify.stream import Fault, as_text, read, stream

_tables = Base.metadata.tables
_version, _local = _tables["package_version"], _tables["local_package"]


def faults(connection: Connection) -> Iterator[Fault]:
    """Recompute every version's digest, and look for the version of every package that is offered."""
    for row in read(connection, _version, "package_id", "digest"):
        if hashlib.sha256((row.content or "").encode()).hexdigest() != row.digest:
            yield "I11", f"package_version {row.package_id}/{row.digest}: its digest is not that of its content"
    same = and_(_version.c.package_id == _local.c.package_id, _version.c.digest == _local.c.digest)
    lost = as_text([_local.c.package_id, _local.c.digest]).select_from(_local.outerjoin(_version, same))
    for row in stream(connection, lost.where(_version.c.digest.is_(None)).order_by(_local.c.package_id)):
        yield "I11", f"local_package {row.package_id}: there is no version {row.digest}"
