"""What the citizen's front page tells besides money and plan: goals, what is going on, how often somebody looked."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select

from planner import clock
from planner.domain.period import add_months
from planner.models.plan import Goal, PlanLine
from planner.models.record import Reading, ReadingOf
from planner.queries.session import reading


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """A goal in the citizen's own words."""

    id: int
    words: str


def goals(citizen_id: int) -> tuple[OwnGoal, ...]:
    """List the goals a citizen is at, the first one written first."""
    wanted = (
        select(Goal.id, Goal.words)
        .where(Goal.citizen_id == citizen_id, Goal.paused_on.is_(None), Goal.ended_on.is_(None))
        .order_by(Goal.id)
    )
    return tuple(OwnGoal(row.id, row.words) for row in reading().execute(wanted))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things of the plan in force run today, and how often somebody looked this month."""

    running: int
    looks: int


def counts(citizen_id: int, plan_id: int | None, number: int | None, today: date) -> Counts:
    """Count both in one statement; ``number`` is the version of the plan that is in force."""
    month = today.replace(day=1)
    running = select(func.count()).where(
        PlanLine.plan_id == plan_id,
        PlanLine.number == number,
        PlanLine.first_day <= today,
        PlanLine.last_day >= today,
    )
    looks = (
        select(func.count())
        .select_from(ReadingOf)
        .join(Reading, (Reading.chain_id == ReadingOf.chain_id) & (Reading.seq == ReadingOf.seq))
        .where(
            ReadingOf.citizen_id == citizen_id,
            Reading.at >= _begins(month),
            Reading.at < _begins(add_months(month, 1)),
        )
    )
    row = reading().execute(select(running.scalar_subquery().label("running"), looks.scalar_subquery().label("looks")))
    return Counts(*row.one())


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), clock.COPENHAGEN)
