"""Every page in every main state, in both languages, on a phone and on a desk: nothing to complain about."""

import pytest

from tests.browser.conftest import Opened
from tests.browser.looking import faults, too_small, too_wide
from tests.browser.site import Site
from tests.browser.tour import STOPS, Stop

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}


@pytest.mark.parametrize("stop", STOPS, ids=str)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_is_accessible_fits_and_is_quiet(
    stop: Stop, language: str, sites: dict[str, Site], opened: Opened, axe: str
) -> None:
    site = sites[language]
    watch = opened(site, stop.who)
    page = watch.page
    found = []

    page.set_viewport_size(PHONE)
    page.goto(site.address(stop.address, stop.who))
    if stop.act:
        stop.act(page)
        page.wait_for_load_state()
    found += [f"wide: {part}" for part in too_wide(page)]
    found += [f"small: {part}" for part in too_small(page)] if stop.citizen else []
    if language == "da":
        found += [f"phone: {fault}" for fault in faults(page, axe)]
    page.set_viewport_size(DESK)
    found += [f"wide on a desk: {part}" for part in too_wide(page)]
    if language == "da" or not stop.citizen:
        found += [f"desk: {fault}" for fault in faults(page, axe)]

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert found + watch.taken() == []
