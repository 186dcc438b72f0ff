"""The people around a citizen: who is tied to them today, as what, and since when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select

from planner.domain.errors import NotFound
from planner.domain.people import PRIVATE_TIES, TieKind
from planner.models.base import DayType
from planner.models.person import Person, TieRow
from planner.queries.session import reading

MOST_TIES = 100


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around the citizen; private ties the citizen can stop, an adviser is chosen by the municipality."""

    tie_id: int
    called: str
    phone: str
    kind: TieKind
    since: date

    @property
    def private(self) -> bool:
        """Tell whether the citizen can stop it."""
        return self.kind in PRIVATE_TIES


_TIES = select(TieRow.id, Person.called, Person.phone, TieRow.kind, TieRow.first_day).join(
    Person, Person.id == TieRow.person_id
)


def around(citizen_id: int, today: date) -> tuple[Around, ...]:
    """List everybody who is tied to a citizen today."""
    day = bindparam("today", today, type_=DayType)
    rows = reading().execute(
        _TIES.where(
            TieRow.citizen_id == citizen_id,
            TieRow.first_day <= day,
            or_(TieRow.last_day.is_(None), TieRow.last_day >= day),
        )
        .order_by(TieRow.kind != TieKind.CASEWORKER, TieRow.id)
        .limit(MOST_TIES)
    )
    return tuple(_around(row) for row in rows)


def private_tie(citizen_id: int, tie_id: int) -> Around:
    """Find a tie that the citizen can stop, or has stopped. Raises ``NotFound``."""
    row = reading().execute(_TIES.where(TieRow.citizen_id == citizen_id, TieRow.id == tie_id)).one_or_none()
    if row is None or row.kind not in PRIVATE_TIES:
        raise NotFound
    return _around(row)


def _around(row: Any) -> Around:  # noqa: ANN401 - a row of _TIES
    return Around(row.id, row.called, row.phone or "", row.kind, row.first_day)
