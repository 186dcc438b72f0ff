"""One Chromium and two served demos, one in each language, for all tests of the browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from planner.models.base import db
from planner.models.person import Person
from tests.apps import Apps
from tests.browser.looking import Watch, axe_source
from tests.browser.site import LANGUAGES, Site
from tests.databases import Databases
from tests.demonstration import copied, seeded, served

Opened = Callable[[Site, str], Watch]


@pytest.fixture(scope="session")
def demo_url(sqlite_databases: Databases, apps: Apps) -> str:
    """Seed the demo once; tests look at copies."""
    return seeded(sqlite_databases, apps, "demo_of_browsers")


@pytest.fixture(scope="session")
def sites(demo_url: str, apps: Apps) -> Iterator[dict[str, Site]]:
    """Serve the demo in Danish and in English; nothing in it is changed."""
    urls = {language: copied(demo_url, f"browsers_{language}") for language in LANGUAGES}
    found = {language: apps.on(url) for language, url in urls.items()}
    for language, app in found.items():
        with app.app_context():
            db.session.execute(db.update(Person).values(language=language))
            db.session.commit()
            db.session.remove()
    with served(found["da"]) as danish, served(found["en"]) as english:
        yield {"da": Site(danish, found["da"], "da"), "en": Site(english, found["en"], "en")}
    for url in urls.values():
        apps.close(url)


@pytest.fixture(scope="session")
def axe() -> str:
    """Read axe once."""
    return axe_source()


def signed_in(browser: Browser, site: Site, who: str, **options: object) -> BrowserContext:
    """Open a browser of somebody's own, signed in by the demo's door."""
    context = browser.new_context(base_url=site.base, locale="da-DK", timezone_id="Europe/Copenhagen", **options)
    page = context.new_page()
    page.goto("/sign-in")
    if who:
        page.locator(f"button[value='{site.person(who)}']").click()
        page.wait_for_load_state()
    elif site.language == "en":
        page.locator("footer button[lang=en]").click()
    page.close()
    return context


@pytest.fixture(scope="session")
def opened(browser: Browser) -> Iterator[Opened]:
    """Hand out a page of somebody on a site; each person keeps theirs for the whole session."""
    watches: dict[tuple[str, str], Watch] = {}

    def open_for(site: Site, who: str) -> Watch:
        if (site.base, who) not in watches:
            watches[site.base, who] = Watch(signed_in(browser, site, who).new_page())
        return watches[site.base, who]

    yield open_for
    for watch in watches.values():
        watch.page.context.close()
