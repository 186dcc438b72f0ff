"""My money: three parts that add up in every state, whether it lasts, payments one by one, and the file."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from benchmarks import bulk
from planner import clock
from planner.domain.money import Money
from planner.models.base import db
from planner.models.budget import Entry
from planner.models.person import Person
from planner.models.plan import Decision
from planner.queries import money
from planner.queries.movements import PAGE
from planner.usecases import composing, courses, deliveries, plans, purchases
from tests import factories
from tests.days import MONDAY, on
from tests.factories import Running, Town
from tests.pages import form, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]


@pytest.fixture
def town(in_app: "Flask", now: object) -> Town:
    return factories.make_town()


@pytest.fixture
def running(town: Town) -> Running:
    return factories.run_plan(town, "peer-individuel", "fritid-badminton")


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def page(visitor: Visitor, address: str = "/me/money") -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def amount(html: str, name: str) -> Money:
    """Read the amount that a page puts beside a name."""
    found = re.search(rf"{name}</dt>\s*<dd>(?:<strong>)?([0-9.]+)(?:,([0-9]{{2}}))? kr\.", html)
    assert found, f"{name} is not on the page"
    return Money(int(found[1].replace(".", "")) * 100 + int(found[2] or 0))


def budget_of(citizen: int) -> money.OwnBudget:
    db.session.remove()
    found = money.of_citizen(citizen)[0].own
    assert found is not None
    return found


Act = Callable[[Town, Running], object]


def citizen(town: Town):
    return factories.user(town.bo)


def _buy(kroner: str, name: str = "", **more: bool) -> Act:
    return lambda town, running: factories.buy(running.envelope(name), kroner, citizen(town), **more)


def _back(town: Town, running: Running) -> object:
    bought = factories.buy(running.envelope(), 300, citizen(town)).purchase_id
    return purchases.refund(bought, Money(4_999), clock.today(), by=citizen(town), at=clock.now())


def _mistake(town: Town, running: Running) -> object:
    bought = factories.buy(running.envelope("Nye gardiner"), 250, citizen(town), last=True).purchase_id
    return purchases.take_back(bought, by=citizen(town), at=clock.now())


def _deliver(town: Town, running: Running) -> object:
    mette = factories.user(town.mette)
    return deliveries.deliver(running.items["peer-individuel"], "1", clock.today(), by=mette, at=clock.now())


def _approve_again(town: Town, running: Running) -> object:
    plans.revise(running.plan_id, by=citizen(town), at=clock.now())
    composing.remove_line(running.plan_id, running.items["fritid-badminton"], by=citizen(town), at=clock.now())
    return factories.approve(town, factories.submit(running.plan_id, citizen(town)), 32_000)


def _use_up(town: Town, running: Running) -> object:
    return factories.buy(running.envelope(), str(budget_of(town.bo).free.balance.available), citizen(town))


STATES: list[tuple[str, Act]] = [
    ("granted", lambda town, running: None),
    ("bought from free", _buy("149.95")),
    ("bought from a line", _buy("199.05", "Nye gardiner")),
    ("dearer than set aside", _buy("900.00", "Nye gardiner", dearer_agreed=True)),
    ("the last one", _buy("500.00", "Nye gardiner", last=True)),
    ("money back", _back),
    ("a mistake", _mistake),
    ("help given", _deliver),
    ("approved again", _approve_again),
    ("used up", _use_up),
]


@pytest.mark.parametrize(("state", "act"), STATES, ids=[name for name, _ in STATES])
def test_used_set_aside_and_free_are_the_amount_in_every_state(
    bo: Visitor, town: Town, running: Running, state: str, act: Act
) -> None:
    act(town, running)
    awarded = db.session.scalars(db.select(Decision.award_oere).order_by(Decision.id.desc())).first()
    mine, front = page(bo), page(bo, "/me/")

    parts = [amount(mine, name) for name in ("Brugt", "Sat til side", "Frit")]

    assert Money.sum(parts) == amount(mine, "Sat af til dig") == awarded
    assert [amount(front, name) for name in ("Brugt", "Sat til side", "Frit")] == parts


def test_an_ended_budget_adds_up_to_what_was_used(bo: Visitor, town: Town, running: Running) -> None:
    _buy("149.95")(town, running)
    courses.end_course(running.plan_id, by=factories.user(town.mette), at=clock.now())

    mine = page(bo)

    assert [amount(mine, name) for name in ("Brugt", "Sat til side", "Frit", "Sat af til dig")] == [
        *(Money(14_995), Money(0), Money(0), Money(14_995))
    ]
    assert "Det, der ikke blev brugt, er gået tilbage til kommunen." in mine


def test_every_pot_shows_what_is_used_and_set_aside(bo: Visitor, town: Town, running: Running) -> None:
    _buy("99.95", "Nye gardiner")(town, running)

    pots = words(page(bo).partition('id="pots"')[2].partition("</section>")[0])

    assert "Nye gardiner 600 kr. Brugt 99,95 kr. Sat til side 500,05 kr." in pots
    assert "Individuelt peer-følgeskab 4.600 kr. Brugt 0 kr. Sat til side 4.600 kr." in pots
    assert re.search(r"Det, du selv vælger ([0-9.,]+) kr\. Brugt 0 kr\. Frit \1 kr\.", pots)


@pytest.mark.parametrize(
    ("spent", "answer"),
    [
        (8_000, "Ja. Du følger nogenlunde planen."),
        (1_000, "Ja. Der er brugt mindre end i en jævn plan."),
        (13_100, "Der er brugt mere end i en jævn plan. Vil du se på det sammen med Mette?"),
    ],
)
def test_a_sentence_says_how_the_money_stands_to_an_even_plan(
    bo: Visitor, town: Town, running: Running, spent: int, answer: str
) -> None:
    """60 of 180 days have passed: an even plan has used 10.000 of 30.000 kr., and 3.000 kr. beside it are still even."""
    factories.buy(running.envelope(), spent, citizen(town))

    with on(MONDAY + timedelta(60)):
        lasts = words(page(bo).partition('id="lasts"')[2].partition("</section>")[0])

    assert answer in lasts


def test_the_curve_says_the_same_as_its_table(bo: Visitor, town: Town, running: Running) -> None:
    factories.buy(running.envelope(), 3_000, citizen(town))
    with on(date(2026, 6, 15)):
        factories.buy(running.envelope(), 1_500, citizen(town))
        html = page(bo)

    table = re.findall(r'<th scope="row">([^<]+)</th><td class="num">([^<]+)</td><td class="num">([^<]+)', html)
    line = re.search(r'class="chart-line" d="([^"]+)"', html)

    assert table == [
        ("11. maj", "30.000 kr.", "30.000 kr."),
        ("1. juni", "26.500 kr.", "27.000 kr."),
        ("15. juni", "24.166 kr.", "25.500 kr."),
    ]
    assert line
    assert line[1] == "M0 0L21 3000L35 4500"
    assert 'viewBox="0 0 180 30000"' in html
    assert "Den 15. juni er 25.500 kr. ikke brugt. Planen siger 24.166 kr." in html


def test_the_estimate_is_called_a_cautious_one(bo: Visitor, town: Town, running: Running) -> None:
    expected = budget_of(town.bo).balance.committed.oere // 100

    assert f"er der nok brugt {expected:,} kr. Det er et forsigtigt skøn.".replace(",", ".") in words(page(bo))


@pytest.mark.parametrize("days", [-1, 200, 400])
def test_before_and_after_its_days_there_is_no_guess(bo: Visitor, running: Running, days: int) -> None:
    with on(MONDAY + timedelta(days)):
        html = page(bo)

    assert "skøn" not in html
    assert "Rækker pengene?" not in html


def test_before_approval_the_page_tells_the_expected_amount(bo: Visitor, town: Town) -> None:
    factories.open_course(town, amount=25_000)

    html = page(bo)

    assert "25.000 kr." in html
    assert "Du kan bruge pengene, når din plan er godkendt." in html


def test_without_a_plan_the_page_says_how_to_begin(bo: Visitor) -> None:
    html = page(bo)

    assert "Du har ikke et budget endnu." in html
    assert "Sådan kommer du i gang" in html


def test_a_payment_is_one_row_with_its_day_and_who_wrote_it_down(bo: Visitor, town: Town, running: Running) -> None:
    _deliver(town, running)
    with on(MONDAY + timedelta(1)):
        ali = factories.user(town.ali)
        purchases.record(running.envelope("Nye gardiner"), _bought("Gardiner <3", 700), dearer_agreed=True, **_by(ali))
        rows = page(bo).partition('id="latest"')[2].partition("</section>")[0]

    assert rows.count("<li ") == 2
    assert re.search(r"Gardiner &lt;3 700 kr\. 12\. maj · betalt · skrevet ned af Ali Det passer ikke", words(rows))
    assert re.search(
        r"Individuelt peer-følgeskab, fase 1 [0-9.,]+ kr\. 11\. maj · hjælp, du har fået · skrevet ned af Mette",
        words(rows),
    )


def test_money_back_and_what_was_taken_back_say_so(bo: Visitor, town: Town, running: Running) -> None:
    _back(town, running)
    _mistake(town, running)

    rows = words(page(bo).partition('id="latest"')[2].partition("</section>")[0])

    assert "Bolig og hverdag 250 kr. 11. maj · betalt · taget tilbage" in rows
    assert "Penge tilbage: Bolig og hverdag +49,99 kr. 11. maj · penge tilbage" in rows


def _bought(said: str, kroner: int):
    return factories.Bought(
        amount=Money.kroner(kroner),
        occurred_on=clock.today(),
        category=factories.Category.HOME,
        paid_with=factories.PaidWith.CARD,
        bought_by=factories.BoughtBy.SUPPORT_PERSON,
        words=said,
    )


def _by(user) -> dict:
    return {"by": user, "at": clock.now()}


def test_payments_are_paged_from_any_place_and_a_wild_place_is_the_newest(
    bo: Visitor, town: Town, running: Running
) -> None:
    for _ in range(PAGE + 2):
        factories.buy(running.envelope(), 1, citizen(town))
    newest = page(bo)
    older = re.search(r'href="(/me/money\?before=[0-9]+)#latest"', newest)
    assert older

    assert newest.count('<li id="nr-') == PAGE
    assert page(bo, older[1]).count('<li id="nr-') == 2
    assert "De nyeste" in page(bo, older[1])
    for wild in ("0", "-1", "9" * 12, "abc", "١", "1e3", ""):
        assert page(bo, f"/me/money?before={wild}").count('<li id="nr-') == PAGE


def test_a_payment_that_is_not_right_can_be_said_and_is_answered(bo: Visitor, town: Town, running: Running) -> None:
    _deliver(town, running)
    wrong = re.search(r'href="(/me/money/[0-9]+/[0-9]+)">Det passer ikke', page(bo))
    assert wrong

    answer = press(bo, wrong[1], wrong[1], words="Ali kom ikke.\nIkke en gang.")

    assert answer.status_code == 303
    assert "Din besked er sendt." in page(bo, answer.location)
    assert "Ali kom ikke.\nIkke en gang." in page(bo)
    assert "Der er ikke svar endnu." in page(bo)
    said = db.session.scalars(db.select(deliveries.Objection.id)).one()
    deliveries.answer(said, "Jeg ringer til dig.", by=factories.user(town.mette), at=clock.now())
    assert "Mette svarede: Jeg ringer til dig." in words(page(bo))
    assert "Mette svarede: Jeg ringer til dig." in words(page(bo, wrong[1]))


def test_an_objection_sent_twice_is_one(bo: Visitor, town: Town, running: Running) -> None:
    _deliver(town, running)
    wrong = re.search(r'href="(/me/money/[0-9]+/[0-9]+)">Det passer ikke', page(bo))
    assert wrong
    sent = {**form(bo.get(wrong[1]), wrong[1]).fields, "words": "Nej"}
    bo.post(wrong[1], data=sent)

    again = bo.post(wrong[1], data=sent)

    assert again.status_code == 303
    assert "Det er allerede gjort kl. 12.00" in page(bo, again.location)
    assert db.session.scalar(db.select(db.func.count()).select_from(deliveries.Objection)) == 1


@pytest.mark.parametrize("typed", ["", "  ", "x" * 1001])
def test_an_objection_without_words_or_with_too_many_is_refused_and_kept(
    bo: Visitor, town: Town, running: Running, typed: str
) -> None:
    _deliver(town, running)
    wrong = re.search(r'href="(/me/money/[0-9]+/[0-9]+)">Det passer ikke', page(bo))
    assert wrong

    answer = press(bo, wrong[1], wrong[1], words=typed)

    assert answer.status_code == 422
    assert form(answer, wrong[1]).fields["words"] == typed


def test_scripts_in_words_are_shown_as_text(bo: Visitor, town: Town, running: Running) -> None:
    for script in SCRIPTS:
        purchases.record(running.envelope(), _bought(script, 1), **_by(citizen(town)))
    number = db.session.scalars(db.select(Entry.number).where(Entry.kind == "pay")).first()
    budget = budget_of(town.bo).id
    deliveries.object_to(budget, number, "\n".join(SCRIPTS)[:1000], **_by(citizen(town)))
    html, before = "", ""
    while before is not None:
        part = bo.get(f"/me/money{before}").text
        found = re.search(r'href="/me/money(\?before=[0-9]+)#latest"', part)
        html, before = html + part, found[1] if found else None

    assert live_parts(html) == []
    assert [script for script in SCRIPTS if not shows(html, script)] == []


def test_the_file_holds_every_entry_and_ends_in_the_figures_of_the_page(
    bo: Visitor, town: Town, running: Running
) -> None:
    for _, act in STATES[1:4]:
        act(town, running)
    budget = budget_of(town.bo)
    answer = bo.get(f"/me/money/{budget.id}/postings.csv")
    heads, *rows, last = csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="mine-penge-{budget.id}.csv"'
    assert heads[:6] == ["Nummer", "Dag", "Skrevet ned", "Hvad skete der", "Hører til", "Brugt"]
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    for column, total in ((5, budget.balance.paid), (6, budget.balance.committed), (7, budget.balance.available)):
        assert Money.sum(_read(row[column]) for row in rows) == _read(last[column]) == total
    assert last[3] == "I alt"


def _read(cell: str) -> Money:
    return Money.kroner(cell.replace(",", "."))


@pytest.mark.parametrize("risky", ["=1+1", "+45 12", "-5", "@SUM(A1)", "\t=1", " =1", "＝1+1", "ok;=1+1", "a\n=1"])
def test_no_word_in_the_file_becomes_a_formula(bo: Visitor, town: Town, running: Running, risky: str) -> None:
    purchases.record(running.envelope(), _bought(risky, 1), **_by(citizen(town)))

    text = bo.get(f"/me/money/{budget_of(town.bo).id}/postings.csv").get_data(as_text=True).removeprefix("\ufeff")
    notes = [row[8] for row in csv.reader(io.StringIO(text), delimiter=";") if len(row) > 8 and row[8]]

    assert len(notes) == 3
    for note in notes[1:]:
        assert not re.match(r"\s*[=+\-@＝＋－＠]", note)
        assert "\n" not in note
        assert risky.strip().replace("\n", " ") in note


def test_the_file_speaks_english_too(bo: Visitor, town: Town, running: Running) -> None:
    db.session.get_one(Person, town.bo).language = "en"
    db.session.commit()
    answer = bo.get(f"/me/money/{budget_of(town.bo).id}/postings.csv")

    assert "my-money-" in answer.headers["Content-Disposition"]
    assert answer.get_data(as_text=True).startswith("\ufeffNumber;Day;Written down;What happened;Belongs to;Used;")
    assert "Given to your budget" in answer.get_data(as_text=True)


def test_other_budgets_are_one_link_away(bo: Visitor, town: Town) -> None:
    factories.run_plan(town, "peer-individuel", template="drawing", days=100)
    (plan,) = money.of_citizen(town.bo)
    service = next(budget for budget in plan.budgets if not budget.own)

    assert f'href="/me/money/{service.id}"' in page(bo)
    help_ = page(bo, f"/me/money/{service.id}")
    assert "<h1>Kommunens støtte</h1>" in help_
    assert amount(help_, "I alt") == Money.kroner(4_600)
    assert "Brug penge" not in help_
    with on(MONDAY + timedelta(200)):
        factories.open_course(town, amount=12_000)
        later = page(bo)
    assert "12.000 kr." in later
    assert all(f'href="/me/money/{budget.id}"' in later for budget in plan.budgets)


@pytest.mark.parametrize("address", ["/me/money/{}", "/me/money/{}/postings.csv", "/me/money/{}/1", "/me/money/{}/4"])
def test_the_money_of_others_looks_like_money_that_does_not_exist(
    client: Visitor, town: Town, running: Running, address: str
) -> None:
    _buy("100.00")(town, running)
    theirs = address.format(budget_of(town.bo).id)
    lis = sign_in(client, town.lis)

    answers = [lis.get(theirs), lis.get(address.format(999_999))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert _without_address(answers[0].text) == _without_address(answers[1].text)


def _without_address(html: str) -> str:
    return re.sub(r'name="(csrf_token|next)" value="[^"]+"', "", html)


def test_nobody_objects_to_the_payments_of_others(client: Visitor, town: Town, running: Running) -> None:
    _buy("100.00")(town, running)
    number = db.session.scalars(db.select(Entry.number).where(Entry.kind == "pay")).one()
    lis = sign_in(client, town.lis)
    token = re.search(r'name="csrf_token" value="([^"]+)"', lis.get("/me/").text)
    assert token
    sent = {"csrf_token": token[1], "key": "0" * 36, "words": "Det er ikke mit"}

    assert lis.post(f"/me/money/{budget_of(town.bo).id}/{number}", data=sent).status_code == 404


def fill(url: str, purchases_: int) -> None:
    """Write purchases of 25 øre from the free money, as the use case does, in the same month."""
    with sqlite3.connect(str(make_url(url).database), isolation_level=None) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        bulk.load(connection, lambda purse: ((purse.pockets[0], MONDAY) for _ in range(purchases_)))
    connection.close()


@pytest.mark.slow
def test_pages_ask_as_little_after_a_hundred_thousand_entries_as_after_a_hundred(
    bo: Visitor, town: Town, running: Running, database_url: str
) -> None:
    """Home and money 12 statements at most, a purchase 16; the same number whatever the history, by index."""
    fill(database_url, 50)
    few = {name: asked(bo, running) for name, asked in ASKED.items()}
    fill(database_url, 50_000)

    many = {name: asked(bo, running) for name, asked in ASKED.items()}

    assert {name: len(seen) for name, seen in few.items()} == {name: len(seen) for name, seen in many.items()}
    assert len(many["home"]) <= 12
    assert len(many["money"]) <= 12
    assert len(many["purchase"]) <= 16
    assert [line for seen in many.values() for line in seen if _scans(line)] == []


def _asked(address: str) -> Callable[[Visitor, Running], list[str]]:
    def ask(visitor: Visitor, running: Running) -> list[str]:
        with counted() as seen:
            page(visitor, address)
        return [statement for statement in seen if not statement.startswith("BEGIN")]

    return ask


def _asked_by_purchase(visitor: Visitor, running: Running) -> list[str]:
    sent = {**form(visitor.get("/me/purchases/new"), "/me/purchases/new").fields, "amount": "1"}
    sent["pot"], sent["goal"] = str(running.envelope("Nye gardiner")), "1"
    with counted() as seen:
        assert visitor.post("/me/purchases/new", data=sent).status_code == 303
    return [statement for statement in seen if not statement.startswith("BEGIN")]


ASKED = {"home": _asked("/me/"), "money": _asked("/me/money"), "purchase": _asked_by_purchase}


def _scans(statement: str) -> bool:
    """Tell whether SQLite would walk through a table that grows with the history."""
    if not statement.lstrip().upper().startswith("SELECT"):
        return False
    with db.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?")).all()
    return any(re.search(r"SCAN (entry|event|purchase|delivery|month_sum|reading)", row[3]) for row in plan)
