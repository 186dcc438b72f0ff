"""What the citizen's front page tells besides money and plan: goals, what is going on, how often somebody looked."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import bindparam, func, select

from planner import clock
from planner.domain.period import add_months
from planner.models.plan import Goal, PlanLine
from planner.models.record import Reading, ReadingOf
from planner.queries.session import look


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """A goal in the citizen's own words."""

    id: int
    words: str


_GOALS = (
    select(Goal.id, Goal.words)
    .where(Goal.citizen_id == bindparam("citizen"), Goal.paused_on.is_(None), Goal.ended_on.is_(None))
    .order_by(Goal.id)
)


def goals(citizen_id: int) -> tuple[OwnGoal, ...]:
    """List the goals a citizen is at, the first one written first."""
    return tuple(OwnGoal(row.id, row.words) for row in look(_GOALS, {"citizen": citizen_id}))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things of the plan in force run today, and how often somebody looked this month."""

    running: int
    looks: int


_RUNNING = select(func.count()).where(
    PlanLine.plan_id == bindparam("plan"),
    PlanLine.number == bindparam("number"),
    PlanLine.first_day <= bindparam("today"),
    PlanLine.last_day >= bindparam("today"),
)
_LOOKS = (
    select(func.count())
    .select_from(ReadingOf)
    .join(Reading, (Reading.chain_id == ReadingOf.chain_id) & (Reading.seq == ReadingOf.seq))
    .where(
        ReadingOf.citizen_id == bindparam("citizen"),
        Reading.at >= bindparam("begins"),
        Reading.at < bindparam("ends"),
    )
)
_COUNTS = select(_RUNNING.scalar_subquery().label("running"), _LOOKS.scalar_subquery().label("looks"))


def counts(citizen_id: int, plan_id: int | None, number: int | None, today: date) -> Counts:
    """Count both in one statement; ``number`` is the version of the plan that is in force."""
    month = today.replace(day=1)
    wanted = {
        "citizen": citizen_id,
        "plan": plan_id or 0,
        "number": number or 0,
        "today": today,
        "begins": _begins(month),
        "ends": _begins(add_months(month, 1)),
    }
    row = look(_COUNTS, wanted).one()
    return Counts(row.running, row.looks)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), clock.COPENHAGEN)
