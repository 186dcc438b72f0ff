"""Bounds: what may be adjusted about a package and how far; beyond them a choice is a wish."""

from dataclasses import dataclass
from enum import StrEnum

MOST_WEEKS = 260
RHYTHMS = (50, 75, 100, 150, 200)
"""How often people meet, in percent of what the package describes."""


class Mode(StrEnum):
    """How an activity is delivered."""

    IN_PERSON = "in_person"
    GROUP = "group"
    VIDEO = "video"
    PHONE = "phone"
    OUTREACH = "outreach"


class DelivererKind(StrEnum):
    """Who gives the help, as a citizen may choose it."""

    PROFESSIONAL = "professional"
    PEER = "peer"
    VOLUNTEER = "volunteer"


class Place(StrEnum):
    """Where people meet."""

    HOME = "home"
    OFFICE = "office"
    TOWN = "town"
    OUTDOORS = "outdoors"
    WORKPLACE = "workplace"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may be chosen for a whole package; nothing listed means that the package is as it is described.

    ``languages`` come beside Danish. ``start_weeks`` is the earliest and the latest start, in weeks from today or
    from the plan's first day, whichever is later.
    """

    modes: tuple[Mode, ...] = ()
    deliverers: tuple[DelivererKind, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    start_weeks: tuple[int, int] | None = None
