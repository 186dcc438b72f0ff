"""The phases of a line in force on screen: the hand-over list, the talk, and what it leads to."""

import pytest
from flask import Flask

from planner.models.base import db
from planner.models.composing import Handover, PhaseTalk
from tests import factories
from tests.factories import Town
from tests.pages import form, press, sign_in
from tests.visitor import Visitor


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def running(town: Town) -> tuple[int, int, str]:
    """Let CTI run for Bo; hand out plan, item and the address of its phases."""
    plan, bo = factories.open_course(town, days=400, amount=60_000), factories.user(town.bo)
    item = factories.compose(plan, bo, "cti")["cti"]
    factories.approve(town, factories.submit(plan, bo), 60_000)
    return plan, item, f"/me/plan/{plan}/lines/{item}/phases"


def handovers() -> list[tuple[str, str]]:
    db.session.remove()
    return [(row.what, row.taker) for row in db.session.scalars(db.select(Handover).order_by(Handover.id))]


def test_the_plan_leads_to_the_phases_with_their_curve_and_starters(town: Town, client: Visitor) -> None:
    plan, _, address = running(town)
    bo = sign_in(client, town.bo)

    assert address in bo.get(f"/me/plan/{plan}").text
    page = bo.get(address).text

    assert "Faserne i Critical Time Intervention" in page
    assert page.count('class="chart-line"') == 1
    assert "Hvem jeg kan ringe til, når noget er svært" in page
    assert "Det er aldrig en prøve." in page


def test_who_takes_over_is_written_struck_out_and_refused_without_words(town: Town, client: Visitor) -> None:
    _, _, address = running(town)
    bo = sign_in(client, town.bo)

    press(bo, address, "/phases/1/handovers", **{"over-what": "Følgeskab til lægen", "over-taker": "network"})
    assert handovers() == [("Følgeskab til lægen", "network")]
    assert "Følgeskab til lægen" in bo.get(address).text

    refused = press(bo, address, "/phases/1/handovers", **{"over-what": " "})
    assert refused.status_code == 422

    press(bo, address, "/removal")
    assert "Her står ikke noget endnu." in bo.get(address).text


def test_cti_asks_for_a_hand_over_before_a_phase_closes_and_keeps_what_was_typed(town: Town, client: Visitor) -> None:
    _, _, address = running(town)
    bo = sign_in(client, town.bo)

    page = press(bo, address, "/phases/1/talks", **{"talk-outcome": "close", "talk-words": "Det går godt."})

    assert page.status_code == 422
    assert "Skriv først, hvem der tager mindst én ting over." in page.text
    assert form(page, "/phases/1/talks").fields["talk-words"] == "Det går godt."
    assert form(page, "/phases/1/talks").fields["talk-outcome"] == "close"


def test_longer_leads_to_the_draft_with_the_weeks_filled_in(town: Town, client: Visitor) -> None:
    plan, item, address = running(town)
    bo = sign_in(client, town.bo)

    answer = press(bo, f"{address}?phase=2", "/phases/2/talks", **{"talk-outcome": "longer", "talk-weeks": "14"})

    assert answer.location.endswith(f"/me/plan/{plan}/lines/{item}/choices")
    assert form(bo.get(answer.location), "/choices").fields["weeks_2"] == "14"
    assert "Den varer længere: 14 uger i alt" in bo.get(address).text


def test_weeks_that_do_not_fit_are_said_in_both_languages(town: Town, client: Visitor) -> None:
    _, _, address = running(town)
    bo = sign_in(client, town.bo)
    typed = {"talk-outcome": "longer", "talk-weeks": "5"}

    danish = press(bo, f"{address}?phase=2", "/phases/2/talks", **typed)
    press(bo, "/me/settings", "/language", language="en")
    english = press(bo, f"{address}?phase=2", "/phases/2/talks", **typed)

    assert "Nu er det 13 uger." in danish.text
    assert "Now it is 13 weeks." in english.text
    assert db.session.scalars(db.select(PhaseTalk)).all() == []


@pytest.mark.parametrize("person", ["mette", "ali"])
def test_whoever_helps_writes_it_down_and_the_citizen_reads_that_they_looked(
    town: Town, client: Visitor, person: str
) -> None:
    plan, _, address = running(town)
    helper = sign_in(client, getattr(town, person))

    answer = press(helper, f"{address}?phase=2", "/phases/2/talks", **{"talk-outcome": "longer", "talk-weeks": "14"})

    assert answer.location.split("#")[0].endswith("/phases?phase=2")
    bo = sign_in(client, town.bo)
    assert "Den varer længere: 14 uger i alt" in bo.get(f"/me/plan/{plan}/lines/1/phases?phase=2").text
    assert "faserne i din støtte" in bo.get("/me/readings").text


def test_a_phase_that_is_not_there_is_not_found(town: Town, client: Visitor) -> None:
    plan, item, address = running(town)
    bo = sign_in(client, town.bo)

    assert bo.get(f"{address}?phase=9").status_code == 404
    assert bo.get(f"/me/plan/{plan}/lines/{item + 1}/phases").status_code == 404
    assert sign_in(client, town.lis).get(address).status_code == 404
