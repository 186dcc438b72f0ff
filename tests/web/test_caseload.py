"""The caseworker's list: own units only, the day an answer is due first, and what one may not decide marked."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.money import Money
from planner.domain.people import RoleKind, TieKind
from planner.domain.plan import TRANSITIONS
from planner.models.base import db
from planner.models.budget import Entry
from planner.models.person import Person
from planner.queries import caseload
from planner.queries.caseload import STANDING, Show, Whose, Wish
from planner.usecases import courses, decisions, deliveries, people, plans
from tests import factories
from tests.days import noon
from tests.factories import Town
from tests.pages import sign_in
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def mette(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.mette)


def citizen(town: Town, called: str, **more: object) -> int:
    person = people.add_person(called, by=None, at=clock.now())
    role = people.NewRole(kind=RoleKind.CITIZEN, unit_id=town.north, first_day=clock.today())
    people.give_role(person, role, by=None, at=clock.now())
    if more:
        db.session.execute(db.update(Person).where(Person.id == person).values(**more))
        db.session.commit()
        db.session.remove()
    return person


def send(town: Town, whose: int, **course: object) -> plans.Sent:
    plan_id = factories.open_course(town, citizen=whose, **course)
    user = factories.user(whose)
    factories.compose(plan_id, user, own=("Cykel",))
    return factories.submit(plan_id, user)


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/desk/plans/\d+">([^<]+)</a>', page)


def counts(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'class="count">(\d+)<', page)]


def test_every_act_leads_to_one_status_wherever_it_began() -> None:
    for (_, action), (status, _) in TRANSITIONS.items():
        assert STANDING[action] is status


def test_an_empty_list_says_where_plans_come_from_and_offers_a_first_course(mette: Visitor) -> None:
    page = mette.get("/desk/").text

    assert "Ingen planer venter på svar" in page
    assert "/desk/courses/new" in page


def test_an_approver_without_plans_is_not_sent_to_a_page_that_is_closed_to_them(town: Town, client: Visitor) -> None:
    assert "/desk/courses/new" not in sign_in(client, town.karen).get("/desk/").text


def test_what_is_due_first_stands_first(town: Town, mette: Visitor) -> None:
    send(town, citizen(town, "Sent"))
    with clock.at(noon(clock.today() - timedelta(5))):
        send(town, town.bo)

    assert names(mette.get("/desk/").text) == ["Bo Madsen", "Sent"]


def test_the_day_an_answer_is_due_is_counted_from_the_day_it_was_sent(town: Town, client: Visitor) -> None:
    sent_on = clock.today()
    send(town, town.bo)

    with clock.at(noon(sent_on + timedelta(21))):
        assert "i dag" in sign_in(client, town.mette).get("/desk/").text
    with clock.at(noon(sent_on + timedelta(23))):
        assert "2 dage over tid" in sign_in(client, town.mette).get("/desk/").text


def test_only_plans_of_own_units_are_listed_and_counted(town: Town, client: Visitor) -> None:
    send(town, town.bo)

    page = sign_in(client, town.finn).get("/desk/?show=all").text

    assert names(page) == []
    assert counts(page) == [0, 0, 0, 0]


def test_the_parts_of_the_list_tell_who_is_waited_for(town: Town, mette: Visitor) -> None:
    waiting, asked, drafting, running = (citizen(town, name) for name in ("Venter", "Spurgt", "Kladde", "Kører"))
    send(town, waiting)
    sent = send(town, asked)
    decisions.send_back(sent.plan_id, sent.number, "Hm?", by=factories.user(town.mette), at=clock.now())
    factories.open_course(town, citizen=drafting)
    factories.approve(town, send(town, running))

    assert counts(mette.get("/desk/").text) == [1, 2, 1, 4]
    assert names(mette.get("/desk/?show=answer").text) == ["Venter"]
    assert set(names(mette.get("/desk/?show=citizen").text)) == {"Spurgt", "Kladde"}
    assert names(mette.get("/desk/?show=force").text) == ["Kører"]
    assert names(mette.get("/desk/?show=all&status=returned").text) == ["Spurgt"]


def test_a_plan_in_force_with_a_change_waits_and_is_in_force_at_once(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    bo = factories.user(town.bo)
    plans.revise(plan.plan_id, by=bo, at=clock.now())
    factories.submit(plan.plan_id, bo)

    page = mette.get("/desk/").text

    assert counts(page) == [1, 0, 1, 1]
    assert "en ændring" in page


def test_an_ended_course_is_in_force_no_more(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    courses.end_course(plan.plan_id, by=factories.user(town.mette), at=clock.now())

    assert counts(mette.get("/desk/").text) == [0, 0, 0, 1]


def test_what_is_above_ones_limit_is_marked_and_waits_for_those_whose_limit_suffices(town: Town, app: Flask) -> None:
    send(town, town.bo, amount=70_000)
    waits, above = "venter på en med højere grænse", "over grænsen for Mette"

    seen = {who: sign_in(app.test_client(), getattr(town, who)).get("/desk/").text for who in ("mette", "karen")}

    assert waits in seen["mette"]
    assert waits not in seen["karen"]
    assert above in seen["karen"]
    high = caseload.listed(Wish(whose=Whose.HIGH), by=factories.user(town.karen), today=clock.today())
    assert [row.called for row in high.rows] == ["Bo Madsen"]


def test_within_everybodys_limit_nothing_is_marked(town: Town, mette: Visitor) -> None:
    send(town, town.bo, amount=60_000)

    page = mette.get("/desk/").text

    assert "højere grænse" not in page
    assert caseload.listed(Wish(whose=Whose.HIGH), by=factories.user(town.karen), today=clock.today()).rows == ()


def test_mine_are_those_i_advise(town: Town, app: Flask) -> None:
    send(town, town.bo)

    assert names(sign_in(app.test_client(), town.mette).get("/desk/?whose=mine").text) == ["Bo Madsen"]
    assert names(sign_in(app.test_client(), town.sanne).get("/desk/?whose=mine").text) == []


def test_a_protected_name_is_marked(town: Town, mette: Visitor) -> None:
    send(town, citizen(town, "Hemmelig", protected=True))

    assert "beskyttet navn" in mette.get("/desk/").text


def test_objections_that_wait_are_told(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town, "peer-individuel")
    factories.buy(plan.envelope("Nye gardiner"), 100, factories.user(town.bo))
    deliveries.object_to(1, _payment(), "Hm", by=factories.user(town.bo), at=clock.now())

    assert "1 indsigelse venter på svar" in mette.get("/desk/").text


def _payment() -> int:
    number = db.session.scalars(db.select(Entry.number).where(Entry.kind == "pay")).one()
    db.session.remove()
    return number


@pytest.mark.parametrize(
    "query",
    [
        "page=1000000000",
        "page=0",
        "page=-1",
        "page=x",
        "show=nonsense",
        "whose=%00",
        "status=approve",
        "show=all&status='",
    ],
)
def test_a_wild_address_shows_the_list_all_the_same(query: str, town: Town, mette: Visitor) -> None:
    send(town, town.bo)

    answer = mette.get(f"/desk/?{query}")

    assert answer.status_code == 200
    assert names(answer.text) == ["Bo Madsen"]


def test_long_lists_come_in_pages(town: Town, mette: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caseload, "PAGE", 2)
    for number in range(3):
        send(town, citizen(town, f"Nr {number}"))

    first, second = (names(mette.get(f"/desk/?page={page}").text) for page in (1, 2))

    assert (len(first), len(second)) == (2, 1)
    assert len({*first, *second}) == 3


@pytest.mark.parametrize("show", list(Show))
def test_the_list_asks_the_same_number_of_questions_however_long_it_is(show: Show, town: Town, mette: Visitor) -> None:
    with counted() as few:
        mette.get(f"/desk/?show={show.value}")
    for number in range(6):
        factories.approve(town, send(town, citizen(town, f"Nr {number}")))
        send(town, citizen(town, f"Ny {number}"))
    with counted() as many:
        mette.get(f"/desk/?show={show.value}")

    looks = [
        statement for statement in many if "reading" in statement or "chain" in statement or "BEGIN IMM" in statement
    ]
    assert len(many) - len(looks) == len(few)


def test_the_next_to_answer_is_one_that_i_may_decide(town: Town) -> None:
    send(town, town.bo, amount=70_000)
    friend = citizen(town, "Min ven")
    send(town, friend)
    people.make_tie(friend, town.mette, TieKind.RELATIVE, by=None, at=clock.now())
    send(town, town.lis)

    following = caseload.next_to_answer(factories.user(town.mette), clock.today())

    assert following is not None
    assert (following.called, following.amount) == ("Lis Krogh", Money.kroner(30_000))
