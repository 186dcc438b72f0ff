"""What stands around a mix that is put together: the four rungs, the tries, who wrote what, what can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from planner.domain.event import EventKind
from planner.domain.package import Rung
from planner.domain.rung import Step
from planner.models.composing import DraftBefore, RungWords, Trial
from planner.models.person import Person
from planner.models.record import Chain, Event
from planner.queries.session import reading

_CHANGES = (EventKind.LINE_ADDED, EventKind.LINE_CHANGED, EventKind.TRY_CHANGED)
MOST_CHANGES = 400


@dataclass(frozen=True, slots=True)
class Wrote:
    """Who wrote something, and when."""

    by_id: int
    called: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """The words of one rung, and who wrote them."""

    step: Step = field(default_factory=Step)
    wrote: Wrote | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """A try beside the plan; ``number`` is 1 to 5."""

    number: int
    name: str
    wrote: Wrote


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the lines of a sheet; ``saved`` is its last change, which can be undone."""

    steps: Mapping[Rung, Written]
    tries: tuple[Try, ...]
    saved: Wrote | None
    wrote: Mapping[int, Wrote]

    def trial(self, number: int) -> Try | None:
        """Find a try by its number."""
        return next((one for one in self.tries if one.number == number), None)


def around(plan_id: int, citizen_id: int, number: int) -> Around:
    """Load what stands around a sheet. Four statements, whatever it holds."""
    return Around(steps(plan_id), tries(plan_id), _saved(plan_id, number), _wrote(plan_id, citizen_id))


def steps(plan_id: int) -> dict[Rung, Written]:
    """Load the words of the four rungs, in order; a rung without words is there, too."""
    rows = reading().execute(
        select(RungWords, Person.called).join(Person, Person.id == RungWords.by_id).where(RungWords.plan_id == plan_id)
    )
    found = {row.RungWords.rung: _step(row.RungWords, row.called) for row in rows}
    return {rung: found.get(rung, Written()) for rung in Rung}


def tries(plan_id: int) -> tuple[Try, ...]:
    """List the tries beside a plan, the first first."""
    rows = reading().execute(
        select(Trial, Person.called)
        .join(Person, Person.id == Trial.by_id)
        .where(Trial.plan_id == plan_id)
        .order_by(Trial.number.desc())
    )
    return tuple(
        Try(-row.Trial.number, row.Trial.name, Wrote(row.Trial.by_id, row.called, row.Trial.at)) for row in rows
    )


def _step(row: RungWords, called: str) -> Written:
    return Written(Step(row.now, row.possible), Wrote(row.by_id, called, row.at))


def _saved(plan_id: int, number: int) -> Wrote | None:
    """Find who changed a sheet last, and when: that change can be undone."""
    row = reading().execute(
        select(DraftBefore.by_id, Person.called, DraftBefore.at)
        .join(Person, Person.id == DraftBefore.by_id)
        .where(DraftBefore.plan_id == plan_id, DraftBefore.number == number)
    )
    found = row.one_or_none()
    return Wrote(found.by_id, found.called, found.at) if found else None


def _wrote(plan_id: int, citizen_id: int) -> dict[int, Wrote]:
    """Find who changed each line last, among the newest changes."""
    rows = reading().execute(
        select(Event.facts, Event.by_id, Person.called, Event.at)
        .join(Chain, Chain.id == Event.chain_id)
        .join(Person, Person.id == Event.by_id)
        .where(Chain.kind == "citizen", Chain.subject_id == citizen_id, Event.kind.in_(_CHANGES))
        .order_by(Event.seq.desc())
        .limit(MOST_CHANGES)
    )
    found: dict[int, Wrote] = {}
    for row in rows:
        if row.facts["plan"] == plan_id:
            found.setdefault(row.facts["item"], Wrote(row.by_id, row.called, row.at))
    return found
