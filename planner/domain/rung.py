"""The rungs that help is looked for on, own mastery first: what is there now, and what is possible."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.event import digest
from planner.domain.package import Rung


@dataclass(frozen=True, slots=True)
class Step:
    """What is there now and what is possible on one rung; empty where nothing was written."""

    now: str = ""
    possible: str = ""


def stamp(steps: Mapping[Rung, Step]) -> str:
    """Name the words of all rungs as they stand, so that two windows cannot overwrite each other."""
    found = (steps.get(rung, Step()) for rung in Rung)
    return digest([[step.now, step.possible] for step in found])[:16]
