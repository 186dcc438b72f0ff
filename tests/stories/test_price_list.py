"""A price list of 5,000 rows is taken in on screen: looked at, taken in, found in the catalogue, and then nothing new."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from planner import clock
from planner.domain.people import RoleKind
from planner.queries import verify
from planner.usecases import people, standard
from tests import prices
from tests.apps import Apps
from tests.days import on
from tests.demonstration import served
from tests.stories.person import Person


@pytest.fixture
def house(database_url: str, apps: Apps) -> Iterator[str]:
    """Serve a house with one catalogue editor."""
    app: Flask = apps.on(database_url)
    with on(), app.app_context():
        standard.establish("Havneby Kommune")
        unit = people.add_unit("Havneby Kommune", "0101", by=None, at=clock.now())
        birgit = people.add_person("Birgit Vang", by=None, at=clock.now())
        role = people.NewRole(kind=RoleKind.CATALOGUE_EDITOR, unit_id=unit, first_day=clock.today())
        people.give_role(birgit, role, by=None, at=clock.now())
        people.set_up({"demo": "1"})
    with served(app) as base:
        yield base


@pytest.mark.only_postgresql
def test_a_list_of_5000_rows_is_taken_in_without_scripts(
    house: str, database_url: str, apps: Apps, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "prisliste.xlsx"
    file.write_bytes(prices.xlsx(prices.make(2500)))
    birgit = Person.come(browser, house, "Birgit Vang", scripts=False)

    birgit.open("/editor/prices")
    birgit.follow("Beskriv en liste")
    birgit.page.get_by_label("Navn", exact=True).fill("Landsdækkende prisliste")
    birgit.press("Gem")
    look_at(birgit, file)
    expect(birgit.page.locator("main dl").first).to_contain_text("2500")
    birgit.press("Tag listen ind")
    expect(birgit.page.get_by_text("Listen er taget ind: 2500 nye")).to_be_visible()

    birgit.open("/packages/lp-01-00003")
    expect(birgit.page.get_by_role("heading", level=1)).to_contain_text("Træning i eget hjem, hold 4")
    expect(birgit.page.locator("main")).to_contain_text("327,50")

    look_at(birgit, file)
    expect(birgit.page.get_by_text("Listen siger det samme, som allerede er udgivet.")).to_be_visible()
    said: list[str] = []
    with apps.on(database_url).app_context():
        assert verify.run(said.append), said


def look_at(birgit: Person, file: Path) -> None:
    birgit.open("/editor/prices")
    birgit.page.get_by_label("Listen", exact=True).set_input_files(file)
    birgit.press("Se, hvad den vil ændre")
