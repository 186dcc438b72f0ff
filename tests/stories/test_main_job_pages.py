"""The main job through the pages, from an empty municipality to money that finance sees, with and without scripts."""

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, expect

from planner.domain.money import Money
from planner.queries import verify
from tests.apps import Apps
from tests.stories.person import Person
from tests.stories.reading import amount

AMOUNT = Money.kroner(30_000)


@pytest.mark.only_postgresql
def test_from_a_mix_of_packages_to_money_that_finance_sees_without_scripts(
    first_day: str, database_url: str, apps: Apps, browser: Browser
) -> None:
    the_whole_job(first_day, browser, scripts=False)

    every_check_holds(database_url, apps)


@pytest.mark.only_sqlite
def test_from_a_mix_of_packages_to_money_that_finance_sees_with_scripts(
    first_day: str, database_url: str, apps: Apps, browser: Browser
) -> None:
    the_whole_job(first_day, browser, scripts=True)

    every_check_holds(database_url, apps)


def every_check_holds(database_url: str, apps: Apps) -> None:
    said: list[str] = []
    with apps.on(database_url).app_context():
        assert verify.run(said.append), said


def the_whole_job(first_day: str, browser: Browser, *, scripts: bool) -> None:
    def come(called: str) -> Person:
        return Person.come(browser, first_day, called, scripts=scripts)

    the_administrator_lets_people_in(come("Asta Friis"))
    mette = come("Mette Kjær")
    the_caseworker_opens_a_course(mette)
    bo = come("Bo")
    the_citizen_composes_and_sends(bo)
    the_caseworker_asks_back(mette)
    the_citizen_wants_an_answer_as_it_is(bo)
    the_caseworker_approves(mette)
    the_citizen_uses_money(bo)
    ali = come("Ali Demir")
    a_delivery_is_recorded(ali)
    the_citizen_objects(bo)
    the_caseworker_answers(mette)
    the_citizen_checks_in(bo)
    jens = come("Jens Bak")
    finance_follows_the_figures(jens)
    the_citizen_sees_every_look_and_change(bo)

    for person in (mette, bo, ali, jens):
        person.leave()


def the_administrator_lets_people_in(asta: Person) -> None:
    asta.open("/admin/units")
    for unit, parent in (("Havneby Kommune", "ingen anden enhed"), ("Team Nord", "Havneby Kommune")):
        asta.fill("Enhedens navn", unit)
        asta.fill("Kommunekode", "0999")
        asta.pick("Hører til", parent)
        asta.press("Tilføj enheden")
    for called, role, unit, limit in (
        ("Mette Kjær", "Rådgiver", "Team Nord", "60.000"),
        ("Jens Bak", "Økonomi", "Havneby Kommune", ""),
        ("Ali Demir", "", "", ""),
    ):
        asta.open("/admin/people/new")
        asta.fill("Kaldenavn", called)
        asta.press("Tilføj")
        if role:
            asta.pick("Rolle", role)
            asta.pick("Enhed", unit)
            asta.fill("Må afgøre op til", limit)
            asta.press("Giv rollen")
            asta.sees("Rollen er givet")
    asta.leave()


def the_caseworker_opens_a_course(mette: Person) -> None:
    mette.follow("Åbn et forløb")
    mette.fill("Kaldenavn", "Bo")
    mette.fill("Fulde navn", "Bo Madsen")
    mette.fill("CPR-nummer", "610180-4001")
    mette.fill("Forventet beløb", "30.000")
    mette.fill("Første dag", "2026-05-11")
    mette.fill("Sidste dag", "2026-11-06")
    mette.pick("Støtteperson", "Ali Demir")
    mette.press("Åbn forløbet")
    mette.sees("Forløbet er åbnet")
    mette.sees("Der er ikke sendt noget endnu")


def the_citizen_composes_and_sends(bo: Person) -> None:
    bo.sees("30.000 kr.")
    bo.follow("Skriv, hvad du gerne vil")
    bo.fill("Hvad vil du gerne?", "Spise med andre to gange om ugen.")
    bo.press("Gem")
    bo.open("/me/plan/compose")
    for package in ("Individuelt peer-følgeskab", "Medlemskab i badmintonklub", "Faseopdelt alkoholbehandling"):
        bo.open("/me/plan/compose?words=" + package)
        bo.press(f"Læg i min plan {package}")
        expect(bo.page.locator("#min-plan").get_by_role("heading", name=package)).to_be_visible()
    bo.follow("Skriv selv noget")
    bo.fill("Hvad er det?", "Nye gardiner")
    bo.fill("Hvad koster det?", "1.200")
    bo.press("Læg i min plan")
    expect(bo.page.locator("#min-plan").get_by_role("heading", name="Nye gardiner")).to_be_visible()
    bo.sees("Hvem betaler")
    bo.sees("Du skal ikke vente på svar")
    assert Money.sum(bo.sum()) == AMOUNT
    bo.follow("Videre")
    bo.fill("Er der noget, du vil sige", "Jeg vil gerne i gang nu.")
    bo.press("Send min plan til Mette")
    bo.sees("Din plan er sendt")
    bo.sees("Du får svar senest")


def the_caseworker_asks_back(mette: Person) -> None:
    mette.open("/desk/")
    mette.follow("Bo")
    mette.sees("Spise med andre to gange om ugen.")
    mette.sees("Jeg vil gerne i gang nu.")
    mette.fill("Dit spørgsmål", "Er gardinerne til hele boligen?")
    mette.press("Send spørgsmålet")
    mette.sees("Dit spørgsmål er sendt")


def the_citizen_wants_an_answer_as_it_is(bo: Person) -> None:
    bo.open("/me/")
    bo.sees("Mette har et spørgsmål til din plan. Det er ikke et nej.")
    bo.follow("Svar på spørgsmålet")
    bo.sees("Er gardinerne til hele boligen?")
    bo.fill("Er der noget, du vil sige", "Kun til soveværelset.")
    bo.press("Svar på den, som den er")
    bo.sees("Din plan er sendt, som den er")


def the_caseworker_approves(mette: Person) -> None:
    mette.open("/desk/")
    mette.follow("Bo")
    mette.sees("Kun til soveværelset.")
    mette.sees("Derfor kan den kun afgøres.")
    expect(mette.page.get_by_role("button", name="Send spørgsmålet")).to_have_count(0)
    mette.fill("Hvorfor, i klart sprog", "Planen passer til det, Bo gerne vil.")
    mette.press("Godkend planen")
    mette.sees("30.000 kr.")


def the_citizen_uses_money(bo: Person) -> None:
    bo.open("/me/plan")
    bo.sees("Vi siger ja til din plan.")
    bo.sees("Planen passer til det, Bo gerne vil.")
    before = on_the_money_page(bo)
    bought(bo, "Det, du selv vælger", "86,50", "Kaffe og kage")
    assert on_the_money_page(bo) == moved(before, used="86.50", free="-86.50")

    bought(bo, "Medlemskab i badmintonklub", "300", "Ketcher")
    dear = on_the_money_page(bo)
    bought(bo, "Nye gardiner", "1.500", "Gardiner", agree="Ja, tag resten fra mit frie beløb")
    assert on_the_money_page(bo) == moved(dear, used=1_500, aside=-1_200, free=-300)
    bo.follow("Gardiner")
    bo.follow("Penge kom tilbage")
    bo.fill("Hvor meget kom tilbage?", "100")
    bo.press("Skriv det ned")
    assert on_the_money_page(bo) == moved(dear, used=1_400, aside=-1_200, free=-200)

    last = on_the_money_page(bo)
    left = pot(bo, "Medlemskab i badmintonklub")
    bought(bo, "Medlemskab i badmintonklub", "50", "Bolde", last=True)
    assert on_the_money_page(bo) == moved(last, used=50, aside=-left, free=left - Money.kroner(50))

    kept = on_the_money_page(bo)
    bought(bo, "Det, du selv vælger", "10", "En fejl")
    bo.follow("Det var en fejl")
    bo.press("Ja, tag det tilbage")
    assert on_the_money_page(bo) == kept


def bought(bo: Person, of: str, cost: str, words: str, *, agree: str = "", last: bool = False) -> None:
    bo.open("/me/purchases/new")
    bo.choose(of)
    bo.fill("Hvad kostede det?", cost)
    bo.fill("Hvad var det?", words)
    if last:
        bo.choose("Det var den sidste")
    bo.press("Skriv det ned")
    if agree:
        bo.sees("Det koster mere end de")
        bo.press(agree)
    bo.sees("Det er skrevet ned")


def on_the_money_page(bo: Person) -> tuple[Money, ...]:
    bo.open("/me/money")
    assert Money.sum(bo.sum()) == AMOUNT
    return bo.sum()


def pot(bo: Person, name: str) -> Money:
    bo.open("/me/purchases/new")
    said = bo.page.locator("label", has_text=name).inner_text()
    return amount(said.removeprefix(name))


def moved(before: tuple[Money, ...], *, used: object = 0, aside: object = 0, free: object = 0) -> tuple[Money, ...]:
    changes = [change if isinstance(change, Money) else Money.kroner(change) for change in (used, aside, free)]
    return tuple(was + change for was, change in zip(before, changes, strict=True))


def a_delivery_is_recorded(ali: Person) -> None:
    ali.follow("Bo")
    ali.press("Skriv det ned")
    ali.sees("Det er skrevet ned og betalt")


def the_citizen_objects(bo: Person) -> None:
    on_the_money_page(bo)
    bo.sees("hjælp, du har fået")
    bo.follow("Det passer ikke")
    bo.fill("Hvad passer ikke?", "Vi har kun mødtes en gang.")
    bo.press("Send beskeden")
    bo.sees("Vi har kun mødtes en gang.")


def the_caseworker_answers(mette: Person) -> None:
    mette.open("/desk/")
    mette.follow("Indsigelser")
    mette.sees("venter på svar")
    mette.follow("Bo")
    mette.sees("Vi har kun mødtes en gang.")
    mette.fill("Dit svar", "Tak. Prisen gælder hele fasen.")
    mette.press("Send svaret")


def the_citizen_checks_in(bo: Person) -> None:
    on_the_money_page(bo)
    bo.sees("Tak. Prisen gælder hele fasen.")
    bo.open("/me/goals")
    bo.page.locator("input[name=score][value='6']").check(force=True)
    bo.fill("Skriv lidt mere", "Jeg var der i tirsdags.")
    bo.press("Gem")
    bo.sees("Tak. Det er gemt.")
    bo.open("/me/chime")
    bo.sees("ikke et afprøvet")
    for process in bo.page.locator("fieldset").all():
        process.locator("input[value='7']").check(force=True)
    bo.press("Gem")
    bo.sees("Tak. Det er gemt.")


def finance_follows_the_figures(jens: Person) -> None:
    assert jens.page.url.endswith("/finance/")
    for secret in ("Bo", "Spise med andre", "Kaffe og kage", "Jeg var der i tirsdags", "Nye gardiner"):
        expect(jens.page.locator("main").get_by_text(re.compile(rf"\b{secret}\b"))).to_have_count(0)
    for measure in ("granted", "committed", "spent", "free"):
        jens.open("/finance/")
        link = jens.page.locator(f"tfoot a[href*='measure={measure}']").first
        figure = amount(link.inner_text())
        link.click()
        jens.look()
        assert figure == sum_of_rows(jens)
        assert figure == amount(jens.page.locator("h1 .of-period").inner_text())
    with jens.page.expect_download() as download:
        jens.page.get_by_role("button", name="Hent CSV").first.click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig")), delimiter=";"))
    assert Money.kroner(rows[-1][-1].replace(",", ".")) == figure
    for secret in ("Kaffe", "Spise med", "Nye gardiner", "Madsen"):
        assert not any(secret in cell for row in rows for cell in row)


def sum_of_rows(jens: Person) -> Money:
    return Money.sum(amount(cell) for cell in jens.page.locator("tbody td.num").all_inner_texts())


def the_citizen_sees_every_look_and_change(bo: Person) -> None:
    bo.open("/me/readings")
    looks = whole_list(bo)
    bo.open("/me/happened")
    changes = whole_list(bo)
    assert [why for why in LOOKS if why not in looks] == []
    assert [change for change in CHANGES if change not in changes] == []


def whole_list(bo: Person) -> str:
    """Read a list to its end, page by page."""
    words = bo.page.locator("main").inner_text()
    while (older := bo.page.get_by_role("link", name="Ældre")).count():
        older.first.click()
        bo.look()
        words += bo.page.locator("main").inner_text()
    return words.replace("\u00a0", " ")


LOOKS = (
    "for at se, hvilke planer der venter på svar",
    "for at svare på din plan",
    "for at skrive ned, hvad du har fået hjælp til",
    "for at svare på det, du skrev",
    "for at føre regnskab",
    "for at hente tal til regnskabet",
)
CHANGES = (
    "åbnede et forløb for dig",
    "skrev et mål: »Spise med andre to gange om ugen.«",
    "lagde »Individuelt peer-følgeskab« i planen",
    "lagde »Nye gardiner« i planen",
    "sendte planen",
    "havde et spørgsmål til planen",
    "bad om svar på planen, som den er",
    "sagde ja til planen. Beløbet er 30.000 kr.",
    "skrev et køb ned: 86,50 kr.",
    "skrev et køb ned: 1.500 kr.",
    "skrev ned, at 100 kr. kom tilbage",
    "tog et køb på 10 kr. tilbage",
    "skrev hjælp ned, som du har fået: »Individuelt peer-følgeskab«",
    "skrev, at en betaling ikke passer",
    "svarede på det, du skrev om en betaling",
    "fortalte, hvordan det går",
    "svarede på de fem spørgsmål om dit liv",
)
