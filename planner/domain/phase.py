"""Phases of a line that runs: who takes over what, and the conversation in which one closes or goes on otherwise."""

from collections.abc import Mapping
from enum import StrEnum

from planner.domain.choices import Choices, Value, natural
from planner.domain.errors import DomainError
from planner.domain.package import Package

LONGEST_WHAT = 200
LONGEST_WORDS = 1000


class Taker(StrEnum):
    """Who takes something over when the support fades."""

    ME = "me"
    NETWORK = "network"
    COMMUNITY = "community"
    SERVICE = "service"


class Outcome(StrEnum):
    """What people agree on when they talk about a phase; nothing else ever closes one."""

    CLOSE = "close"
    LONGER = "longer"
    SHORTER = "shorter"
    AGAIN = "again"


class NobodyTakesOver(DomainError):
    """The package hands over before it lets go: a phase closes when at least one thing has somebody who takes it."""

    code = "nobody_takes_over"


class WeeksDoNotFit(DomainError):
    """Longer needs more weeks than there are, shorter fewer; ``weeks`` is how many there are."""

    code = "weeks_do_not_fit"

    def __init__(self, weeks: int) -> None:
        super().__init__(weeks)
        self.weeks = weeks


class HandoverOver(DomainError):
    """The line of the hand-over list was struck out already."""

    code = "handover_over"


def check_close(package: Package | None, named: int) -> None:
    """Refuse to close a phase of a package that hands over first, while nobody takes anything over."""
    if package is not None and package.hand_over_first and not named:
        raise NobodyTakesOver


def changed_by(
    package: Package, phase: int, outcome: Outcome, weeks: int | None, now: Choices
) -> Mapping[str, Value] | None:
    """Say what a talk makes of the choices about a package; nothing when it leaves the plan as it is.

    Raises ``WeeksDoNotFit`` when longer is not longer or shorter not shorter.
    """
    if outcome is Outcome.CLOSE:
        return None
    part = f"weeks.{phase}" if outcome in {Outcome.LONGER, Outcome.SHORTER} else f"runs.{phase}"
    held = int(now.values.get(part, natural(package, part)))
    if outcome is Outcome.AGAIN:
        return now.but(part, held + 1).values
    fits = weeks is not None and (weeks > held if outcome is Outcome.LONGER else weeks < held)
    if weeks is None or not fits:
        raise WeeksDoNotFit(held)
    return now.but(part, weeks).values
