"""Reviewing a plan over HTTP: what is shown, what is decided, and what happens when it changed meanwhile."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from planner import clock
from planner.domain.money import Money
from planner.domain.people import RoleKind, TieKind
from planner.domain.period import Period
from planner.models.base import db
from planner.models.plan import Decision, Plan, PlanAct
from planner.models.record import Reading, ReadingOf
from planner.usecases import composing, courses, decisions, people, plans, purchases
from tests import factories
from tests.days import noon
from tests.factories import Town
from tests.pages import form, forms, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def mette(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.mette)


def send(town: Town, *packages: str, own: tuple[str, ...] = ("Nye gardiner",), **course: object) -> plans.Sent:
    plan_id = factories.open_course(town, **course)
    bo = factories.user(town.bo)
    factories.compose(plan_id, bo, *packages, own=own)
    return factories.submit(plan_id, bo)


def change(town: Town, sent: plans.Sent, *, own: tuple[str, ...] = ("Cykel",)) -> plans.Sent:
    """Let Bo take a plan back, put something in, and send it anew."""
    bo = factories.user(town.bo)
    plans.withdraw(sent.plan_id, sent.number, by=bo, at=clock.now())
    plans.revise(sent.plan_id, by=bo, at=clock.now())
    factories.compose(sent.plan_id, bo, own=own)
    return factories.submit(sent.plan_id, bo)


def text(answer: object) -> str:
    """Read a page as words, one space between them."""
    plain = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"[\s\xa0]+", " ", unescape(plain))


def address(sent: plans.Sent, *more: str) -> str:
    return "/".join((f"/desk/plans/{sent.plan_id}", *more))


def stored(table: type) -> list:
    db.session.remove()
    return list(db.session.scalars(db.select(table)))


def test_own_words_stand_first_and_what_was_written_along(town: Town, mette: Visitor) -> None:
    plan_id = factories.open_course(town)
    bo = factories.user(town.bo)
    factories.compose(plan_id, bo, own=("Cykel",))
    lock, seen = factories.seen_prices(plan_id)
    plans.submit(plan_id, lock, seen, note="Jeg glæder mig.", catalogue=factories.CATALOGUE, by=bo, at=clock.now())

    page = text(mette.get(f"/desk/plans/{plan_id}"))

    assert 0 < page.index("Spise med andre to gange om ugen") < page.index("Jeg glæder mig.") < page.index("Cykel")


def test_the_day_an_answer_is_due_is_told(town: Town, mette: Visitor) -> None:
    page = text(mette.get(address(send(town))))

    assert "Svar senest" in page
    assert "om 21 dage" in page


def test_costs_are_told_by_who_pays(town: Town, mette: Visitor) -> None:
    page = text(mette.get(address(send(town, "peer-individuel", "alkohol-faseforloeb", template="drawing"))))

    who_pays = page[page.index("Hvem betaler") : page.index("Regler")]
    assert "Borgerens beløb 600 kr." in who_pays
    assert "Kommunens støtte 4.600 kr." in who_pays
    assert "reel pris 22.100 kr." in who_pays


def test_every_law_is_named_with_its_paragraph(town: Town, mette: Visitor) -> None:
    page = text(mette.get(address(send(town, "alkohol-faseforloeb", own=()))))

    assert "Sundhedsloven § 141" in page
    assert "Kan ikke bringes for Ankestyrelsen" in page


def test_what_is_left_is_the_amount_less_what_the_plan_takes(town: Town, mette: Visitor) -> None:
    page = text(mette.get(address(send(town))))

    assert re.search(r"Frit bagefter 29\.400 kr\. .*Brugt 0 kr\. .*Sat til side 600 kr\. .*Beløb 30\.000 kr\.", page)


def test_a_change_shows_what_is_new_changed_and_out_with_its_sign(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town, own=("Nye gardiner", "Fitness"))
    bo, now = factories.user(town.bo), clock.now()
    plans.revise(plan.plan_id, by=bo, at=now)
    composing.remove_line(plan.plan_id, plan.items["Fitness"], by=bo, at=now)
    days = Period(clock.today(), clock.today() + timedelta(9))
    curtains = composing.OwnLine(
        title="Nye gardiner",
        amount=Money.kroner(900),
        monthly=False,
        category=factories.Category.HOME,
        period=days,
    )
    composing.change_own_line(plan.plan_id, plan.items["Nye gardiner"], curtains, by=bo, at=now)
    factories.compose(plan.plan_id, bo, own=("Cykel",))
    sent = factories.submit(plan.plan_id, bo)

    page = text(mette.get(address(sent)))

    shown = page[page.index("Ændret siden plan 1") : page.index("Hvem betaler")]
    assert re.search(r"ny Cykel .*?\+ 600 kr\.", shown)
    assert re.search(r"ændret Nye gardiner .*?Før: .*?600 kr\. .*?\+ 300 kr\.", shown)
    assert re.search(r"ud Fitness .*?− 600 kr\.", shown)
    assert "Plan 2 koster 1.500 kr. Før kostede den 1.200 kr. + 300 kr." in shown


def test_what_is_unchanged_is_folded_into_one_line(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    bo = factories.user(town.bo)
    plans.revise(plan.plan_id, by=bo, at=clock.now())
    factories.compose(plan.plan_id, bo, own=("Cykel",))

    page = text(mette.get(address(factories.submit(plan.plan_id, bo))))

    assert "Uændret: Nye gardiner, 600 kr." in page


def ticks(answer: object) -> dict[str, bool]:
    """Read the rules: sentence to whether it holds."""
    found = re.findall(r'<li>\s*<svg[^>]*aria-label="(I orden|Bemærk)".*?<p>(.*?)</p>', answer.text, re.DOTALL)
    return {
        re.sub(r"<[^>]+>|\s+", " ", unescape(said)).replace("\xa0", " ").strip(): mark == "I orden"
        for mark, said in found
    }


def holds(answer: object, part: str) -> bool:
    return next(ok for sentence, ok in ticks(answer).items() if part in sentence)


def test_a_sound_plan_has_a_tick_for_every_rule(town: Town, mette: Visitor) -> None:
    found = ticks(mette.get(address(send(town))))

    assert len(found) >= 6
    assert all(found.values())


def test_a_limit_below_the_amount_is_noticed_with_those_who_can_decide(town: Town, client: Visitor) -> None:
    page = sign_in(client, town.sanne).get(address(send(town)))

    (said,) = [sentence for sentence, ok in ticks(page).items() if not ok]
    assert said == "30.000 kr. er over din grænse på 5.000 kr. Karen Lund, Mette Kjær kan svare."


@pytest.mark.parametrize("kind", [TieKind.RELATIVE, TieKind.GUARDIAN])
def test_being_close_to_the_citizen_is_noticed(kind: TieKind, town: Town, mette: Visitor) -> None:
    sent = send(town)
    people.make_tie(town.bo, town.mette, kind, by=None, at=clock.now())

    assert not holds(mette.get(address(sent)), "tæt på")


def test_a_passed_start_is_noticed_with_new_days_and_a_question_ready_to_send(town: Town, client: Visitor) -> None:
    sent = send(town)

    with clock.at(noon(clock.today() + timedelta(1))):
        page = sign_in(client, town.mette).get(address(sent))

        assert not holds(page, "skulle være begyndt")
        asked = form(page, "/question").fields["ask-message"]
        assert "Den første dag for »Nye gardiner« er gået" in asked


def test_the_question_is_written_in_the_citizens_language(town: Town, client: Visitor) -> None:
    sent = send(town)
    people.choose_language("en", by=factories.user(town.bo), at=clock.now())

    with clock.at(noon(clock.today() + timedelta(1))):
        page = sign_in(client, town.mette).get(address(sent))

        assert "The first day of “Nye gardiner” has passed" in form(page, "/question").fields["ask-message"]


def test_full_weeks_are_noticed_and_left_to_the_citizen(town: Town, mette: Visitor) -> None:
    sent = send(town, "cti", amount=60_000, days=400)
    with_limit = db.session.get_one(Plan, sent.plan_id)
    with_limit.weekly_minutes = 30
    db.session.commit()

    page = mette.get(address(sent))

    assert not holds(page, "selv valgt")
    assert form(page, "/approval")


def test_a_yes_makes_the_budget_and_leads_to_the_next_in_the_list(town: Town, mette: Visitor) -> None:
    sent = send(town)
    lis = factories.open_course(town, citizen=town.lis)
    factories.compose(lis, factories.user(town.lis), own=("Kajak",))
    factories.submit(lis, factories.user(town.lis))

    answer = press(mette, address(sent), "/approval")

    assert (answer.status_code, answer.location) == (303, address(sent, "approved"))
    page = text(mette.get(answer.location))
    assert "Bo kan bruge op til 30.000 kr." in page
    assert "Lis Krogh, svar senest" in page
    assert [decision.award_oere for decision in stored(Decision)] == [Money.kroner(30_000)]


def test_the_amount_that_was_decided_before_is_offered_again(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    bo = factories.user(town.bo)
    plans.revise(plan.plan_id, by=bo, at=clock.now())
    sent = factories.submit(plan.plan_id, bo)
    first = form(mette.get(address(sent)), "/approval").fields["amount"]
    press(mette, address(sent), "/approval", amount="25.000", reasons="Du bad selv om mindre.")
    plans.revise(plan.plan_id, by=bo, at=clock.now())

    again = form(mette.get(address(factories.submit(plan.plan_id, bo))), "/approval").fields["amount"]

    assert (first, again) == ("30.000", "25.000")


def test_an_amount_that_the_page_fills_in_can_be_sent_back_in_either_language(town: Town, client: Visitor) -> None:
    sent = send(town, amount=31_250)
    people.choose_language("en", by=factories.user(town.mette), at=clock.now())
    mette = sign_in(client, town.mette)

    answer = press(mette, address(sent), "/approval")

    assert answer.status_code == 303
    assert stored(Decision)[0].award_oere == Money.kroner(31_250)


def test_pressing_twice_decides_once(town: Town, mette: Visitor) -> None:
    sent = send(town)
    found = form(mette.get(address(sent)), "/approval")

    answers = [mette.post(found.action, data=found.fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(stored(Decision)) == 1
    assert "Det er allerede gjort" in text(mette.get(answers[1].location)) or "allerede" in text(mette.get("/desk/"))


def test_less_than_expected_needs_reasons_and_what_was_typed_stays(town: Town, mette: Visitor) -> None:
    answer = press(mette, address(send(town)), "/approval", amount="29.999")

    assert answer.status_code == 422
    assert "Skriv" in text(answer)
    assert form(answer, "/approval").fields["amount"] == "29.999"
    assert stored(Decision) == []


@pytest.mark.parametrize("amount", ["1,234.50", "1e3", "NaN", "-5", "0", "12,345", "３０００", "1" + "0" * 15, ""])
def test_an_amount_that_cannot_be_read_decides_nothing(amount: str, town: Town, mette: Visitor) -> None:
    answer = press(mette, address(send(town)), "/approval", amount=amount, reasons="Fordi.")

    assert answer.status_code == 422
    assert form(answer, "/approval").fields["reasons"] == "Fordi."
    assert stored(Decision) == []


def test_above_the_limit_is_refused_in_words_and_the_plan_waits_for_others(town: Town, app: Flask) -> None:
    sent = send(town)
    sanne, karen = (sign_in(app.test_client(), who) for who in (town.sanne, town.karen))

    refused = press(sanne, address(sent), "/approval")

    assert refused.status_code == 422
    assert "over din grænse på 5.000 kr." in text(refused)
    assert press(karen, address(sent), "/approval").status_code == 303


def test_a_plan_that_changed_meanwhile_answers_409_with_what_changed(town: Town, mette: Visitor) -> None:
    sent = send(town)
    read = form(mette.get(address(sent)), "/approval")
    change(town, sent)

    answer = mette.post(read.action, data={**read.fields, "reasons": "Det er en god plan."})

    assert answer.status_code == 409
    page = text(answer)
    assert "Ændret, siden du læste plan 1" in page
    assert re.search(r"ny Cykel .*?\+ 600 kr\.", page)
    assert form(answer, "/approval").fields["reasons"] == "Det er en god plan."
    assert stored(Decision) == []


def test_after_reading_what_changed_the_newer_plan_can_be_approved(town: Town, mette: Visitor) -> None:
    sent = send(town)
    read = form(mette.get(address(sent)), "/approval")
    change(town, sent)
    again = form(mette.post(read.action, data=read.fields), "/approval")

    answer = mette.post(again.action, data=again.fields)

    assert answer.status_code == 303
    assert [decision.number for decision in stored(Decision)] == [2]


def test_a_plan_taken_back_meanwhile_answers_409_and_keeps_what_was_written(town: Town, mette: Visitor) -> None:
    sent = send(town)
    read = form(mette.get(address(sent)), "/approval")
    plans.withdraw(sent.plan_id, sent.number, by=factories.user(town.bo), at=clock.now())

    answer = mette.post(read.action, data={**read.fields, "reasons": "Mange gode ord."})

    assert answer.status_code == 409
    assert "Mange gode ord." in text(answer)
    assert [found for found in forms(answer) if found.action.endswith("/approval")] == []


def test_a_plan_decided_by_somebody_quicker_answers_409(town: Town, app: Flask) -> None:
    sent = send(town)
    mette, karen = (sign_in(app.test_client(), who) for who in (town.mette, town.karen))
    read = form(mette.get(address(sent)), "/approval")
    press(karen, address(sent), "/approval")

    assert mette.post(read.action, data=read.fields).status_code == 409
    assert [decision.by_id for decision in stored(Decision)] == [town.karen]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("digest", "0" * 64),
        ("digest", "x"),
        ("digest", ""),
        ("number", "0"),
        ("number", "99999999999999999999"),
        ("number", "x"),
        ("key", "x"),
    ],
)
def test_a_hidden_field_that_was_tampered_with_decides_nothing(
    field: str, value: str, town: Town, mette: Visitor
) -> None:
    answer = press(mette, address(send(town)), "/approval", **{field: value})

    assert answer.status_code in {409, 422}
    assert stored(Decision) == []


def test_an_unknown_field_is_refused(town: Town, mette: Visitor) -> None:
    answer = press(mette, address(send(town)), "/approval", by_id="3")

    assert answer.status_code == 400
    assert stored(Decision) == []


def test_a_question_sends_the_plan_back(town: Town, mette: Visitor) -> None:
    sent = send(town)

    answer = press(mette, address(sent), "/question", **{"ask-message": "Kan det vente til juni?"})

    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert "Det er ikke et nej" in text(mette.get("/desk/"))
    assert [act.note for act in stored(PlanAct)][-1] == "Kan det vente til juni?"


def test_a_question_without_words_is_not_sent(town: Town, mette: Visitor) -> None:
    assert press(mette, address(send(town)), "/question", **{"ask-message": "  "}).status_code == 422


def test_after_svar_paa_den_som_den_er_no_question_is_offered(town: Town, mette: Visitor) -> None:
    sent = send(town)
    decisions.send_back(sent.plan_id, sent.number, "Hm?", by=factories.user(town.mette), at=clock.now())
    plans.insist(sent.plan_id, sent.number, "Svar bare.", by=factories.user(town.bo), at=clock.now())

    page = mette.get(address(sent))

    assert [found for found in forms(page) if found.action.endswith("/question")] == []
    assert form(page, "/approval")
    assert "Svar bare." in text(page)


def test_a_draft_is_the_citizens_alone(town: Town, mette: Visitor) -> None:
    plan_id = factories.open_course(town)
    factories.compose(plan_id, factories.user(town.bo), own=("Hemmelig ting",))

    page = text(mette.get(f"/desk/plans/{plan_id}"))

    assert "Hemmelig ting" not in page
    assert "Spise med andre" not in page
    assert "Bo er ved at sætte planen sammen" in page


def test_what_was_taken_back_is_shown_no_more(town: Town, mette: Visitor) -> None:
    sent = send(town, own=("Hemmelig ting",))
    plans.withdraw(sent.plan_id, sent.number, by=factories.user(town.bo), at=clock.now())

    assert "Hemmelig ting" not in text(mette.get(address(sent)))


def test_a_change_in_the_making_shows_what_is_in_force(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    bo = factories.user(town.bo)
    plans.revise(plan.plan_id, by=bo, at=clock.now())
    factories.compose(plan.plan_id, bo, own=("Hemmelig ting",))

    page = text(mette.get(f"/desk/plans/{plan.plan_id}"))

    assert "Nye gardiner" in page
    assert "Hemmelig ting" not in page


@pytest.mark.parametrize("ended", [False, True])
def test_a_plan_in_force_shows_the_money_as_it_is(ended: bool, town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    factories.buy(plan.envelope(), 400, factories.user(town.bo))
    if ended:
        courses.end_course(plan.plan_id, by=factories.user(town.mette), at=clock.now())

    page = text(mette.get(f"/desk/plans/{plan.plan_id}"))

    left = r"Frit 29\.000 kr\. .*Brugt 400 kr\. .*Sat til side 600 kr\. .*Beløb 30\.000 kr\."
    gone = r"Frit 0 kr\. .*Brugt 400 kr\. .*Sat til side 0 kr\. .*Beløb 400 kr\."
    assert re.search(gone if ended else left, page)


@pytest.mark.parametrize("stranger", ["finn"])
def test_a_plan_of_another_unit_looks_like_one_that_is_not_there(stranger: str, town: Town, client: Visitor) -> None:
    visitor = sign_in(client, getattr(town, stranger))
    sent = send(town)

    for path in ("", "/approved", "/end", "/deliveries"):
        real, unknown = (visitor.get(f"/desk/plans/{plan}{path}") for plan in (sent.plan_id, 999_999))
        assert real.status_code == unknown.status_code == 404
        assert text(real) == text(unknown)


@pytest.mark.parametrize("kind", ["citizen", "support person"])
def test_nobody_decides_about_themselves_over_http(kind: str, town: Town, client: Visitor) -> None:
    now = clock.now()
    role = people.NewRole(
        kind=RoleKind.CASEWORKER, unit_id=town.north, limit=Money.kroner(99_999), first_day=clock.today()
    )
    who = town.bo if kind == "citizen" else town.ali
    people.give_role(who, role, by=None, at=now)
    sent = send(town)
    visitor = sign_in(client, who)

    answer = press(visitor, address(sent), "/approval")

    assert answer.status_code == 422
    assert "Du kan ikke" in text(answer)
    assert stored(Decision) == []


def test_reading_a_plan_is_written_down_and_the_reader_is_told(town: Town, mette: Visitor) -> None:
    sent = send(town)

    page = mette.get(address(sent))

    assert "Bo kan se" in text(page)
    (look,) = stored(Reading)
    assert (look.role, look.page, look.purpose) == ("caseworker", "caseworker.review", "decide_plan")
    assert [of.citizen_id for of in stored(ReadingOf)] == [town.bo]


def test_what_is_shown_when_a_yes_is_refused_is_written_down_as_well(town: Town, mette: Visitor) -> None:
    sent = send(town)
    mette.get(address(sent))

    press(mette, address(sent), "/approval", amount="x")

    assert len(stored(Reading)) == 3


def test_the_page_costs_at_most_twenty_statements_whatever_the_history(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town, "peer-individuel", "trivselskort", "alkohol-faseforloeb")
    bo = factories.user(town.bo)
    plans.revise(plan.plan_id, by=bo, at=clock.now())
    factories.compose(plan.plan_id, bo, own=("Cykel",))
    sent = factories.submit(plan.plan_id, bo)
    sanne = sign_in(mette, town.sanne)
    sanne.get(address(sent))

    with counted() as few:
        assert sanne.get(address(sent)).status_code == 200
    for _ in range(40):
        bought = factories.buy(plan.envelope(), 10, bo)
        purchases.take_back(bought.purchase_id, by=bo, at=clock.now())
    with counted() as many:
        sanne.get(address(sent))

    assert len(few) == len(many)
    assert len(many) <= 20, "\n".join(many)


@pytest.mark.parametrize("script", SCRIPTS[::6])
def test_what_people_write_is_shown_as_text(script: str, town: Town, mette: Visitor) -> None:
    plan_id = factories.open_course(town)
    bo = factories.user(town.bo)
    factories.compose(plan_id, bo, own=(script[:100],))
    lock, seen = factories.seen_prices(plan_id)
    plans.submit(plan_id, lock, seen, note=script, catalogue=factories.CATALOGUE, by=bo, at=clock.now())

    page = mette.get(f"/desk/plans/{plan_id}").text

    assert shows(page, script)
    assert live_parts(page) == []
