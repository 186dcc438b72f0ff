"""The phases of a line in force: their days, who takes over what, and what was agreed about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from planner.domain import terms
from planner.domain.choices import Choices
from planner.domain.mix import Line, dated_phases
from planner.domain.package import Phase, Words
from planner.domain.period import Period
from planner.domain.phase import Outcome, Taker
from planner.models.composing import Handover, PhaseTalk
from planner.models.person import Person
from planner.models.plan import Decision, PlanLine
from planner.queries.session import reading


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Somebody who takes something over."""

    id: int
    taker: Taker
    what: str


@dataclass(frozen=True, slots=True)
class TalkSeen:
    """What was agreed about a phase, by whom and when."""

    outcome: Outcome
    weeks: int | None
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSeen:
    """One phase of the package with the days of its runs in the plan."""

    number: int
    name: Words
    phase: Phase
    days: tuple[Period, ...]
    handovers: tuple[TakenOver, ...]
    talks: tuple[TalkSeen, ...]

    @property
    def closed(self) -> bool:
        """Tell whether people agreed that it is done; what was agreed last holds."""
        return bool(self.talks) and self.talks[0].outcome is Outcome.CLOSE

    def now(self, today: date) -> bool:
        """Tell whether it runs on a day."""
        return any(today in period for period in self.days)


@dataclass(frozen=True, slots=True)
class LinePhases:
    """A line in force with its phases."""

    item: int
    line: Line
    phases: tuple[PhaseSeen, ...]

    def current(self, today: date) -> int:
        """Find the number of the phase that runs, else the first that is not closed, else the last."""
        running = [phase.number for phase in self.phases if phase.now(today)]
        still = [phase.number for phase in self.phases if not phase.closed]
        return (running or still or [self.phases[-1].number])[0]


def in_force(plan_id: int) -> tuple[Line, ...]:
    """List the lines of the version in force that have phases, in the order of their days."""
    rows = reading().scalars(_force(plan_id).order_by(PlanLine.first_day, PlanLine.item_id))
    return tuple(_line(row) for row in rows)


def of_line(plan_id: int, item_id: int) -> LinePhases | None:
    """Load a line in force with its phases; nothing for a line that has none or is not in force."""
    row = reading().scalars(_force(plan_id).where(PlanLine.item_id == item_id)).one_or_none()
    if row is None:
        return None
    line = _line(row)
    numbers = Choices.of(row.terms).phases_of(len(line.phases))
    days: dict[int, list[Period]] = {number: [] for number in numbers}
    for index, dated in enumerate(dated_phases(line)):
        days[numbers[min(index, len(numbers) - 1)]].append(dated.period)
    taken, talks = _taken(item_id), _talks(item_id)
    first = {number: line.phases[numbers.index(number)] for number in days}
    phases = tuple(
        PhaseSeen(
            number=number,
            name=phase.name,
            phase=phase,
            days=tuple(days[number]),
            handovers=taken.get(number, ()),
            talks=talks.get(number, ()),
        )
        for number, phase in first.items()
    )
    return LinePhases(item_id, line, phases)


def written(item_id: int, phase: int, handover_id: int) -> bool:
    """Tell whether a line of the hand-over list was ever written for a phase, also when it was struck out."""
    row = reading().get(Handover, handover_id)
    return row is not None and (row.item_id, row.phase) == (item_id, phase)


def _force(plan_id: int) -> Any:  # noqa: ANN401 - a select of lines
    number = select(func.max(Decision.number)).where(Decision.plan_id == plan_id).scalar_subquery()
    return select(PlanLine).where(
        PlanLine.plan_id == plan_id, PlanLine.number == number, PlanLine.package_id.is_not(None)
    )


def _line(row: PlanLine) -> Line:
    return terms.to_line(row.item_id, row.kind, row.period, row.terms, title=row.title, package_id=row.package_id)


def _taken(item_id: int) -> Mapping[int, tuple[TakenOver, ...]]:
    rows = select(Handover).where(Handover.item_id == item_id, Handover.removed_at.is_(None)).order_by(Handover.id)
    found: dict[int, tuple[TakenOver, ...]] = {}
    for row in reading().scalars(rows):
        found[row.phase] = (*found.get(row.phase, ()), TakenOver(row.id, Taker(row.taker), row.what))
    return found


def _talks(item_id: int) -> Mapping[int, tuple[TalkSeen, ...]]:
    """Load what was agreed by phase, the newest first."""
    rows = (
        select(PhaseTalk, Person.called)
        .join(Person, Person.id == PhaseTalk.by_id)
        .where(PhaseTalk.item_id == item_id)
        .order_by(PhaseTalk.id.desc())
    )
    found: dict[int, tuple[TalkSeen, ...]] = {}
    for row in reading().execute(rows):
        said = row.PhaseTalk
        seen = TalkSeen(Outcome(said.outcome), said.weeks, said.words or "", row.called, said.at)
        found[said.phase] = (*found.get(said.phase, ()), seen)
    return found
