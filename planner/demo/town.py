"""The people who work in the demo's municipality: what they are called, what they may decide."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from planner import clock
from planner.domain.money import Money
from planner.domain.people import RoleKind, User
from planner.queries import people as looked_up
from planner.usecases import people, standard
from planner.usecases.people import NewRole

MUNICIPALITY, CODE = "Havneby Kommune", "0999"


@dataclass(frozen=True, slots=True)
class Town:
    """The demo's units and staff, by id."""

    north: int
    south: int
    mette: int
    sanne: int
    karen: int
    jens: int
    asta: int
    birgit: int
    ali: int


def build(at: datetime) -> Town:
    """Make the municipality: two teams, two caseworkers with different limits, an approver, finance, and so on."""
    standard.establish(MUNICIPALITY)
    people.set_up({"phone": "12 34 56 78", "acute_phone": "87 65 43 21", "reader_names": "0"})
    whole = people.add_unit(MUNICIPALITY, CODE, by=None, at=at)
    north = people.add_unit("Team Nord", CODE, whole, by=None, at=at)
    south = people.add_unit("Team Syd", CODE, whole, by=None, at=at)

    def worker(called: str, kind: RoleKind, unit: int, limit: int | None = None) -> int:
        person = people.add_person(called, phone="12 34 56 78", by=None, at=at)
        first = clock.local(at).date() - timedelta(days=1)
        may = None if limit is None else Money.kroner(limit)
        people.give_role(person, NewRole(kind=kind, unit_id=unit, limit=may, first_day=first), by=None, at=at)
        return person

    return Town(
        north=north,
        south=south,
        mette=worker("Mette Kjær", RoleKind.CASEWORKER, north, 70_000),
        sanne=worker("Sanne Holm", RoleKind.CASEWORKER, north, 20_000),
        karen=worker("Karen Lund", RoleKind.APPROVER, north, 500_000),
        jens=worker("Jens Bak", RoleKind.FINANCE, whole),
        asta=worker("Asta Friis", RoleKind.ADMINISTRATOR, whole),
        birgit=worker("Birgit Vang", RoleKind.CATALOGUE_EDITOR, whole),
        ali=people.add_person("Ali Demir", phone="12 34 56 79", by=None, at=at),
    )


def as_user(person_id: int, at: datetime) -> User:
    """Load somebody as the user they were at a moment."""
    found = looked_up.user(person_id, None, clock.local(at).date())
    if found is None:
        raise LookupError(person_id)
    return found
