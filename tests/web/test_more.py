"""More: my people and how to stop them, settings, all my plans; and the two pages that everybody may read."""

import pytest
from flask import Flask

from planner import clock
from planner.domain.event import EventKind
from planner.domain.people import TieKind
from planner.models.base import db
from planner.models.person import Person, TieRow
from planner.models.record import Event
from planner.usecases import people
from tests import factories
from tests.factories import Town
from tests.pages import form, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def tie_of(person_id: int) -> int:
    db.session.remove()
    return db.session.scalars(db.select(TieRow.id).where(TieRow.person_id == person_id)).one()


def test_more_leads_to_everything_about_me_and_to_help(bo: Visitor) -> None:
    page = bo.get("/me/more").text

    for path in ("/me/people", "/me/readings", "/me/happened", "/me/earlier", "/me/settings", "/privacy"):
        assert f'href="{path}"' in page
        assert bo.get(path).status_code == 200
    assert "tel:12345678" in page
    assert "tel:87654321" in page


def test_my_people_are_named_with_what_they_are_and_since_when(bo: Visitor, town: Town) -> None:
    assert "Her er ingen endnu. Det er helt i orden." in bo.get("/me/people").text
    factories.open_course(town)

    page = bo.get("/me/people").text

    assert page.index("Mette Kjær") < page.index("Ali Demir")
    assert "din støtteperson siden den" in page
    assert "Mette Kjær, Ali Demir" in bo.get("/me/more").text


def test_a_support_person_is_stopped_after_asking_and_can_do_nothing_from_then_on(bo: Visitor, town: Town) -> None:
    factories.open_course(town)
    stop = f"/me/people/{tie_of(town.ali)}/stop"
    assert factories.user(town.ali).citizens(TieKind.SUPPORT_PERSON) == {town.bo}
    assert "Skal Ali Demir ikke længere være din støtteperson?" in bo.get(stop).text

    answer = press(bo, stop, "/stop")

    assert "Ali Demir kan ikke se mere fra nu." in bo.get(answer.location).text
    assert "Ali Demir</h2>" not in bo.get("/me/people").text
    assert factories.user(town.ali).citizens(TieKind.SUPPORT_PERSON) == frozenset()


def test_stopping_twice_happens_once(bo: Visitor, town: Town) -> None:
    factories.open_course(town)
    stop = f"/me/people/{tie_of(town.ali)}/stop"
    sent = form(bo.get(stop), "/stop").fields

    assert [bo.post(stop, data=sent).status_code for _ in range(2)] == [303, 303]
    db.session.remove()
    kinds = list(db.session.scalars(db.select(Event.kind)))
    assert kinds.count(EventKind.TIE_ENDED) == 1


def test_an_adviser_is_changed_by_telephone_because_stopping_the_tie_would_not_keep_them_from_looking(
    bo: Visitor, town: Town
) -> None:
    factories.open_course(town)
    adviser = f"/me/people/{tie_of(town.mette)}/stop"

    assert adviser not in bo.get("/me/people").text
    assert bo.get(adviser).status_code == 404
    assert bo.post(adviser, data=form(bo.get("/me/goals/new"), "/me/goals").fields).status_code in {400, 404}
    assert "Vil du gerne skifte rådgiver? Ring på" in bo.get("/me/people").text


def test_another_citizens_people_are_unknown(bo: Visitor, town: Town, app: Flask) -> None:
    factories.open_course(town)
    ali = tie_of(town.ali)
    lis = sign_in(app.test_client(), town.lis)
    sent = form(bo.get(f"/me/people/{ali}/stop"), "/stop").fields

    assert "Ali" not in lis.get("/me/people").text
    assert lis.get(f"/me/people/{ali}/stop").status_code == 404
    assert lis.post(f"/me/people/{ali}/stop", data=sent).status_code in {400, 404}
    assert factories.user(town.ali).citizens(TieKind.SUPPORT_PERSON) == {town.bo}


def test_the_language_is_chosen_for_good(bo: Visitor, town: Town, app: Flask) -> None:
    assert "Indstillinger" in bo.get("/me/settings").text

    press(bo, "/me/settings", "/language", language="en")

    assert "<h1>Settings</h1>" in bo.get("/me/settings").text
    assert "<h1>Settings</h1>" in sign_in(app.test_client(), town.bo).get("/me/settings").text


def test_signing_out_ends_every_other_session(bo: Visitor, town: Town, app: Flask) -> None:
    elsewhere = sign_in(app.test_client(), town.bo)
    assert elsewhere.get("/me/more").status_code == 200

    press(bo, "/me/settings", "/sign-out")

    assert elsewhere.get("/me/more").status_code == 302
    assert db.session.get_one(Person, town.bo).epoch == 1


def test_all_plans_are_listed_with_amount_and_where_they_stand(bo: Visitor, town: Town) -> None:
    assert "Du har ingen plan endnu." in bo.get("/me/earlier").text
    factories.open_course(town, amount=12_345)

    page = bo.get("/me/earlier").text

    assert "12.345\u00a0kr. (ventet)" in page
    assert "ved at blive sat sammen" in page


def test_a_name_that_is_a_script_is_shown_as_text(bo: Visitor, town: Town) -> None:
    for script in SCRIPTS[:8]:
        person = people.add_person(script, by=None, at=clock.now())
        people.make_tie(town.bo, person, TieKind.PEER, by=None, at=clock.now())

    for path in ("/me/people", "/me/more", f"/me/people/{tie_of(person)}/stop"):
        page = bo.get(path).text
        assert live_parts(page) == []
        assert shows(page, SCRIPTS[7])


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
@pytest.mark.parametrize(("language", "word"), [("da", "Ring"), ("en", "Call")])
def test_everybody_can_read_what_we_promise(app: Flask, town: Town, path: str, language: str, word: str) -> None:
    visitor = app.test_client()
    with visitor.session_transaction() as session:
        session["language"] = language

    page = visitor.get(path)

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert f"{word} 12 34 56 78" in page.text
