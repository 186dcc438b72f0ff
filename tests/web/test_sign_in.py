"""Signing in and out: a real local provider, forged answers, invitations, the demo's people, sessions that end."""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from flask import Flask

from planner import clock
from planner.domain.people import RoleKind
from planner.models.base import db
from planner.models.person import Identity, RoleRow, Setting
from planner.models.record import Event
from planner.usecases import people
from planner.web.public.front import _HOME, safe_next
from planner.web.public.openid import NAME
from tests import factories
from tests.apps import Apps
from tests.factories import Town
from tests.pages import form, forms, press
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite

CLIENT = {"oidc_client_id": "planner", "oidc_client_secret": "secret"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def connected(issuer: str, database_url: str, apps: Apps) -> Iterator[Flask]:
    """Make the app that signs in at the provider."""
    app = apps.on(database_url, oidc_issuer=issuer, **CLIENT)
    with app.app_context():
        yield app


@pytest.fixture
def town(connected: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def visitor(connected: Flask) -> Visitor:
    return connected.test_client()


def text(answer: object) -> str:
    return re.sub(r"[\s\xa0]+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def start(visitor: Visitor, following: str = "") -> str:
    """Begin to sign in, and hand out the address at the provider."""
    answer = visitor.get(f"/sign-in/openid{following}")
    assert answer.status_code == 302
    return answer.location


def authorize(address: str, subject: str) -> str:
    """Say yes at the provider, and hand out where it sends the visitor back to."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def come_back(visitor: Visitor, subject: str = "alice", following: str = "") -> object:
    return visitor.get(authorize(start(visitor, following), subject))


def link(town: Town, person: int, subject: str = "alice", *, issuer: str) -> None:
    code = people.invite(person, by=factories.user(town.asta), at=clock.now())
    people.accept(code, issuer, subject, at=clock.now())


def identities() -> list[tuple[int, str]]:
    db.session.remove()
    return [(found.person_id, found.subject) for found in db.session.scalars(db.select(Identity))]


def signed_in(visitor: Visitor) -> bool:
    return visitor.get("/me/").status_code != 302 or visitor.get("/desk/").status_code != 302


def mark_demo() -> None:
    db.session.add(Setting(key="demo", value="1"))
    db.session.commit()
    db.session.remove()


def test_the_sign_in_asks_for_a_code_with_pkce_state_and_nonce(town: Town, visitor: Visitor) -> None:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(start(visitor)).query).items()}

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) >= 43
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert asked["redirect_uri"].endswith("/sign-in/back")


def test_every_attempt_has_secrets_of_its_own(town: Town, visitor: Visitor) -> None:
    first, second = (parse_qs(urlsplit(start(visitor)).query) for _ in range(2))

    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_attempts_that_were_given_up_do_not_pile_up_in_the_cookie(town: Town, visitor: Visitor) -> None:
    for _ in range(20):
        start(visitor)

    assert len(visitor.get_cookie("planner").value) < 3000


def test_somebody_linked_comes_in_where_they_start(town: Town, visitor: Visitor, issuer: str) -> None:
    link(town, town.bo, issuer=issuer)

    answer = come_back(visitor)

    assert (answer.status_code, answer.location) == (303, "/me/")
    assert visitor.get("/me/").status_code == 200


def test_somebody_linked_comes_to_the_page_they_wanted(town: Town, visitor: Visitor, issuer: str) -> None:
    link(town, town.mette, issuer=issuer)
    asked = visitor.get("/desk/?show=all")
    assert asked.status_code == 302
    way_in = re.search(r'href="(/sign-in/openid[^"]*)"', visitor.get(asked.location).text)[1]

    answer = come_back(visitor, following=unescape(way_in).removeprefix("/sign-in/openid"))

    assert answer.location == "/desk/?show=all"


def test_a_newcomer_is_asked_for_the_code_and_linked_by_it(town: Town, visitor: Visitor) -> None:
    code = people.invite(town.bo, by=factories.user(town.asta), at=clock.now())

    asked = come_back(visitor)
    assert (asked.status_code, asked.location) == (303, "/sign-in/invitation")
    assert not signed_in(visitor)
    answer = press(visitor, "/sign-in/invitation", "/sign-in/invitation", code=code)

    assert (answer.status_code, answer.location) == (303, "/me/")
    assert visitor.get("/me/").status_code == 200
    assert identities() == [(town.bo, "alice")]


def test_a_linked_account_needs_no_code_again(town: Town, connected: Flask) -> None:
    code = people.invite(town.bo, by=factories.user(town.asta), at=clock.now())
    first, again = connected.test_client(), connected.test_client()
    come_back(first)
    press(first, "/sign-in/invitation", "/sign-in/invitation", code=code)

    assert come_back(again).location == "/me/"


def test_a_code_that_was_used_links_nobody_else(town: Town, connected: Flask) -> None:
    code = people.invite(town.bo, by=factories.user(town.asta), at=clock.now())
    first, thief = connected.test_client(), connected.test_client()
    come_back(first)
    press(first, "/sign-in/invitation", "/sign-in/invitation", code=code)

    come_back(thief, "mallory")
    answer = press(thief, "/sign-in/invitation", "/sign-in/invitation", code=code)

    assert answer.status_code == 422
    assert "Bed om en ny" in text(answer)
    assert not signed_in(thief)
    assert identities() == [(town.bo, "alice")]


@pytest.mark.parametrize("code", ["", "x", "0" * 500, "00000000-00000000-00000000-00000000"])
def test_an_unknown_code_lets_nobody_in(code: str, town: Town, visitor: Visitor) -> None:
    come_back(visitor)

    assert press(visitor, "/sign-in/invitation", "/sign-in/invitation", code=code).status_code == 422
    assert not signed_in(visitor)


def test_without_an_account_there_is_nothing_to_link(town: Town, visitor: Visitor) -> None:
    assert visitor.get("/sign-in/invitation").location == "/sign-in"


def test_an_account_waits_for_its_code_a_quarter_of_an_hour(town: Town, visitor: Visitor) -> None:
    come_back(visitor)

    with clock.shifted(timedelta(minutes=14)):
        assert visitor.get("/sign-in/invitation").status_code == 200
    with clock.shifted(timedelta(minutes=16)):
        assert visitor.get("/sign-in/invitation").location == "/sign-in"


def test_somebody_without_a_role_is_told_so_and_not_sent_in_circles(town: Town, visitor: Visitor, issuer: str) -> None:
    link(town, people.add_person("Ny", by=None, at=clock.now()), issuer=issuer)

    answer = come_back(visitor)

    assert answer.location == "/sign-in"
    assert "du har ingen rolle i dag" in text(visitor.get("/sign-in"))


def changed(address: str, **values: str) -> str:
    path, _, query = address.partition("?")
    found = {name: told[0] for name, told in parse_qs(query).items()} | values
    return f"{path}?{'&'.join(f'{name}={value}' for name, value in found.items() if value)}"


@pytest.mark.parametrize("values", [{"state": "forged"}, {"state": ""}, {"code": "forged"}, {"code": ""}])
def test_an_answer_with_another_state_or_code_is_refused(
    values: dict[str, str], town: Town, visitor: Visitor, issuer: str
) -> None:
    link(town, town.bo, issuer=issuer)
    back = authorize(start(visitor), "alice")

    answer = visitor.get(changed(back, **values))

    assert answer.status_code == 400
    assert not signed_in(visitor)


def test_an_answer_meant_for_another_browser_is_refused(town: Town, connected: Flask, issuer: str) -> None:
    link(town, town.bo, issuer=issuer)
    attacker, victim = connected.test_client(), connected.test_client()
    back = authorize(start(attacker), "alice")
    start(victim)

    assert victim.get(back).status_code == 400
    assert not signed_in(victim)


def test_an_answer_works_once(town: Town, visitor: Visitor, issuer: str) -> None:
    link(town, town.bo, issuer=issuer)
    back = authorize(start(visitor), "alice")
    visitor.get(back)
    press(visitor, "/me/", "/sign-out")

    assert visitor.get(back).status_code == 400
    assert not signed_in(visitor)


def state_of(visitor: Visitor) -> tuple[str, dict]:
    with visitor.session_transaction() as session:
        return next((name, value) for name, value in session.items() if name.startswith("_state_"))


def test_only_the_digest_of_the_code_verifier_travels(town: Town, visitor: Visitor) -> None:
    asked = parse_qs(urlsplit(start(visitor)).query)

    verifier = state_of(visitor)[1]["data"]["code_verifier"]
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert asked["code_challenge"] == [digest]


def test_a_token_made_for_another_attempt_is_refused(town: Town, visitor: Visitor, issuer: str) -> None:
    link(town, town.bo, issuer=issuer)
    address = start(visitor)
    name, value = state_of(visitor)
    with visitor.session_transaction() as session:
        session[name] = {**value, "data": {**value["data"], "nonce": "another-attempt"}}

    answer = visitor.get(authorize(address, "alice"))

    assert answer.status_code == 400
    assert not signed_in(visitor)


def test_a_token_for_another_audience_is_refused(town: Town, issuer: str, database_url: str, apps: Apps) -> None:
    link(town, town.bo, issuer=issuer)
    visitor = apps.on(database_url, oidc_issuer=issuer, **{**CLIENT, "oidc_client_id": "us"}).test_client()

    answer = visitor.get(authorize(changed(start(visitor), client_id="them"), "alice"))

    assert answer.status_code == 400
    assert not signed_in(visitor)


def test_a_token_of_another_issuer_is_refused(town: Town, connected: Flask, visitor: Visitor, issuer: str) -> None:
    link(town, town.bo, issuer=issuer)
    link(town, town.bo, issuer=issuer.replace("localhost", "127.0.0.1"))
    back = authorize(start(visitor), "alice")
    metadata = connected.extensions["openid"].create_client(NAME).server_metadata
    metadata["token_endpoint"] = metadata["token_endpoint"].replace("localhost", "127.0.0.1")

    answer = visitor.get(back)

    metadata["token_endpoint"] = metadata["token_endpoint"].replace("127.0.0.1", "localhost")
    assert answer.status_code == 400
    assert not signed_in(visitor)


def test_saying_no_at_the_provider_is_answered_kindly(town: Town, visitor: Visitor) -> None:
    state = parse_qs(urlsplit(start(visitor)).query)["state"][0]

    answer = visitor.get(f"/sign-in/back?error=access_denied&state={state}")

    assert answer.status_code == 400
    assert "Der er ikke sket noget" in text(answer)


def test_a_provider_that_does_not_answer_is_told(town: Town, database_url: str, apps: Apps) -> None:
    app = apps.on(database_url, oidc_issuer="http://127.0.0.1:1", **CLIENT)

    answer = app.test_client().get("/sign-in/openid")

    assert answer.status_code == 503
    assert "svarer ikke lige nu" in text(answer)


def test_without_a_provider_there_is_no_such_way_in(in_app: Flask, client: Visitor) -> None:
    assert client.get("/sign-in/openid").status_code == 404
    assert client.get("/sign-in/back").status_code == 404
    assert "/sign-in/openid" not in client.get("/sign-in").text


def test_the_link_of_an_account_is_in_the_record(town: Town, issuer: str) -> None:
    link(town, town.bo, issuer=issuer)

    kinds = {event.kind.value for event in db.session.scalars(db.select(Event))}
    assert {"invitation_made", "sign_in_linked"} <= kinds


@pytest.fixture
def demo(in_app: Flask) -> Town:
    town = factories.make_town()
    factories.open_course(town)
    mark_demo()
    return town


def be(visitor: Visitor, person: int, **more: str) -> object:
    return press(visitor, "/sign-in", "/sign-in/demo", person=str(person), **more)


def test_the_demos_people_stand_by_what_they_can_do(demo: Town, client: Visitor) -> None:
    page = text(client.get("/sign-in"))

    order = [page.index(word) for word in ("Bo Madsen", "Mette Kjær", "Karen Lund", "Ali Demir", "Jens Bak", "Asta")]
    assert order == sorted(order)
    assert "Skriv ned, hvad støtten har leveret" in page


@pytest.mark.parametrize(
    ("who", "home"),
    [
        ("bo", "/me/"),
        ("mette", "/desk/"),
        ("karen", "/desk/"),
        ("jens", "/finance/"),
        ("asta", "/admin/"),
        ("ali", "/desk/supported"),
    ],
)
def test_one_can_be_any_of_the_demos_people(who: str, home: str, demo: Town, client: Visitor) -> None:
    answer = be(client, getattr(demo, who))

    assert (answer.status_code, answer.location) == (303, home)
    assert client.get(home).status_code == 200


def test_a_database_that_the_demo_did_not_mark_knows_no_demo(in_app: Flask, client: Visitor) -> None:
    town = factories.make_town()
    token = form(client.get("/sign-in"), "/language").fields["csrf_token"]

    answer = client.post("/sign-in/demo", data={"person": str(town.bo), "csrf_token": token})

    assert answer.status_code == 404
    assert "Bo Madsen" not in text(client.get("/sign-in"))
    assert not signed_in(client)


def test_in_production_not_even_a_marked_database_opens_the_demo(demo: Town, database_url: str, apps: Apps) -> None:
    app = apps.on(
        database_url, environment="production", secret_key="x" * 40, personal_key="A" * 43 + "=", allow_sqlite=True
    )
    visitor = app.test_client()
    page = visitor.get("/sign-in")
    token = form(page, "/language").fields["csrf_token"]

    answer = visitor.post("/sign-in/demo", data={"person": str(demo.bo), "csrf_token": token})

    assert answer.status_code == 404
    assert "Bo Madsen" not in text(page)


@pytest.mark.parametrize("person", ["999", "x", "", "-1", "1 OR 1=1"])
def test_somebody_who_is_not_there_cannot_be_chosen(person: str, demo: Town, client: Visitor) -> None:
    token = form(client.get("/sign-in"), "/sign-in/demo").fields["csrf_token"]

    assert client.post("/sign-in/demo", data={"person": person, "csrf_token": token}).status_code == 404


def test_choosing_somebody_needs_a_token(demo: Town, client: Visitor) -> None:
    assert client.post("/sign-in/demo", data={"person": str(demo.bo)}).status_code == 400
    assert not signed_in(client)


def test_a_cookie_from_before_the_sign_in_is_worth_nothing(demo: Town, app: Flask) -> None:
    client, other = app.test_client(), app.test_client()
    client.get("/sign-in")
    before = client.get_cookie("planner").value
    be(client, demo.bo)
    assert client.get_cookie("planner").value != before

    other.set_cookie("planner", before)

    assert not signed_in(other)


def test_being_somebody_else_starts_a_new_session(demo: Town, client: Visitor) -> None:
    be(client, demo.bo)
    with client.session_transaction() as session:
        session["left"] = "behind"

    be(client, demo.mette)

    with client.session_transaction() as session:
        assert "left" not in session
    assert client.get("/me/").status_code == 403


def test_signing_out_kills_every_cookie_there_is(demo: Town, app: Flask) -> None:
    here, there = app.test_client(), app.test_client()
    be(here, demo.bo)
    be(there, demo.bo)
    stolen = app.test_client()
    stolen.set_cookie("planner", here.get_cookie("planner").value)
    assert signed_in(stolen)

    answer = press(here, "/me/", "/sign-out")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert not any(signed_in(visitor) for visitor in (here, there, stolen))


def test_somebody_whose_roles_end_is_out_with_the_next_click(demo: Town, client: Visitor) -> None:
    be(client, demo.mette)
    with clock.shifted(timedelta(days=1)):
        role = next(iter(_roles(demo.mette)))
        people.end_role(role, by=factories.user(demo.asta), at=clock.now())

        assert client.get("/desk/").status_code == 403


def _roles(person: int) -> list[int]:
    found = list(db.session.scalars(db.select(RoleRow.id).where(RoleRow.person_id == person)))
    db.session.remove()
    return found


def test_whoever_is_signed_in_already_is_told_and_led_on(demo: Town, client: Visitor) -> None:
    be(client, demo.mette)

    page = client.get("/sign-in")

    assert "Du er logget ind som Mette Kjær" in text(page)
    assert 'href="/desk/"' in page.text


def test_without_any_way_in_the_page_says_so(in_app: Flask, client: Visitor) -> None:
    page = client.get("/sign-in")

    assert "Ingen kan logge ind endnu" in text(page)
    assert [found for found in forms(page) if "sign-in" in found.action] == []


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/%2f%2fevil.example",
        "%2f%2fevil.example",
        "/a\r\nSet-Cookie: x=1",
        "/a\tb",
        "evil",
        " /me/",
        "",
    ],
)
def test_no_address_leads_out_of_the_house(address: str, demo: Town, client: Visitor) -> None:
    assert safe_next(address) == ""

    assert be(client, demo.bo, next=address).location == "/me/"


@pytest.mark.parametrize("address", ["/me/", "/desk/?show=all&page=2", "/me/goals#first", "/me/søgning"])
def test_an_address_inside_the_house_is_kept(address: str) -> None:
    assert safe_next(address) == address


def test_the_language_is_kept_through_signing_in(demo: Town, client: Visitor) -> None:
    press(client, "/sign-in", "/language", language="en")

    assert "Sign in" in text(client.get("/sign-in"))


def test_role_kinds_all_have_a_place_to_start() -> None:
    assert {kind for kind, _ in _HOME} >= {kind for kind in RoleKind if kind is not RoleKind.CATALOGUE_EDITOR}
