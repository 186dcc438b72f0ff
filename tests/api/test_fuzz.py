"""Nothing that fits or does not fit the OpenAPI document surprises the API, whoever asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.schemas import APIOperation, BaseSchema

from tests import factories
from tests.apps import Apps
from tests.databases import Databases
from tests.days import on
from tests.pages import sign_in

if TYPE_CHECKING:
    from flask import Flask

pytestmark = [pytest.mark.slow, pytest.mark.only_sqlite]


@dataclass(frozen=True)
class Caller:
    """The cookies and the token of somebody's session."""

    cookies: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True)
class Probed:
    """The API's own document, and those who call."""

    documents: dict[str, BaseSchema]
    callers: dict[str, Caller]


@pytest.fixture(scope="module")
def probed(apps: Apps, sqlite_databases: Databases) -> Iterator[Probed]:
    """Make a town once; what a caller records there disturbs nobody."""
    url = sqlite_databases.migrated("probed")
    app = apps.on(url)
    with on(), app.app_context():
        town = factories.make_town()
        factories.run_plan(town, "fritid-badminton")
        callers = {}
        for name in ("nobody", "bo", "jens"):
            visitor = app.test_client()
            if name != "nobody":
                sign_in(visitor, getattr(town, name))
            token = visitor.get("/api/v1/session").json["csrf_token"]
            cookie = visitor.get_cookie("planner")
            assert cookie is not None
            callers[name] = Caller({"planner": cookie.value}, {"X-CSRF-Token": token})
    yield Probed({name: _document(app, who) for name, who in callers.items()}, callers)
    apps.close(url)


def _document(app: "Flask", who: Caller) -> BaseSchema:
    """Load the API's own document for a caller, whose session stands for the security it asks for."""
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", app)

    @document.auth()
    class Session:
        def get(self, _case: Case, _context: object) -> dict[str, str]:
            return who.cookies

        def set(self, case: Case, cookies: dict[str, str], _context: object) -> None:
            case.cookies = cookies

    return document


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("caller", ["nobody", "bo", "jens"])
def test_the_api_keeps_its_word(caller: str, mode: GenerationMode, probed: Probed) -> None:
    who = probed.callers[caller]

    for operation in probed.documents[caller].get_all_operations():
        _probe(operation.ok(), mode, who)


def _probe(operation: APIOperation, mode: GenerationMode, who: Caller) -> None:
    # A purchase that can be read may still be refused by the rules (422): there is not that much, it is not yours.
    refused = CHECKS.get_by_names(["positive_data_acceptance"]) if operation.method == "post" else []

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def probe(case: Case) -> None:
        with on():
            case.call_and_validate(headers=who.headers, excluded_checks=refused)

    try:
        probe()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # An operation without parameters cannot be asked wrongly.
