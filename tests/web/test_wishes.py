"""Wishes at the caseworker's desk: listed, read with the words, answered with a reason."""

import pytest
from flask import Flask

from planner import clock
from planner.domain.adjustment import Wanted
from planner.models.base import db
from planner.models.composing import Wish
from planner.usecases import choices
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.pages import form, press, sign_in
from tests.visitor import Visitor


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def mette(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.mette)


def wish(town: Town) -> tuple[int, int]:
    """Let Bo wish a longer phase and send the plan; hand out plan and wish."""
    plan = factories.open_course(town, days=400, amount=60_000)
    bo = factories.user(town.bo)
    item = factories.compose(plan, bo, "cti")["cti"]
    wanted = Wanted({"weeks.3": 26, "weeks.1": 6}, clock.today(), "Jeg flytter to gange i år.")
    [wish_id] = choices.choose(plan, item, wanted, catalogue=CATALOGUE, by=bo, at=clock.now())
    factories.submit(plan, bo)
    return plan, wish_id


def test_the_review_page_tells_what_was_adjusted_wished_and_how_many_one_worker_follows(
    town: Town, mette: Visitor
) -> None:
    plan, wish_id = wish(town)

    page = mette.get(f"/desk/plans/{plan}").text

    assert "Kontakt: 6 uger" in page
    assert "Fase 2, afprøvning: 26 uger" in page
    assert "Jeg flytter to gange i år." in page
    assert "følger højst 10" in page
    assert "Fødselsdagen kendes ikke: spørg." in page
    assert f"/desk/wishes/{wish_id}" in page


def test_the_list_holds_what_waits_and_is_empty_in_words(town: Town, mette: Visitor) -> None:
    assert "Ingen ønsker venter på svar." in mette.get("/desk/wishes").text
    wish(town)

    assert "Bo Madsen" in mette.get("/desk/wishes").text


def test_a_yes_with_a_reason_is_sent_and_leads_back_to_the_plan(town: Town, mette: Visitor) -> None:
    plan, wish_id = wish(town)

    answer = press(
        mette, f"/desk/wishes/{wish_id}", f"/wishes/{wish_id}", granted="yes", reason="Det giver god mening."
    )

    assert answer.location.endswith(f"/desk/plans/{plan}")
    assert db.session.get_one(Wish, wish_id).granted
    assert "Ingen ønsker venter på svar." in mette.get("/desk/wishes").text
    assert "Det giver god mening." in mette.get(f"/desk/plans/{plan}").text


def test_without_a_reason_the_answer_is_refused_and_what_was_chosen_stays(town: Town, mette: Visitor) -> None:
    _, wish_id = wish(town)

    page = press(mette, f"/desk/wishes/{wish_id}", f"/wishes/{wish_id}", granted="no", reason="")

    assert page.status_code == 422
    assert form(page, f"/wishes/{wish_id}").fields["granted"] == "no"
    assert db.session.get_one(Wish, wish_id).granted is None


def test_whoever_is_later_reads_that_it_was_answered_and_keeps_the_words(town: Town, mette: Visitor) -> None:
    _, wish_id = wish(town)
    typed = form(mette.get(f"/desk/wishes/{wish_id}"), f"/wishes/{wish_id}").fields
    press(mette, f"/desk/wishes/{wish_id}", f"/wishes/{wish_id}", granted="yes", reason="Ja da.")

    page = mette.post(
        f"/desk/wishes/{wish_id}",
        data={**typed, "key": "0f6bd8a4-4a5b-4a38-9a53-0c3f0f1f3f31", "granted": "no", "reason": "Nej, desværre."},
    )

    assert page.status_code == 409
    assert "Nej, desværre." in page.text
    assert "Ja da." in page.text


def test_a_caseworker_of_another_unit_finds_nothing(town: Town, client: Visitor) -> None:
    _, wish_id = wish(town)

    finn = sign_in(client, town.finn)

    assert finn.get(f"/desk/wishes/{wish_id}").status_code == 404
    assert "Bo Madsen" not in finn.get("/desk/wishes").text
