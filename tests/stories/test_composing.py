"""Composing through the pages: a mix over the four rungs, tried out, sent, answered and taken along, with and without scripts."""

import io
import re
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser, Locator, expect
from pypdf import PdfReader

from tests.apps import Apps
from tests.stories.person import Person
from tests.stories.test_main_job_pages import every_check_holds, the_administrator_lets_people_in, whole_list

CTI = "Critical Time Intervention (CTI)"
ALCOHOL = "Faseopdelt alkoholbehandling"
PEER = "Individuelt peer-følgeskab"
BADMINTON = "Medlemskab i badmintonklub"
MINDFULNESS = "Mindfulness-baseret stressreduktion, 8 uger"
WALK, CUSHIONS = "Gåtur med Karin", "Bløde puder"
ON_RUNGS = (("Mig selv", MINDFULNESS), ("Mine nærmeste", WALK), ("Byen omkring mig", BADMINTON), ("Kommunen", CTI))
SEVEN = (CTI, ALCOHOL, PEER, BADMINTON, MINDFULNESS, WALK, CUSHIONS)


@pytest.mark.only_postgresql
def test_a_mix_over_four_rungs_is_tried_out_sent_and_taken_along_without_scripts(
    first_day: str, database_url: str, apps: Apps, browser: Browser
) -> None:
    from_a_mix_to_paper(first_day, browser, scripts=False)

    every_check_holds(database_url, apps)


@pytest.mark.only_sqlite
def test_a_mix_over_four_rungs_is_tried_out_sent_and_taken_along_with_scripts(
    first_day: str, database_url: str, apps: Apps, browser: Browser
) -> None:
    from_a_mix_to_paper(first_day, browser, scripts=True)

    every_check_holds(database_url, apps)


def from_a_mix_to_paper(first_day: str, browser: Browser, *, scripts: bool) -> None:
    def come(called: str) -> Person:
        return Person.come(browser, first_day, called, scripts=scripts)

    the_administrator_lets_people_in(come("Asta Friis"))
    mette = come("Mette Kjær")
    the_caseworker_opens_a_course(mette)
    bo = come("Bo")
    the_citizen_says_what_is_there(bo)
    seven_lines_over_four_rungs(bo)
    a_line_points_to_another_goal_and_one_is_just_because(bo)
    a_phase_is_made_longer_and_a_wish_is_told(bo)
    one_try_is_used_and_one_thrown_away(bo)
    a_change_is_taken_back(bo)
    suggestions_choose_nothing(bo)
    the_plan_is_sent(bo)
    the_caseworker_reads_and_says_yes(mette)
    the_plan_on_paper(bo)
    a_calendar_address_is_made_and_revoked(bo, browser)
    what_happened_is_written_down(bo)

    for person in (mette, bo):
        person.leave()


def the_caseworker_opens_a_course(mette: Person) -> None:
    mette.follow("Åbn et forløb")
    mette.fill("Kaldenavn", "Bo")
    mette.fill("Fulde navn", "Bo Madsen")
    mette.fill("CPR-nummer", "610180-4001")
    mette.fill("Forventet beløb", "60.000")
    mette.fill("Første dag", "2026-05-11")
    mette.fill("Sidste dag", "2027-05-10")
    mette.press("Åbn forløbet")
    mette.sees("Forløbet er åbnet")


def the_citizen_says_what_is_there(bo: Person) -> None:
    bo.open("/me/goals/new")
    bo.fill("Hvad vil du gerne?", "Have min egen lejlighed.")
    bo.press("Gem")
    compose(bo)
    bo.follow("Skriv hvad der er")
    bo.fill("Det, jeg kan og gør i dag", "Jeg laver mad.")
    bo.fill("Dem, jeg har", "Karin fra opgangen.")
    bo.fill("Det, de kunne gøre", "Gå en tur hver uge.")
    bo.fill("Steder, jeg kommer", "Biblioteket.")
    bo.fill("Den hjælp, jeg kunne få", "En, der kender systemet.")
    bo.press("Gem")
    for words in ("Jeg laver mad.", "Karin fra opgangen.", "Gå en tur hver uge.", "Biblioteket."):
        bo.sees(words)


def compose(bo: Person, words: str = "") -> None:
    bo.open("/me/plan/compose" + (f"?words={words}" if words else ""))


def in_the_plan(bo: Person, name: str) -> None:
    expect(bo.page.locator("#min-plan").get_by_role("heading", name=name)).to_be_visible()


def seven_lines_over_four_rungs(bo: Person) -> None:
    for name in (CTI, ALCOHOL, PEER, BADMINTON, MINDFULNESS):
        compose(bo, name)
        bo.press(f"Læg i min plan {name}")
        in_the_plan(bo, name)
    compose(bo)
    bo.follow("Læg noget i, der ikke koster noget")
    bo.fill("Hvad er det?", WALK)
    bo.pick("Hvor kommer det fra?", "Mine nærmeste")
    bo.fill("Timer om ugen", "1,5")
    bo.press("Læg i min plan")
    in_the_plan(bo, WALK)
    bo.follow("Skriv selv noget")
    bo.fill("Hvad er det?", CUSHIONS)
    bo.fill("Hvad koster det?", "400")
    bo.press("Læg i min plan")
    rungs = bo.page.locator("#rungs li")
    for rung, name in ON_RUNGS:
        expect(rungs.filter(has_text=rung)).to_contain_text(name)
    for name in SEVEN:
        in_the_plan(bo, name)
    expect(bo.page.locator("#min-plan").get_by_text("Du skal ikke vente på svar").first).to_be_visible()
    expect(bo.page.locator("#min-plan").get_by_text("kan ikke ligge på de samme dage")).to_have_count(0)


def lane(bo: Person, name: str) -> Locator:
    return bo.page.locator(".lanes > li").filter(has=bo.page.get_by_role("heading", name=name))


def from_lane(bo: Person, name: str, link: str) -> None:
    lane(bo, name).get_by_role("link", name=re.compile(rf"^{link}\b")).first.click()
    bo.look()


def a_line_points_to_another_goal_and_one_is_just_because(bo: Person) -> None:
    bo.open("/me/goals/new")
    bo.fill("Hvad vil du gerne?", "Komme ud blandt andre.")
    bo.press("Gem")
    compose(bo)
    from_lane(bo, BADMINTON, "Ret")
    bo.choose("Komme ud blandt andre.")
    bo.press("Gem hvad det er godt for")
    expect(lane(bo, BADMINTON)).to_contain_text("Komme ud blandt andre.")
    from_lane(bo, CUSHIONS, "Ret")
    bo.page.get_by_label("Have min egen lejlighed.").uncheck(force=True)
    bo.choose("Bare fordi jeg har lyst")
    bo.press("Gem hvad det er godt for")
    expect(lane(bo, CUSHIONS)).to_contain_text("Bare fordi jeg har lyst")


def a_phase_is_made_longer_and_a_wish_is_told(bo: Person) -> None:
    compose(bo)
    from_lane(bo, CTI, "Tilpas")
    weeks = bo.page.locator("input[name=weeks_3]")
    weeks.fill("14")
    bo.press("Se, hvad det bliver")
    expect(weeks).to_have_value("14")
    bo.page.locator("input[name=weeks_4]").fill("18")
    bo.fill("Hvorfor vil du gerne det?", "Sidste gang gik det for hurtigt til sidst.")
    bo.press("Gem")
    compose(bo)
    from_lane(bo, CTI, "Tilpas")
    expect(weeks).to_have_value("14")
    bo.sees("Sidste gang gik det for hurtigt til sidst.")


def one_try_is_used_and_one_thrown_away(bo: Person) -> None:
    compose(bo)
    bo.follow("Hvad nu hvis?")
    a_new_try(bo, "Uden badminton")
    bo.page.locator("#card-fritid-badminton").get_by_role("button", name="Tag ud").click()
    bo.look()
    bo.follow("Se forskellen")
    expect(bo.page.locator(".compare-table")).to_contain_text("747,95 kr. mindre")
    bo.press("Brug prøven")
    compose(bo)
    expect(bo.page.locator("#min-plan").get_by_role("heading", name=BADMINTON)).to_have_count(0)
    bo.follow("Hvad nu hvis?")
    a_new_try(bo, "Uden mindfulness")
    bo.page.locator("#card-mbsr").get_by_role("button", name="Tag ud").click()
    bo.look()
    bo.follow("Se forskellen")
    bo.press("Smid den væk")
    compose(bo)
    in_the_plan(bo, MINDFULNESS)


def a_new_try(bo: Person, name: str) -> None:
    bo.fill("Hvad hedder prøven?", name)
    bo.press("Lav prøven")
    bo.sees(name)


def a_change_is_taken_back(bo: Person) -> None:
    compose(bo)
    bo.page.locator("#card-peer-individuel").get_by_role("button", name="Tag ud").click()
    expect(bo.page.locator("#min-plan").get_by_role("heading", name=PEER)).to_have_count(0)
    bo.press("Fortryd")
    bo.sees("Den sidste ændring er fortrudt.")
    in_the_plan(bo, PEER)


def suggestions_choose_nothing(bo: Person) -> None:
    before = lines_of(bo)
    bo.follow("Vis forslag")
    for goal in bo.page.locator("fieldset").filter(has=bo.page.locator("input[name^=about-]")).all():
        goal.get_by_label("være sammen med andre").check(force=True)
    bo.press("Vis forslag")
    bo.sees("Forslag 1")
    assert lines_of(bo) == before


def lines_of(bo: Person) -> list[str]:
    compose(bo)
    names: list[str] = bo.page.locator("#min-plan .lanes h4").all_inner_texts()
    return names


def the_plan_is_sent(bo: Person) -> None:
    compose(bo)
    bo.follow("Videre")
    bo.fill("Er der noget, du vil sige", "Jeg flytter ind den første juni.")
    bo.press("Send min plan til Mette")
    bo.sees("Din plan er sendt")


def the_caseworker_reads_and_says_yes(mette: Person) -> None:
    mette.open("/desk/")
    mette.follow("Bo")
    for words in ("Have min egen lejlighed.", "Jeg flytter ind den første juni.", WALK, CUSHIONS, CTI, ALCOHOL):
        mette.sees(words)
    review = mette.page.url
    mette.open("/desk/wishes")
    mette.follow("Bo")
    mette.sees("Sidste gang gik det for hurtigt til sidst.")
    mette.choose("Ja, det må gerne vælges")
    mette.fill("Hvorfor, i klart sprog", "Det giver ro til sidst.")
    mette.press("Send svaret")
    mette.open(review)
    mette.fill("Hvorfor, i klart sprog", "Planen passer til det, Bo gerne vil.")
    mette.press("Godkend planen")
    mette.sees("60.000 kr.")


def the_plan_on_paper(bo: Person) -> None:
    bo.open("/me/plan")
    bo.sees("Vi siger ja til din plan.")
    bo.follow("Til at printe")
    for words in (*SEVEN, "Have min egen lejlighed."):
        if words != BADMINTON:
            bo.sees(words)
    bo.sees_not(BADMINTON)
    paper = bo.page.request.get("/me/plan/paper.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.body())).pages)
    assert CTI in re.sub(r"\s+", " ", said)


def a_calendar_address_is_made_and_revoked(bo: Person, browser: Browser) -> None:
    bo.open("/me/plan/calendar")
    bo.press("Lav en privat adresse")
    address = bo.page.get_by_label("Adressen på din kalender").input_value()
    elsewhere = browser.new_context()
    read = elsewhere.request.get(address)
    assert read.text().startswith("BEGIN:VCALENDAR")
    assert "lkohol" not in read.text()
    bo.follow("Jeg har kopieret den")
    bo.press("Sluk den")
    bo.sees("Adressen er slukket.")
    assert elsewhere.request.get(address).status == HTTPStatus.NOT_FOUND
    elsewhere.close()


def what_happened_is_written_down(bo: Person) -> None:
    bo.open("/me/happened")
    changes = whole_list(bo)
    assert [change for change in CHANGES if change not in changes] == []


CHANGES = (
    "skrev et mål: »Have min egen lejlighed.«",
    "skrev, hvad der er nu, og hvad der er muligt",
    f"lagde »{ALCOHOL}« i planen",
    f"lagde »{WALK}« i planen",
    f"ønskede noget ved »{CTI}«",
    "lavede en prøve ved siden af planen",
    f"ændrede »{BADMINTON}« i en prøve",
    "brugte en prøve",
    "smed en prøve væk",
    "fortrød den sidste ændring af planen",
    "sendte planen",
    f"svarede på et ønske om »{CTI}«",
    "sagde ja til planen. Beløbet er 60.000 kr.",
    "lavede en privat kalenderadresse",
    "slukkede en privat kalenderadresse",
)
