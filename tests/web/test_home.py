"""The citizen's front page: the free amount as a sentence, where the plan stands, goals, who has looked."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.money import Money
from planner.models.base import db
from planner.models.person import Person
from planner.models.plan import Goal
from planner.usecases import courses, decisions, goals, plans, readings
from tests import factories
from tests.days import MONDAY, on
from tests.factories import Running, Town
from tests.pages import sign_in
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]


@pytest.fixture
def town(in_app: Flask, now: object) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def home(visitor: Visitor) -> str:
    answer = visitor.get("/me/")
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def sent(town: Town) -> plans.Sent:
    plan_id = factories.open_course(town)
    bo = factories.user(town.bo)
    factories.compose(plan_id, bo, "peer-individuel")
    return factories.submit(plan_id, bo)


def test_the_page_greets_by_first_name_and_says_the_day(bo: Visitor) -> None:
    page = home(bo)

    assert "<h1>Hej Bo</h1>" in page
    assert "mandag den 11. maj" in page


def test_without_a_plan_there_is_no_amount_but_a_way_to_begin(bo: Visitor) -> None:
    page = home(bo)

    assert "Du har ikke et budget endnu." in page
    assert len(re.findall("<li", page.partition("Sådan kommer du i gang")[2].partition("</ol>")[0])) == 3
    assert 'href="tel:12345678"' in page.partition("Sådan kommer du i gang")[2].partition("</section>")[0]
    assert 'class="amount"' not in page


def test_the_expected_amount_is_known_before_planning(bo: Visitor, town: Town) -> None:
    factories.open_course(town, amount=25_000)

    page = home(bo)

    assert "25.000 kr." in page
    assert "Det er det beløb, du kan regne med, mens du planlægger." in page
    assert "tilbage" not in page.partition('class="hero')[2].partition("</section>")[0]
    assert "Brug penge" not in page


def test_a_budget_says_what_is_free_and_the_three_parts(bo: Visitor, town: Town) -> None:
    running = factories.run_plan(town)
    factories.buy(running.envelope(), "100.50", factories.user(town.bo))

    page = home(bo)

    hero = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('class="hero')[2].partition("</section>")[0]))
    assert "Du har 29.299 kr. tilbage" in hero
    assert "Brugt 100,50 kr. Sat til side 600 kr. Frit 29.299,50 kr." in hero
    assert "Brug penge" in hero


@pytest.mark.parametrize(
    ("act", "step"),
    [
        (lambda town, sent: None, "Mette læser den"),
        (
            lambda town, sent: decisions.send_back(
                sent.plan_id, sent.number, "Hvor tit?", by=factories.user(town.mette), at=clock.now()
            ),
            "Mette venter på dit svar",
        ),
    ],
)
def test_a_plan_that_was_sent_shows_who_has_it_and_when_an_answer_comes(
    bo: Visitor, town: Town, act: Callable[..., None], step: str
) -> None:
    act(town, sent(town))

    steps = home(bo).partition('class="steps')[2].partition("</ol>")[0]

    assert "Du sendte din plan" in steps
    assert re.search(rf'aria-current="step">\s*{step}', steps)
    assert "senest mandag den 1. juni" in steps


def test_a_question_from_the_adviser_stands_above_the_money(bo: Visitor, town: Town) -> None:
    was_sent = sent(town)
    question = "Hvor tit vil du <b>gå tur</b>?"
    decisions.send_back(was_sent.plan_id, was_sent.number, question, by=factories.user(town.mette), at=clock.now())

    page = home(bo)

    assert "Mette har et spørgsmål til din plan. Det er ikke et nej." in page
    assert "Hvor tit vil du &lt;b&gt;gå tur&lt;/b&gt;?" in page
    assert page.index("Mette har et spørgsmål") < page.index('class="hero')


def test_a_question_that_was_answered_is_asked_no_more(bo: Visitor, town: Town) -> None:
    was_sent = sent(town)
    decisions.send_back(was_sent.plan_id, was_sent.number, "Hvor tit?", by=factories.user(town.mette), at=clock.now())
    plans.insist(was_sent.plan_id, was_sent.number, by=factories.user(town.bo), at=clock.now())

    page = home(bo)

    assert "har et spørgsmål" not in page
    assert "Mette svarer på den, som den er" in page


def test_a_plan_that_was_taken_back_can_be_sent_again(bo: Visitor, town: Town) -> None:
    was_sent = sent(town)
    plans.withdraw(was_sent.plan_id, was_sent.number, by=factories.user(town.bo), at=clock.now())

    assert "Du har taget din plan tilbage." in home(bo)


def test_a_plan_in_force_says_how_many_things_run_and_until_when(bo: Visitor, town: Town) -> None:
    factories.run_plan(town, "peer-individuel", own=("Nye gardiner",))

    page = home(bo)

    assert "2 ting er i gang." in page
    assert "Din plan gælder til 6. november." in page


def test_a_change_that_is_asked_for_leaves_the_budget_in_force(bo: Visitor, town: Town) -> None:
    running = factories.run_plan(town)
    citizen = factories.user(town.bo)
    plans.revise(running.plan_id, by=citizen, at=clock.now())
    assert "Du er i gang med en ændring." in home(bo)
    factories.submit(running.plan_id, citizen)

    page = home(bo)

    assert "Du har bedt om en ændring." in page
    assert "29.400 kr." in page


def test_a_course_that_ended_says_what_was_used(bo: Visitor, town: Town) -> None:
    running = factories.run_plan(town)
    factories.buy(running.envelope(), 200, factories.user(town.bo))
    courses.end_course(running.plan_id, by=factories.user(town.mette), at=clock.now())

    page = home(bo)

    assert "Din plan er slut." in page
    assert "Der blev brugt" in page
    assert "Brug penge" not in page


def in_august(town: Town, running: Running, kroner: int) -> None:
    """Spend from the free money on 1 August and be there."""
    with on(MONDAY.replace(month=8, day=1)):
        factories.buy(running.envelope(), kroner, factories.user(town.bo))


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (2_400, None),
        (28_200, "Der er 1.200 kr. tilbage. Det rækker til under en uge. Vil du se på det sammen med Mette?"),
        (21_800, "Der er 7.600 kr. tilbage. Det rækker til cirka 4 uger. Vil du se på det sammen med Mette?"),
        (29_400, "Pengene er brugt for denne gang. Du har ikke gjort noget forkert."),
    ],
)
def test_little_or_no_money_is_said_without_blame(bo: Visitor, town: Town, spent: int, words: str | None) -> None:
    running = factories.run_plan(town)
    in_august(town, running, spent)

    with on(MONDAY.replace(month=8, day=2)):
        hero = home(bo).partition('class="hero')[2].partition("</section>")[0]

    said = re.sub(r"\s+", " ", hero)
    assert (words in said) if words else "rækker" not in said and "Pengene er brugt" not in said


def test_money_that_is_all_promised_is_not_called_used_up(bo: Visitor, town: Town) -> None:
    plan_id = factories.open_course(town, amount=600)
    factories.compose(plan_id, factories.user(town.bo), own=("Nye gardiner",))
    factories.approve(town, factories.submit(plan_id, factories.user(town.bo)), 600)

    page = home(bo)

    assert "Alle pengene er sat til side til det, du har valgt." in page
    assert "Pengene er brugt" not in page
    assert "Brug penge" in page


def test_goals_stand_in_own_words_and_paused_ones_rest(bo: Visitor, town: Town) -> None:
    citizen = factories.user(town.bo)
    goals.write("Sove hele natten & drømme", by=citizen, at=clock.now())
    paused = goals.write("Løbe", by=citizen, at=clock.now())
    goals.pause(paused, by=citizen, at=clock.now())
    goals.write("Lis's mål", by=factories.user(town.lis), at=clock.now())

    page = home(bo)

    assert '<blockquote class="own-words"><p class="typed">Sove hele natten &amp; drømme</p></blockquote>' in page
    assert page.count("own-words") == 1


def test_without_a_goal_the_page_asks_for_one_sentence(bo: Visitor) -> None:
    assert db.session.scalar(db.select(Goal)) is None
    assert "En sætning med dine egne ord er nok." in home(bo)


def test_the_looks_of_this_month_are_counted(bo: Visitor, town: Town) -> None:
    look = readings.Look("caseworker", town.north, "caseworker.review", "decide")
    mette = factories.user(town.mette)
    assert "ingen i denne måned" in home(bo)
    for day in (MONDAY.replace(day=1), MONDAY, MONDAY.replace(month=4, day=30)):
        with on(day):
            readings.write(look, [town.bo, town.lis], by=mette, at=clock.now())
    readings.write(look, [town.lis], by=mette, at=clock.now())

    assert "2 gange i denne måned" in home(bo)


def test_the_page_stands_in_english_too(bo: Visitor, town: Town) -> None:
    factories.run_plan(town)
    db.session.get_one(Person, town.bo).language = "en"
    db.session.commit()

    page = home(bo)

    assert "<h1>Hi Bo</h1>" in page
    assert re.search(r"You have</span>\s*<strong class=\"amount\">DKK 29,400</strong>\s*left", page)


def test_home_asks_twelve_statements_at_most(bo: Visitor, town: Town) -> None:
    running = factories.run_plan(town, "peer-individuel", "fritid-badminton")
    factories.buy(running.envelope(), 100, factories.user(town.bo))

    with counted() as seen:
        home(bo)

    assert len(seen) <= 12


def test_the_next_plan_is_shown_when_the_running_one_has_ended(bo: Visitor, town: Town) -> None:
    first = factories.run_plan(town, days=90)
    later = clock.today() + timedelta(200)
    factories.open_course(town, amount=12_000, first_day=later)
    assert "29.400 kr." in home(bo)
    courses.end_course(first.plan_id, by=factories.user(town.mette), at=clock.now())

    assert "12.000 kr." in home(bo)


def test_the_free_amount_is_never_rounded_up(bo: Visitor, town: Town) -> None:
    running = factories.run_plan(town)
    factories.buy(running.envelope(), str(Money(2_939_901)), factories.user(town.bo))

    assert re.search(r'class="amount">0 kr\.', home(bo))
