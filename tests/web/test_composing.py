"""Composing through the pages: goals, rungs, what costs nothing, undoing, two windows, somebody who helps, days away."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.models.base import db
from planner.models.composing import Away, RungWords
from planner.models.plan import LineGoal, Plan, PlanItem, PlanLine
from planner.models.record import Reading
from planner.usecases import composing, goals
from planner.usecases.composing import Aim
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.pages import form, press, sign_in
from tests.statements import counted
from tests.usecases.test_composing import own
from tests.visitor import Visitor
from tests.web.changing import edited

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]

COMPOSE = "/me/plan/compose"


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def plan_id(town: Town) -> int:
    return factories.open_course(town, amount=90_000)


@pytest.fixture
def bo(town: Town, plan_id: int, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def goal(town: Town, words: str = "Sove hele natten") -> int:
    return goals.write(words, by=factories.user(town.bo), at=clock.now())


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


def lane(page: str, item: int) -> str:
    found = re.search(rf'<li id="line-{item}">.*?</li>\s*(?=<li id="line-|</ul>)', page, re.DOTALL)
    assert found, f"no line {item}"
    return plain(found[0])


def add(plan_id: int, by: int, line: composing.OwnLine) -> int:
    return composing.add_own_line(plan_id, line, by=factories.user(by), at=clock.now())


def row(item: int) -> PlanLine:
    db.session.remove()
    return db.session.scalars(db.select(PlanLine).filter_by(item_id=item)).one()


def test_a_line_without_a_goal_says_so_beside_it_and_is_mended_on_its_page(
    bo: Visitor, plan_id: int, town: Town
) -> None:
    one, _ = goal(town), goal(town, "Spise med andre")
    item = add(plan_id, town.bo, own("Gåtur med Karin"))
    assert "Hvad er »Gåtur med Karin« godt for? Vælg et mål." in lane(bo.get(COMPOSE).text, item)
    assert "Hvad er »Gåtur med Karin« godt for?" in plain(bo.get("/me/plan/check").text)

    answer = press(bo, f"/me/plan/{plan_id}/lines/{item}", f"/lines/{item}/goals", aims=str(one))

    assert answer.status_code == 303
    assert "Godt for: Sove hele natten" in lane(bo.get(COMPOSE).text, item)
    assert db.session.scalars(db.select(LineGoal.goal_id)).all() == [one]


def test_just_because_is_an_answer_until_it_costs_more_than_the_cap(bo: Visitor, plan_id: int, town: Town) -> None:
    goal(town)
    item = add(plan_id, town.bo, own("Is på havnen", 600))
    press(bo, f"/me/plan/{plan_id}/lines/{item}", f"/lines/{item}/goals", aims="because")

    told = lane(bo.get(COMPOSE).text, item)

    assert "Bare fordi jeg har lyst" in told
    assert "Du kan bruge op til 500 kr., bare fordi du har lyst. Du har valgt for 600 kr." in told


def test_something_that_costs_nothing_is_put_in_with_its_rung_hours_and_goal(
    bo: Visitor, plan_id: int, town: Town
) -> None:
    goal(town)
    page = f"/me/plan/{plan_id}/unpaid"

    answer = press(bo, page, "/unpaid", title="Gåtur med Karin", rung="network", hours="1,5")

    assert answer.status_code == 303
    item = db.session.scalars(db.select(PlanItem.id)).one()
    assert row(item).terms == {"own": {"oere": 0, "monthly": False}, "rung": "network", "minutes": 90}
    shown = bo.get(COMPOSE).text
    assert "Det koster ikke noget" in lane(shown, item)
    assert "I din plan: Gåtur med Karin" in plain(shown).replace(" :", ":")
    assert re.search(r"Mine nærmeste .{0,40}I din plan", plain(shown))


def test_hours_that_cannot_be_read_are_refused_and_what_was_typed_stays(bo: Visitor, plan_id: int) -> None:
    answer = press(bo, f"/me/plan/{plan_id}/unpaid", "/unpaid", title="Koret", hours="mange")

    assert answer.status_code == 422
    assert form(answer, "/unpaid").fields["title"] == "Koret"
    assert form(answer, "/unpaid").fields["hours"] == "mange"


def test_the_rungs_are_written_once_and_stand_over_the_catalogue(bo: Visitor, plan_id: int) -> None:
    press(bo, f"/me/plan/{plan_id}/rungs", "/rungs", self_now="Jeg laver mad.", community_possible="Koret")

    page = plain(bo.get(COMPOSE).text)
    assert "Nu: Jeg laver mad." in page
    assert "Muligt: Koret" in page
    assert page.index("Jeg laver mad.") < page.index("Det kan du vælge")


def test_two_windows_never_overwrite_what_stands_on_the_rungs(bo: Visitor, plan_id: int) -> None:
    page = f"/me/plan/{plan_id}/rungs"
    early = form(bo.get(page), "/rungs")
    press(bo, page, "/rungs", self_now="Jeg laver mad.")

    answer = bo.post(early.action, data={**early.fields, "self_now": "Jeg gør rent."})

    assert answer.status_code == 409
    told = plain(answer.text)
    assert "Det blev ændret imens" in told
    assert "Jeg laver mad." in told
    assert form(answer, "/rungs").fields["self_now"] == "Jeg gør rent."
    again = form(answer, "/rungs")
    assert bo.post(again.action, data=again.fields).status_code == 303
    db.session.remove()
    assert [words.now for words in db.session.scalars(db.select(RungWords))] == ["Jeg gør rent."]


def test_a_stale_form_of_a_line_says_what_stands_there_now_and_keeps_what_was_typed(
    bo: Visitor, plan_id: int, town: Town
) -> None:
    item = add(plan_id, town.bo, own("Cykel", 600))
    page, to = f"/me/plan/{plan_id}/lines/{item}", f"/lines/{item}"
    early = form(bo.get(page), to)
    press(bo, page, to, title="Ladcykel", amount="800")

    answer = bo.post(early.action, data={**early.fields, "amount": "700"})

    assert answer.status_code == 409
    told = plain(answer.text)
    assert "Det blev ændret imens, i et andet vindue eller af en anden. Intet blev gemt." in told
    assert re.search(r"Sådan står det nu Ladcykel: .* 800 kr\.", told)
    assert form(answer, to).fields["amount"] == "700"
    assert row(item).terms["own"]["oere"] == 80_000
    again = form(answer, to)
    assert bo.post(again.action, data=again.fields).status_code == 303
    assert row(item).terms["own"]["oere"] == 70_000


def test_a_pair_that_excludes_each_other_put_in_from_two_windows_is_named_beside_both(
    bo: Visitor, plan_id: int
) -> None:
    one, other = (
        form(bo.get(COMPOSE + "?words=cti"), "/packages/cti"),
        form(bo.get(COMPOSE + "?words=act"), "/packages/act"),
    )

    assert [bo.post(each.action, data=each.fields).status_code for each in (one, other)] == [303, 303]

    page = bo.get(COMPOSE).text
    names = [CATALOGUE[each].name.da for each in ("cti", "act")]
    for item in db.session.scalars(db.select(PlanItem.id)):
        said = re.search(r"»([^«]*)« og »([^«]*)« kan ikke ligge på de samme dage", lane(page, item))
        assert said
        assert sorted(said.groups()) == sorted(names)


def test_a_package_withdrawn_while_it_is_in_five_drafts_says_so_in_each_with_a_way_out(
    app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = [factories.open_course(town, amount=90_000) for _ in range(5)]
    items = [
        composing.add_package(each, "mbsr", catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())
        for each in drafts
    ]
    visitor = sign_in(app.test_client(), town.bo)

    with edited(app, "mbsr", withdrawn_on=clock.today()):
        for draft, item in zip(drafts, items, strict=True):
            page = visitor.get(f"/me/plan/{draft}/compose")
            assert "findes ikke mere. Tag det ud." in lane(page.text, item)
            out = form(page, f"/lines/{item}/removal")
            assert visitor.post(out.action, data=out.fields).status_code == 303


def test_what_was_saved_when_is_said_and_the_last_change_is_undone_and_brought_back(
    bo: Visitor, plan_id: int, town: Town
) -> None:
    assert "Fortryd" not in plain(bo.get(COMPOSE).text)
    item = add(plan_id, town.bo, own("Gåtur"))
    page = bo.get(COMPOSE)
    assert re.search(r"Gemt kl\. \d+\.\d\d\.", plain(page.text))

    assert press(bo, COMPOSE, "/undo").status_code == 303
    assert f'id="line-{item}"' not in bo.get(COMPOSE).text

    assert press(bo, COMPOSE, "/undo").status_code == 303
    assert f'id="line-{item}"' in bo.get(COMPOSE).text


def test_undoing_in_a_window_that_has_not_seen_the_last_change_is_refused(
    bo: Visitor, plan_id: int, town: Town
) -> None:
    add(plan_id, town.bo, own("Gåtur"))
    early = form(bo.get(COMPOSE), "/undo")
    add(plan_id, town.bo, own("Koret"))

    answer = bo.post(early.action, data=early.fields)

    assert answer.status_code == 409
    assert "Planen blev ændret imens. Der skete ikke noget." in plain(answer.text)


def test_the_citizen_says_on_the_page_how_much_is_enough(bo: Visitor, plan_id: int, town: Town) -> None:
    add(plan_id, town.bo, own("Koret", minutes=600))

    press(bo, COMPOSE, "/limit", hours="5,5")

    db.session.remove()
    assert db.session.get_one(Plan, plan_id).weekly_minutes == 330
    page = bo.get(COMPOSE)
    assert "er fuld" in plain(page.text)
    assert form(page, "/limit").fields["hours"] == "5,5"
    press(bo, COMPOSE, "/limit", hours="")
    assert "er fuld" not in plain(bo.get(COMPOSE).text)


def test_hours_that_are_no_hours_are_refused_where_they_were_typed(bo: Visitor, plan_id: int) -> None:
    answer = press(bo, COMPOSE, "/limit", hours="500")

    assert answer.status_code == 422
    assert form(answer, "/limit").fields["hours"] == "500"


def test_days_away_are_written_shown_and_removed(bo: Visitor, plan_id: int, town: Town) -> None:
    monday = clock.today() + timedelta(days=7)
    add(plan_id, town.bo, own("Koret", minutes=60))

    press(bo, "/me/away", "/me/away", first_day=monday.isoformat(), last_day=(monday + timedelta(days=6)).isoformat())

    page = plain(bo.get(COMPOSE).text)
    assert "Du er ikke der fra 18. maj til 24. maj" in page
    assert re.search(r"21 fra 18\. maj ikke der 0 time", page)
    away = db.session.scalars(db.select(Away.id)).one()
    press(bo, "/me/away", f"/me/away/{away}/removal")
    db.session.remove()
    assert db.session.scalars(db.select(Away)).all() == []


def test_more_than_a_year_away_is_refused_and_what_was_typed_stays(bo: Visitor) -> None:
    answer = press(bo, "/me/away", "/me/away", first_day="2026-06-01", last_day="2027-07-01", words="Til søs")

    assert answer.status_code == 422
    assert "Det er mere end et år." in plain(answer.text)
    assert form(answer, "/me/away").fields["words"] == "Til søs"


@pytest.mark.parametrize("who", ["mette", "ali"])
def test_somebody_who_helps_writes_on_the_same_pages_and_the_citizen_sees_who_it_was(
    app: Flask, plan_id: int, town: Town, who: str
) -> None:
    helper = sign_in(app.test_client(), getattr(town, who))
    page = helper.get(f"/me/plan/{plan_id}/compose")
    assert "Det, du skriver, bliver gemt i dit navn." in plain(page.text)
    assert "/me/plan/check" not in page.text

    press(helper, f"/me/plan/{plan_id}/unpaid", "/unpaid", title="Fodbold på banen")

    item = db.session.scalars(db.select(PlanItem.id)).one()
    bo = sign_in(app.test_client(), town.bo)
    name = {"mette": "Mette", "ali": "Ali"}[who]
    assert f"{name} skrev det den 11. maj." in lane(bo.get(COMPOSE).text, item)
    assert f"{name} skrev det den 11. maj." in plain(bo.get(f"/me/plan/{plan_id}/lines/{item}").text)
    db.session.remove()
    looked = db.session.scalars(db.select(Reading)).all()
    assert {(each.page, each.purpose) for each in looked} >= {
        ("citizen.compose", "compose"),
        ("citizen.unpaid_line", "compose"),
    }
    told = plain(bo.get("/me/readings").text)
    assert "for at sætte din plan sammen med dig" in told
    assert "Det blev gjort for dig" in plain(bo.get("/me/happened").text)


def test_the_ways_in_for_those_who_help(app: Flask, plan_id: int, town: Town) -> None:
    mette, ali = (sign_in(app.test_client(), each) for each in (town.mette, town.ali))

    assert f"/me/plan/{plan_id}/compose" in mette.get(f"/desk/plans/{plan_id}").text
    assert f"/me/plan/{plan_id}/compose" in ali.get("/desk/supported").text


def test_a_helper_whose_draft_was_sent_meanwhile_is_told_so(app: Flask, plan_id: int, town: Town) -> None:
    goal(town)
    add(plan_id, town.bo, own("Gåtur"))
    helper = sign_in(app.test_client(), town.ali)
    early = form(helper.get(f"/me/plan/{plan_id}/unpaid"), "/unpaid")
    factories.submit(plan_id, factories.user(town.bo))

    answer = helper.post(early.action, data={**early.fields, "title": "Koret"})

    assert answer.status_code == 409
    assert "Den kan ikke ændres lige nu." in plain(answer.text)
    assert helper.get(f"/me/plan/{plan_id}/compose").status_code == 302


def test_the_caseworker_reads_what_each_line_is_good_for(app: Flask, plan_id: int, town: Town) -> None:
    only = goal(town)
    add(plan_id, town.bo, own("Gåtur med Karin"))
    add(plan_id, town.bo, own("Is på havnen", 100, aim=Aim(frozenset(), because=True)))
    factories.submit(plan_id, factories.user(town.bo))
    assert only

    told = plain(sign_in(app.test_client(), town.mette).get(f"/desk/plans/{plan_id}").text)

    assert "Gåtur med Karin Sove hele natten" in told
    assert "Is på havnen bare fordi" in told


@pytest.mark.parametrize("number", [3, 20])
@pytest.mark.parametrize(
    "page", [COMPOSE, "/me/plan/{plan}/lines/{item}", "/me/plan/{plan}/unpaid", "/me/plan/{plan}/rungs"]
)
def test_a_page_of_the_composer_asks_the_database_at_most_twenty_times(
    bo: Visitor, plan_id: int, town: Town, page: str, number: int
) -> None:
    goal(town)
    items = [add(plan_id, town.bo, own(f"Ting {n}", 10 if n % 2 else 0, minutes=30)) for n in range(number)]
    db.session.remove()

    with counted() as statements:
        assert bo.get(page.format(plan=plan_id, item=items[0])).status_code == 200

    assert len(statements) <= 20
