"""How it goes, as the citizen sees it: goals in own words, check-ins, and answers on the five scales."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from planner.domain import chime
from planner.domain.errors import NotFound
from planner.domain.goal import GoalState
from planner.domain.package import Chime
from planner.models.plan import Goal
from planner.models.progress import CheckIn, ChimeAnswer
from planner.queries.pages import Page, Slice
from planner.queries.session import reading

GOALS_A_PAGE = 20
CHECK_INS_A_PAGE = 30
ANSWERS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class CheckInSeen:
    """How a goal went at one moment; the number or the words may be missing."""

    at: datetime
    score: int | None
    words: str | None


@dataclass(frozen=True, slots=True)
class GoalSeen:
    """A goal in the citizen's words, where it stands, and the latest that was said about it."""

    id: int
    words: str
    started_on: date
    state: GoalState
    latest: CheckInSeen | None


@dataclass(frozen=True, slots=True)
class ChimeSeen:
    """What was answered on the five scales at one moment."""

    at: datetime
    answers: Mapping[Chime, int]

    @property
    def mean(self) -> Fraction | None:
        """Average the five; nothing when one is missing."""
        return chime.mean(self.answers)


_newest = aliased(CheckIn)
_GOALS = select(Goal, CheckIn.at, CheckIn.score, CheckIn.words.label("said")).outerjoin(
    CheckIn,
    CheckIn.id
    == select(_newest.id)
    .where(_newest.goal_id == Goal.id)
    .order_by(_newest.at.desc(), _newest.id.desc())
    .limit(1)
    .scalar_subquery(),
)


def goals(citizen_id: int, page: int = 1) -> Page[GoalSeen]:
    """List a citizen's goals with the latest on each: in hand first, then paused, then put away."""
    own = Goal.citizen_id == citizen_id
    place = Slice(reading().scalar(select(func.count()).where(own)) or 0, GOALS_A_PAGE, page)
    order = (Goal.ended_on.is_not(None), Goal.paused_on.is_not(None), Goal.id)
    rows = reading().execute(_GOALS.where(own).order_by(*order).limit(place.size).offset(place.offset))
    return Page(tuple(_goal(row) for row in rows), place)


def goal(citizen_id: int, goal_id: int) -> GoalSeen:
    """Find one goal of the citizen. Raises ``NotFound``."""
    found = reading().execute(_GOALS.where(Goal.citizen_id == citizen_id, Goal.id == goal_id)).one_or_none()
    if found is None:
        raise NotFound
    return _goal(found)


def check_ins(citizen_id: int, goal_id: int, page: int = 1) -> Page[CheckInSeen]:
    """List what was said about one of the citizen's goals, the newest first."""
    own = (CheckIn.citizen_id == citizen_id, CheckIn.goal_id == goal_id)
    place = Slice(reading().scalar(select(func.count()).where(*own)) or 0, CHECK_INS_A_PAGE, page)
    rows = reading().execute(
        select(CheckIn.at, CheckIn.score, CheckIn.words)
        .where(*own)
        .order_by(CheckIn.at.desc(), CheckIn.id.desc())
        .limit(place.size)
        .offset(place.offset)
    )
    return Page(tuple(CheckInSeen(row.at, row.score, row.words) for row in rows), place)


def chime_answers(citizen_id: int, page: int = 1) -> Page[ChimeSeen]:
    """List the citizen's answers on the five scales, the newest first."""
    own = ChimeAnswer.citizen_id == citizen_id
    place = Slice(reading().scalar(select(func.count()).where(own)) or 0, ANSWERS_A_PAGE, page)
    found = reading().scalars(_newest_answers(citizen_id).limit(place.size).offset(place.offset))
    return Page(tuple(ChimeSeen(answer.at, answer.answers) for answer in found), place)


def latest_chime(citizen_id: int) -> tuple[ChimeSeen, ...]:
    """Find the newest answers and those before them: two, one or none."""
    found = reading().scalars(_newest_answers(citizen_id).limit(2))
    return tuple(ChimeSeen(answer.at, answer.answers) for answer in found)


def _newest_answers(citizen_id: int) -> Any:  # noqa: ANN401 - a select of rows
    return (
        select(ChimeAnswer)
        .where(ChimeAnswer.citizen_id == citizen_id)
        .order_by(ChimeAnswer.at.desc(), ChimeAnswer.id.desc())
    )


def _goal(row: Any) -> GoalSeen:  # noqa: ANN401 - a row of _GOALS
    found: Goal = row.Goal
    latest = CheckInSeen(row.at, row.score, row.said) if row.at is not None else None
    return GoalSeen(found.id, found.words, found.started_on, found.days.state, latest)
