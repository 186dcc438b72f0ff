"""The OpenAPI document equals the stored one, its page needs no looser policy, and errors are read by machines."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner.domain.errors import DomainError
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.only_sqlite

STORED = Path(__file__).with_name("openapi.json")


def test_the_document_equals_the_stored_one(client: Visitor) -> None:
    current = client.get("/api/openapi.json").json

    assert current == json.loads(STORED.read_text("utf-8")), (
        "the API has changed; when that is meant, store the new document: "
        f"planner's /api/openapi.json as {STORED.name} beside this test"
    )


def test_every_endpoint_says_what_it_does_in_one_line(client: Visitor) -> None:
    paths = client.get("/api/openapi.json").json["paths"]
    lines = [
        operation.get("summary", "")
        for path in paths.values()
        for operation in path.values()
        if "responses" in operation
    ]

    assert len(lines) >= 11
    assert all(re.fullmatch(r"[A-Z].*\.", line) for line in lines)


def test_the_page_of_the_document_keeps_the_policy(client: Visitor) -> None:
    answer = client.get("/api/docs")

    assert answer.status_code == 200
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]
    for address in re.findall(r'(?:src|href)="(/[^"]+)"', answer.text):
        with client.get(address) as found:
            assert found.status_code == 200, address


def test_addresses_that_are_not_there_are_answered_in_json_under_the_api_only(client: Visitor) -> None:
    here, there = client.get("/api/v1/nothing"), client.get("/nothing")

    assert (here.status_code, here.json) == (404, {"code": "not_found"})
    assert there.status_code == 404
    assert there.mimetype == "text/html"


def test_a_verb_that_is_not_offered_says_which_are(client: Visitor) -> None:
    answer = client.delete("/api/v1/packages")

    assert (answer.status_code, answer.json) == (405, {"code": "method_not_allowed"})
    assert "GET" in answer.headers["Allow"]


def test_an_accident_says_nothing_but_where_to_ask(app: "Flask", monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("secret words")

    monkeypatch.setitem(app.view_functions, "api.show_session", _public(broken))

    answer = app.test_client().get("/api/v1/session")

    assert answer.status_code == 500
    assert set(answer.json) == {"code", "reference"}
    assert "secret" not in answer.text


def test_a_refusal_has_no_facts_that_are_not_plain(app: "Flask", monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd(DomainError):
        code = "odd"

        def __init__(self) -> None:
            super().__init__()
            self.seen, self._hidden = frozenset({1}), "words"

    def refused() -> None:
        raise Odd

    monkeypatch.setitem(app.view_functions, "api.show_session", _public(refused))

    answer = app.test_client().get("/api/v1/session")

    assert (answer.status_code, answer.json) == (422, {"code": "odd", "seen": "frozenset({1})"})


def _public(view: object) -> object:
    from planner.access import everybody

    return everybody(view)  # type: ignore[type-var]
