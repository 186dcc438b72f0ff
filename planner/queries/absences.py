"""When a citizen is not there, as they wrote it themselves."""

from dataclasses import dataclass

from sqlalchemy import select

from planner.domain.away import Closed, closed_days
from planner.domain.period import Period
from planner.models.composing import Away as AwayRow
from planner.queries.session import reading

MOST = 100


@dataclass(frozen=True, slots=True)
class Away:
    """Some days on which nothing is planned, with the citizen's own words, if any."""

    id: int
    period: Period
    words: str


def of_citizen(citizen_id: int) -> tuple[Away, ...]:
    """List the days on which a citizen is not there, the first first. One statement."""
    rows = reading().scalars(
        select(AwayRow).where(AwayRow.citizen_id == citizen_id).order_by(AwayRow.first_day, AwayRow.id).limit(MOST)
    )
    return tuple(Away(row.id, Period(row.first_day, row.last_day), row.words or "") for row in rows)


def closed(citizen_id: int, plan: Period) -> Closed:
    """Collect the days of a plan on which nothing is planned: holidays, and the citizen's days away. One statement."""
    return closed_days(plan, [one.period for one in of_citizen(citizen_id)])
