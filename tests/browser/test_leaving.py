"""Leaving a shared computer: hiding at once, signing out for good, and nothing left behind (T31, T42, T44, T45)."""

from playwright.sync_api import Browser, Route, expect

from tests import factories
from tests.apps import Apps
from tests.browser.conftest import Opened, signed_in
from tests.browser.looking import Watch
from tests.browser.site import Site
from tests.days import on
from tests.demonstration import copied, served
from tests.payloads import SCRIPTS

AWAY = "https://www.dmi.dk/**"
MOMENT = 200
"""Milliseconds in which a script that could run would have run."""

_WATCHED = """() => new MutationObserver(() => window.seen(document.body.innerText.trim()))
  .observe(document.body, { childList: true })"""


def _weather(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<h1>Vejret</h1>")


def test_hiding_empties_the_page_at_once_and_takes_it_out_of_the_history(
    sites: dict[str, Site], browser: Browser
) -> None:
    context = signed_in(browser, sites["da"], "Bo")
    page = context.new_page()
    seen: list[str] = []

    def see(words: str) -> None:
        seen.append(words)

    context.route(AWAY, _weather)
    page.goto("/privacy")
    page.goto("/me/money")
    page.expose_function("seen", see)
    page.evaluate(_WATCHED)

    page.locator("[data-hide]").click()

    expect(page.get_by_role("heading", name="Vejret")).to_be_visible()
    assert seen == [""]
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("passer vi på det")
    context.close()


def test_without_scripts_hiding_is_a_link_away(sites: dict[str, Site], browser: Browser) -> None:
    context = signed_in(browser, sites["da"], "Bo", java_script_enabled=False)
    page = context.new_page()
    context.route(AWAY, _weather)
    page.goto("/me/money")

    page.locator("[data-hide]").click()

    expect(page.get_by_role("heading", name="Vejret")).to_be_visible()
    context.close()


def test_after_signing_out_the_way_back_shows_nothing(demo_url: str, apps: Apps, browser: Browser) -> None:
    url = copied(demo_url, "leaving")
    with served(apps.on(url)) as base:
        context = signed_in(browser, Site(base, apps.on(url)), "Bo")
        page = context.new_page()
        page.goto("/me/money")
        expect(page.get_by_role("heading", level=1)).to_have_text("Mine penge")

        page.get_by_role("button", name="Log ud").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Log ind")
        page.go_back()

        expect(page.get_by_role("heading", level=1)).to_have_text("Log ind")
        context.close()
    apps.close(url)


def test_nothing_is_kept_in_the_browser(sites: dict[str, Site], opened: Opened) -> None:
    page = opened(sites["da"], "Bo").page
    for address in ("/me/", "/me/money", "/me/plan", "/me/goals", "/me/readings"):
        page.goto(address)

    kept = "() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]"
    # The one thing is the address of the page in the tab, which the tab shows anyway, and which ends with it.
    assert page.evaluate(kept) == [[], ["htmx-current-path-for-history"], ""]
    assert (
        page.evaluate("async () => (await caches.keys()).concat((await indexedDB.databases()).map((d) => d.name))")
        == []
    )
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_no_script_that_somebody_wrote_runs(demo_url: str, apps: Apps, browser: Browser) -> None:
    url = copied(demo_url, "scripts")
    app = apps.on(url)
    with served(app) as base:
        site = Site(base, app)
        with on(), app.app_context():
            bo = factories.user(site.person("Bo"))
            for each in SCRIPTS:
                factories.goals.write(each, by=bo, at=factories.clock.now())
        for who, addresses in {
            "Bo": ("/me/", "/me/goals", "/me/goals/all", "/me/happened"),
            "Mette": ("/desk/plans/{plan_of_Bo}", "/desk/"),
        }.items():
            watch = Watch(signed_in(browser, site, who).new_page())
            for address in addresses:
                watch.page.goto(site.address(address, who))
                watch.page.wait_for_timeout(MOMENT)

            assert watch.taken() == []
            watch.page.context.close()
    apps.close(url)
