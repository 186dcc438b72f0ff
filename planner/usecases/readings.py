"""Writing down who looked at whose data, before the page is shown; if that fails, nothing is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, insert

from planner.domain import event as chained
from planner.domain.people import User
from planner.models.record import Reading, ReadingOf
from planner.usecases import record
from planner.usecases.record import as_text
from planner.usecases.transaction import transaction

_reading: Table = Reading.__table__  # type: ignore[assignment]  # declarative classes type it wider


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked at: in which role and unit, which page, for which purpose."""

    role: str
    unit_id: int | None
    page: str
    purpose: str


def write(look: Look, citizens: Iterable[int], *, by: User, at: datetime) -> None:
    """Write one reading that names everybody it showed; nothing is written when it showed nobody else."""
    shown = sorted(set(citizens) - {by.id})
    if not shown:
        return
    with transaction(by=by) as session:
        link = record.open_link(session, record.READER, by.id)
        values = {
            "chain_id": link.chain_id,
            "seq": link.seq,
            "role": look.role,
            "unit_id": look.unit_id,
            "page": look.page,
            "purpose": look.purpose,
            "at": at,
        }
        head = chained.link(link.head, [*as_text(_reading, values, but={"hash"}), *map(str, shown)])
        session.execute(insert(Reading).values(**values, hash=head))
        session.execute(
            insert(ReadingOf),
            [{"chain_id": link.chain_id, "seq": link.seq, "citizen_id": citizen} for citizen in shown],
        )
        record.close_link(session, link, head)
