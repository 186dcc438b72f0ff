"""Trying without a name through the pages: a mix is kept under a code, opened elsewhere, and claimed when there is a plan."""

import re

import pytest
from playwright.sync_api import Browser, expect

from planner.models.base import db
from planner.models.composing import PrivateMix
from planner.queries import verify
from tests.apps import Apps
from tests.stories.person import Person
from tests.stories.test_main_job_pages import the_administrator_lets_people_in, the_caseworker_opens_a_course

ANONYMOUS = "Anonym ambulant stofbehandling"
RIGHT = "Faseopdelt alkoholbehandling"


@pytest.mark.only_postgresql
def test_an_anonymous_try_is_claimed_later_without_scripts(
    first_day: str, database_url: str, apps: Apps, browser: Browser
) -> None:
    from_nobody_to_a_plan(first_day, browser, scripts=False)

    nothing_is_left_and_every_check_holds(database_url, apps)


@pytest.mark.only_sqlite
def test_an_anonymous_try_is_claimed_later_with_scripts(
    first_day: str, database_url: str, apps: Apps, browser: Browser
) -> None:
    from_nobody_to_a_plan(first_day, browser, scripts=True)

    nothing_is_left_and_every_check_holds(database_url, apps)


def nothing_is_left_and_every_check_holds(database_url: str, apps: Apps) -> None:
    said: list[str] = []
    with apps.on(database_url).app_context():
        assert verify.run(said.append), said
        assert db.session.scalars(db.select(PrivateMix)).all() == []
        db.session.remove()


def from_nobody_to_a_plan(first_day: str, browser: Browser, *, scripts: bool) -> None:
    def nobody() -> Person:
        context = browser.new_context(
            base_url=first_day, java_script_enabled=scripts, viewport={"width": 360, "height": 780}
        )
        return Person(context.new_page())

    def come(called: str) -> Person:
        return Person.come(browser, first_day, called, scripts=scripts)

    code = somebody_puts_a_mix_together_and_keeps_it(nobody())
    somebody_opens_it_elsewhere_and_goes_on(nobody(), code)
    the_administrator_lets_people_in(come("Asta Friis"))
    mette = come("Mette Kjær")
    the_caseworker_opens_a_course(mette)
    mette.leave()
    bo = come("Bo")
    the_citizen_claims_it(bo, code)
    bo.leave()
    the_code_opens_nothing_any_more(nobody(), code)


def somebody_puts_a_mix_together_and_keeps_it(somebody: Person) -> str:
    somebody.open("/packages?anonymous=1")
    somebody.follow("Sæt nogle sammen")
    for words, package in (("critical", "Critical Time"), ("faseopdelt", RIGHT), ("anonym ambulant", ANONYMOUS)):
        somebody.fill("Søg på et ord", words)
        somebody.press("Vis")
        somebody.press(f"Prøv den {package}")
        expect(somebody.page.locator("#mix").get_by_role("heading", name=package)).to_be_visible()
    somebody.fill("Hvad er det?", "Kor på havnen")
    somebody.press("Prøv også det")
    somebody.sees("Kor på havnen")
    somebody.sees("49.000 kr.")
    somebody.sees("Du skal ikke vente på svar. Ring 12 34 56 78.")
    somebody.sees("Derfor kommer den aldrig i en plan med dit navn.")
    somebody.press("Gem under en privat kode")
    somebody.sees("Her er din private kode. Du ser den kun nu.")
    code = somebody.page.locator("code").inner_text()
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    assert code not in somebody.page.url
    somebody.leave()
    return code


def somebody_opens_it_elsewhere_and_goes_on(somebody: Person, code: str) -> None:
    somebody.open("/try/code")
    somebody.fill("Din private kode", "0000 0000 0000 0000")
    somebody.press("Åbn")
    somebody.sees("Vi finder ikke noget under den kode.")
    somebody.fill("Din private kode", code.lower())
    somebody.press("Åbn")
    somebody.sees("Det er gemt til 10. juni.")
    somebody.fill("Søg på et ord", "mindfulness")
    somebody.press("Vis")
    somebody.press("Prøv den Mindfulness")
    somebody.press("Gem det, som det er nu")
    somebody.sees("Det er gemt igen, til 10. juni.")
    somebody.leave()


def the_citizen_claims_it(bo: Person, code: str) -> None:
    bo.open("/me/plan/compose")
    bo.follow("Hent det, jeg prøvede uden navn")
    bo.fill("Din private kode", code)
    bo.press("Vis det, jeg prøvede")
    boxes = bo.page.get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True, False, True, True]
    bo.sees("Ingen skriver ned, at du kom. Derfor står den aldrig i en plan.")
    bo.press("Læg det i min plan")
    bo.sees("3 ting ligger nu i din plan.")
    bo.sees("Det, du gemte under din kode, er slettet.")
    plan = bo.page.locator("#min-plan")
    for title in ("Critical Time Intervention", "Kor på havnen", "Mindfulness"):
        expect(plan.get_by_role("heading", name=re.compile(title))).to_be_visible()
    for title in (ANONYMOUS, RIGHT):
        expect(plan.get_by_role("heading", name=title)).to_have_count(0)
    bo.open("/me/happened")
    bo.sees("Kor på havnen")
    bo.sees_not(ANONYMOUS)


def the_code_opens_nothing_any_more(somebody: Person, code: str) -> None:
    somebody.open("/try/code")
    somebody.fill("Din private kode", code)
    somebody.press("Åbn")
    somebody.sees("Vi finder ikke noget under den kode.")
    somebody.leave()
