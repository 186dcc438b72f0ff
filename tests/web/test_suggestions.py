"""Show suggestions: from what goals are about to mixes with their reasons; nothing goes in without a press."""

import re
from datetime import date

import pytest
from flask import Flask

from planner import clock
from planner.models.base import db
from planner.models.person import Person
from planner.models.plan import LineGoal, PlanLine
from planner.models.record import ReadingOf
from planner.models.rule import Figure
from planner.usecases import goals, trials
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.pages import forms, sign_in
from tests.payloads import SCRIPTS, live_parts
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def draft(town: Town) -> int:
    return factories.open_course(town, amount=90_000)


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def write(town: Town, words: str = "Spise med andre") -> int:
    return goals.write(words, by=factories.user(town.bo), at=clock.now())


def ask(bo: Visitor, **asked: str | list[str]) -> str:
    return bo.get("/me/plan/suggestions", query_string={"asked": "1", **asked}).text


def suggested(page: str) -> list[list[str]]:
    """Read the package ids of each suggestion from the buttons of its packages, in order."""
    return [
        re.findall(r'name="mix" value="([a-z0-9-]+):[0-9,]*"', part)
        for part in page.split('<h3 class="card-heading">')[1:]
    ]


def chosen() -> list[str]:
    db.session.remove()
    return list(db.session.scalars(db.select(PlanLine.package_id).order_by(PlanLine.item_id)))


def test_without_a_goal_the_page_asks_for_one_first(bo: Visitor, draft: int) -> None:
    page = bo.get("/me/plan/suggestions").text

    assert "Først: Hvad vil du gerne?" in page
    assert "/me/goals/new" in page


def test_each_goal_is_asked_about_in_its_own_words_and_nothing_is_ticked(bo: Visitor, town: Town, draft: int) -> None:
    write(town, "Spise med <b>andre</b>")

    page = bo.get("/me/plan/suggestions").text

    assert "Spise med &lt;b&gt;andre&lt;/b&gt;" in page
    assert page.count('type="checkbox"') == 5
    assert " checked" not in page


def test_three_mixes_say_why_what_they_cost_and_what_they_leave(bo: Visitor, town: Town, draft: int) -> None:
    eat, work = write(town), write(town, "Have et arbejde")

    page = ask(bo, **{f"about-{eat}": ["connectedness", "hope"], f"about-{work}": "meaning"})

    found = suggested(page)
    assert len(found) == 3
    assert all(1 <= len(mix) <= 5 for mix in found)
    first = {process for package in found[0] for process in CATALOGUE[package].chime}
    assert "meaning" in first
    assert "Hjælper dig med at" in page
    assert "Det satte du kryds ved i »Spise med andre«." in page
    assert chosen() == []


def test_the_same_question_has_the_same_answer(bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)

    assert suggested(ask(bo, **{f"about-{goal}": "hope"})) == suggested(ask(bo, **{f"about-{goal}": "hope"}))


def test_a_press_puts_a_whole_mix_into_the_plan_for_its_goals(bo: Visitor, town: Town, draft: int) -> None:
    eat, work = write(town), write(town, "Have et arbejde")
    page = bo.get(
        "/me/plan/suggestions",
        query_string={"asked": "1", f"about-{eat}": "connectedness", f"about-{work}": "meaning"},
    )
    buttons = [one for one in forms(page) if one.action.split("?")[0].endswith("/suggestions") and "mix" in one.fields]
    whole = next(one for one in buttons if " " in one.fields["mix"])

    answer = bo.post(whole.action, data=whole.fields)

    assert answer.status_code == 303
    assert answer.location.startswith("/me/plan/compose")
    assert chosen() == [part.partition(":")[0] for part in whole.fields["mix"].split()]
    assert set(db.session.scalars(db.select(LineGoal.goal_id))) == {eat, work}
    again = bo.post(whole.action, data=whole.fields)
    assert "Det er allerede gjort" in bo.get(again.location).text


def test_what_is_in_the_plan_is_not_suggested_again_and_what_it_excludes_neither(
    bo: Visitor, town: Town, draft: int
) -> None:
    goal = write(town)
    asked = {f"about-{goal}": ["connectedness", "meaning"]}
    before = {package for mix in suggested(ask(bo, **asked)) for package in mix}
    factories.compose(draft, factories.user(town.bo), *before)

    after = {package for mix in suggested(ask(bo, **asked)) for package in mix}

    assert after
    assert not after & before
    assert not after & {other for package in before for other in CATALOGUE[package].excludes}


def test_nobody_is_suggested_treatment_of_alcohol_or_drugs(bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)

    for process in ("connectedness", "hope", "identity", "meaning", "empowerment"):
        kinds = {CATALOGUE[p].kind.value for mix in suggested(ask(bo, **{f"about-{goal}": process})) for p in mix}
        assert kinds
        assert "statutory_free" not in kinds


def test_the_amount_and_the_hours_are_kept(bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)

    page = ask(bo, **{f"about-{goal}": "identity", "most": "1", "hours": "1"})

    assert all("0 kr. af dit beløb." in part for part in page.split("<h3 class=")[1:])


def test_somebody_too_young_is_not_suggested_what_is_for_grown_ups(bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)
    asked = {f"about-{goal}": "meaning"}
    assert any((CATALOGUE[p].min_age or 0) >= 18 for mix in suggested(ask(bo, **asked)) for p in mix)
    today = clock.today()
    db.session.get_one(Person, town.bo).born = date(today.year - 17, today.month, 1)
    db.session.commit()

    assert not any((CATALOGUE[p].min_age or 0) >= 18 for mix in suggested(ask(bo, **asked)) for p in mix)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "Sæt mindst ét kryds"),
        ({"most": "mange"}, "Skriv beløbet som 1.234,50"),
        ({"hours": "400"}, "Vælg et punkt på listen"),
    ],
)
def test_what_cannot_be_searched_with_is_said_and_kept(
    asked: dict, says: str, bo: Visitor, town: Town, draft: int
) -> None:
    write(town)

    page = ask(bo, **asked)

    assert re.search(says, page)
    assert suggested(page) == []


def test_hostile_addresses_are_read_as_nothing(bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)

    named = {"plan_id": "3", "endpoint": "x", "_external": "1", "_anchor": "x", "mix": "x"}
    assert suggested(ask(bo, **named, **{f"about-{goal}": "hope"}))
    for payload in (*SCRIPTS, "\0", "9" * 400):
        page = ask(bo, **{f"about-{goal}": payload, "goal": payload, "most": payload})
        assert live_parts(page) == live_parts(bo.get("/me/plan/suggestions").text)


@pytest.mark.parametrize("mix", ["", "findes-ikke:1", "mbsr", "mbsr:1 " * 9, "mbsr:x", "../x:1"])
def test_a_forged_button_puts_nothing_in(mix: str, bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)

    answer = bo.post(f"/me/plan/{draft}/suggestions", data={**_button(bo, goal), "mix": mix})

    assert answer.status_code == 422
    assert chosen() == []


def _button(bo: Visitor, goal: int) -> dict[str, str]:
    page = bo.get("/me/plan/suggestions", query_string={"asked": "1", f"about-{goal}": "hope"})
    return next(one.fields for one in forms(page) if "mix" in one.fields)


def test_a_municipality_can_switch_it_off(bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)
    assert "/me/plan/suggestions" in bo.get("/me/plan/compose").text
    assert f"/me/plan/suggestions?goal={goal}" in bo.get(f"/me/goals/{goal}").text
    today = clock.today()
    db.session.execute(
        db.insert(Figure).values(
            code="suggestions", value=0, unit="yes", first_day=today, source="Byrådet", assumed=False
        )
    )
    db.session.commit()

    assert bo.get("/me/plan/suggestions").status_code == 404
    assert "/me/plan/suggestions" not in bo.get("/me/plan/compose").text
    assert "/me/plan/suggestions" not in bo.get(f"/me/goals/{goal}").text


def test_a_helper_looks_with_the_citizen_and_it_is_written_down(
    town: Town, draft: int, app: Flask, client: Visitor
) -> None:
    goal = write(town)
    ali = sign_in(client, town.ali)

    page = ali.get(f"/me/plan/{draft}/suggestions", query_string={"asked": "1", f"about-{goal}": "hope"})

    assert suggested(page.text)
    db.session.remove()
    assert db.session.scalars(db.select(ReadingOf.citizen_id)).all() == [town.bo]


def test_a_suggestion_can_go_into_a_try_and_leaves_the_plan_alone(bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)
    number = trials.make(draft, "Uden støtte", by=factories.user(town.bo), at=clock.now())
    asked = {"asked": "1", f"about-{goal}": "hope", "try": str(number)}
    page = bo.get(f"/me/plan/{draft}/suggestions", query_string=asked)
    button = next(one for one in forms(page) if "mix" in one.fields)

    bo.post(button.action, data=button.fields)

    db.session.remove()
    assert db.session.scalars(db.select(PlanLine.number)).all() == [-number]


def test_a_link_from_one_goal_asks_about_that_one_alone(bo: Visitor, town: Town, draft: int) -> None:
    write(town)
    work = write(town, "Have et arbejde")

    page = bo.get(f"/me/plan/suggestions?goal={work}").text

    assert "Have et arbejde" in page
    assert "Spise med andre" not in page


def test_the_page_costs_the_same_whatever_stands_in_the_plan(bo: Visitor, town: Town, draft: int) -> None:
    goal = write(town)
    asked = {f"about-{goal}": ["hope", "meaning"]}
    with counted() as few:
        ask(bo, **asked)
    factories.compose(draft, factories.user(town.bo), "mbsr", "peer-gruppe", "cti", own=("Bøger", "Cykel"))

    with counted() as many:
        ask(bo, **asked)

    assert len(many) == len(few) <= 20
