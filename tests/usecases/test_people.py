"""People, roles, ties and invitations: who may give what to whom, and what must never be lost."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from planner import clock
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords
from planner.domain.money import Money
from planner.domain.people import RoleKind, TieKind
from planner.models.base import db
from planner.models.person import Identity, Invitation, Person, RoleRow, TieRow
from planner.models.record import Event
from planner.queries import people as looked_up
from planner.usecases import people
from planner.usecases.people import INVITATION_DAYS, InvitationOver, LastAdministrator, NewRole, OwnRights, UnknownUnit
from tests import factories
from tests.factories import Town

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def town(in_app: "Flask") -> Town:
    return factories.make_town()


def give(town: Town, person: int, kind: RoleKind, by: int | None = None, **more: object) -> int:
    role = NewRole(**{"kind": kind, "unit_id": town.north, "first_day": clock.today(), **more})
    return people.give_role(person, role, by=factories.user(by or town.asta), at=clock.now())


def role_of(person: int) -> int:
    found = db.session.scalars(db.select(RoleRow.id).where(RoleRow.person_id == person)).first()
    db.session.remove()
    return found


def happened() -> list[tuple[EventKind, int | None]]:
    db.session.remove()
    return [(event.kind, event.by_id) for event in db.session.scalars(db.select(Event).order_by(Event.at, Event.seq))]


def test_a_role_holds_from_its_first_to_its_last_day(town: Town) -> None:
    today = clock.today()
    give(town, town.ali, RoleKind.CASEWORKER, first_day=today + timedelta(1), last_day=today + timedelta(2))

    held = [looked_up.user(town.ali, None, today + timedelta(days)).has(RoleKind.CASEWORKER) for days in (0, 1, 2, 3)]

    assert held == [False, True, True, False]


def test_a_role_in_a_unit_holds_in_the_units_below_it_and_nowhere_else(town: Town) -> None:
    whole = factories.user(town.jens)

    assert {town.north, town.south} < whole.units(RoleKind.FINANCE)
    assert factories.user(town.finn).units(RoleKind.CASEWORKER) == {town.south}


def test_a_limit_is_what_the_role_may_decide(town: Town) -> None:
    give(town, town.ali, RoleKind.APPROVER, limit=Money.kroner(7))

    assert factories.user(town.ali).limit(town.north) == Money.kroner(7)


def test_an_ended_role_gives_nothing_any_more(town: Town) -> None:
    people.end_role(role_of(town.finn), by=factories.user(town.asta), at=clock.now())

    assert not factories.user(town.finn).has(RoleKind.CASEWORKER)


def test_an_ended_role_cannot_be_ended_again(town: Town) -> None:
    role, asta = role_of(town.finn), factories.user(town.asta)
    people.end_role(role, by=asta, at=clock.now())

    with pytest.raises(NotFound):
        people.end_role(role, by=asta, at=clock.now())


def test_the_last_administrator_stays(town: Town) -> None:
    with pytest.raises(LastAdministrator):
        people.end_role(role_of(town.asta), by=factories.user(town.asta), at=clock.now())


def test_a_role_that_begins_later_or_has_ended_does_not_replace_the_last_administrator(town: Town) -> None:
    today, asta = clock.today(), factories.user(town.asta)
    give(town, town.ali, RoleKind.ADMINISTRATOR, first_day=today + timedelta(1))
    over = give(town, town.finn, RoleKind.ADMINISTRATOR)
    people.end_role(over, by=asta, at=clock.now())

    with pytest.raises(LastAdministrator):
        people.end_role(role_of(town.asta), by=asta, at=clock.now())


def test_one_of_two_administrators_may_go(town: Town) -> None:
    give(town, town.ali, RoleKind.ADMINISTRATOR)

    people.end_role(role_of(town.asta), by=factories.user(town.asta), at=clock.now())

    assert not factories.user(town.asta).has(RoleKind.ADMINISTRATOR)


def test_nobody_gives_rights_to_themselves(town: Town) -> None:
    asta = factories.user(town.asta)

    with pytest.raises(OwnRights):
        give(town, town.asta, RoleKind.CASEWORKER)
    with pytest.raises(OwnRights):
        people.make_tie(town.bo, town.asta, TieKind.SUPPORT_PERSON, by=asta, at=clock.now())


def test_a_role_needs_a_person_and_a_unit_that_exist(town: Town) -> None:
    with pytest.raises(NotFound):
        give(town, 999, RoleKind.FINANCE)
    with pytest.raises(UnknownUnit):
        give(town, town.ali, RoleKind.FINANCE, unit_id=999)
    with pytest.raises(UnknownUnit):
        people.add_unit("Team Vest", "0999", 999, by=factories.user(town.asta), at=clock.now())


def test_a_tie_holds_until_it_is_ended(town: Town) -> None:
    asta = factories.user(town.asta)
    tie = people.make_tie(town.bo, town.finn, TieKind.RELATIVE, by=asta, at=clock.now())
    assert town.bo in factories.user(town.finn).citizens(TieKind.RELATIVE)

    people.end_tie(tie, by=asta, at=clock.now())

    assert town.bo not in factories.user(town.finn).citizens(TieKind.RELATIVE)
    with pytest.raises(NotFound):
        people.end_tie(tie, by=asta, at=clock.now())


def test_the_citizen_ends_a_tie_and_nobody_else_but_an_administrator(town: Town) -> None:
    tie = people.make_tie(town.bo, town.ali, TieKind.SUPPORT_PERSON, by=factories.user(town.asta), at=clock.now())

    for who in (town.lis, town.ali, town.mette):
        with pytest.raises(NotFound):
            people.end_tie(tie, by=factories.user(who), at=clock.now())
    people.end_tie(tie, by=factories.user(town.bo), at=clock.now())


def test_nobody_is_tied_to_themselves_or_to_nobody(town: Town) -> None:
    asta = factories.user(town.asta)

    for citizen, person in ((town.bo, town.bo), (town.bo, 999), (999, town.ali)):
        with pytest.raises(NotFound):
            people.make_tie(citizen, person, TieKind.PEER, by=asta, at=clock.now())
    assert db.session.scalars(db.select(TieRow)).all() == []


def test_a_tie_stands_in_the_citizens_own_record(town: Town) -> None:
    people.make_tie(town.bo, town.ali, TieKind.PEER, by=factories.user(town.asta), at=clock.now())

    event = db.session.scalars(db.select(Event).where(Event.kind == EventKind.TIE_MADE)).one()
    assert (event.for_id, event.with_id) == (town.bo, town.ali)


def test_a_change_of_a_citizen_stands_in_their_record_and_holds_no_words(town: Town) -> None:
    people.change_person(
        town.bo, "Bo Bo", phone="11 22 33 44", protected=True, by=factories.user(town.asta), at=clock.now()
    )

    event = db.session.scalars(db.select(Event).where(Event.kind == EventKind.PERSON_CHANGED)).one()
    assert (event.for_id, event.facts) == (town.bo, {"person": town.bo})
    bo = db.session.get_one(Person, town.bo)
    assert (bo.called, bo.phone, bo.protected) == ("Bo Bo", "11 22 33 44", True)


def test_a_person_keeps_a_name(town: Town) -> None:
    with pytest.raises(NoWords):
        people.change_person(town.bo, " ", by=factories.user(town.asta), at=clock.now())
    with pytest.raises(NoWords):
        people.add_person(" ", by=factories.user(town.asta), at=clock.now())


def test_every_change_is_an_event_with_who_did_it(town: Town) -> None:
    asta, now = factories.user(town.asta), clock.now()
    before = len(happened())

    person = people.add_person("Ny", by=asta, at=now)
    people.add_unit("Team Vest", "0999", by=asta, at=now)
    people.end_role(give(town, person, RoleKind.FINANCE), by=asta, at=now)
    people.invite(person, by=asta, at=now)

    assert {kind for kind, by in happened()[before:] if by == town.asta} == {
        EventKind.PERSON_ADDED,
        EventKind.UNIT_ADDED,
        EventKind.ROLE_GIVEN,
        EventKind.ROLE_ENDED,
        EventKind.INVITATION_MADE,
    }


def invited(town: Town, person: int | None = None) -> str:
    return people.invite(person or town.bo, by=factories.user(town.asta), at=clock.now())


def accept(code: str, subject: str = "abc", **more: object) -> int:
    return people.accept(code, "https://id.example", subject, at=more.get("at", clock.now()))


def test_an_invitation_links_an_account_once(town: Town) -> None:
    code = invited(town)

    assert accept(f" {code.upper()} ") == town.bo
    assert looked_up.linked("https://id.example", "abc") == town.bo
    with pytest.raises(InvitationOver):
        accept(code, "xyz")
    assert looked_up.linked("https://id.example", "xyz") is None


def test_only_a_digest_of_the_code_is_kept(town: Town) -> None:
    code = invited(town)

    (kept,) = db.session.scalars(db.select(Invitation)).all()
    assert code not in repr(vars(kept))


def test_a_new_invitation_makes_the_older_one_void(town: Town) -> None:
    older, newer = invited(town), invited(town)

    with pytest.raises(InvitationOver):
        accept(older)
    assert accept(newer) == town.bo


@pytest.mark.parametrize(("minutes", "works"), [(-1, True), (0, False), (1, False)])
def test_an_invitation_works_for_its_days(minutes: int, works: bool, town: Town, now: object) -> None:
    code = invited(town)
    at = clock.now() + timedelta(days=INVITATION_DAYS, minutes=minutes)

    if works:
        assert accept(code, at=at) == town.bo
    else:
        with pytest.raises(InvitationOver):
            accept(code, at=at)


@pytest.mark.parametrize("code", ["", "0000", "x" * 500, "00000000-00000000-00000000-00000000"])
def test_an_unknown_code_links_nobody(code: str, town: Town) -> None:
    invited(town)

    with pytest.raises(InvitationOver):
        accept(code)
    assert db.session.scalars(db.select(Identity)).all() == []


def test_signing_out_ends_every_older_session(town: Town) -> None:
    epoch = looked_up.epoch_of(town.bo)

    people.sign_out(by=factories.user(town.bo), at=clock.now())

    db.session.remove()
    assert looked_up.user(town.bo, epoch, clock.today()) is None
    assert looked_up.user(town.bo, epoch + 1, clock.today()) is not None
