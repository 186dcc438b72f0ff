"""Wishes: what a citizen would like beyond what a package allows, and the answer to it."""

from enum import StrEnum

from planner.domain.errors import Conflict

LONGEST_WORDS = 1000
START = "start"
"""The part of a wish that is about the first day; its value is the day as ``YYYY-MM-DD``."""


class WishState(StrEnum):
    """Where a wish stands; derived, never stored."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


def state(*, granted: bool | None, taken_back: bool) -> WishState:
    """Derive where a wish stands: an answer stays also when the wish is of no use any more."""
    if granted is not None:
        return WishState.GRANTED if granted else WishState.DECLINED
    return WishState.TAKEN_BACK if taken_back else WishState.OPEN


class WishOver(Conflict):
    """The wish was answered or taken back meanwhile."""

    code = "wish_over"
