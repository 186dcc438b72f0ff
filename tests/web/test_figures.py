"""Figures of the law and the municipality: dated, with their source, and what is assumed says so."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.event import EventKind
from planner.models.base import db
from planner.models.record import Event
from planner.queries import figures
from tests import factories
from tests.factories import Town
from tests.pages import press, sign_in
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def asta(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.asta)


def change(asta: Visitor, code: str, **typed: str) -> object:
    typed = {"source": "Byrådet den 3. maj", "first_day": clock.today().isoformat(), **typed}
    return press(asta, f"/admin/figures/{code}", f"/figures/{code}", **typed)


def test_every_figure_stands_there_with_value_day_source_and_whether_it_is_assumed(asta: Visitor) -> None:
    page = re.sub(r"\s+", " ", asta.get("/admin/figures").text).replace("\xa0", " ")

    assert "500 kr." in page
    assert "6 måneder" in page
    assert "Serviceloven § 82 b" in page
    assert page.count("antaget") == 2


def test_a_new_value_holds_from_its_day_and_the_old_one_until_then(asta: Visitor) -> None:
    day = clock.today() + timedelta(days=30)

    answer = change(asta, "free_cap", value="750", first_day=day.isoformat())

    assert answer.status_code == 303
    db.session.remove()
    assert figures.on(day - timedelta(days=1))["free_cap"].value == 50_000
    assert figures.on(day)["free_cap"].value == 75_000
    assert not figures.on(day)["free_cap"].assumed
    assert "750" in asta.get("/admin/figures").text


def test_a_value_of_the_same_day_is_replaced_and_the_record_keeps_both(asta: Visitor) -> None:
    change(asta, "mentor_months", value="9")
    change(asta, "mentor_months", value="12")

    db.session.remove()
    assert figures.on(clock.today())["mentor_months"].value == 12
    set_ = db.session.scalars(db.select(Event.facts).filter_by(kind=EventKind.FIGURE_SET).order_by(Event.seq)).all()
    assert [facts["value"] for facts in set_] == [9, 12]


def test_suggestions_are_switched_on_and_off(asta: Visitor) -> None:
    change(asta, "suggestions", value="0")

    db.session.remove()
    assert figures.on(clock.today())["suggestions"].value == 0
    assert "slået fra" in asta.get("/admin/figures").text


@pytest.mark.parametrize(
    ("code", "typed", "says"),
    [
        ("free_cap", {"value": "mange"}, "Skriv beløbet som 1.234,50"),
        ("mentor_months", {"value": "6,5"}, "Skriv et helt tal"),
        ("mentor_months", {"value": "-1"}, "Skriv et helt tal"),
        ("mentor_months", {"value": "6", "source": " "}, "Skriv noget"),
        ("mentor_months", {"value": "6", "first_day": "2020-01-01"}, "Dagen er gået"),
        ("mentor_months", {"value": "6", "first_day": "i går"}, "Skriv dagen som"),
    ],
)
def test_what_cannot_be_set_is_said_and_kept(code: str, typed: dict, says: str, asta: Visitor) -> None:
    answer = change(asta, code, **typed)

    assert answer.status_code == 422
    assert says in answer.text
    assert typed["value"] in answer.text
    db.session.remove()
    assert db.session.scalars(db.select(Event.seq).filter_by(kind=EventKind.FIGURE_SET)).all() == []


def test_an_unknown_figure_is_not_found(asta: Visitor) -> None:
    assert asta.get("/admin/figures/findes-ikke").status_code == 404
