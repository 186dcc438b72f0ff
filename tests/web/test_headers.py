"""Every answer carries the headers that keep it strict, unframed and uncached; cookies are closed (T36, T37, T44)."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import TestResponse

from tests import factories
from tests.apps import Apps
from tests.databases import Databases
from tests.forms import token
from tests.pages import sign_in
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.only_sqlite

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(answer: TestResponse) -> dict[str, str]:
    """Read the content security policy of an answer."""
    pairs = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in pairs}


def answers(visitor: Visitor) -> dict[str, TestResponse]:
    """Collect one answer of every kind: pages, files, refusals, accidents."""
    sent = {"csrf_token": token(visitor)}
    return {
        "page": visitor.get("/packages"),
        "redirect": visitor.get("/"),
        "download": visitor.get("/me/readings.csv"),
        "static": visitor.get("/static/planner.css", buffered=True),
        "static missing": visitor.get("/static/nothing.css"),
        "no token": visitor.post("/me/goals"),
        "wrong host": visitor.get("/", headers={"Host": "evil.example"}),
        "not yours": visitor.get("/finance/"),
        "not there": visitor.get("/nothing"),
        "not there either": visitor.get("/me/plan/2000000000"),
        "method": visitor.delete("/me/goals"),
        "too large": visitor.post("/me/goals", data={**sent, "words": "x" * 3_000_000}),
        "refused": visitor.post("/me/goals", data=sent),
    }


def test_every_kind_of_answer_has_the_same_strict_headers(client: Visitor, app: "Flask", now: datetime) -> None:
    with app.app_context():
        town = factories.make_town()
        found = answers(sign_in(client, town.bo))

    for kind, answer in found.items():
        assert policy(answer) == STRICT, kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff", kind
        assert answer.headers["Referrer-Policy"] == "same-origin", kind
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", kind
        assert "Access-Control-Allow-Origin" not in answer.headers, kind
        assert ("static" in kind) or answer.headers["Cache-Control"] == "no-store", kind
        assert "charset=utf-8" in answer.headers["Content-Type"], kind


def test_each_kind_of_refusal_has_its_own_status(client: Visitor, app: "Flask", now: datetime) -> None:
    with app.app_context():
        town = factories.make_town()
        found = answers(sign_in(client, town.bo))

    assert {kind: answer.status_code for kind, answer in found.items()} == {
        "page": 200,
        "redirect": 302,
        "download": 200,
        "static": 200,
        "static missing": 404,
        "no token": 400,
        "wrong host": 400,
        "not yours": 403,
        "not there": 404,
        "not there either": 404,
        "method": 405,
        "too large": 413,
        "refused": 422,
    }


def test_whoever_was_signed_out_meanwhile_is_told_so(client: Visitor) -> None:
    answer = client.post("/me/goals", headers={"X-CSRF-Token": token(client)})

    assert answer.status_code == 401
    assert "Du er ikke logget ind mere" in answer.text


def test_an_accident_has_the_headers_too(app: "Flask", client: Visitor, now: datetime) -> None:
    with app.app_context():
        town = factories.make_town()
        sign_in(client, town.bo)
    with app.app_context():
        factories.db.session.execute(factories.db.text("ALTER TABLE goal RENAME TO goal_away"))
        factories.db.session.commit()

    answer = client.get("/me/goals")

    assert answer.status_code == 500
    assert policy(answer) == STRICT
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_accident_of_the_database_itself_is_told_too(app: "Flask", client: Visitor, now: datetime) -> None:
    with app.app_context():
        sign_in(client, factories.make_town().bo)
        for table in ("setting", "role"):
            factories.db.session.execute(factories.db.text(f"ALTER TABLE {table} RENAME TO {table}_away"))
        factories.db.session.commit()

    answer = client.get("/me/")

    assert answer.status_code == 500
    assert answer.text.startswith("Noget gik galt hos os.")
    assert "Traceback" not in answer.text
    assert "role" not in answer.text
    assert policy(answer) == STRICT


def in_production(databases: Databases, apps: Apps) -> "Flask":
    """Make the app as a municipality runs it."""
    url = databases.migrated("production")
    return apps.on(
        url,
        environment="production",
        secret_key="a secret of this municipality alone",
        personal_key="kiWV0Va0jjSWDNPAoQ9cAQqRTiUqCXAXRsyKtxxCRmo=",
        hosts=("plan.example.dk",),
        cookie_secure=True,
        allow_sqlite=True,
    )


def test_only_in_production_browsers_are_told_to_stay_with_https(
    sqlite_databases: Databases, apps: Apps, client: Visitor
) -> None:
    app = in_production(sqlite_databases, apps)

    answer = app.test_client().get("/privacy", base_url="https://plan.example.dk")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get("/privacy").headers


def test_in_production_the_cookie_is_closed(sqlite_databases: Databases, apps: Apps) -> None:
    app = in_production(sqlite_databases, apps)

    cookie = app.test_client().get("/privacy", base_url="https://plan.example.dk").headers["Set-Cookie"]

    name, *parts = cookie.split("; ")
    assert name.startswith("__Host-planner=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(parts)
    assert not any(part.startswith("Domain=") for part in parts)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1@evil.example", "localhost, evil"]
)
def test_only_our_own_hosts_are_answered(host: str, client: Visitor) -> None:
    answer = client.get("/privacy", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_what_a_proxy_claims_changes_no_address(client: Visitor) -> None:
    answer = client.get("/me/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"})

    assert answer.location == "/sign-in?next=/me/"
