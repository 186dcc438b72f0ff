"""The five questions: each may be skipped, nothing is called good or bad, and the figures stand beside the drawing."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.package import Chime
from planner.models.base import db
from planner.models.progress import ChimeAnswer
from planner.usecases import goals
from tests import factories
from tests.factories import Town
from tests.pages import form, press, sign_in
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite

FIVE = {"connectedness": "0", "hope": "3", "identity": "5", "meaning": "8", "empowerment": "10"}


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def answer(town: Town, days: int = 0, **given: int) -> None:
    answers = {Chime(name): value for name, value in given.items()}
    goals.answer_chime(answers, by=factories.user(town.bo), at=clock.now() + timedelta(days))


def answers() -> list[dict[Chime, int]]:
    db.session.remove()
    return [row.answers for row in db.session.scalars(db.select(ChimeAnswer).order_by(ChimeAnswer.id))]


def test_every_scale_is_eleven_native_radios_and_one_that_skips(bo: Visitor) -> None:
    page = bo.get("/me/chime").text

    for process in Chime:
        values = re.findall(rf'<input type="radio" id="[^"]+" name="{process}" value="([^"]*)"', page)
        assert values == [*map(str, range(11)), ""]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_says_that_it_is_no_validated_instrument_and_never_about_money(bo: Visitor, language: str) -> None:
    press(bo, "/me/settings", "/language", language=language)
    instrument, money = {
        "da": ("ikke et afprøvet skema", "De ændrer aldrig dine penge"),
        "en": ("not a validated instrument", "never change your money"),
    }[language]

    assert instrument in bo.get("/me/chime").text
    assert money in bo.get("/me/chime").text
    assert instrument in bo.get("/me/chime/answers").text


def test_all_five_are_kept_with_their_mean(bo: Visitor) -> None:
    sent = press(bo, "/me/chime", "/me/chime", **FIVE)

    page = bo.get(sent.location).text
    assert answers() == [{Chime(name): int(value) for name, value in FIVE.items()}]
    assert "De fem tilsammen: 5,2 i gennemsnit." in page
    assert page.count('class="chart-dot"') == 6


def test_a_skipped_scale_is_shown_as_skipped_and_there_is_no_mean(bo: Visitor) -> None:
    sent = press(bo, "/me/chime", "/me/chime", hope="0", identity="")

    page = bo.get(sent.location).text
    assert answers() == [{Chime.HOPE: 0}]
    assert page.count("sprunget over") == 8
    assert "gennemsnit" not in page.lower()


def test_skipping_all_five_asks_for_one(bo: Visitor) -> None:
    refused = press(bo, "/me/chime", "/me/chime")

    assert refused.status_code == 422
    assert "Svar på ét af dem, eller gå tilbage uden at svare." in refused.text
    assert answers() == []


@pytest.mark.parametrize("wild", ["11", "-1", "½", "５", "1e1", "null", "<b>"])
def test_a_number_off_the_scale_is_refused_and_the_others_stay(bo: Visitor, wild: str) -> None:
    refused = press(bo, "/me/chime", "/me/chime", hope=wild, meaning="7")

    assert refused.status_code == 422
    assert form(refused, "/me/chime").fields["meaning"] == "7"
    assert answers() == []


def test_before_and_now_stand_side_by_side_as_figures(bo: Visitor, town: Town) -> None:
    answer(town, hope=5, meaning=4, identity=2)
    answer(town, 30, hope=3, meaning=4, empowerment=9)

    page = bo.get("/me/chime/answers").text
    told = dict(re.findall(r'<p>([^<]+)</p>\s*<p class="num">(.*?)</p>', page, re.DOTALL))
    told = {question: " ".join(re.sub("<[^>]+>", " ", value).split()) for question, value in told.items()}

    assert told["Der er noget, jeg ser frem til"] == "3 før 5"
    assert told["Der er noget i min hverdag, som er vigtigt for mig"] == "4 som før"
    assert told["Jeg kan være den, jeg er"] == "sprunget over før 2"
    assert told["Jeg er med til at bestemme over det, der handler om mig"] == "9"


def test_all_answers_are_there_page_by_page(bo: Visitor, town: Town) -> None:
    for day in range(23):
        answer(town, day, hope=day % 11)

    pages = [bo.get("/me/chime/answers", query_string={"page": number}).text for number in (1, 2, 3)]

    assert [page.count("<caption") for page in pages] == [10, 10, 3]


def test_the_page_asks_the_same_of_the_database_however_many_answers(bo: Visitor, town: Town) -> None:
    answer(town, hope=1)
    with counted() as few:
        bo.get("/me/chime/answers")
    for day in range(50):
        answer(town, day, hope=1)

    with counted() as many:
        bo.get("/me/chime/answers")

    assert len(few) == len(many) <= 8


def test_a_form_sent_twice_is_one_answer(bo: Visitor) -> None:
    sent = {**form(bo.get("/me/chime"), "/me/chime").fields, **FIVE}

    assert [bo.post("/me/chime", data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(answers()) == 1


def test_another_citizen_sees_none_of_it(bo: Visitor, town: Town, app: Flask) -> None:
    answer(town, hope=7)
    lis = sign_in(app.test_client(), town.lis)

    assert "Her er ikke noget endnu." in lis.get("/me/chime/answers").text
