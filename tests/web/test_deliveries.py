"""Recording what services delivered, over HTTP: by the caseworker and the support person, and what they may see."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from planner import clock
from planner.domain.people import TieKind
from planner.models.base import db
from planner.models.budget import Entry
from planner.models.person import TieRow
from planner.models.purchase import Delivery, Objection
from planner.models.record import Reading
from planner.queries import deliveries as queries
from planner.usecases import courses, deliveries, people
from tests import factories
from tests.days import noon
from tests.factories import Running, Town
from tests.pages import form, forms, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite

PEER = "peer-individuel"


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def plan(town: Town) -> Running:
    return factories.run_plan(town, PEER, own=("Hemmelig ting",))


@pytest.fixture
def mette(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.mette)


@pytest.fixture
def ali(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.ali)


def text(answer: object) -> str:
    return re.sub(r"[\s\xa0]+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def page_of(plan: Running) -> str:
    return f"/desk/plans/{plan.plan_id}/deliveries"


def record(visitor: Visitor, plan: Running, **typed: str) -> object:
    item = plan.items[PEER]
    named = {f"service{item}-{name}": value for name, value in typed.items()}
    return press(visitor, page_of(plan), f"/deliveries/{item}", **named)


def stored(table: type) -> list:
    db.session.remove()
    return list(db.session.scalars(db.select(table)))


def payment() -> tuple[int, int]:
    (entry,) = [entry for entry in stored(Entry) if entry.kind == "pay"]
    return entry.budget_id, entry.number


def test_what_can_be_recorded_is_offered_with_its_price(plan: Running, mette: Visitor) -> None:
    page = mette.get(page_of(plan))

    fields = form(page, f"/deliveries/{plan.items[PEER]}").fields
    assert fields[f"service{plan.items[PEER]}-which"] == "1"
    assert "fase 1" in text(page)
    assert "fase 2" not in text(page)


@pytest.mark.parametrize("who", ["mette", "ali"])
def test_caseworker_and_support_person_record_and_the_citizen_can_see_it(
    who: str, town: Town, plan: Running, client: Visitor
) -> None:
    visitor = sign_in(client, getattr(town, who))

    answer = record(visitor, plan)

    assert (answer.status_code, answer.location) == (303, page_of(plan))
    page = text(visitor.get(page_of(plan)))
    assert "Det er skrevet ned og betalt" in page
    assert f"skrevet ned af {'Mette Kjær' if who == 'mette' else 'Ali Demir'}" in page


def test_sending_the_form_twice_pays_once(plan: Running, mette: Visitor) -> None:
    found = form(mette.get(page_of(plan)), f"/deliveries/{plan.items[PEER]}")

    answers = [mette.post(found.action, data=found.fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(stored(Delivery)) == 1


def test_what_is_recorded_is_offered_no_more(plan: Running, mette: Visitor) -> None:
    record(mette, plan)

    page = mette.get(page_of(plan))

    assert [found for found in forms(page) if found.action.endswith(f"/deliveries/{plan.items[PEER]}")] == []
    assert "Den næste del er ikke begyndt" in text(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"day": "2026-02-30"}, "Skriv dagen", id="a day that is not there"),
        pytest.param({"day": ""}, "Udfyld", id="no day"),
        pytest.param({"day": "2199-01-01"}, "ikke kommet", id="a day to come"),
        pytest.param({"day": "2001-01-01"}, "fra", id="a day before the budget"),
        pytest.param({"which": "7"}, "", id="a part that is not offered"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_stays_on_the_page(
    typed: dict[str, str], said: str, plan: Running, mette: Visitor
) -> None:
    answer = record(mette, plan, **typed)

    assert answer.status_code == 422
    assert said in text(answer)
    if "day" in typed:
        item = plan.items[PEER]
        assert form(answer, f"/deliveries/{item}").fields[f"service{item}-day"] == typed["day"]
    assert stored(Delivery) == []


def test_what_was_recorded_can_be_taken_back(plan: Running, ali: Visitor) -> None:
    record(ali, plan)
    (delivery,) = stored(Delivery)

    answer = press(ali, page_of(plan), f"/{delivery.id}/take-back")

    assert answer.status_code == 303
    page = text(ali.get(page_of(plan)))
    assert "Taget tilbage" in page
    assert "sat til side igen" in page


def test_what_was_taken_back_by_somebody_else_is_not_taken_back_again(
    town: Town, plan: Running, mette: Visitor
) -> None:
    record(mette, plan)
    (delivery,) = stored(Delivery)
    button = form(mette.get(page_of(plan)), f"/{delivery.id}/take-back")
    deliveries.take_back(delivery.id, by=factories.user(town.ali), at=clock.now())

    assert mette.post(button.action, data=button.fields).status_code == 422


def test_a_support_person_sees_services_and_neither_goals_nor_own_lines(
    town: Town, plan: Running, ali: Visitor
) -> None:
    factories.buy(plan.envelope("Hemmelig ting"), 100, factories.user(town.bo))

    seen = text(ali.get("/desk/supported")) + text(ali.get(page_of(plan)))

    assert "Bo Madsen" in seen
    assert "Individuelt peer-følgeskab" in seen
    for secret in ("Spise med andre", "Hemmelig ting", "30.000", "29.400"):
        assert secret not in seen


def test_a_support_person_sees_their_own_citizens_only(town: Town, plan: Running, app: Flask) -> None:
    other = people.add_person("Rune", by=None, at=clock.now())
    people.make_tie(town.lis, other, TieKind.SUPPORT_PERSON, by=None, at=clock.now())
    rune = sign_in(app.test_client(), other)

    assert "Bo Madsen" not in text(rune.get("/desk/supported"))
    assert rune.get(page_of(plan)).status_code == 404


def test_a_support_person_sees_no_more_from_the_day_the_tie_ends(town: Town, plan: Running, ali: Visitor) -> None:
    found = form(ali.get(page_of(plan)), f"/deliveries/{plan.items[PEER]}")
    tie = next(tie for tie in stored(TieRow) if tie.person_id == town.ali)
    people.end_tie(tie.id, by=factories.user(town.bo), at=clock.now())

    assert ali.get(page_of(plan)).status_code == 403
    assert ali.post(found.action, data=found.fields).status_code == 403
    assert stored(Delivery) == []


def test_nobody_supported_is_told(town: Town, app: Flask) -> None:
    people.make_tie(town.lis, town.finn, TieKind.SUPPORT_PERSON, by=None, at=clock.now())

    assert "Ingen af dem, du støtter" in text(sign_in(app.test_client(), town.finn).get("/desk/supported"))


def test_an_ended_course_offers_nothing_to_record(town: Town, plan: Running, mette: Visitor) -> None:
    courses.end_course(plan.plan_id, by=factories.user(town.mette), at=clock.now())

    page = mette.get(page_of(plan))

    assert "Forløbet er slut" in text(page)
    assert [found for found in forms(page) if f"/deliveries/{plan.items[PEER]}" in found.action] == []


def test_a_plan_that_is_not_approved_has_nothing_to_deliver(town: Town, mette: Visitor) -> None:
    assert mette.get(f"/desk/plans/{factories.open_course(town)}/deliveries").status_code == 404


def test_services_by_the_session_are_recorded_by_their_day(town: Town, client: Visitor) -> None:
    plan = factories.run_plan(town, "aktivitet-104", own=())
    item = plan.items["aktivitet-104"]
    visitor = sign_in(client, town.mette)

    for _ in range(2):
        assert press(visitor, page_of(plan), f"/deliveries/{item}").status_code == 303

    assert [delivery.part for delivery in stored(Delivery)] == ["session", "session"]


def test_each_look_is_written_down_with_its_purpose(plan: Running, ali: Visitor) -> None:
    ali.get("/desk/supported")
    ali.get(page_of(plan))

    assert [(look.role, look.purpose) for look in stored(Reading)] == [
        ("support_person", "support"),
        ("support_person", "deliver"),
    ]


def objected(town: Town, plan: Running, words: str = "Vi sås kun én gang.") -> int:
    deliveries.deliver(plan.items[PEER], "1", clock.today(), by=factories.user(town.ali), at=clock.now())
    return deliveries.object_to(*payment(), words, by=factories.user(town.bo), at=clock.now())


def test_an_objection_is_shown_with_its_payment_and_answered(town: Town, plan: Running, mette: Visitor) -> None:
    objection = objected(town, plan)
    page = text(mette.get(f"/desk/objections/{objection}"))
    assert "Vi sås kun én gang." in page
    assert "Individuelt peer-følgeskab, fase 1" in page

    answer = press(mette, f"/desk/objections/{objection}", f"/objections/{objection}", words="Tak, vi retter det.")

    assert (answer.status_code, answer.location) == (303, "/desk/objections")
    (kept,) = stored(Objection)
    assert (kept.answer, kept.answered_by) == ("Tak, vi retter det.", town.mette)
    assert "Tak, vi retter det." in text(mette.get(page_of(plan)))


def test_an_answer_without_words_is_refused(town: Town, plan: Running, mette: Visitor) -> None:
    objection = objected(town, plan)

    assert press(mette, f"/desk/objections/{objection}", f"/objections/{objection}", words=" ").status_code == 422


def test_objections_that_wait_stand_first(town: Town, plan: Running, mette: Visitor) -> None:
    first = objected(town, plan, "Den første")
    deliveries.object_to(*payment(), "Den anden", by=factories.user(town.bo), at=clock.now())
    deliveries.answer(first, "Ja", by=factories.user(town.mette), at=clock.now())
    third = deliveries.object_to(*payment(), "Den tredje", by=factories.user(town.bo), at=clock.now())

    order = [int(found) for found in re.findall(r"/desk/objections/(\d+)", mette.get("/desk/objections").text)]

    assert order == [third, third - 1, first]


def test_nobody_objected_is_told(mette: Visitor) -> None:
    assert "Ingen har sagt" in text(mette.get("/desk/objections"))


def test_objections_of_other_units_look_unknown(town: Town, plan: Running, app: Flask) -> None:
    objection = objected(town, plan)
    finn = sign_in(app.test_client(), town.finn)

    real, unknown = (finn.get(f"/desk/objections/{number}") for number in (objection, 999_999))

    assert (real.status_code, text(real)) == (404, text(unknown))
    assert "Bo Madsen" not in text(finn.get("/desk/objections"))


@pytest.mark.parametrize("script", SCRIPTS[::10])
def test_an_objection_is_shown_as_text(script: str, town: Town, plan: Running, mette: Visitor) -> None:
    objection = objected(town, plan, script)

    for address in (f"/desk/objections/{objection}", page_of(plan)):
        page = mette.get(address).text
        assert shows(page, script)
        assert live_parts(page) == []


def test_the_page_costs_the_same_however_much_was_recorded(
    town: Town, client: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    plan = factories.run_plan(town, "aktivitet-104", own=())
    visitor = sign_in(client, town.mette)
    item, mette = plan.items["aktivitet-104"], factories.user(town.mette)
    visitor.get(page_of(plan))
    with counted() as few:
        visitor.get(page_of(plan))
    with clock.at(noon(clock.today() + timedelta(6))):
        for days in range(5):
            deliveries.deliver(item, "", clock.today() - timedelta(days), by=mette, at=clock.now())
    with counted() as many:
        page = visitor.get(page_of(plan))

    assert len(many) == len(few)
    assert page.text.count("/take-back") == 2
    assert "?page=2" in page.text
