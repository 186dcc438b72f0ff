"""Goals: what the citizen wants, in their own words; paused or put away without a reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.errors import DomainError

LONGEST_WORDS = 2000


class NoWords(DomainError):
    """There are no words, where words are the point."""

    code = "no_words"


class TooManyWords(DomainError):
    """The text is longer than fits; ``longest`` is in characters."""

    code = "too_many_words"

    def __init__(self, length: int, longest: int = LONGEST_WORDS) -> None:
        super().__init__(length, longest)
        self.length = length
        self.longest = longest


class GoalState(StrEnum):
    """Where a goal stands; derived from its days, never stored."""

    ACTIVE = "active"
    PAUSED = "paused"
    PUT_AWAY = "put_away"


@dataclass(frozen=True, slots=True)
class GoalDays:
    """The days that a goal's state follows from."""

    started_on: date
    paused_on: date | None = None
    ended_on: date | None = None

    @property
    def state(self) -> GoalState:
        """Derive the state: put away before paused before active."""
        if self.ended_on:
            return GoalState.PUT_AWAY
        return GoalState.PAUSED if self.paused_on else GoalState.ACTIVE


def checked_words(text: str, longest: int = LONGEST_WORDS) -> str:
    """Return the words without outer blanks, and without what no database can keep: NUL and halves of letters.

    Raises ``NoWords`` or ``TooManyWords``.
    """
    words = text.encode(errors="ignore").decode().replace("\0", "").strip()
    if not words:
        raise NoWords
    if len(words) > longest:
        raise TooManyWords(len(words), longest)
    return words
