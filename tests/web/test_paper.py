"""My plan on paper: own words first, every line with who pays, the months that sum up, and what happens next."""

import re
import sys
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from planner import clock
from planner.models.base import db
from planner.models.record import Reading
from planner.usecases import decisions, goals, people
from tests import factories
from tests.factories import Town
from tests.pages import sign_in
from tests.payloads import SCRIPTS, live_parts
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ")


def kroner(told: str) -> int:
    """Read an amount into øre."""
    whole, _, part = told.replace(".", "").partition(",")
    return int(whole) * 100 + int(part or 0)


def test_the_paper_says_what_is_wanted_what_is_in_it_and_who_pays(bo: Visitor, town: Town) -> None:
    factories.run_plan(town, "peer-individuel", "trivselskort")

    page = text(bo.get("/me/plan/paper").text)

    assert page.index("Spise med andre to gange om ugen") < page.index("Individuelt peer-følgeskab")
    assert "Nye gardiner" in page
    assert "Fra dit beløb" in page
    assert "Til målet Spise med andre to gange om ugen" in page
    assert "Planen gælder." in page
    assert "12 34 56 78" in page
    assert "112" in page


def test_the_months_of_the_paper_sum_to_what_the_plan_costs(bo: Visitor, town: Town) -> None:
    factories.run_plan(town, "peer-individuel", "trivselskort")

    page = bo.get("/me/plan/paper").text

    table = page[page.index("<table>") : page.index("</table>")]
    amounts = [kroner(found) for found in re.findall(r"([0-9.]+(?:,[0-9]{2})?)\s*kr\.", table.replace("\xa0", " "))]
    assert len(amounts) > 2
    assert sum(amounts[:-1]) == amounts[-1]
    said = re.search(r"koster ([0-9.,]+) kr\. af det", text(page))
    assert said
    assert kroner(said[1]) == amounts[-1]


def test_a_purchase_beside_the_plan_is_told_apart_from_its_cost(bo: Visitor, town: Town) -> None:
    plan = factories.run_plan(town)
    factories.buy(plan.envelope(), 100, factories.user(town.bo))

    page = text(bo.get("/me/plan/paper").text)

    assert "koster 600 kr. af det. 100 kr. er brugt på andet. 29.300 kr. er frit." in page


def test_each_standing_of_a_plan_has_its_next_steps(bo: Visitor, town: Town) -> None:
    plan, me = factories.open_course(town), factories.user(town.bo)
    assert "Du gør din plan færdig og sender den." in text(bo.get("/me/plan/paper").text)
    factories.compose(plan, me, own=("Cykel",))
    sent = factories.submit(plan, me)
    assert "Mette læser din plan." in text(bo.get("/me/plan/paper").text)
    decisions.send_back(plan, sent.number, "Hvor?", by=factories.user(town.mette), at=clock.now())
    assert "Mette har et spørgsmål til din plan." in text(bo.get("/me/plan/paper").text)


def test_what_holds_is_printed_unless_the_draft_is_asked_for(bo: Visitor, town: Town) -> None:
    running = factories.run_plan(town)
    me = factories.user(town.bo)
    factories.plans.revise(running.plan_id, by=me, at=clock.now())
    factories.compose(running.plan_id, me, own=("Ny cykel",))

    held, draft = bo.get("/me/plan/paper").text, bo.get("/me/plan/paper?version=newest").text

    assert "Ny cykel" not in held
    assert "version=newest" in held
    assert "Ny cykel" in draft
    assert "Det er en kladde. Den er ikke sendt." in draft


def test_without_a_course_there_is_nothing_to_print_and_the_page_says_so(bo: Visitor, town: Town) -> None:
    for address in ("/me/plan/paper", "/me/plan/paper.pdf"):
        assert bo.get(address).status_code == 200
        assert "<nav" in bo.get(address).text


@pytest.mark.parametrize(("language", "title"), [("da", "Min plan"), ("en", "My plan")])
def test_the_file_is_tagged_in_the_language_that_is_spoken(language: str, title: str, bo: Visitor, town: Town) -> None:
    factories.run_plan(town, "peer-individuel")
    people.choose_language(language, by=factories.user(town.bo), at=clock.now())

    answer = bo.get("/me/plan/paper.pdf")

    paper = PdfReader(BytesIO(answer.data))
    root = paper.trailer["/Root"]
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="min-plan.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert paper.metadata.title == f"{title} – Havneby Kommune"
    said = " ".join(page.extract_text() for page in paper.pages)
    assert "Spise med andre to gange om ugen" in said
    assert "Nye gardiner" in said


def test_the_file_says_the_same_amounts_as_the_page(bo: Visitor, town: Town) -> None:
    factories.run_plan(town, "peer-individuel", "trivselskort")
    told = re.compile(r"[0-9][0-9.]*(?:,[0-9]{2})? kr\.")

    page = text(bo.get("/me/plan/paper").text)
    paper = PdfReader(BytesIO(bo.get("/me/plan/paper.pdf").data))
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in paper.pages))

    assert sorted(told.findall(page)) == sorted(told.findall(said))


def test_where_no_file_can_be_made_the_page_says_how_to_print(
    bo: Visitor, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.run_plan(town)
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    answer = bo.get("/me/plan/paper.pdf")

    assert answer.status_code == 503
    assert "Papiret kan ikke laves her lige nu." in answer.text
    assert "Nye gardiner" in answer.text


def test_what_somebody_wrote_is_printed_and_not_obeyed(bo: Visitor, town: Town) -> None:
    factories.open_course(town)
    before = live_parts(bo.get("/me/plan/paper").text)

    for payload in SCRIPTS:
        goals.write(payload, by=factories.user(town.bo), at=clock.now())

    assert live_parts(bo.get("/me/plan/paper").text) == before
    assert bo.get("/me/plan/paper.pdf").data.startswith(b"%PDF")


def test_ones_own_paper_is_no_look_of_somebody_else(bo: Visitor, town: Town) -> None:
    factories.run_plan(town)

    bo.get("/me/plan/paper")
    bo.get("/me/plan/paper.pdf")

    db.session.remove()
    assert db.session.scalars(db.select(Reading)).all() == []
