"""An editor at work: signed in, with a local package to change."""

from datetime import timedelta

from planner import clock
from planner.domain.people import RoleKind
from planner.usecases import people
from tests.factories import Town


def make_editor(town: Town, called: str = "Birgit Vang") -> int:
    """Add a catalogue editor and return their id."""
    now = clock.now()
    person = people.add_person(called, by=None, at=now)
    role = people.NewRole(kind=RoleKind.CATALOGUE_EDITOR, unit_id=town.north, first_day=clock.today() - timedelta(400))
    people.give_role(person, role, by=None, at=now)
    return person
