"""How the support fades: the hours a week of each phase as a curve that eases over the gates between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.package import Package, Phase, Words
from planner.queries.packages import weekly

HEIGHT = 208
_TOP, _EASE, _ROOM = 0.15, 3.0, 0.4
_WIDE = 18.0
# How many pixels a letter takes, and one percent of the drawing on a phone and on a wide screen.
_LETTER, _PHONE, _SCREEN = 9.0, 2.9, 7.5


class Shape(StrEnum):
    """What the curve does from its first phase to its last."""

    FADES = "fades"
    GROWS = "grows"
    EVEN = "even"
    VARIES = "varies"


@dataclass(frozen=True, slots=True)
class Gate:
    """A phase under the curve, in percent of the width; ``top`` is the height of its level in pixels."""

    name: Words
    weeks: int
    minutes: int
    x: float
    width: float
    top: float

    @property
    def wide(self) -> bool:
        """Tell whether figures fit at it on any screen."""
        return self.width >= _WIDE

    def label(self, name: str) -> tuple[str, str]:
        """Cut a name to what fits under it: on a phone, and what a wide screen adds to that."""
        short, comma, rest = name.partition(", ")
        phone = short if len(short) * _LETTER <= self.width * _PHONE else ""
        whole = f"{short}{comma}{rest}"
        wide = whole if len(whole) * _LETTER <= self.width * _SCREEN else short
        fits = len(wide) * _LETTER <= self.width * _SCREEN
        return phone, wide.removeprefix(phone) if fits else ""


@dataclass(frozen=True, slots=True)
class Fading:
    """The curve in weeks and shares of the drawing's height, with the phases under it."""

    weeks: int
    line: str
    area: str
    gates: tuple[Gate, ...]
    shape: Shape


def fading(package: Package) -> Fading | None:
    """Draw the curve of a package; nothing when there is only one phase."""
    return fading_of(package.phases)


def fading_of(phases: Sequence[Phase]) -> Fading | None:
    """Draw the curve of phases as they were chosen; nothing when there is only one."""
    if len(phases) < 2:  # noqa: PLR2004 - a curve needs two
        return None
    levels = [weekly(phase) for phase in phases]
    most = max(*levels, 1)
    heights = [1 - (1 - _TOP) * level / most for level in levels]
    line = _path(phases, heights)
    weeks = sum(phase.weeks for phase in phases)
    return Fading(weeks, line, f"{line}V1H0Z", _gates(phases, weeks, levels, heights), _shape(levels))


def _path(phases: Sequence[Phase], heights: Sequence[float]) -> str:
    parts = [f"M0 {heights[0]:.3f}"]
    start = 0
    for index, phase in enumerate(phases[:-1]):
        gate = start + phase.weeks
        ease = min(_EASE, phase.weeks * _ROOM, phases[index + 1].weeks * _ROOM)
        here, there = heights[index], heights[index + 1]
        parts.append(f"H{gate - ease:.2f}C{gate:.2f} {here:.3f} {gate:.2f} {there:.3f} {gate + ease:.2f} {there:.3f}")
        start = gate
    return "".join([*parts, f"H{start + phases[-1].weeks}"])


def _gates(phases: Sequence[Phase], weeks: int, levels: Sequence[int], heights: Sequence[float]) -> tuple[Gate, ...]:
    gates, start = [], 0
    for phase, level, height in zip(phases, levels, heights, strict=True):
        x, width = 100 * start / weeks, 100 * phase.weeks / weeks
        gates.append(Gate(phase.name, phase.weeks, level, x, width, height * HEIGHT))
        start += phase.weeks
    return tuple(gates)


def _shape(levels: Sequence[int]) -> Shape:
    if len(set(levels)) == 1:
        return Shape.EVEN
    if levels[-1] == min(levels) and levels[0] > levels[-1]:
        return Shape.FADES
    return Shape.GROWS if levels == sorted(levels) else Shape.VARIES
