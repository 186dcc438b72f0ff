"""Figures leave the house as a file: that is written down before the first byte goes."""

from dataclasses import dataclass
from datetime import datetime

from planner.domain.errors import DomainError
from planner.domain.event import EventKind, Happened
from planner.domain.money import Money
from planner.domain.people import User
from planner.usecases import record
from planner.usecases.transaction import transaction

MOST_ROWS = 50_000


class TooManyRows(DomainError):
    """A file of so many rows is too much for one go; a shorter period is enough for most."""

    code = "too_many_rows"

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken: which file, how many rows, their control totals, and the digest of its bytes."""

    file: str
    rows: int
    granted: Money
    committed: Money
    spent: Money
    digest: str


def take(taken: Taken, *, by: User, at: datetime) -> None:
    """Write down that a file was taken. Every file is one event: taking the same twice is two files outside."""
    facts: dict[str, int | str] = {
        "file": taken.file,
        "rows": taken.rows,
        "granted": taken.granted.oere,
        "committed": taken.committed.oere,
        "spent": taken.spent.oere,
        "digest": taken.digest,
    }
    with transaction(by=by) as session:
        record.about_house(session, Happened(EventKind.FILE_TAKEN, facts), by=by, at=at)
