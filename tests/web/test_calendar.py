"""My plan in a calendar: nothing to be read over a shoulder, and an address that its citizen can switch off."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from planner import clock
from planner.domain.event import EventKind
from planner.models.base import db
from planner.models.composing import CalendarLink
from planner.models.record import Event
from planner.usecases import people
from planner.usecases.calendar_links import MOST_LINKS
from tests import factories
from tests.factories import Running, Town
from tests.pages import form, press, sign_in
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite

PAGE = "/me/plan/calendar"


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


@pytest.fixture
def running(town: Town) -> Running:
    return factories.run_plan(town, "peer-individuel", "alkohol-video")


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    return app.test_client()


def events(answer) -> list:
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def make(bo: Visitor, **typed: str) -> str:
    """Make a private address, and read it from the page that shows it this once."""
    answer = press(bo, PAGE, "/calendar", **typed)
    assert answer.status_code == 200
    [address] = re.findall(r'value="http://[^/]+(/calendar/[^"]+)"', answer.text)
    return address


def test_the_file_shows_when_things_begin_and_the_weeks_with_appointments(bo: Visitor, running: Running) -> None:
    answer = bo.get(f"/me/plan/{running.plan_id}/calendar.ics?named=y")

    found = events(answer)
    assert answer.mimetype == "text/calendar"
    titles = {str(event["SUMMARY"]) for event in found}
    assert "Individuelt peer-følgeskab (en dag i denne uge)" in titles
    assert "Nye gardiner begynder" in titles
    assert all(event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1) for event in found)
    assert {event["STATUS"] for event in found} == {"CONFIRMED"}


def test_without_names_nothing_can_be_read_over_a_shoulder(bo: Visitor, running: Running) -> None:
    answer = bo.get(f"/me/plan/{running.plan_id}/calendar.ics")

    assert {str(event["SUMMARY"]) for event in events(answer)} == {"Aftale (en dag i denne uge)", "Noget begynder"}
    for word in ("lkohol", "peer", "gardiner", "plan", "Bo", "Kommune"):
        told = re.sub(r"^(UID|PRODID).*$", "", answer.text, flags=re.MULTILINE)
        assert word not in told


def test_a_draft_is_only_pencilled_in(bo: Visitor, town: Town) -> None:
    plan = factories.open_course(town)
    factories.compose(plan, factories.user(town.bo), "peer-individuel")

    found = events(bo.get(f"/me/plan/{plan}/calendar.ics"))

    assert {event["STATUS"] for event in found} == {"TENTATIVE"}
    assert all("ikke afgjort endnu" in str(event["DESCRIPTION"]) for event in found)


def test_a_private_address_is_read_without_signing_in_and_shown_once(
    bo: Visitor, running: Running, stranger: Visitor
) -> None:
    address = make(bo)

    answer = stranger.get(address)

    assert answer.status_code == 200
    assert {str(event["SUMMARY"]) for event in events(answer)} == {"Aftale (en dag i denne uge)", "Noget begynder"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert address not in bo.get(PAGE).text
    assert "Uden navne på tingene." in bo.get(PAGE).text


def test_a_private_address_names_things_only_when_that_was_ticked(
    bo: Visitor, running: Running, stranger: Visitor
) -> None:
    titles = {str(event["SUMMARY"]) for event in events(stranger.get(make(bo, named="y")))}

    assert "Individuelt peer-følgeskab (en dag i denne uge)" in titles


def test_a_private_address_speaks_the_language_of_its_citizen(
    bo: Visitor, town: Town, running: Running, stranger: Visitor
) -> None:
    address = make(bo)

    people.choose_language("en", by=factories.user(town.bo), at=clock.now())

    assert "Appointment (some day this week)" in {str(e["SUMMARY"]) for e in events(stranger.get(address))}


def test_only_a_digest_of_the_token_is_kept(bo: Visitor, running: Running) -> None:
    token = make(bo).removeprefix("/calendar/").removesuffix(".ics")

    db.session.remove()
    [link] = db.session.scalars(db.select(CalendarLink))
    assert len(token) * 6 >= 128
    assert token not in link.token_digest
    assert all(token not in str(facts) for facts in db.session.scalars(db.select(Event.facts)))


def test_an_address_that_is_switched_off_looks_like_one_that_never_was(
    bo: Visitor, running: Running, stranger: Visitor
) -> None:
    address = make(bo)
    other = make(bo)

    answer = press(bo, PAGE, "/revocation")

    assert answer.status_code == 303
    off, unknown = stranger.get(other), stranger.get("/calendar/" + "x" * 32 + ".ics")
    assert (off.status_code, unknown.status_code) == (404, 404)
    assert _same(off.text) == _same(unknown.text)
    assert stranger.get(address).status_code == 200


def _same(page: str) -> str:
    """Leave out the address itself, which the page repeats for the language, and the token with its second."""
    return re.sub(r'value="[^"]*(?:\.ics|[\w.-]{60,})"', "", page)


def test_making_and_switching_off_are_written_in_the_record(bo: Visitor, running: Running) -> None:
    make(bo)
    press(bo, PAGE, "/revocation")

    db.session.remove()
    kinds = list(db.session.scalars(db.select(Event.kind)))
    assert kinds.count(EventKind.CALENDAR_LINK_MADE) == kinds.count(EventKind.CALENDAR_LINK_REVOKED) == 1
    happened = bo.get("/me/happened").text
    assert "Du lavede en privat kalenderadresse." in happened
    assert "Du slukkede en privat kalenderadresse." in happened


def test_a_form_sent_twice_makes_one_address(bo: Visitor, running: Running) -> None:
    sent = form(bo.get(PAGE), "/calendar").fields
    there = f"/me/plan/{running.plan_id}/calendar"
    bo.post(there, data=sent)

    again = bo.post(there, data=sent)

    assert again.status_code == 303
    assert "blev lavet kl." in bo.get(again.location).text
    db.session.remove()
    assert len(db.session.scalars(db.select(CalendarLink)).all()) == 1


def test_a_plan_has_at_most_five_addresses(bo: Visitor, running: Running) -> None:
    for _ in range(MOST_LINKS - 1):
        make(bo)
    late = form(bo.get(PAGE), "/calendar").fields
    make(bo)

    answer = bo.post(f"/me/plan/{running.plan_id}/calendar", data=late)

    assert answer.status_code == 422
    assert "Sluk en af dem" in answer.text


def test_nobody_switches_off_or_makes_an_address_of_another(
    bo: Visitor, town: Town, running: Running, app: Flask
) -> None:
    address = make(bo)
    lis = sign_in(app.test_client(), town.lis)
    own = factories.open_course(town, citizen=town.lis)
    sent = form(lis.get(PAGE), "/calendar").fields

    assert lis.post(f"/me/plan/{running.plan_id}/calendar", data=sent).status_code == 404
    assert lis.post(f"/me/plan/{own}/calendar/1/revocation", data=sent).status_code in {400, 404}
    del sent["csrf_token"]
    token = form(lis.get(PAGE), "/calendar").fields
    button = {"csrf_token": token["csrf_token"], "key": token["key"]}
    assert lis.post(f"/me/plan/{own}/calendar/1/revocation", data=button).status_code == 404
    assert app.test_client().get(address).status_code == 200


def test_the_calendar_follows_the_plan(bo: Visitor, town: Town, running: Running, stranger: Visitor) -> None:
    address = make(bo, named="y")
    me = factories.user(town.bo)
    factories.plans.revise(running.plan_id, by=me, at=clock.now())
    factories.compose(running.plan_id, me, own=("Ny cykel",))
    assert "Ny cykel" not in stranger.get(address).text

    factories.approve(town, factories.submit(running.plan_id, me))

    assert "Ny cykel begynder" in stranger.get(address).text
