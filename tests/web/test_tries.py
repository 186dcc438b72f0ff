"""What if, through the pages: a try is made, changed with the same pages, compared, kept or thrown away."""

import re

import pytest
from flask import Flask

from planner import clock
from planner.models.base import db
from planner.models.composing import Trial
from planner.models.plan import PlanLine
from planner.usecases import trials
from tests import factories
from tests.factories import Town
from tests.pages import form, press, sign_in
from tests.statements import counted
from tests.usecases.test_composing import lock, sheet
from tests.visitor import Visitor
from tests.web.test_composing import lane, plain

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def plan_id(town: Town) -> int:
    found = factories.open_course(town, amount=90_000)
    factories.compose(found, factories.user(town.bo), "cti", "mbsr", own=("Cykel",))
    return found


@pytest.fixture
def bo(town: Town, plan_id: int, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def make(bo: Visitor, plan_id: int, name: str = "Uden CTI") -> str:
    answer = press(bo, f"/me/plan/{plan_id}/tries", "/tries", name=name)
    assert answer.status_code == 303
    return answer.headers["Location"]


def item_of(plan_id: int, package_id: str) -> int:
    db.session.remove()
    wanted = db.select(PlanLine.item_id).filter_by(plan_id=plan_id, package_id=package_id)
    return db.session.scalars(wanted).first() or 0


def test_a_try_is_changed_with_the_same_pages_and_every_way_on_them_stays_in_it(bo: Visitor, plan_id: int) -> None:
    before, there = sheet(plan_id), make(bo, plan_id)
    assert there == f"/me/plan/{plan_id}/compose?try=1"
    item = item_of(plan_id, "mbsr")
    page = bo.get(there)
    assert "Prøve: Uden CTI" in plain(page.text)

    moved = press(bo, there, f"/lines/{item}/move", weeks="1")
    assert "try=1" in moved.headers["Location"]
    taken = press(bo, there, f"/lines/{item_of(plan_id, 'cti')}/removal")
    assert "try=1" in taken.headers["Location"]
    days = press(bo, f"/me/plan/{plan_id}/lines/{item}?try=1", f"/lines/{item}", last_day="2026-07-01")
    assert "try=1" in days.headers["Location"]
    added = press(bo, f"/me/plan/{plan_id}/unpaid?try=1", "/unpaid", title="Koret")
    assert "try=1" in added.headers["Location"]
    assert press(bo, there, "/undo").status_code == 303

    assert sheet(plan_id) == before
    assert {row[2] for row in sheet(plan_id, -1)} == {"mbsr", None}


def test_the_difference_is_told_line_by_line_and_in_figures(bo: Visitor, plan_id: int) -> None:
    press(bo, make(bo, plan_id), f"/lines/{item_of(plan_id, 'cti')}/removal")

    page = bo.get(f"/me/plan/{plan_id}/tries/1").text

    told = plain(page)
    assert re.search(r"Det prøver du Uden Critical Time Intervention .* mindre", told)
    figures = {
        plain(cells[0]).strip(): [plain(cell).strip() for cell in cells[1:]]
        for cells in (
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
        )
        if len(cells) == 4
    }
    assert figures["Frit bagefter"][2].endswith("mere")
    assert figures["Planen koster"][2].endswith("mindre")
    assert figures["Godt for »Spise med andre to gange om ugen«"] == ["3 ting", "2 ting", "1 færre"]
    assert {"Fulde uger", "Travleste uge", "Timer fra i dag til slut", "Øvelser hjemme", "Slutter"} <= figures.keys()


def test_a_try_that_is_like_the_plan_says_so(bo: Visitor, plan_id: int) -> None:
    make(bo, plan_id)

    assert "Intet er ændret endnu. Prøven er som din plan." in plain(bo.get(f"/me/plan/{plan_id}/tries/1").text)


def test_one_thing_is_put_back_and_the_try_is_kept(bo: Visitor, plan_id: int) -> None:
    there, cti, mbsr = make(bo, plan_id), item_of(plan_id, "cti"), item_of(plan_id, "mbsr")
    for item in (cti, mbsr):
        press(bo, there, f"/lines/{item}/removal")
    compared = f"/me/plan/{plan_id}/tries/1"

    assert press(bo, compared, f"/tries/1/lines/{mbsr}/back").status_code == 303
    answer = press(bo, compared, "/tries/1/use")

    assert answer.status_code == 303
    assert {row[2] for row in sheet(plan_id)} == {"mbsr", None}
    assert "Din kladde er nu som prøven." in plain(bo.get("/me/plan/compose").text)
    assert db.session.scalars(db.select(Trial)).all() == []


def test_throwing_a_try_away_leaves_the_plan(bo: Visitor, plan_id: int) -> None:
    before = sheet(plan_id)
    press(bo, make(bo, plan_id), f"/lines/{item_of(plan_id, 'cti')}/removal")

    press(bo, f"/me/plan/{plan_id}/tries/1", "/tries/1/throw")

    assert sheet(plan_id) == before
    assert bo.get(f"/me/plan/{plan_id}/compose?try=1").status_code == 404


def test_after_five_tries_the_page_says_what_to_do(bo: Visitor, plan_id: int) -> None:
    for number in range(5):
        make(bo, plan_id, f"Prøve {number}")

    page = bo.get(f"/me/plan/{plan_id}/tries")

    assert "Du har fem prøver." in plain(page.text)
    assert 'name="name"' not in page.text


def test_a_name_is_asked_for_and_stays_when_it_is_too_long(bo: Visitor, plan_id: int) -> None:
    answer = press(bo, f"/me/plan/{plan_id}/tries", "/tries", name="x" * 61)

    assert answer.status_code == 422
    assert form(answer, "/tries").fields["name"] == "x" * 61


def test_a_try_changed_in_another_window_is_not_kept_unseen(bo: Visitor, plan_id: int) -> None:
    there = make(bo, plan_id)
    early = form(bo.get(f"/me/plan/{plan_id}/tries/1"), "/tries/1/use")
    press(bo, there, f"/lines/{item_of(plan_id, 'cti')}/removal")

    answer = bo.post(early.action, data=early.fields)

    assert answer.status_code == 409
    assert "Planen blev ændret imens." in plain(answer.text)


def test_beside_a_plan_that_is_sent_the_page_says_to_take_it_back_first(bo: Visitor, plan_id: int, town: Town) -> None:
    make(bo, plan_id)
    factories.submit(plan_id, factories.user(town.bo))

    page = bo.get(f"/me/plan/{plan_id}/tries/1")

    assert "Tag den tilbage først" in plain(page.text)
    assert "/tries/1/use" not in page.text


def test_from_a_plan_in_force_the_way_leads_over_a_try_to_a_change(town: Town, client: Visitor) -> None:
    plan = factories.run_plan(town, "peer-individuel", own=("Gardiner",))
    bo = sign_in(client, town.bo)
    assert f"/me/plan/{plan.plan_id}/tries" in bo.get("/me/plan").text
    there = make(bo, plan.plan_id)

    press(bo, there, f"/lines/{plan.items['peer-individuel']}/removal")
    assert "begynder du en ændring" in plain(bo.get(f"/me/plan/{plan.plan_id}/tries/1").text)
    press(bo, f"/me/plan/{plan.plan_id}/tries/1", "/tries/1/use")

    assert [row[2] for row in sheet(plan.plan_id, 2)] == [None]
    assert lock(plan.plan_id)


@pytest.mark.parametrize("page", ["/me/plan/{plan}/tries", "/me/plan/{plan}/tries/1", "/me/plan/{plan}/compose?try=1"])
def test_the_pages_of_a_try_ask_the_database_at_most_twenty_times(
    bo: Visitor, plan_id: int, town: Town, page: str
) -> None:
    trials.make(plan_id, "Mere tid", by=factories.user(town.bo), at=clock.now())
    db.session.remove()

    with counted() as statements:
        assert bo.get(page.format(plan=plan_id)).status_code == 200

    assert len(statements) <= 20


def test_a_line_of_a_try_is_shown_on_its_lane(bo: Visitor, plan_id: int) -> None:
    there, item = make(bo, plan_id), item_of(plan_id, "mbsr")

    assert "Ret dage" in lane(bo.get(there).text, item)
