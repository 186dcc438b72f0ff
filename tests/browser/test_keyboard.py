"""The keyboard alone puts a plan together and sends it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.apps import Apps
from tests.browser.conftest import signed_in
from tests.browser.keyboard import tab_to
from tests.browser.site import Site
from tests.demonstration import copied, served


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_keyboard_alone_puts_a_plan_together_and_sends_it(
    scripts: bool, demo_url: str, apps: Apps, browser: Browser
) -> None:
    url = copied(demo_url, "keyboard")
    with served(apps.on(url)) as base:
        site = Site(base, apps.on(url))
        viewport = {"width": 360, "height": 780}
        context = signed_in(browser, site, "Lis", viewport=viewport, java_script_enabled=scripts)
        page = context.new_page()
        keyboard = page.keyboard

        heading = page.get_by_role("heading", level=1)

        page.goto("/me/")
        tab_to(page, "Skriv, hvad du gerne vil")
        keyboard.press("Enter")
        expect(heading).to_have_text("Det, jeg gerne vil")
        tab_to(page, "Hvad vil du gerne?")
        keyboard.type("Sove hele natten")
        tab_to(page, "Gem")
        keyboard.press("Enter")
        expect(page.locator(".own-words").first).to_contain_text("Sove hele natten")

        page.goto("/me/plan/compose")
        tab_to(page, "Læg i min plan Mindfulness")
        keyboard.press("Enter")
        expect(page.locator("#min-plan").get_by_role("heading", name="Mindfulness")).to_be_visible()
        tab_to(page, "Skriv selv noget")
        keyboard.press("Enter")
        expect(heading).to_have_text("Skriv selv noget")
        tab_to(page, "Hvad er det?")
        keyboard.type("Cykel")
        tab_to(page, "Hvad koster det?")
        keyboard.type("1.800")
        tab_to(page, "Læg i min plan")
        keyboard.press("Enter")
        expect(page.locator("#min-plan").get_by_role("heading", name="Cykel")).to_be_visible()

        tab_to(page, "Videre")
        keyboard.press("Enter")
        expect(heading).to_have_text("Se det hele igennem, før du sender")
        tab_to(page, "Er der noget, du vil sige")
        keyboard.type("Jeg glæder mig.")
        tab_to(page, "Send min plan til Mette")
        keyboard.press("Enter")

        expect(heading).to_have_text("Din plan er sendt")
        expect(page.get_by_text("Jeg glæder mig.")).to_be_visible()
        context.close()
    apps.close(url)
