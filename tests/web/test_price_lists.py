"""Price lists on screen: looked at before anything changes, taken in without sending the file again, faults by row."""

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from planner.models.base import db
from planner.models.offer import LocalPackage, PriceMapping, PriceUpload
from tests import factories, prices
from tests.factories import Town
from tests.forms import token
from tests.pages import form, press, sign_in
from tests.visitor import Visitor
from tests.web.editors import make_editor

LISTS, LIST, NEW = "/editor/prices", "/editor/prices/list", "/editor/prices/mappings/new"


@dataclass
class Desk:
    """An editor who has described one kind of list."""

    town: Town
    birgit: Visitor

    def choose(self, content: bytes, name: str = "prisliste.xlsx") -> TestResponse:
        """Choose a file, and ask what it would change."""
        asked = form(self.birgit.get(LISTS), LISTS)
        return self.birgit.post(LISTS, data={**asked.fields, "file": (BytesIO(content), name)})

    def take(self) -> TestResponse:
        """Press the button below what the list would change."""
        asked = form(self.birgit.get(LIST), LIST)
        return self.birgit.post(LIST, data=asked.fields)


@pytest.fixture
def desk(in_app: Flask, client: Visitor, now: object) -> Desk:
    town = factories.make_town()
    made = Desk(town, sign_in(client, make_editor(town)))
    press(made.birgit, NEW, NEW, name="Landsdækkende", toml=prices.EXAMPLE.read_text("utf-8"))
    return made


def count(table: type) -> int:
    found = db.session.scalar(db.select(db.func.count()).select_from(table)) or 0
    db.session.remove()
    return found


def language(visitor: Visitor, wanted: str) -> None:
    visitor.post("/language", data={"language": wanted, "csrf_token": token(visitor)})


def test_a_list_is_looked_at_and_then_taken_in_without_sending_it_again(desk: Desk) -> None:
    chosen = desk.choose(prices.xlsx(prices.make(30)))
    assert (chosen.status_code, chosen.location) == (303, LIST)
    assert count(LocalPackage) == 0

    page = desk.birgit.get(LIST).text
    assert "prisliste.xlsx" in page
    assert "Madlavning i eget hjem, hold 1" in page
    assert "De første 20 er vist." in page

    taken = desk.take()

    assert (taken.status_code, taken.location) == (303, LISTS)
    assert count(LocalPackage) == 30
    assert count(PriceUpload) == 0
    assert "30 nye" in desk.birgit.get(LISTS).text
    assert desk.birgit.get("/packages/lp-01-00000").status_code == 200


def test_the_same_list_again_says_that_there_is_nothing_to_take_in(desk: Desk) -> None:
    for _ in range(2):
        desk.choose(prices.xlsx(prices.make(3)))
        page = desk.birgit.get(LIST).text
        if "Tag listen ind" in page:
            desk.take()

    assert "Listen siger det samme, som allerede er udgivet." in page
    assert "Tag listen ind" not in page


def test_a_changed_price_is_shown_beside_the_one_until_now(desk: Desk) -> None:
    desk.choose(prices.xlsx(prices.make(1)))
    desk.take()

    desk.choose(prices.xlsx(prices.make(1, first_day=date(2027, 1, 1), dearer=25)))

    page = desk.birgit.get(LIST).text
    assert re.search(r"300(,00)?\s+kr", page)
    assert re.search(r"325(,00)?\s+kr", page)


def test_faults_stand_by_row_and_column_and_nothing_is_kept(desk: Desk) -> None:
    answer = desk.choose(prices.xlsx(prices.make(2).with_cells(2, {"Enhed": "<b>kilo</b>"})))

    assert answer.status_code == 422
    assert "1 fejl i listen" in answer.text
    assert "Beskrivelsen siger ikke, hvad enheden »&lt;b&gt;kilo&lt;/b&gt;« er." in answer.text
    assert (count(PriceUpload), count(LocalPackage)) == (0, 0)


def test_at_most_two_hundred_faults_are_shown_with_how_many_there_are(desk: Desk) -> None:
    answer = desk.choose(prices.xlsx(prices.make(150).with_column("Enhed", ["kilo"] * 300)))

    assert "300 fejl i listen" in answer.text
    assert "De første 200 er vist." in answer.text
    assert answer.text.count('<th scope="row">') == 200


def test_pages_speak_english_too(desk: Desk) -> None:
    language(desk.birgit, "en")

    answer = desk.choose(prices.xlsx(prices.make(2).with_cells(2, {"Enhed": "kilo"})))

    assert "1 fault in the list" in answer.text
    assert "The mapping does not say what the unit “kilo” is." in answer.text
    desk.choose(prices.xlsx(prices.make(2)))
    assert "What the list would change" in desk.birgit.get(LIST).text


def test_a_file_must_be_chosen(desk: Desk) -> None:
    asked = form(desk.birgit.get(LISTS), LISTS)

    answer = desk.birgit.post(LISTS, data={**asked.fields, "file": (BytesIO(b""), "")})

    assert answer.status_code == 422
    assert "Vælg filen med listen." in answer.text


@pytest.mark.parametrize(("address", "megabytes", "status"), [(LISTS, 21, 413), (LISTS, 19, 400), (NEW, 3, 413)])
def test_only_the_page_for_lists_takes_a_large_file_and_no_endless_one(
    desk: Desk, address: str, megabytes: int, status: int
) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="liste.xlsx"\r\n\r\n'
    sent = head + b"x" * (megabytes * 1024 * 1024) + b"\r\n--x--\r\n"

    answer = desk.birgit.post(address, data=sent, content_type="multipart/form-data; boundary=x")

    # 400 is the missing token: the file itself was taken.
    assert answer.status_code == status
    assert count(PriceUpload) == 0


def test_a_list_that_was_replaced_meanwhile_is_not_taken_in(desk: Desk) -> None:
    desk.choose(prices.xlsx(prices.make(1)))
    asked = form(desk.birgit.get(LIST), LIST)
    desk.choose(prices.xlsx(prices.make(5)))

    answer = desk.birgit.post(LIST, data=asked.fields)

    assert answer.status_code == 409
    assert count(LocalPackage) == 0


def test_pressing_twice_takes_a_list_in_once(desk: Desk) -> None:
    desk.choose(prices.xlsx(prices.make(2)))
    asked = form(desk.birgit.get(LIST), LIST)

    answers = [desk.birgit.post(LIST, data=asked.fields) for _ in range(2)]

    assert answers[0].status_code == 303
    assert answers[1].status_code in {303, 409}
    assert count(LocalPackage) == 2


def test_without_a_list_put_aside_there_is_nothing_to_look_at(desk: Desk) -> None:
    answer = desk.birgit.get(LIST)

    assert (answer.status_code, answer.location) == (302, LISTS)


def test_a_mapping_with_a_fault_is_not_saved_and_what_was_typed_stays(desk: Desk) -> None:
    answer = press(desk.birgit, NEW, NEW, name="Ny", toml='source = "x"\nprefix = "Æ"\n# mine ord')

    assert answer.status_code == 422
    assert "<code>columns</code>" in answer.text
    assert "# mine ord" in answer.text
    assert count(PriceMapping) == 1


def test_a_mapping_is_changed_on_its_own_page_with_its_words_kept(desk: Desk) -> None:
    saved = db.session.scalars(db.select(PriceMapping.id)).one()
    page = f"/editor/prices/mappings/{saved}"
    shown = form(desk.birgit.get(page), page).fields["toml"]
    assert "# How the columns of a price list become packages." in shown

    answer = press(desk.birgit, page, page, toml=shown.replace("Landsdækkende prisliste 2026", "Listen for 2027"))

    assert answer.status_code == 303
    assert "Listen for 2027" in desk.birgit.get(page).text


def test_a_name_that_another_mapping_has_is_refused(desk: Desk) -> None:
    answer = press(desk.birgit, NEW, NEW, name="Landsdækkende")

    assert answer.status_code == 422
    assert "En anden liste hedder det allerede." in answer.text


def test_the_first_visit_asks_to_describe_a_list(in_app: Flask, client: Visitor, now: object) -> None:
    birgit = sign_in(client, make_editor(factories.make_town()))

    page = birgit.get(LISTS).text

    assert "Beskriv en liste" in page
    assert 'type="file"' not in page
