"""The catalogue editor: what is typed stays, faults stand beside their fields, and nothing is published unseen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from marshmallow import Schema
from marshmallow.fields import List, Nested
from werkzeug.test import TestResponse

from packages_catalog.shape import PackageShape, dump, load, sealed
from packages_catalog.table import WordsShape
from planner.domain.package import Package
from planner.models.base import db
from planner.models.offer import LocalPackage, PackageDraft
from planner.queries import offers
from planner.usecases import packages
from planner.web.editor.parts import Part, Typed
from planner.web.editor.sections import PARTS
from tests import factories
from tests.catalogue.local import local_package
from tests.factories import CATALOGUE, Town
from tests.forms import form_to
from tests.pages import sign_in
from tests.visitor import Visitor
from tests.web.editors import make_editor

KOR = "/editor/drafts/kor"


@dataclass
class Desk:
    """An editor with the town they work in."""

    town: Town
    birgit: Visitor
    birgit_id: int
    now: datetime

    def draft(self, package_id: str = "kor", **content: Any) -> str:
        """Begin a draft that is right, with some keys changed; nothing takes a key out. Hand out its address."""
        right = dump(local_package(package_id, "Kor"))
        kept = {key: value for key, value in {**right, **content}.items() if value is not None and key != "id"}
        packages.start_draft(package_id, kept, by=factories.user(self.birgit_id), at=self.now)
        return f"/editor/drafts/{package_id}"

    def type(self, address: str, do: str = "save", **words: str | None) -> TestResponse:
        """Open a draft, type in some fields, and press a button."""
        form = form_to(self.birgit.get(address).text, address)
        return self.birgit.post(address, data={**form.filled(**words), "do": do})

    def publish(self, address: str) -> TestResponse:
        """Look at what publishing changes, and press the button there."""
        form = form_to(self.birgit.get(f"{address}/difference").text, f"{address}/publication")
        return self.birgit.post(form.action, data=form.sent)


@pytest.fixture
def desk(in_app: Flask, client: Visitor, now: datetime) -> Desk:
    town = factories.make_town()
    birgit = make_editor(town)
    return Desk(town, sign_in(client, birgit), birgit, now)


def offered() -> Mapping[str, Package]:
    db.session.remove()
    return offers.catalogue()


def stored(package_id: str = "kor") -> dict[str, Any]:
    db.session.remove()
    return db.session.get_one(PackageDraft, package_id).content


def typed(parts: Iterable[Part], way: str = "") -> set[str]:
    """List every key that can be typed, with the keys inside it."""
    below = {key for part in parts for key in typed(part.parts, f"{way}{part.key}.") if part.typed is not Typed.WORDS}
    return {f"{way}{part.key}" for part in parts} | below


def written(shape: Schema, way: str = "") -> set[str]:
    """List every key that a file may hold, with the keys inside it; words are one key."""
    found: set[str] = set()
    for key, field in shape.fields.items():
        inner = field.inner if isinstance(field, List) else field
        found.add(f"{way}{key}")
        if isinstance(inner, Nested) and (not isinstance(inner.schema, WordsShape) or isinstance(field, List)):
            found |= written(inner.schema, f"{way}{key}.")
    return found


def test_every_key_of_a_package_file_can_be_typed_on_screen(in_app: Flask) -> None:
    assert typed(PARTS) == written(PackageShape()) - {"id", "withdrawn_on"}


@pytest.mark.only_sqlite
def test_every_package_of_the_files_survives_the_form_untouched(desk: Desk) -> None:
    for package_id, package in CATALOGUE.items():
        same = replace(package, id=f"kopi-{package_id}"[:40].rstrip("-"))
        packages.start_draft(same.id, dump(same), by=factories.user(desk.birgit_id), at=desk.now)

        assert desk.type(f"/editor/drafts/{same.id}").status_code == 303

        assert load(stored(same.id)).digest == sealed(same).digest, package_id


def test_an_editor_makes_a_package_from_its_name(desk: Desk) -> None:
    page = desk.birgit.get("/editor/packages/new").text
    form = form_to(page, "/editor/packages")

    answer = desk.birgit.post(form.action, data=form.filled(called="Kor på Nørrebro", ident=""))

    assert answer.headers["Location"] == "/editor/drafts/kor-paa-noerrebro"
    assert stored("kor-paa-noerrebro")["name"] == {"da": "Kor på Nørrebro"}


@pytest.mark.parametrize("ident", ["cti", "Stort", "a--b", "../x", "a_b"])
def test_an_id_that_is_taken_or_unreadable_is_refused_and_what_was_typed_stays(desk: Desk, ident: str) -> None:
    form = form_to(desk.birgit.get("/editor/packages/new").text, "/editor/packages")

    answer = desk.birgit.post(form.action, data=form.filled(called="Kor", ident=ident))

    assert answer.status_code == 422
    assert 'value="Kor"' in answer.text
    assert db.session.scalars(db.select(PackageDraft)).all() == []


def test_what_cannot_be_read_stays_as_it_was_typed_beside_what_is_wrong_with_it(desk: Desk) -> None:
    address = desk.draft()

    desk.type(address, **{"phases-0-weeks": "ti", "tariffs-0-amount": "1,234.50", "tariffs-0-first_day": "31.02.2026"})

    page = desk.birgit.get(address).text
    for typed in ("ti", "1,234.50", "31.02.2026"):
        assert f'value="{typed}"' in page
    assert "Skriv et helt tal." in page
    assert "Skriv beløbet som 1.234,50." in page
    assert "Trin 1 · Uger" in page


FAULTS = [
    ({"tariffs-1-first_day": "31.12.2023"}, "Priserne står ikke i rækkefølge efter deres første dag."),
    ({"tariffs-1-first_day": "01.01.2024"}, "To priser begynder samme dag."),
    ({"phases-0-weeks": "0"}, "Skriv et tal fra 1 til 260."),
    ({"phases-0-weeks": "400"}, "Skriv et tal fra 1 til 260."),
    ({"excludes": "kor"}, "En pakke kan ikke nævne sig selv."),
    ({"needs": "findes-ikke"}, "Der er ingen pakke med id »findes-ikke«."),
    ({"combines": "cti Cti"}, "Et id har små bogstaver, cifre og enkelte bindestreger."),
    ({"name-da": "x" * 1001}, "Det er for langt. Der er plads til 1000 tegn."),
    ({"name-da": ""}, "Det mangler."),
    ({"legal_bases-0-paragraph": "§ 82"}, "Skriv paragraffen som 82 b, uden §."),
]


@pytest.mark.parametrize(("typed", "sentence"), FAULTS)
def test_the_faults_of_a_file_are_the_faults_of_the_form_and_stop_it(
    desk: Desk, typed: dict[str, str], sentence: str
) -> None:
    address = desk.draft()

    desk.type(address, **typed)

    assert sentence in desk.birgit.get(address).text
    assert "Pakken kan ikke udgives endnu" in desk.birgit.get(f"{address}/difference").text
    assert offers.local() == {}


def test_huge_text_is_refused_and_the_draft_stays_as_it_was(desk: Desk) -> None:
    address = desk.draft()
    before = stored()

    answer = desk.type(address, sources="x" * 300_000)

    assert answer.status_code == 422
    assert "256 kB" in answer.text
    assert stored() == before


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*191 }}"])
def test_script_that_is_typed_is_only_ever_text(desk: Desk, payload: str) -> None:
    address = desk.draft()

    desk.type(address, **{"name-da": payload, "phases-0-name-da": payload, "tariffs-0-source": payload})

    for page in (address, f"{address}/preview", f"{address}/difference", "/editor/"):
        text = desk.birgit.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "1337" not in text


@pytest.mark.only_sqlite
@pytest.mark.parametrize(
    "odd", [" \u2003 ", "ord\x00ord", b"ord\xed\xa0\x80ord", b"\xff\xfe", "\u202eord", "ord\r\nord", "ord\n" * 20_000]
)
def test_odd_words_are_kept_or_refused_and_never_an_accident(desk: Desk, odd: str | bytes) -> None:
    address = desk.draft()
    form = form_to(desk.birgit.get(address).text, address)
    names = ("name-da", "phases-0-weeks", "tariffs-0-first_day", "excludes", "sources", "legal_bases-0-law", "chime")

    answer = desk.birgit.post(address, data={**form.sent, **dict.fromkeys(names, odd), "do": "save"})

    assert answer.status_code in {303, 422}
    assert desk.birgit.get(address).status_code == 200
    assert desk.birgit.get(f"{address}/difference").status_code == 200


def test_rows_are_added_moved_and_taken_out_without_a_script_and_nothing_typed_is_lost(desk: Desk) -> None:
    address = desk.draft()

    added = desk.type(address, "add.phases", **{"summary-da": "Vi synger."})
    assert added.headers["Location"].endswith("#phases-1")
    assert stored()["summary"]["da"] == "Vi synger."
    assert stored()["phases"][1] == {}

    desk.type(address, "add.phases-1-activities", **{"phases-1-weeks": "4"})
    assert stored()["phases"][1] == {"weeks": 4, "activities": [{}]}

    desk.type(address, "up.phases-1")
    assert stored()["phases"][0]["weeks"] == 4

    desk.type(address, "remove.phases-0")
    assert [phase["weeks"] for phase in stored()["phases"]] == [10]


@pytest.mark.parametrize("do", ["add.hack", "remove.phases-9-activities-1", "up.name", "add.phases-x", "remove.phases"])
def test_a_button_that_is_not_on_the_page_changes_nothing(desk: Desk, do: str) -> None:
    address = desk.draft()
    before = stored()

    assert desk.type(address, do).status_code == 400
    assert stored() == before


def test_two_editors_never_overwrite_each_other_and_see_what_the_other_wrote(desk: Desk, app: Flask) -> None:
    address = desk.draft()
    other = sign_in(app.test_client(), make_editor(desk.town, "Dorte Munk"))
    mine = form_to(desk.birgit.get(address).text, address)
    theirs = form_to(other.get(address).text, address)
    other.post(address, data={**theirs.filled(**{"name-da": "Sangkor"}), "do": "save"})

    answer = desk.birgit.post(address, data={**mine.filled(**{"name-da": "Mandskor"}), "do": "save"})

    assert answer.status_code == 409
    assert stored()["name"]["da"] == "Sangkor"
    assert 'value="Mandskor"' in answer.text
    assert "Dorte Munk" in answer.text
    assert "<td>Sangkor</td>" in answer.text

    again = form_to(answer.text, address)
    lock = db.session.get_one(PackageDraft, "kor").lock_version
    assert desk.birgit.post(address, data={**again.sent, "do": "save"}).status_code == 409
    assert desk.birgit.post(address, data={**again.sent, "do": f"over.{lock}"}).status_code == 303
    assert stored()["name"]["da"] == "Mandskor"


def test_an_old_page_never_saves_into_the_draft_that_came_after(desk: Desk) -> None:
    address = desk.draft()
    old = form_to(desk.birgit.get(address).text, address)
    desk.publish(address)
    desk.draft()

    assert desk.birgit.post(address, data={**old.filled(**{"name-da": "Gammel"}), "do": "save"}).status_code == 409
    assert stored()["name"]["da"] == "Kor"


def test_publishing_shows_what_changes_key_by_key_and_in_prices_first(desk: Desk) -> None:
    address = desk.draft()
    desk.publish(address)
    form = form_to(desk.birgit.get("/editor/packages/kor").text, "/editor/packages/kor/draft")
    desk.birgit.post(form.action, data=form.sent)
    desk.type(address, **{"tariffs-1-amount": "1.234,50", "phases-0-weeks": "12"})

    page = desk.birgit.get(f"{address}/difference").text

    assert "Pris 2 · Pris i kroner" in page
    assert "110,00" in page
    assert "1.234,50" in page
    assert "Trin 1 · Uger" in page
    assert offered()["kor"].weeks == 10

    desk.publish(address)

    assert offered()["kor"].weeks == 12
    assert desk.birgit.get(address).status_code == 404


def test_the_preview_is_the_public_page_made_of_the_draft(desk: Desk) -> None:
    address = desk.draft()

    page = desk.birgit.get(f"{address}/preview")

    assert page.status_code == 200
    assert "<h1>Kor</h1>" in page.text
    assert "forhåndsvisning" in page.text
    assert desk.birgit.get("/packages/kor").status_code == 404


def test_a_published_package_has_its_public_page_and_its_place_in_the_api_at_once(desk: Desk, app: Flask) -> None:
    desk.publish(desk.draft())
    anybody = app.test_client()

    assert "<h1>Kor</h1>" in anybody.get("/packages/kor").text
    assert anybody.get("/api/v1/packages/kor").json["id"] == "kor"


def test_the_list_shows_where_packages_stand_and_finds_them_by_name(desk: Desk) -> None:
    desk.publish(desk.draft())
    desk.draft("sang")

    page = desk.birgit.get("/editor/?words=kor")

    assert "/editor/packages/kor" in page.text
    assert "/editor/packages/mbsr" not in page.text
    assert "/editor/packages/sang" in desk.birgit.get("/editor/?standing=draft").text
    assert "/editor/packages/cti" in desk.birgit.get("/editor/?standing=file").text
    assert "Ingen pakke passer" in desk.birgit.get("/editor/?words=findesikke").text


def test_a_package_is_withdrawn_from_a_day_on_and_offered_again(desk: Desk, app: Flask) -> None:
    desk.publish(desk.draft())
    page = desk.birgit.get("/editor/packages/kor/withdrawal").text
    form = form_to(page, "/editor/packages/kor/withdrawal")

    refused = desk.birgit.post(form.action, data=form.filled(day="2026-05-10"))
    assert refused.status_code == 422
    assert "Den dag er gået" in refused.text

    assert desk.birgit.post(form.action, data=form.filled(day="2026-05-11")).status_code == 303
    assert app.test_client().get("/packages/kor").status_code == 404

    again = form_to(desk.birgit.get("/editor/packages/kor").text, "/editor/packages/kor/offer")
    assert desk.birgit.post(again.action, data=again.sent).status_code == 303
    assert app.test_client().get("/packages/kor").status_code == 200


def test_a_draft_is_thrown_away_only_as_it_was_seen(desk: Desk) -> None:
    address = desk.draft()
    form = form_to(desk.birgit.get("/editor/packages/kor").text, f"{address}/removal")
    desk.type(address, **{"name-da": "Sangkor"})

    assert desk.birgit.post(form.action, data=form.sent).status_code == 409

    form = form_to(desk.birgit.get("/editor/packages/kor").text, f"{address}/removal")
    assert desk.birgit.post(form.action, data=form.sent).status_code == 303
    assert db.session.get(PackageDraft, "kor") is None
    assert db.session.scalars(db.select(LocalPackage)).all() == []
