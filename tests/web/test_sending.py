"""Looking it all through and sending it: what is missing, what changed meanwhile, and the receipt."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from markupsafe import escape

from planner import clock
from planner.domain.event import EventKind
from planner.domain.plan import PlanStatus
from planner.models.base import db
from planner.models.plan import PlanAct, PlanLine
from planner.models.record import Event
from planner.usecases import composing, goals, versions
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.pages import form, forms, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor
from tests.web.changing import edited, priced

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]

CHECK = "/me/plan/check"


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def plan_id(town: Town) -> int:
    found = factories.open_course(town, amount=30_000)
    factories.compose(found, factories.user(town.bo), "mbsr", "alkohol-faseforloeb", own=("Cykel",))
    return found


@pytest.fixture
def bo(town: Town, plan_id: int, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def status(plan_id: int) -> PlanStatus:
    db.session.remove()
    return versions.status(db.session(), plan_id)


def sendings() -> int:
    db.session.remove()
    wanted = db.select(db.func.count()).where(Event.kind == EventKind.PLAN_SUBMITTED)
    return db.session.scalar(wanted) or 0


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


def test_the_whole_plan_is_shown_before_it_is_sent(bo: Visitor) -> None:
    page = plain(bo.get(CHECK).text)

    for part in (
        "Spise med andre to gange om ugen",
        "Mindfulness-baseret stressreduktion, 8 uger 1.600 kr.",
        "11. maj – 12. juli",
        "Fra dit beløb 2.200 kr.",
        "Gratis ved lov koster kommunen 22.100 kr. 0 kr.",
        "Så er 27.800 kr. af dine 30.000 kr. frit.",
        "Send min plan til Mette",
    ):
        assert part in page


def test_the_sentences_one_says_yes_to_by_sending_stand_above_the_button(bo: Visitor) -> None:
    page = plain(bo.get(CHECK).text)

    assert (
        page.index("Når du sender, siger du, at det er sådan")
        < page.index("Jeg har tid til at øve mig hjemme seks dage om ugen.")
        < page.index("Send min plan til Mette")
    )


def test_sending_gives_a_receipt_with_number_moment_and_the_day_of_the_answer(bo: Visitor, plan_id: int) -> None:
    answer = press(bo, CHECK, "/submission", note="Jeg glæder mig")

    assert answer.status_code == 303
    assert answer.location == "/me/plan/sent"
    page = plain(bo.get(answer.location).text)
    assert f"Nummer {plan_id}-1. Sendt 11. maj kl. 12.00." in page
    assert "Du får svar senest mandag den 1. juni" in page
    assert "Du kan trække den tilbage, indtil vi svarer." in page
    assert "Det, der er gratis ved lov, skal ikke have et svar. Ring 12 34 56 78" in page
    assert "Jeg glæder mig" in page
    assert status(plan_id) is PlanStatus.SUBMITTED


def test_a_plan_that_lacks_something_lists_it_and_has_no_send_button(town: Town, client: Visitor) -> None:
    factories.open_course(town)

    page = sign_in(client, town.bo).get(CHECK)

    told = plain(page.text)
    assert "Mangler, før du kan sende" in told
    assert "Læg noget i din plan." in told
    assert "Skriv, hvad du gerne vil." in told
    assert "Send min plan til" not in told
    assert 'href="/me/goals"' in page.text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"needs": ("cti",)}, "virker kun sammen med »Critical Time Intervention (CTI)«"),
        ({"excludes": ("alkohol-faseforloeb",)}, "kan ikke ligge på de samme dage"),
        ({"tariffs": ()}, "har ingen pris på den første dag"),
        ({"disabled": True}, "findes ikke mere"),
    ],
)
def test_everything_in_the_way_is_named_and_refused_when_sent_all_the_same(
    bo: Visitor, app: Flask, plan_id: int, change: dict[str, object], says: str
) -> None:
    before = form(bo.get(CHECK), "/submission")

    with edited(app, "mbsr", **change):
        page = bo.get(CHECK)
        answer = bo.post(before.action, data=before.fields)

    assert says in plain(page.text)
    assert "Send min plan til" not in plain(page.text)
    assert answer.status_code == 422
    assert status(plan_id) is PlanStatus.DRAFT


def test_a_mix_that_is_too_dear_cannot_be_sent_and_says_by_how_much(bo: Visitor, plan_id: int, town: Town) -> None:
    composing.add_package(plan_id, "cti", catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())

    page = bo.get(CHECK)
    answer = press(bo, CHECK, "/submission")

    assert "Det koster 21.200 kr. mere, end der er sat af." in plain(page.text)
    assert answer.status_code == 422
    assert status(plan_id) is PlanStatus.DRAFT


def test_a_start_that_passed_is_a_task_with_new_days(bo: Visitor, plan_id: int) -> None:
    with clock.shifted(timedelta(days=3)):
        page = bo.get(CHECK)

    assert "Første dag for »Mindfulness-baseret stressreduktion, 8 uger« er gået." in plain(page.text)
    assert f'href="/me/plan/{plan_id}/lines/' in page.text


def test_a_price_that_changed_is_shown_beside_the_old_one_and_send_is_pressed_again(
    bo: Visitor, app: Flask, plan_id: int
) -> None:
    shown = form(bo.get(CHECK), "/submission")

    with priced(app, "mbsr", 1_850):
        refused = bo.post(shown.action, data={**shown.fields, "note": "Hej"})
        assert refused.status_code == 422
        assert status(plan_id) is PlanStatus.DRAFT
        table = plain(refused.text[refused.text.index("<table") : refused.text.index("</table>")])
        assert "1.600 kr. 1.850 kr." in table
        assert "Hej" in refused.text
        pressed_again = form(refused, "/submission")
        answer = bo.post(pressed_again.action, data=pressed_again.fields)

    assert answer.status_code == 303
    assert status(plan_id) is PlanStatus.SUBMITTED
    costs = {row.package_id: row.cost_oere.oere for row in db.session.scalars(db.select(PlanLine))}
    assert costs["mbsr"] == 185_000


def test_a_draft_changed_in_another_window_is_a_conflict_and_shows_it_as_it_is_now(
    bo: Visitor, plan_id: int, town: Town
) -> None:
    shown = form(bo.get(CHECK), "/submission")
    composing.add_package(plan_id, "peer-gruppe", catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())

    answer = bo.post(shown.action, data=shown.fields)

    assert answer.status_code == 409
    assert "Planen er ændret imens" in plain(answer.text)
    assert "Peer-gruppen Vejen til hverdagslivet" in answer.text
    assert status(plan_id) is PlanStatus.DRAFT
    again = form(answer, "/submission")
    assert bo.post(again.action, data=again.fields).status_code == 303


def test_the_same_send_twice_has_one_effect_and_says_when(bo: Visitor, plan_id: int) -> None:
    shown = form(bo.get(CHECK), "/submission")

    first, second = (bo.post(shown.action, data=shown.fields) for _ in range(2))

    assert first.location == second.location == "/me/plan/sent"
    assert "Det er allerede gjort kl. 12.00." in bo.get("/me/plan/sent").text
    assert sendings() == 1


def test_sending_from_two_windows_sends_once_and_says_that_no_more_is_needed(bo: Visitor, plan_id: int) -> None:
    one, other = (form(bo.get(CHECK), "/submission") for _ in range(2))
    bo.post(one.action, data=one.fields)

    answer = bo.post(other.action, data=other.fields)

    assert answer.status_code == 409
    assert "Planen blev sendt 11. maj kl. 12.00. Du behøver ikke gøre mere." in plain(answer.text)
    assert sendings() == 1


def test_a_sent_plan_leads_from_the_check_to_its_receipt(bo: Visitor) -> None:
    press(bo, CHECK, "/submission")

    assert bo.get(CHECK).location == "/me/plan/sent"


def test_there_is_no_receipt_before_anything_was_sent(bo: Visitor) -> None:
    assert bo.get("/me/plan/sent").location == "/me/plan"


def test_a_plan_is_taken_back_from_its_receipt(bo: Visitor, plan_id: int) -> None:
    press(bo, CHECK, "/submission")

    answer = press(bo, "/me/plan/sent", "/withdrawal")

    assert answer.location == "/me/plan"
    assert status(plan_id) is PlanStatus.WITHDRAWN
    assert "Du har trukket din plan tilbage. Intet er gået tabt." in bo.get("/me/plan").text


@pytest.mark.parametrize(
    "typed",
    [
        {"lock_version": "x"},
        {"lock_version": "-1"},
        {"lock_version": ""},
        {"seen": "1:2:3"},
        {"seen": "1:-5"},
        {"seen": "1:1e9"},
        {"seen": "[]"},
        {"note": "x" * 1001},
    ],
)
def test_what_the_page_never_wrote_is_refused(bo: Visitor, plan_id: int, typed: dict[str, str]) -> None:
    answer = press(bo, CHECK, "/submission", **typed)

    assert answer.status_code == 422
    assert status(plan_id) is PlanStatus.DRAFT


@pytest.mark.parametrize("name", ["award", "approved_by", "number", "digest", "by_id", "cost_oere"])
def test_a_field_the_form_does_not_have_is_refused(bo: Visitor, plan_id: int, name: str) -> None:
    assert press(bo, CHECK, "/submission", **{name: "1"}).status_code == 400
    assert status(plan_id) is PlanStatus.DRAFT


def test_prices_that_were_not_shown_cannot_be_agreed_to(bo: Visitor, plan_id: int) -> None:
    cheap = re.sub(r":(\d+)", ":1", form(bo.get(CHECK), "/submission").fields["seen"])

    assert press(bo, CHECK, "/submission", seen=cheap).status_code == 422
    assert press(bo, CHECK, "/submission", seen="").status_code == 422
    assert status(plan_id) is PlanStatus.DRAFT


def test_a_message_that_is_a_script_is_shown_as_text(bo: Visitor, plan_id: int) -> None:
    script = SCRIPTS[0]
    press(bo, CHECK, "/submission", note=script)

    html = bo.get("/me/plan/sent").text

    assert live_parts(html) == []
    assert shows(html, script)
    assert db.session.scalars(db.select(PlanAct.note)).one() == script


def test_goals_that_are_scripts_are_shown_as_text(bo: Visitor, town: Town) -> None:
    for script in SCRIPTS:
        goals.write(script, by=factories.user(town.bo), at=clock.now())

    html = bo.get(CHECK).text

    assert live_parts(html) == []
    assert [script for script in SCRIPTS if escape(script) not in html] == []


def test_the_page_can_be_printed_and_names_whom_to_call(bo: Visitor) -> None:
    press(bo, CHECK, "/submission")

    html = bo.get("/me/plan/sent").text

    assert "Du kan skrive siden ud eller gemme den." in html
    assert 'href="tel:12345678"' in html


def test_the_check_asks_the_database_the_same_few_times_whatever_the_plan_holds(
    bo: Visitor, town: Town, plan_id: int
) -> None:
    def cost() -> int:
        db.session.remove()
        with counted() as statements:
            assert bo.get(CHECK).status_code == 200
        return len(statements)

    before = cost()
    for package in [package for package in CATALOGUE.values() if package.choosable and package.id != "mbsr"][:8]:
        if package.id != "alkohol-faseforloeb":
            composing.add_package(plan_id, package.id, catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())

    assert cost() == before <= 20


def test_the_pages_are_complete_in_english(bo: Visitor) -> None:
    filled = next(found for found in forms(bo.get(CHECK)) if found.action.endswith("/language"))
    bo.post(filled.action, data={**filled.fields, "language": "en"})

    check = plain(bo.get(CHECK).text)
    press(bo, CHECK, "/submission")
    receipt = plain(bo.get("/me/plan/sent").text)

    assert "Send my plan to Mette" in check
    assert "You get an answer by Monday 1 June." in receipt
    danish = re.compile(r"\b(og|ikke|kroner|din|sendt|svar)\b")
    own_words = {"Spise med andre to gange om ugen"}
    assert not danish.search(check.replace(*own_words, ""))
    assert not danish.search(receipt)
