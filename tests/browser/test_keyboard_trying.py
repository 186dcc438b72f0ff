"""The keyboard alone makes a try beside the plan, uses it, and sends the plan; on a phone."""

import pytest
from playwright.sync_api import Browser, expect

from tests.apps import Apps
from tests.browser.conftest import signed_in
from tests.browser.keyboard import tab_to
from tests.browser.site import Site
from tests.demonstration import copied, served


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_keyboard_alone_makes_a_try_uses_it_and_sends(
    scripts: bool, demo_url: str, apps: Apps, browser: Browser
) -> None:
    url = copied(demo_url, "keyboard_trying")
    with served(apps.on(url)) as base:
        viewport = {"width": 360, "height": 780}
        site = Site(base, apps.on(url))
        context = signed_in(browser, site, "Omar", viewport=viewport, java_script_enabled=scripts)
        page = context.new_page()
        heading, mix = page.get_by_role("heading", level=1), page.locator("#min-plan")

        def press(name: str) -> None:
            tab_to(page, name)
            page.keyboard.press("Enter")

        page.goto("/me/plan/compose")
        expect(mix.get_by_role("heading", name="Seng og dyne")).to_be_visible()
        press("Hvad nu hvis?")
        expect(heading).to_have_text("Hvad nu hvis?")
        tab_to(page, "Hvad hedder prøven?")
        page.keyboard.type("Sengen senere")
        press("Lav prøven")
        expect(page.get_by_text("Sengen senere").first).to_be_visible()
        press("Ret for Seng og dyne")
        expect(heading).to_have_text("Seng og dyne")
        press("Tag ud")
        expect(mix.get_by_role("heading", name="Spise hos Yusuf")).to_be_visible()
        expect(mix.get_by_role("heading", name="Seng og dyne")).to_have_count(0)
        press("Se forskellen")
        expect(page.locator(".compare-table")).to_contain_text("3.500 kr. mindre")
        press("Brug prøven")
        expect(page.get_by_text("Din kladde er nu som prøven.")).to_be_visible()

        page.goto("/me/plan/compose")
        expect(mix.get_by_role("heading", name="Seng og dyne")).to_have_count(0)
        press("Videre")
        expect(heading).to_have_text("Se det hele igennem, før du sender")
        press("Send min plan til Mette")
        expect(heading).to_have_text("Din plan er sendt")
        context.close()
    apps.close(url)
