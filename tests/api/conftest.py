"""A town behind the API, and visitors who use it as programs do."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests import factories
from tests.factories import Running, Town
from tests.pages import sign_in
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask


@dataclass
class Program:
    """A program that uses the API with somebody's session."""

    visitor: Visitor
    token: str = field(init=False)

    def __post_init__(self) -> None:
        self.token = self.visitor.get("/api/v1/session").json["csrf_token"]

    def get(self, address: str, **query: Any) -> TestResponse:
        return self.visitor.get(f"/api/v1{address}", query_string=query)

    def post(self, address: str, body: Any, key: str = "", **headers: str) -> TestResponse:
        given = {"X-CSRF-Token": self.token, "Idempotency-Key": key or str(uuid4()), **headers}
        return self.visitor.post(f"/api/v1{address}", json=body, headers=given)


@dataclass
class Scene:
    """Bo has a plan in force; Lis has nothing yet."""

    app: "Flask"
    town: Town
    plan: Running

    def program(self, person: int | None = None) -> Program:
        visitor = self.app.test_client()
        return Program(sign_in(visitor, person) if person else visitor)

    @property
    def bo(self) -> Program:
        return self.program(self.town.bo)

    @property
    def lis(self) -> Program:
        return self.program(self.town.lis)

    @property
    def jens(self) -> Program:
        return self.program(self.town.jens)


@pytest.fixture
def scene(in_app: "Flask", now: datetime) -> Scene:
    """Make the town; the app's context is open."""
    town = factories.make_town()
    return Scene(in_app, town, factories.run_plan(town, "peer-individuel", "fritid-badminton"))


def buying(envelope: int, **more: Any) -> dict[str, Any]:
    """Write a purchase of today as a program sends it."""
    return {
        "envelope_id": envelope,
        "amount": "12.50",
        "occurred_on": factories.clock.today().isoformat(),
        "category": "home",
        "paid_with": "card",
        "bought_by": "myself",
        **more,
    }
