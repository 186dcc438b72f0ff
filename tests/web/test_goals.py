"""Goals and check-ins as the citizen's pages: own words first, everything can be skipped, nothing touches money."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.event import EventKind
from planner.models.base import db
from planner.models.budget import Entry, Envelope
from planner.models.plan import Goal
from planner.models.progress import CheckIn
from planner.models.record import Event
from planner.usecases import goals
from tests import factories
from tests.factories import Town
from tests.pages import form, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def write(town: Town, words: str = "Spise med andre", whose: int | None = None) -> int:
    return goals.write(words, by=factories.user(whose or town.bo), at=clock.now())


def events() -> list[EventKind]:
    db.session.remove()
    return list(db.session.scalars(db.select(Event.kind).order_by(Event.chain_id, Event.seq)))


def without(page: str, path: str) -> str:
    """Leave out what a page repeats of the request: its address, and the token with its second."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.replace(path, ""))


def rows(table: type) -> list:
    db.session.remove()
    return list(db.session.scalars(db.select(table)))


def test_without_a_goal_the_page_shows_three_examples_and_asks_for_own_words(bo: Visitor) -> None:
    page = bo.get("/me/goals")

    assert page.text.count("<blockquote") == 3
    assert form(page, "/me/goals").fields["words"] == ""


def test_a_goal_is_written_in_own_words_and_stands_first(bo: Visitor) -> None:
    answer = press(bo, "/me/goals/new", "/me/goals", words="  Spise med andre & sove  ")

    assert answer.status_code == 303
    page = bo.get(answer.location).text
    assert "Tak. Det er gemt." in page
    assert page.index("Spise med andre &amp; sove</p></blockquote>") < page.index("<form method=")
    assert events().count(EventKind.GOAL_WRITTEN) == 1


def test_a_form_sent_twice_writes_one_goal_and_says_so(bo: Visitor) -> None:
    sent = {**form(bo.get("/me/goals/new"), "/me/goals").fields, "words": "Gå en tur"}
    bo.post("/me/goals", data=sent)

    again = bo.post("/me/goals", data=sent)

    assert "Det er allerede gjort kl." in bo.get(again.location).text
    assert len(rows(Goal)) == 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 501])
def test_a_goal_without_words_or_with_too_many_is_refused_and_what_was_typed_stays(bo: Visitor, words: str) -> None:
    answer = press(bo, "/me/goals/new", "/me/goals", words=words)

    assert answer.status_code == 422
    assert 'id="problems"' in answer.text
    assert form(answer, "/me/goals").fields["words"] == words
    assert rows(Goal) == []


def test_a_goal_can_be_said_in_other_words(bo: Visitor, town: Town) -> None:
    goal = write(town)

    answer = press(bo, f"/me/goals/{goal}/words", "/words", words="Spise alene, i ro")

    assert "Spise alene, i ro" in bo.get(answer.location).text
    assert "Spise med andre" not in bo.get("/me/goals").text


def test_a_goal_is_paused_put_away_and_taken_up_again_with_one_button_and_no_reason(bo: Visitor, town: Town) -> None:
    goal = write(town)
    there = f"/me/goals/{goal}"

    for step, said in (("pause", "på pause"), ("resume", None), ("put_away", "lagt væk"), ("resume", None)):
        assert press(bo, there, "/step", step=step).status_code == 303
        state = re.search(r'<span class="state">([^<]+)', bo.get(there).text)
        assert (state[1] if state else None) == said


def test_a_paused_goal_asks_for_no_check_in(bo: Visitor, town: Town) -> None:
    goal = write(town)
    press(bo, f"/me/goals/{goal}", "/step", step="pause")

    assert "check-ins" not in bo.get(f"/me/goals/{goal}").text


def test_an_unknown_step_is_refused(bo: Visitor, town: Town) -> None:
    goal = write(town)

    assert press(bo, f"/me/goals/{goal}", "/step", step="delete").status_code == 422
    assert press(bo, f"/me/goals/{goal}", "/step").status_code == 422


@pytest.mark.parametrize(
    ("score", "words", "kept"),
    [
        ("0", "", (0, None)),
        ("10", "", (10, None)),
        ("", "Det går", (None, "Det går")),
        ("7", " Fint ", (7, "Fint")),
    ],
)
def test_a_check_in_is_a_number_or_own_words_or_both(
    bo: Visitor, town: Town, score: str, words: str, kept: tuple
) -> None:
    goal = write(town)

    answer = press(bo, f"/me/goals/{goal}", "/check-ins", score=score, words=words)

    assert answer.status_code == 303
    assert [(c.score, c.words) for c in rows(CheckIn)] == [kept]


def test_a_check_in_of_nothing_asks_for_one_of_the_two(bo: Visitor, town: Town) -> None:
    answer = press(bo, f"/me/goals/{write(town)}", "/check-ins", score="", words="  ")

    assert answer.status_code == 422
    assert "Vælg et tal, eller skriv et par ord." in answer.text
    assert rows(CheckIn) == []


@pytest.mark.parametrize("score", ["11", "-1", "5.0", "05", "1e1", "５", "NaN", "٣", "9" * 5000])
def test_a_number_off_the_scale_is_refused_and_the_words_stay(bo: Visitor, town: Town, score: str) -> None:
    answer = press(bo, f"/me/goals/{write(town)}", "/check-ins", score=score, words="Det går")

    assert answer.status_code == 422
    assert "Vælg et tal fra 0 til 10." in answer.text
    assert form(answer, "/check-ins").fields["words"] == "Det går"
    assert rows(CheckIn) == []


def test_the_curve_shows_the_numbers_of_the_table(bo: Visitor, town: Town) -> None:
    goal, by = write(town), factories.user(town.bo)
    begun = clock.now()
    for day, score in enumerate((2, None, 5, 9)):
        goals.check_in(goal, score, "ord" if score is None else "", by=by, at=begun + timedelta(day))

    page = bo.get(f"/me/goals/{goal}").text

    assert page.count('class="chart-ring"') == 2
    assert page.count('class="chart-dot"') == 1
    assert re.search(r"Mine tal: 2 den .*, 9 den .*\.\"", page)
    assert re.findall(r'</th><td class="num">([^<]+)</td>', page) == ["9", "5", "–", "2"]
    heights = [int(y) for y in re.findall(r'class="chart-(?:ring|dot)" cx="[^"]+" cy="(\d+)"', page)]
    assert heights == [112, 76, 28]


def test_a_check_in_never_moves_money(bo: Visitor, town: Town) -> None:
    factories.run_plan(town)
    before = [e.balance for e in rows(Envelope)], len(rows(Entry))
    goal = rows(Goal)[0].id

    press(bo, f"/me/goals/{goal}", "/check-ins", score="0", words="Dårligt")

    assert ([e.balance for e in rows(Envelope)], len(rows(Entry))) == before
    assert "De ændrer aldrig dine penge." in bo.get("/me/goals").text


def test_nobody_else_sees_what_was_answered(bo: Visitor, town: Town, app: Flask) -> None:
    plan = factories.run_plan(town, "peer-individuel")
    press(bo, f"/me/goals/{rows(Goal)[0].id}", "/check-ins", score="3", words="Kun for mig selv")
    pages = ("/desk/", f"/desk/plans/{plan.plan_id}", f"/desk/plans/{plan.plan_id}/deliveries", "/desk/supported")

    for person in (town.mette, town.karen, town.ali, town.jens, town.asta):
        visitor = sign_in(app.test_client(), person)
        for page in (*pages, "/finance/", "/finance/postings", "/admin/", f"/admin/people/{town.bo}"):
            assert "Kun for mig selv" not in visitor.get(page).text
    assert "Kun for mig selv" in bo.get(f"/me/goals/{rows(Goal)[0].id}").text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/me/goals/{}"),
        ("get", "/me/goals/{}/words"),
        ("post", "/me/goals/{}/words"),
        ("post", "/me/goals/{}/check-ins"),
        ("post", "/me/goals/{}/step"),
    ],
)
def test_another_citizens_goal_looks_like_an_unknown_id(bo: Visitor, town: Town, method: str, path: str) -> None:
    mine = write(town)
    theirs = write(town, whose=town.lis)
    page = f"/me/goals/{mine}/words" if path.endswith("/words") else f"/me/goals/{mine}"
    typed = {"step": "pause"} if path.endswith("/step") else {"words": "x"}
    more = {"data": {**form(bo.get(page), path.rpartition("/")[2]).fields, **typed}} if method == "post" else {}

    known = getattr(bo, method)(path.format(theirs), **more)
    unknown = getattr(bo, method)(path.format(999_999), **more)

    assert known.status_code == unknown.status_code == 404
    assert without(known.text, path.format(theirs)) == without(unknown.text, path.format(999_999))


def test_a_goal_whose_id_is_too_large_for_the_database_is_unknown(bo: Visitor) -> None:
    assert bo.get(f"/me/goals/{10**30}").status_code == 404


@pytest.mark.parametrize("wild", ["0", "-3", "1000000000", "9" * 9000, "x", "٣", "1.5", ""])
def test_a_wild_page_number_shows_a_page(bo: Visitor, town: Town, wild: str) -> None:
    goal = write(town)

    for path in ("/me/goals/all", f"/me/goals/{goal}", "/me/chime/answers"):
        assert bo.get(path, query_string={"page": wild}).status_code == 200


def test_an_unknown_field_and_a_missing_token_are_refused(bo: Visitor, town: Town) -> None:
    fields = form(bo.get("/me/goals/new"), "/me/goals").fields

    assert bo.post("/me/goals", data={**fields, "words": "Ro", "citizen_id": str(town.lis)}).status_code == 400
    del fields["csrf_token"]
    assert bo.post("/me/goals", data={**fields, "words": "Ro"}).status_code == 400
    assert rows(Goal) == []


def test_sixty_scripts_in_a_goal_are_shown_as_text(bo: Visitor, town: Town) -> None:
    for script in SCRIPTS:
        goal = write(town, script)
        for path in (f"/me/goals/{goal}", f"/me/goals/{goal}/words"):
            page = bo.get(path).text
            assert shows(page, script), script
            assert live_parts(page) == [], script
    everything = "".join(bo.get("/me/goals/all", query_string={"page": page}).text for page in (1, 2, 3))
    assert live_parts(everything) == []
    assert all(shows(everything, script) for script in SCRIPTS)


def test_a_script_in_every_field_is_shown_as_text(bo: Visitor, town: Town) -> None:
    goal = write(town, SCRIPTS[0])
    for script in (SCRIPTS[0], SCRIPTS[52], SCRIPTS[54]):
        refused = press(bo, f"/me/goals/{goal}", "/check-ins", score=script, words=script)
        assert shows(refused.text, script)
        assert live_parts(refused.text) == []
        goals.check_in(goal, None, script, by=factories.user(town.bo), at=clock.now())

    page = bo.get(f"/me/goals/{goal}").text

    assert live_parts(page) == []
    assert shows(page, SCRIPTS[54])


def test_the_goals_page_asks_the_same_of_the_database_however_long_the_history(bo: Visitor, town: Town) -> None:
    goal = write(town)
    by, now = factories.user(town.bo), clock.now()
    goals.check_in(goal, 1, "", by=by, at=now)
    with counted() as few:
        bo.get("/me/goals")
    write(town, "Et andet mål")
    for number in range(200):
        goals.check_in(goal, number % 11, "ord", by=by, at=now + timedelta(hours=number))

    with counted() as many:
        page = bo.get("/me/goals").text

    assert len(few) == len(many) <= 12
    assert page.count('<th scope="row">') == 30
