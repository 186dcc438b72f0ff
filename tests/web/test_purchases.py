"""Using money: what can be bought from, dearer than set aside, the last one, money back, mistakes, bad input."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from planner import clock
from planner.domain.ledger import Balance
from planner.domain.money import Money
from planner.models.base import db
from planner.models.plan import Goal
from planner.models.purchase import Purchase
from planner.queries import money
from planner.usecases import courses, goals
from tests import factories
from tests.days import MONDAY, on
from tests.factories import Running, Town
from tests.pages import form, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]

NEW = "/me/purchases/new"
CURTAINS = "Nye gardiner"


@pytest.fixture
def town(in_app: "Flask", now: object) -> Town:
    return factories.make_town()


@pytest.fixture
def running(town: Town) -> Running:
    return factories.run_plan(town, "peer-individuel", "fritid-badminton", own=(CURTAINS, "Gryde"))


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def page(visitor: Visitor, address: str = NEW) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.replace("\u00a0", " ")))


def bought() -> list[Purchase]:
    db.session.remove()
    return list(db.session.scalars(db.select(Purchase).order_by(Purchase.id)))


def whole(town: Town) -> Balance:
    db.session.remove()
    found = money.of_citizen(town.bo)[0].own
    assert found is not None
    return found.balance


def buy(visitor: Visitor, running: Running, amount: str, name: str = "", **typed: str):
    return press(visitor, NEW, NEW, pot=str(running.envelope(name)), amount=amount, **typed)


def test_one_can_buy_from_what_one_chose_and_from_free_money_and_sees_what_is_left(
    bo: Visitor, town: Town, running: Running
) -> None:
    factories.buy(running.envelope(CURTAINS), "100.05", factories.user(town.bo))
    free = _kr(whole(town).available)

    choices = words(page(bo).partition('class="form-group choices')[2].partition("</fieldset>")[0])

    assert "Nye gardiner 499,95 kr. er sat til side" in choices
    assert "Medlemskab i badmintonklub" in choices
    assert f"Det, du selv vælger {free} er frit" in choices
    assert "peer" not in choices


def test_a_purchase_is_written_down_as_it_was_said(bo: Visitor, town: Town, running: Running) -> None:
    goal = goals.write("Bo pænt", by=factories.user(town.bo), at=clock.now())
    said = {"words": " Gardiner fra genbrug ", "category": "home", "paid_with": "cash", "bought_by": "together"}

    answer = buy(bo, running, "1.149,95", goal=str(goal), occurred_on="2026-05-11", **said)

    assert answer.status_code == 303
    (purchase,) = bought()
    assert purchase.oere == Money(114_995)
    assert (purchase.occurred_on, purchase.words, purchase.goal_id) == (MONDAY, "Gardiner fra genbrug", goal)
    assert [purchase.category.value, purchase.paid_with.value, purchase.bought_by.value] == [
        *("home", "cash", "together")
    ]
    receipt = words(page(bo, answer.location))
    assert f"Det er skrevet ned. Nu er {_kr(whole(town).available)} frit." in receipt
    for fact in (
        "Gardiner fra genbrug",
        "1.149,95 kr.",
        "Bolig og hverdag",
        "Kontanter",
        "sammen med nogen",
        "Bo pænt",
    ):
        assert fact in receipt


def _kr(amount: Money) -> str:
    whole_, part = divmod(amount.oere, 100)
    return f"{whole_:,}".replace(",", ".") + (f",{part:02d}" if part else "") + " kr."


def test_only_what_it_is_for_and_what_it_cost_must_be_said(bo: Visitor, running: Running) -> None:
    assert buy(bo, running, "20").status_code == 303

    (purchase,) = bought()

    assert (purchase.occurred_on, purchase.category.value, purchase.paid_with.value) == (MONDAY, "other", "card")


def test_a_purchase_is_named_by_own_words_else_by_its_kind_else_by_what_paid_it(bo: Visitor, running: Running) -> None:
    def named(**said: str) -> str:
        found = re.search(r"<h1[^>]*>([^<]+)", page(bo, buy(bo, running, "1", CURTAINS, **said).location))
        return found[1] if found else ""

    assert named(words="Gardinstang", category="home") == "Gardinstang"
    assert named(category="home") == "Bolig og hverdag"
    assert named() == CURTAINS


@pytest.mark.parametrize(
    "amount",
    ["1,234.50", "1e3", "NaN", "-5", "0", "0,00", "12,345", "１２", "1" + "0" * 15, "", " ", "1.23", "1_000"],
)
def test_an_amount_that_could_mean_something_else_is_refused_and_stays(
    bo: Visitor, running: Running, amount: str
) -> None:
    answer = buy(bo, running, amount, CURTAINS, words="Gardiner", category="home", paid_with="cash")

    assert answer.status_code == 422
    assert 'id="problems"' in answer.text
    assert bought() == []
    kept = form(answer, NEW).fields
    assert (kept["amount"], kept["words"], kept["category"]) == (amount, "Gardiner", "home")
    assert (kept["paid_with"], kept["pot"]) == ("cash", str(running.envelope(CURTAINS)))


def test_dearer_than_set_aside_is_asked_about_with_everything_kept(bo: Visitor, town: Town, running: Running) -> None:
    answer = buy(bo, running, "650", CURTAINS, words="Gardiner", paid_with="cash")

    assert answer.status_code == 422
    assert "Skal de sidste 50 kr. komme fra dine frie penge?" in words(answer.text)
    assert bought() == []
    asked = form(answer, NEW).fields
    assert (asked["amount"], asked["words"], asked["paid_with"]) == ("650", "Gardiner", "cash")
    free = whole(town).available
    assert bo.post(NEW, data={**asked, "dearer_agreed": "y"}).status_code == 303
    assert whole(town).available == free - Money.kroner(50)
    assert [purchase.oere for purchase in bought()] == [Money.kroner(650)]


def test_a_yes_counts_only_for_the_amount_that_was_asked_about(bo: Visitor, running: Running) -> None:
    asked = form(buy(bo, running, "650", CURTAINS), NEW).fields

    answer = bo.post(NEW, data={**asked, "amount": "6500", "dearer_agreed": "y"})

    assert answer.status_code == 422
    assert "5.900 kr." in words(answer.text)
    assert bought() == []


def test_nobody_can_say_yes_before_being_asked(bo: Visitor, running: Running) -> None:
    assert buy(bo, running, "650", CURTAINS, dearer_agreed="y").status_code == 422
    assert bought() == []


@pytest.mark.parametrize("name", ["", CURTAINS])
def test_more_than_there_is_is_refused_with_what_there_is(bo: Visitor, town: Town, running: Running, name: str) -> None:
    there = whole(town).available + (Money.kroner(600) if name else Money(0))

    answer = buy(bo, running, "30000", name)

    assert answer.status_code == 422
    assert f"Der er {_kr(there)}" in words(answer.text)
    assert "dearer_agreed" not in answer.text
    assert bought() == []


def test_the_last_one_makes_what_is_left_free(bo: Visitor, town: Town, running: Running) -> None:
    before = whole(town)

    assert "Nye gardiner 590 kr. er sat til side" in words(page(bo, buy(bo, running, "10", CURTAINS).location))
    before = Balance(before.available, before.committed - Money.kroner(10), before.paid)

    receipt = words(page(bo, buy(bo, running, "440", CURTAINS, last="y").location))

    after = whole(town)
    assert "er sat til side" not in receipt
    assert after.available == before.available + Money.kroner(150)
    assert after.committed == before.committed - Money.kroner(590)


def test_the_same_form_sent_twice_is_one_purchase_and_says_when(bo: Visitor, running: Running) -> None:
    sent = {**form(bo.get(NEW), NEW).fields, "pot": str(running.envelope()), "amount": "20"}
    first = bo.post(NEW, data=sent)

    with on(MONDAY + timedelta(1)):
        again = bo.post(NEW, data=sent)

    assert again.status_code == 303
    assert again.location == first.location
    assert "Det er allerede gjort kl. 12.00" in page(bo, again.location)
    assert len(bought()) == 1


def test_a_key_is_good_for_one_purchase_only(bo: Visitor, running: Running) -> None:
    sent = {**form(bo.get(NEW), NEW).fields, "pot": str(running.envelope()), "amount": "20"}
    bo.post(NEW, data=sent)

    assert bo.post(NEW, data={**sent, "amount": "21"}).status_code == 422
    assert len(bought()) == 1


@pytest.mark.parametrize(
    ("today", "day", "sentence"),
    [
        (10, "2026-05-10", "Du kan bruge pengene fra den 11. maj."),
        (10, "2026-05-22", "Dagen er ikke kommet endnu."),
        (179, "2026-11-07", "Dagen er ikke kommet endnu."),
        (181, "2026-11-07", "Den sidste dag at skrive køb ned var den 6. december."),
        (210, "2026-05-12", "Den sidste dag at skrive køb ned var den 6. december."),
        (10, "2026-02-30", "Skriv dagen som 12.05.2026."),
        (10, "i går", "Skriv dagen som 12.05.2026."),
        (10, "", None),
    ],
)
def test_a_day_outside_the_budget_is_refused_and_stays(
    bo: Visitor, running: Running, today: int, day: str, sentence: str | None
) -> None:
    sent = {**form(bo.get(NEW), NEW).fields, "pot": str(running.envelope()), "amount": "20", "occurred_on": day}

    with on(MONDAY + timedelta(today)):
        answer = bo.post(NEW, data=sent)

    assert answer.status_code == 422
    assert sentence is None or sentence in words(answer.text)
    assert form(answer, NEW).fields["occurred_on"] == day
    assert bought() == []


def test_in_the_grace_days_what_was_bought_before_can_be_written_down(bo: Visitor, running: Running) -> None:
    sent = {"pot": str(running.envelope()), "amount": "20", "occurred_on": "6.11.2026"}

    with on(MONDAY + timedelta(209)):
        assert press(bo, NEW, NEW, **sent).status_code == 303

    assert [str(purchase.occurred_on) for purchase in bought()] == ["2026-11-06"]


def test_help_that_others_give_cannot_be_bought(bo: Visitor, running: Running) -> None:
    answer = buy(bo, running, "20", "peer-individuel")

    assert answer.status_code == 422
    assert "hjælp" in words(answer.text)
    assert bought() == []


def test_money_and_goals_of_others_look_like_what_does_not_exist(client: Visitor, town: Town, running: Running) -> None:
    others = factories.open_course(town, citizen=town.lis)
    factories.compose(others, factories.user(town.lis), own=("Stol",))
    factories.approve(town, factories.submit(others, factories.user(town.lis)))
    lis = sign_in(client, town.lis)
    bos_goal = db.session.scalars(db.select(Goal.id).where(Goal.citizen_id == town.bo)).first()
    own = Running(others, {})

    for pot, goal in ((running.envelope(), ""), (999_999, ""), (own.envelope(), bos_goal), (own.envelope(), 999_999)):
        assert press(lis, NEW, NEW, pot=str(pot), amount="20", goal=str(goal)).status_code == 404
    assert bought() == []


@pytest.mark.parametrize("field", ["pot", "goal"])
@pytest.mark.parametrize("value", ["abc", "-1", "0", "9" * 30, "1.5", "１"])
def test_an_id_that_nobody_offered_is_refused(bo: Visitor, running: Running, field: str, value: str) -> None:
    sent = {"pot": str(running.envelope()), "amount": "20"} | {field: value}

    answer = press(bo, NEW, NEW, **sent)

    assert answer.status_code == 422
    assert "Vælg et punkt på listen." in answer.text
    assert bought() == []


@pytest.mark.parametrize("field", ["category", "paid_with", "bought_by"])
def test_a_code_that_nobody_offered_is_refused(bo: Visitor, running: Running, field: str) -> None:
    answer = buy(bo, running, "20", **{field: "drugs"})

    assert answer.status_code == 422
    assert "Vælg et punkt på listen." in answer.text
    assert bought() == []


@pytest.mark.parametrize("address", [NEW, "/me/purchases/1/money-back", "/me/purchases/1/take-back"])
def test_a_field_that_is_not_of_the_form_is_refused(bo: Visitor, running: Running, address: str) -> None:
    buy(bo, running, "20")
    sent = {**form(bo.get(address), address).fields, "pot": str(running.envelope()), "amount": "5"}
    if address != NEW:
        del sent["pot"]
    if address.endswith("take-back"):
        del sent["amount"]

    assert bo.post(address, data={**sent, "approved_by": "1"}).status_code == 400
    assert len(bought()) == 1
    assert bo.post(address, data=sent).status_code == 303


@pytest.mark.parametrize("address", [NEW, "/me/purchases/1/money-back", "/me/purchases/1/take-back"])
def test_a_form_without_its_token_is_refused(bo: Visitor, running: Running, address: str) -> None:
    buy(bo, running, "20")
    sent = {**form(bo.get(address), address).fields, "amount": "5", "pot": str(running.envelope())}
    del sent["csrf_token"]

    answer = bo.post(address, data=sent)

    assert answer.status_code == 400
    assert "<h1" in answer.text
    assert [(purchase.taken_back_at, purchase.refund_of) for purchase in bought()] == [(None, None)]


def test_a_note_that_is_too_long_is_refused_and_stays(bo: Visitor, running: Running) -> None:
    answer = buy(bo, running, "20", words="x" * 501)

    assert answer.status_code == 422
    assert form(answer, NEW).fields["words"] == "x" * 501
    assert bought() == []


def test_scripts_in_a_note_are_shown_as_text(bo: Visitor, running: Running) -> None:
    for script in SCRIPTS:
        html = page(bo, buy(bo, running, "1", words=script).location)
        assert live_parts(html) == []
        assert shows(html, script)


def test_a_refused_script_stays_in_its_field_as_text(bo: Visitor, running: Running) -> None:
    for script in SCRIPTS:
        answer = buy(bo, running, script, words=script, occurred_on=script, goal=script, category=script)
        assert answer.status_code == 422
        assert live_parts(answer.text) == []
        assert form(answer, NEW).fields["amount"] == script


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("no plan", "Du har ikke et budget endnu."),
        ("no budget", "Du kan bruge pengene, når din plan er godkendt."),
        ("coming", "Du kan bruge dem fra 11. maj."),
        ("closed", "Pengene gjaldt til 6. november."),
        ("ended", "Det, der ikke blev brugt, er gået tilbage til kommunen."),
        ("used up", "Pengene er brugt for denne gang."),
    ],
)
def test_where_nothing_can_be_bought_the_page_says_why(bo: Visitor, town: Town, state: str, sentence: str) -> None:
    days = {"coming": -1, "closed": 210}.get(state, 0)
    if state == "no budget":
        factories.open_course(town)
    elif state != "no plan":
        running = factories.run_plan(town, own=(CURTAINS,))
        if state == "ended":
            courses.end_course(running.plan_id, by=factories.user(town.mette), at=clock.now())
        if state == "used up":
            factories.buy(running.envelope(CURTAINS), 600, factories.user(town.bo))
            factories.buy(running.envelope(), 29_400, factories.user(town.bo))

    with on(MONDAY + timedelta(days)):
        html = page(bo)

    assert sentence in words(html)
    assert 'name="amount"' not in html


def test_two_budgets_that_can_be_used_stand_apart(bo: Visitor, town: Town) -> None:
    first = factories.run_plan(town, days=31, own=(CURTAINS,))
    with on(MONDAY + timedelta(40)):
        second = factories.run_plan(town, own=("Cykel",))
        choices = page(bo).partition('class="form-group choices')[2].partition("</fieldset>")[0]

    assert words(choices).index("Cykel") < words(choices).index("11. maj til 10. juni") < words(choices).index(CURTAINS)
    assert f'value="{first.envelope()}"' in choices
    assert f'value="{second.envelope()}"' in choices


def test_part_of_the_money_comes_back_on_its_own_day_and_is_free(bo: Visitor, town: Town, running: Running) -> None:
    there = buy(bo, running, "300", CURTAINS).location
    before = whole(town)

    with on(MONDAY + timedelta(5)):
        answer = press(bo, f"{there}/money-back", f"{there}/money-back", amount="120,50", occurred_on="14.5.2026")
        receipt = words(page(bo, answer.location))

    assert "Pengene er tilbage hos dig." in receipt
    assert "14. maj +120,50 kr." in receipt
    after = whole(town)
    assert after.paid == before.paid - Money(12_050)
    assert after.available == before.available + Money(12_050)
    assert str(bought()[1].occurred_on) == "2026-05-14"


@pytest.mark.parametrize("amount", ["180,01", "-5", "1e2", ""])
def test_more_than_was_paid_cannot_come_back_and_what_was_typed_stays(
    bo: Visitor, running: Running, amount: str
) -> None:
    there = buy(bo, running, "300", CURTAINS).location + "/money-back"
    press(bo, there, there, amount="120")

    answer = press(bo, there, there, amount=amount)

    assert answer.status_code == 422
    assert "180 kr." in words(answer.text)
    assert form(answer, there).fields["amount"] == amount
    assert len(bought()) == 2


def test_money_back_sent_twice_comes_back_once(bo: Visitor, running: Running) -> None:
    there = buy(bo, running, "300", CURTAINS).location + "/money-back"
    sent = {**form(bo.get(there), there).fields, "amount": "100"}
    bo.post(there, data=sent)

    again = bo.post(there, data=sent)

    assert "Det er allerede gjort kl. 12.00" in page(bo, again.location)
    assert len(bought()) == 2


def test_a_mistake_is_taken_back_after_one_more_question(bo: Visitor, town: Town, running: Running) -> None:
    before = whole(town)
    there = buy(bo, running, "650", "", words="Forkert").location
    asked = page(bo, f"{there}/take-back")
    assert "Var det en fejl?" in asked
    assert whole(town) != before

    answer = press(bo, f"{there}/take-back", f"{there}/take-back")

    assert whole(town) == before
    receipt = words(page(bo, answer.location))
    assert "Det er taget tilbage." in receipt
    assert "Det blev taget tilbage 11. maj kl. 12.00. Pengene står som før." in receipt
    assert "Penge kom tilbage" not in receipt
    assert "Det var en fejl" not in receipt


def test_a_mistake_cannot_be_taken_back_twice(bo: Visitor, town: Town, running: Running) -> None:
    there = buy(bo, running, "650").location + "/take-back"
    sent = form(bo.get(there), there).fields
    other = form(bo.get(there), there).fields
    bo.post(there, data=sent)
    after = whole(town)

    assert "Det er allerede gjort kl. 12.00" in page(bo, bo.post(there, data=sent).location)
    assert bo.post(there, data=other).status_code == 422
    assert whole(town) == after
    assert "Det er allerede taget tilbage." in page(bo, there)


def test_once_money_came_back_a_purchase_is_no_mistake_any_more(bo: Visitor, running: Running) -> None:
    there = buy(bo, running, "300").location
    press(bo, f"{there}/money-back", f"{there}/money-back", amount="100")

    assert "take-back" not in page(bo, there)
    assert "Der er kommet penge tilbage på det." in page(bo, f"{there}/take-back")


def test_the_page_of_a_purchase_shows_every_move_of_money(bo: Visitor, running: Running) -> None:
    there = buy(bo, running, "650", CURTAINS)
    asked = form(buy(bo, running, "650", CURTAINS), NEW).fields
    there = bo.post(NEW, data={**asked, "dearer_agreed": "y"}).location
    press(bo, f"{there}/take-back", f"{there}/take-back")

    moves = words(page(bo, there).partition('id="steps"')[2].partition("</section>")[0])

    assert re.findall(r"(Sat til side|Betalt|Betaling taget tilbage|Givet fri igen) ([0-9.,]+) kr\.", moves) == [
        ("Sat til side", "50"),
        ("Betalt", "650"),
        ("Betaling taget tilbage", "650"),
        ("Givet fri igen", "50"),
    ]


@pytest.mark.parametrize("address", ["{}", "{}/money-back", "{}/take-back"])
def test_the_purchases_of_others_look_like_what_does_not_exist(
    client: Visitor, town: Town, running: Running, address: str
) -> None:
    theirs = factories.buy(running.envelope(), 300, factories.user(town.bo)).purchase_id
    lis = sign_in(client, town.lis)
    token = form(lis.get("/me/"), "/language").fields["csrf_token"]
    sent = {"csrf_token": token, "key": "0" * 8 + "-0000-4000-8000-" + "0" * 12}

    def answers(purchase: int):
        there = "/me/purchases/" + address.format(purchase)
        found = [lis.get(there)]
        if "/" in address:
            typed = {"amount": "5", "occurred_on": "2026-05-11"} if address.endswith("money-back") else {}
            found.append(lis.post(there, data={**sent, **typed}))
        return [(a.status_code, re.sub(r'name="(csrf_token|next)" value="[^"]*"', "", a.text)) for a in found]

    assert {status for status, _ in answers(theirs)} == {404}
    assert answers(theirs) == answers(999_999)


def test_a_support_persons_purchase_is_the_citizens_and_names_who_wrote_it_down(
    bo: Visitor, town: Town, running: Running
) -> None:
    recorded = factories.buy(running.envelope(), 300, factories.user(town.ali)).purchase_id

    assert "11. maj kl. 12.00, Ali" in words(page(bo, f"/me/purchases/{recorded}"))


def test_what_was_said_about_a_purchase_stands_on_its_page(bo: Visitor, town: Town, running: Running) -> None:
    there = buy(bo, running, "300").location
    wrong = re.search(r'href="(/me/money/[0-9]+/[0-9]+)">Det passer ikke', page(bo, there))
    assert wrong
    press(bo, wrong[1], wrong[1], words="Det var ikke mig")

    assert "Det var ikke mig" in page(bo, there)
