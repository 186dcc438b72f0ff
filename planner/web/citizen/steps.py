"""The four rungs as they stand over the catalogue: what is there now, what is possible, and what the plan holds."""

from dataclasses import dataclass

from planner.domain.package import Rung
from planner.queries.mix import Choice, Mix
from planner.queries.sheets import Around, Written
from planner.web.packages import RUNGS


@dataclass(frozen=True, slots=True)
class StepShown:
    """One rung: its name, the citizen's words about it, and the lines of the plan that stand on it."""

    rung: Rung
    name: str
    written: Written
    lines: tuple[Choice, ...]


def steps(around: Around, mix: Mix) -> tuple[StepShown, ...]:
    """Put the rungs in order, own mastery first."""
    return tuple(
        StepShown(rung, str(RUNGS[rung]), written, tuple(one for one in mix.choices if one.rung is rung))
        for rung, written in around.steps.items()
    )
