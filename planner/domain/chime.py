"""CHIME: five scales from 0 to 10 about one's own life; not a validated instrument, and never a verdict."""

from collections.abc import Mapping
from fractions import Fraction

from planner.domain.errors import DomainError
from planner.domain.package import Chime

LOWEST, HIGHEST = 0, 10


class OffTheScale(DomainError):
    """An answer is not a whole number from 0 to 10."""

    code = "off_the_scale"


Answers = Mapping[Chime, int]


def checked(answers: Answers) -> dict[Chime, int]:
    """Return the answers in the order C-H-I-M-E; any may be missing. Raises ``OffTheScale``."""
    for process, value in answers.items():
        if not LOWEST <= value <= HIGHEST:
            raise OffTheScale(process, value)
    return {process: answers[process] for process in Chime if process in answers}


def mean(answers: Answers) -> Fraction | None:
    """Average the five answers, only when all are there; shown with one decimal beside the five values."""
    if any(process not in answers for process in Chime):
        return None
    return Fraction(sum(answers.values()), len(Chime))


def changes(before: Answers, now: Answers) -> dict[Chime, int]:
    """Subtract, for the scales answered both times; no direction is called good or bad."""
    return {process: now[process] - before[process] for process in Chime if process in before and process in now}
