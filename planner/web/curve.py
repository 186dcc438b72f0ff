"""The citizen's own curve of numbers over time, as places in a drawing; nothing on it is called good or bad."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.chime import HIGHEST
from planner.queries.progress import CheckInSeen

_TOP, _STEP = 16, 12
_LEFT, _WIDTH = 8.0, 84.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One number: ``x`` in percent of the width, ``y`` in pixels from the top."""

    x: float
    y: int
    seen: CheckInSeen


@dataclass(frozen=True, slots=True)
class Curve:
    """The numbers from the oldest to the newest, and the line through them."""

    dots: tuple[Dot, ...]

    @property
    def path(self) -> str:
        """Write the line as drawing commands."""
        return "M" + " L".join(f"{dot.x:.2f} {dot.y}" for dot in self.dots)

    @property
    def first(self) -> Dot:
        """The oldest number."""
        return self.dots[0]

    @property
    def last(self) -> Dot:
        """The newest number."""
        return self.dots[-1]


def height_of(score: int) -> int:
    """Place a number from 0 to 10: the higher, the nearer to the top."""
    return _TOP + (HIGHEST - score) * _STEP


def curve(check_ins: Sequence[CheckInSeen]) -> Curve | None:
    """Place the numbers of some check-ins by their moments; nothing when there is no number among them."""
    numbered = sorted((seen for seen in check_ins if seen.score is not None), key=lambda seen: seen.at)
    if not numbered:
        return None
    begun = numbered[0].at
    whole = (numbered[-1].at - begun).total_seconds()
    shares = [(seen.at - begun).total_seconds() / whole if whole else 0.5 for seen in numbered]
    return Curve(
        tuple(
            Dot(_LEFT + _WIDTH * share, height_of(seen.score or 0), seen)
            for share, seen in zip(shares, numbered, strict=True)
        )
    )
