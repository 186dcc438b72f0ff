"""The story of a package of the house: made, chosen, changed and withdrawn, while a plan keeps what it chose."""

from playwright.sync_api import Browser, expect

from planner import clock
from planner.domain.people import RoleKind
from planner.models.base import db
from planner.models.plan import PlanLine
from planner.queries import offers
from planner.usecases import people
from tests import factories
from tests.apps import Apps
from tests.days import on
from tests.demonstration import served
from tests.stories.person import Person


def test_a_package_is_changed_and_withdrawn_and_an_old_plan_stays_as_it_was(
    engine: str, database_url: str, apps: Apps, browser: Browser
) -> None:
    scripts = engine == "sqlite"  # with scripts on one engine and without on the other
    app = apps.on(database_url)
    with on(), app.app_context():
        town = factories.make_town()
        birgit = people.add_person("Birgit Vang", by=None, at=clock.now())
        role = people.NewRole(kind=RoleKind.CATALOGUE_EDITOR, unit_id=town.north, first_day=clock.today())
        people.give_role(birgit, role, by=None, at=clock.now())
        people.set_up({"demo": "1"})
    with served(app) as base:
        editor = Person.come(browser, base, "Birgit", scripts=scripts)
        editor.follow("Lav en pakke")
        editor.fill("Navn", "Vinterbadning")
        editor.fill("Begynd som en kopi af", "fritid-badminton")
        editor.press("Begynd")
        editor.sees("1 ting at rette")
        editor.page.locator("#name-en").fill("Winter swimming")
        editor.page.locator("#tariffs-0-amount").fill("1.200")
        editor.press("Gem og se, hvad der ændres")
        editor.sees("Alt er nyt")
        editor.press("Udgiv pakken")
        editor.sees("Pakken er udgivet")
        with on(), app.app_context():
            bo = factories.user(town.bo)
            plan = factories.open_course(town)
            items = factories.compose(plan, bo, "vinterbadning", catalogue=offers.catalogue())
            factories.approve(town, factories.submit(plan, bo, catalogue=offers.catalogue()))
            before = line(plan, items["vinterbadning"])

        editor.follow("Pakker")
        editor.follow("Vinterbadning")
        expect(editor.page.locator("dl.facts").get_by_text("1", exact=True)).to_be_visible()
        editor.press("Skriv en ændring")
        editor.page.locator("#tariffs-0-amount").fill("1.500,50")
        editor.press("Gem og se, hvad der ændres")
        editor.sees("Pris 1 · Pris i kroner")
        editor.sees("1.200,00")
        editor.sees("1.500,50")
        editor.press("Udgiv pakken")
        editor.follow("Træk tilbage")
        editor.press("Træk den tilbage")
        editor.sees("trukket tilbage fra")
        editor.leave()

        citizen = Person.come(browser, base, "Bo", scripts=scripts)
        citizen.open("/me/plan")
        citizen.sees("Vinterbadning")
        citizen.leave()
    with on(), app.app_context():
        assert offers.catalogue()["vinterbadning"].withdrawn(clock.today())
        assert line(plan, items["vinterbadning"]) == before


def line(plan_id: int, item_id: int) -> dict[str, object]:
    """Read the line as it was sent, every column of it."""
    db.session.remove()
    found = db.session.get_one(PlanLine, (plan_id, 1, item_id))
    return {column.name: getattr(found, column.name) for column in PlanLine.__table__.columns}
