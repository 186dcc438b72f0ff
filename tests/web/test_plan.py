"""My plan: where it stands, the adviser's question with its three ways on, and the answer with its law."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.money import Money
from planner.domain.plan import PlanStatus
from planner.models.base import db
from planner.models.plan import PlanAct
from planner.models.rule import LegalBasisRow
from planner.usecases import composing, courses, decisions, plans, versions
from planner.usecases.transaction import transaction
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.pages import form, forms, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]

PLAN = "/me/plan"


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


def status(plan_id: int) -> PlanStatus:
    db.session.remove()
    return versions.status(db.session(), plan_id)


def sent(town: Town) -> int:
    plan_id, user = factories.open_course(town), factories.user(town.bo)
    factories.compose(plan_id, user, "mbsr", own=("Cykel",))
    factories.submit(plan_id, user)
    return plan_id


def asked(town: Town, question: str = "Vil du vente til juni?") -> int:
    plan_id = sent(town)
    decisions.send_back(plan_id, 1, question, by=factories.user(town.mette), at=clock.now())
    return plan_id


def approved(town: Town, kroner: int = 30_000, reasons: str = "") -> int:
    plan_id = sent(town)
    award = decisions.Award(Money.kroner(kroner), reasons)
    digest = factories.digest_of(plan_id, 1)
    decisions.approve(plan_id, 1, digest, award, by=factories.user(town.mette), at=clock.now())
    return plan_id


def test_a_draft_leads_on_to_composing(bo: Visitor, town: Town) -> None:
    factories.open_course(town)

    page = bo.get(PLAN)

    assert "Du er ved at sætte din plan sammen" in page.text
    assert "Du kan regne med 30.000 kr. Det er ikke afgjort endnu." in plain(page.text)
    assert 'href="/me/plan/compose"' in page.text


def test_a_sent_plan_says_who_reads_it_and_when_the_answer_comes(bo: Visitor, town: Town) -> None:
    sent(town)

    page = plain(bo.get(PLAN).text)

    assert "Mette læser den og svarer" in page
    assert "Sendt 11. maj kl. 12.00. Du får svar senest mandag den 1. juni." in page


def test_a_sent_plan_can_be_taken_back_and_gone_on_with(bo: Visitor, town: Town) -> None:
    plan_id = sent(town)

    assert press(bo, PLAN, "/withdrawal").location == PLAN
    assert status(plan_id) is PlanStatus.WITHDRAWN
    assert press(bo, PLAN, "/change").location == "/me/plan/compose"

    assert status(plan_id) is PlanStatus.DRAFT
    assert "Cykel" in bo.get("/me/plan/compose").text


def test_the_question_of_the_adviser_is_shown_and_is_not_a_no(bo: Visitor, town: Town) -> None:
    asked(town)

    page = plain(bo.get(PLAN).text)

    assert "Mette har et spørgsmål til din plan. Det er ikke et nej." in page
    assert "Vil du vente til juni?" in page


@pytest.mark.parametrize(
    ("way", "to", "where"),
    [
        ("/change", PlanStatus.DRAFT, "/me/plan/compose"),
        ("/answer", PlanStatus.INSISTED, PLAN),
        ("/withdrawal", PlanStatus.WITHDRAWN, PLAN),
    ],
)
def test_a_question_has_three_ways_on(bo: Visitor, town: Town, way: str, to: PlanStatus, where: str) -> None:
    plan_id = asked(town)

    assert press(bo, PLAN, way).location == where
    assert status(plan_id) is to


def test_words_can_go_with_answer_it_as_it_is(bo: Visitor, town: Town) -> None:
    asked(town)

    press(bo, PLAN, "/answer", note="Jeg vil gerne begynde nu")

    assert db.session.scalars(db.select(PlanAct.note).order_by(PlanAct.id.desc())).first() == "Jeg vil gerne begynde nu"
    assert "Din plan er sendt, som den er" in bo.get(PLAN).text


def test_too_many_words_are_refused_and_stay(bo: Visitor, town: Town) -> None:
    plan_id = asked(town)

    answer = press(bo, PLAN, "/answer", note="x" * 1001)

    assert answer.status_code == 422
    assert "x" * 1001 in answer.text
    assert status(plan_id) is PlanStatus.RETURNED


@pytest.mark.parametrize("way", ["/change", "/answer", "/withdrawal"])
def test_the_same_answer_twice_has_one_effect(bo: Visitor, town: Town, way: str) -> None:
    asked(town)
    filled = form(bo.get(PLAN), way)

    first, second = (bo.post(filled.action, data=filled.fields) for _ in range(2))

    assert first.location == second.location
    db.session.remove()
    assert len(db.session.scalars(db.select(PlanAct)).all()) == 3


def test_taking_back_what_was_decided_meanwhile_is_a_conflict_that_shows_the_answer(bo: Visitor, town: Town) -> None:
    plan_id = sent(town)
    filled = form(bo.get(PLAN), "/withdrawal")
    award = decisions.Award(Money.kroner(30_000))
    digest = factories.digest_of(plan_id, 1)
    decisions.approve(plan_id, 1, digest, award, by=factories.user(town.mette), at=clock.now())

    answer = bo.post(filled.action, data=filled.fields)

    assert answer.status_code == 409
    assert "Vi siger ja til din plan." in answer.text
    assert status(plan_id) is PlanStatus.APPROVED


def test_another_version_than_was_read_is_not_taken_back(bo: Visitor, town: Town) -> None:
    plan_id, user = sent(town), factories.user(town.bo)
    filled = form(bo.get(PLAN), "/withdrawal")
    plans.withdraw(plan_id, 1, by=user, at=clock.now())
    plans.revise(plan_id, by=user, at=clock.now())
    factories.submit(plan_id, user)

    assert bo.post(filled.action, data=filled.fields).status_code == 409
    assert status(plan_id) is PlanStatus.SUBMITTED


def test_a_yes_names_the_amount_the_days_and_where_a_complaint_goes(bo: Visitor, town: Town) -> None:
    approved(town)

    page = plain(bo.get(PLAN).text)

    assert "Vi siger ja til din plan. Du kan bruge op til 30.000 kr. fra 11. maj til 6. november." in page
    assert "Du kan ikke klage til Ankestyrelsen over dette svar." in page
    assert "Lokal ordning, grundlaget vælges af kommunen" in page
    assert "skal bekræftes" in page


def test_less_than_expected_comes_with_its_reasons(bo: Visitor, town: Town) -> None:
    approved(town, 5_000, "Cyklen kan lånes i klubben.")

    page = plain(bo.get(PLAN).text)

    assert "Det er mindre, end du kunne regne med. Derfor:" in page
    assert "Cyklen kan lånes i klubben." in page


def test_where_the_law_gives_a_right_to_complain_it_is_told_how(bo: Visitor, town: Town) -> None:
    approved(town)
    with transaction() as session:
        for basis in session.scalars(db.select(LegalBasisRow)):
            basis.complaint, basis.verify, basis.paragraph = "ankestyrelsen", False, "85"

    page = plain(bo.get(PLAN).text)

    assert "Så kan du klage. Du har 4 uger. Skriv, eller ring på 12 34 56 78." in page
    assert "Du kan ikke klage" not in page
    assert "§ 85" in page
    assert "skal bekræftes" not in page


def test_what_is_in_force_is_solid_until_today_and_hatched_after(bo: Visitor, town: Town) -> None:
    approved(town)

    with clock.shifted(timedelta(days=18)):
        html = bo.get(PLAN).text

    passed = re.findall(r'<rect class="mark-used" x="0\.00%" y="0" width="([\d.]+)%"', html)
    hatched = re.findall(r'<rect class="mark-aside"[^>]+x="0\.00%" y="0\.5" width="([\d.]+)%"', html)
    assert passed[0] == "10.00"
    assert hatched[:2] == ["35.00", "17.22"]


def test_a_change_of_a_plan_in_force_shows_both_and_what_differs(bo: Visitor, town: Town) -> None:
    plan_id = approved(town)
    assert press(bo, PLAN, "/change").location == "/me/plan/compose"
    composing.add_package(plan_id, "peer-gruppe", catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())

    page = plain(bo.get(PLAN).text)

    draft, force = page.index("Din kladde"), page.index("Det, der gælder nu")
    assert draft < page.index("Peer-gruppen Vejen til hverdagslivet") < force
    assert " ny " in page[draft:force]
    assert "Peer-gruppen" not in page[force:]


def test_a_change_says_what_was_moved_and_by_how_much_the_cost_differs(bo: Visitor, town: Town) -> None:
    plan_id = approved(town)
    press(bo, PLAN, "/change")
    user = factories.user(town.bo)
    composing.add_package(plan_id, "trivselskort", catalogue=CATALOGUE, by=user, at=clock.now())
    mbsr = next(
        line.item_id
        for line in versions.lines(db.session(), db.session.get_one(versions.Plan, plan_id))
        if line.package_id == "mbsr"
    )
    composing.move(plan_id, mbsr, 1, catalogue=CATALOGUE, by=user, at=clock.now())

    page = plain(bo.get("/me/plan/compose").text)

    assert "Det er 3.000 kr. mere end den plan, du har i dag." in page
    assert " flyttet 18. maj – 19. juli" in page


def test_an_ended_plan_offers_no_change(bo: Visitor, town: Town) -> None:
    plan_id = approved(town)
    courses.end_course(plan_id, by=factories.user(town.mette), at=clock.now())

    page = bo.get(PLAN)

    assert "Planen er slut" in page.text
    assert [found.action for found in forms(page) if found.action.startswith(PLAN)] == []


def test_earlier_plans_are_listed_and_can_be_read(bo: Visitor, town: Town) -> None:
    with clock.shifted(timedelta(days=-400)):
        earlier = approved(town)
    factories.open_course(town)

    assert f'href="/me/plan/{earlier}"' in bo.get(PLAN).text
    assert "Cykel" in bo.get(f"/me/plan/{earlier}").text


def test_help_by_law_waits_for_no_answer_on_any_page(bo: Visitor, town: Town) -> None:
    plan_id, user = factories.open_course(town), factories.user(town.bo)
    factories.compose(plan_id, user, "alkohol-faseforloeb")
    factories.submit(plan_id, user)

    page = plain(bo.get(PLAN).text)

    assert "Du skal ikke vente på svar. Ring 12 34 56 78. Det begynder inden 14 dage" in page


def test_what_is_not_possible_now_is_refused_with_the_status(bo: Visitor, town: Town) -> None:
    plan_id = factories.open_course(town)
    filled = form(bo.get("/me/plan/compose"), "/packages/mbsr").fields

    for way in ("change", "answer"):
        answer = bo.post(f"/me/plan/{plan_id}/{way}", data={**filled, **({} if way == "change" else {"number": "1"})})
        assert answer.status_code == 409
        assert "Det kan ikke lade sig gøre nu. Planen er:" in plain(answer.text)
    assert status(plan_id) is PlanStatus.DRAFT


@pytest.mark.parametrize("number", ["", "x", "-1", "9999999"])
def test_a_number_the_page_never_wrote_is_refused(bo: Visitor, town: Town, number: str) -> None:
    plan_id = sent(town)

    assert press(bo, PLAN, "/withdrawal", number=number).status_code == 422
    assert status(plan_id) is PlanStatus.SUBMITTED


@pytest.mark.parametrize("name", ["award", "approved_by", "decision", "by_id", "status"])
def test_a_field_the_form_does_not_have_is_refused(bo: Visitor, town: Town, name: str) -> None:
    plan_id = asked(town)

    for way in ("/change", "/answer", "/withdrawal"):
        assert press(bo, PLAN, way, **{name: "1"}).status_code == 400
    assert status(plan_id) is PlanStatus.RETURNED


@pytest.mark.parametrize("script", SCRIPTS[::12])
def test_a_question_and_reasons_that_are_scripts_are_shown_as_text(bo: Visitor, town: Town, script: str) -> None:
    plan_id = asked(town, script)
    question = bo.get(PLAN).text
    user = factories.user(town.bo)
    plans.insist(plan_id, 1, by=user, at=clock.now())
    award = decisions.Award(Money.kroner(10_000), script)
    digest = factories.digest_of(plan_id, 1)
    decisions.approve(plan_id, 1, digest, award, by=factories.user(town.mette), at=clock.now())
    reasons = bo.get(PLAN).text

    for html in (question, reasons):
        assert live_parts(html) == []
        assert shows(html, script)


def test_the_citizen_s_own_looking_writes_no_reading(bo: Visitor, town: Town) -> None:
    from planner.models.record import Reading

    sent(town)
    for page in (PLAN, "/me/plan/sent", "/me/plan/compose", "/me/plan/check"):
        bo.get(page)

    assert db.session.scalars(db.select(Reading)).all() == []


@pytest.mark.parametrize("who", ["mette", "karen", "jens", "asta", "finn"])
def test_nobody_else_has_these_pages(town: Town, client: Visitor, who: str) -> None:
    plan_id = sent(town)
    visitor = sign_in(client, getattr(town, who))

    for page in (PLAN, "/me/plan/check", "/me/plan/sent", f"/me/plan/{plan_id}"):
        assert visitor.get(page).status_code == 403


def test_the_page_costs_the_same_few_statements_after_a_long_history(bo: Visitor, town: Town) -> None:
    plan_id, user = approved(town), factories.user(town.bo)
    plans.revise(plan_id, by=user, at=clock.now())

    def cost() -> int:
        db.session.remove()
        with counted() as statements:
            assert bo.get(PLAN).status_code == 200
        return len(statements)

    before = cost()
    for number in range(2, 8):
        factories.submit(plan_id, user)
        plans.withdraw(plan_id, number, by=user, at=clock.now())
        plans.revise(plan_id, by=user, at=clock.now())

    assert cost() == before <= 20
