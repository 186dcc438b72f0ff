"""Opening and ending a course over HTTP: known and new citizens, own units only, what was typed stays."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from planner import clock
from planner.domain.money import Money
from planner.domain.people import RoleKind, TieKind
from planner.models.base import db
from planner.models.person import Person, PersonNumber
from planner.models.plan import Plan
from planner.models.record import Event, Reading
from planner.usecases import people, plans, standard
from planner.web.forms import ActionForm
from tests import factories
from tests.factories import Town
from tests.pages import form, press, sign_in
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite

NEW = "/desk/courses/new"


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def mette(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.mette)


def text(answer: object) -> str:
    return re.sub(r"[\s\xa0]+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def stored(table: type) -> list:
    db.session.remove()
    return list(db.session.scalars(db.select(table)))


def open_(visitor: Visitor, page: str = NEW, **typed: str) -> object:
    days = {"first_day": "2027-01-01", "last_day": "2027-06-30"}
    who = {} if "citizen=" in page else {"called": "Rie"}
    return press(visitor, page, "/desk/courses", **{**days, **who, "amount": "20.000", **typed})


def search(visitor: Visitor, name: str) -> object:
    return press(visitor, NEW, "/courses/search", name=name)


def test_a_course_for_a_new_citizen_leads_to_its_page(town: Town, mette: Visitor) -> None:
    answer = open_(mette, phone="11 22 33 44", hours="7,5", support_person=str(town.ali), language="en")

    (plan,) = stored(Plan)
    assert (answer.status_code, answer.location) == (303, f"/desk/plans/{plan.id}")
    page = text(mette.get(answer.location))
    assert "Forløbet er åbnet" in page
    assert "Rie, plan 1" in page
    assert "Ali Demir" in page
    assert (plan.indicative_oere, plan.weekly_minutes) == (Money.kroner(20_000), 450)


def test_the_citizen_sees_the_expected_amount_at_once(town: Town, mette: Visitor, app: Flask) -> None:
    open_(mette, f"{NEW}?citizen={town.bo}")

    assert "20.000" in text(sign_in(app.test_client(), town.bo).get("/me/money"))


def test_a_number_is_sealed_before_it_is_stored(mette: Visitor) -> None:
    assert open_(mette, number="610180-4001").status_code == 303

    (kept,) = stored(PersonNumber)
    assert "4001" not in kept.cipher + kept.lookup


def test_nothing_that_is_kept_of_a_request_lets_a_number_be_guessed(mette: Visitor, app: Flask) -> None:
    form_ = form(mette.get(NEW), "/desk/courses")
    typed = {
        **form_.fields,
        "called": "Rie",
        "number": "610180-4001",
        "amount": "20.000",
        "first_day": "2027-01-01",
        "last_day": "2027-06-30",
    }
    mette.post(form_.action, data=typed)
    (digest,) = [event.request_digest for event in stored(Event) if event.request_digest]

    with app.test_request_context(form_.action, method="POST", data=typed):
        same = ActionForm().request_key().body
        with another_secret(app):
            elsewhere = ActionForm().request_key().body

    assert digest == same
    assert digest != elsewhere


@contextmanager
def another_secret(app: Flask) -> Iterator[None]:
    secret, app.secret_key = app.secret_key, "another secret, with another digest of the same"
    try:
        yield
    finally:
        app.secret_key = secret


def test_a_number_that_is_known_finds_its_person(mette: Visitor) -> None:
    open_(mette, number="610180-4001")
    open_(mette, called="Rikke", number="6101804001")

    assert len({plan.citizen_id for plan in stored(Plan)}) == 1


def test_sending_the_form_twice_opens_one_course(mette: Visitor) -> None:
    found = form(mette.get(NEW), "/desk/courses")
    typed = {**found.fields, "called": "Rie", "amount": "1", "first_day": "2027-01-01", "last_day": "2027-01-31"}

    first, again = (mette.post(found.action, data=typed) for _ in range(2))

    assert first.location == again.location
    assert len(stored(Plan)) == 1


def test_citizens_of_own_units_are_found_by_a_part_of_their_name(town: Town, mette: Visitor) -> None:
    page = search(mette, "mads")

    assert f'href="{NEW}?citizen={town.bo}"' in page.text
    assert "Lis Krogh" not in text(page)


def test_a_name_is_found_whatever_its_case_also_beyond_the_english_letters(town: Town, mette: Visitor) -> None:
    open_(mette, called="Åse Ærø")

    for name in ("åse", "ÅSE", "ærø"):
        assert "Åse Ærø" in text(search(mette, name)), name


def test_a_new_citizen_is_found_in_the_unit_of_the_plan_and_not_in_others(town: Town, app: Flask) -> None:
    open_(sign_in(app.test_client(), town.mette))

    assert "Rie" in text(search(sign_in(app.test_client(), town.sanne), "Rie"))
    assert "Ingen i dine enheder hedder sådan" in text(search(sign_in(app.test_client(), town.finn), "Rie"))


@pytest.mark.parametrize("name", ["Jens", "Karen", "Ali", "Finn"])
def test_staff_and_helpers_are_not_found_as_citizens(name: str, mette: Visitor) -> None:
    assert "Ingen i dine enheder hedder sådan" in text(search(mette, name))


@pytest.mark.parametrize("name", ["%", "_", "b", "'; DROP TABLE person; --", "%' OR 1=1 --", "\\"])
def test_a_search_finds_letters_and_no_tricks(name: str, town: Town, mette: Visitor) -> None:
    answer = search(mette, name)

    assert answer.status_code == 200
    assert "Bo Madsen" not in text(answer)


def test_a_search_is_written_down_with_those_it_found(town: Town, mette: Visitor) -> None:
    search(mette, "Nobody at all")
    search(mette, "Bo")

    assert [look.purpose for look in stored(Reading)] == ["open_course"]


def test_a_course_for_somebody_known_needs_no_name(town: Town, mette: Visitor) -> None:
    page = mette.get(f"{NEW}?citizen={town.bo}")
    assert "For Bo Madsen" in text(page)
    assert "called" not in form(page, "/desk/courses").fields

    open_(mette, f"{NEW}?citizen={town.bo}")

    assert [plan.citizen_id for plan in stored(Plan)] == [town.bo]


@pytest.mark.parametrize("citizen", ["999999", "x", "-1", "9" * 30])
def test_a_citizen_that_is_not_there_looks_unknown(citizen: str, town: Town, mette: Visitor) -> None:
    assert mette.get(f"{NEW}?citizen={citizen}").status_code == 404


def test_a_citizen_of_another_unit_looks_like_one_that_is_not_there(town: Town, app: Flask) -> None:
    finn = sign_in(app.test_client(), town.finn)

    real, unknown = (finn.get(f"{NEW}?citizen={who}") for who in (town.bo, 999_999))

    assert real.status_code == unknown.status_code == 404
    assert text(real) == text(unknown)


def test_a_hidden_citizen_that_was_tampered_with_opens_nothing(town: Town, mette: Visitor) -> None:
    assert open_(mette, f"{NEW}?citizen={town.bo}", citizen=str(town.finn)).status_code == 404
    assert stored(Plan) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"called": ""}, "Skriv", id="no name"),
        pytest.param({"called": " "}, "Skriv", id="a name of blanks"),
        pytest.param({"amount": "1,234.50"}, "1.234,50", id="an amount that cannot be read"),
        pytest.param({"amount": "0"}, "1.234,50", id="no amount"),
        pytest.param({"last_day": "2026-12-31"}, "Den sidste dag", id="an end before the start"),
        pytest.param({"last_day": "31.06.2027"}, "Skriv dagen", id="a day that is not there"),
        pytest.param({"last_day": "2099-01-01"}, "højst", id="far too long"),
        pytest.param({"number": "123"}, "CPR", id="no number"),
        pytest.param({"hours": "mange"}, "Skriv timerne", id="hours that cannot be read"),
        pytest.param({"hours": "200"}, "Skriv timerne", id="more hours than a week has"),
        pytest.param({"unit": "99"}, "", id="a unit of others"),
        pytest.param({"template": "99"}, "", id="a kind of budget that is not there"),
        pytest.param({"support_person": "99"}, "", id="a helper that is not offered"),
        pytest.param({"called": "x" * 101}, "for langt", id="a name that is too long"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_what_was_typed_stays(
    typed: dict[str, str], said: str, mette: Visitor
) -> None:
    answer = open_(mette, **{"called": "Rie", "phone": "11 22 33 44", **typed})

    assert answer.status_code == 422
    assert said in text(answer)
    fields = form(answer, "/desk/courses").fields
    assert fields["phone"] == "11 22 33 44"
    if not {"unit", "template", "support_person"} & set(typed):
        assert {name: fields[name] for name in typed} == typed
    assert stored(Plan) == []


def test_a_drawing_right_keeps_its_ceiling(mette: Visitor) -> None:
    answer = open_(mette, template="2", amount="50.000,01")

    assert answer.status_code == 422
    assert "50.000 kr." in text(answer)


def test_only_own_units_and_possible_helpers_are_offered(town: Town, mette: Visitor) -> None:
    page = mette.get(NEW).text

    units = re.search(r'<select[^>]*id="unit".*?</select>', page, re.DOTALL)[0]
    helpers = re.search(r'<select[^>]*id="support_person".*?</select>', page, re.DOTALL)[0]
    assert ("Team Nord" in units, "Team Syd" in units) == (True, False)
    assert ("Ali Demir" in helpers, "Bo Madsen" in helpers, "Mette Kjær" in helpers) == (True, False, False)


def test_nobody_opens_a_course_for_their_own(town: Town, mette: Visitor) -> None:
    people.make_tie(town.bo, town.mette, TieKind.RELATIVE, by=None, at=clock.now())

    answer = open_(mette, f"{NEW}?citizen={town.bo}")

    assert answer.status_code == 422
    assert "tæt på" in text(answer)


def test_ending_a_course_is_asked_about_first_and_says_what_happens(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    factories.buy(plan.envelope("Nye gardiner"), 200, factories.user(town.bo))

    page = text(mette.get(f"/desk/plans/{plan.plan_id}/end"))
    assert "Brugt. Det bliver, som det er. 200 kr." in page
    assert "Sat til side. Det gives tilbage. 400 kr." in page
    assert "Frit. Det gives tilbage. 29.400 kr." in page

    answer = press(mette, f"/desk/plans/{plan.plan_id}/end", "/end")

    assert answer.status_code == 303
    assert "Forløbet er slut" in text(mette.get(answer.location))


def test_ending_twice_ends_once(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    found = form(mette.get(f"/desk/plans/{plan.plan_id}/end"), "/end")

    assert [mette.post(found.action, data=found.fields).status_code for _ in range(2)] == [303, 303]


def test_a_course_whose_plan_waits_for_an_answer_is_not_offered_to_be_ended(town: Town, mette: Visitor) -> None:
    plan = factories.run_plan(town)
    found = form(mette.get(f"/desk/plans/{plan.plan_id}/end"), "/end")
    plans.revise(plan.plan_id, by=factories.user(town.bo), at=clock.now())
    factories.submit(plan.plan_id, factories.user(town.bo))

    assert "kan ikke afsluttes nu" in text(mette.get(f"/desk/plans/{plan.plan_id}/end"))
    assert mette.post(found.action, data=found.fields).status_code == 409


def test_a_municipality_starts_from_an_empty_database_with_these_pages_alone(in_app: Flask) -> None:
    standard.establish()
    asta = people.add_person("Asta", by=None, at=clock.now())
    role = people.NewRole(kind=RoleKind.ADMINISTRATOR, first_day=clock.today() - timedelta(1))
    people.give_role(asta, role, by=None, at=clock.now())
    admin = sign_in(in_app.test_client(), asta)

    press(admin, "/admin/units", "/admin/units", name="Havneby", code="0999")
    person = press(admin, "/admin/people/new", "/admin/people", called="Mette").location
    press(admin, person, "/roles", kind="caseworker", unit="1", limit="60.000")
    worker = sign_in(in_app.test_client(), int(person.rpartition("/")[2]))
    answer = open_(worker, called="Bo")

    assert answer.status_code == 303
    assert [person.called for person in stored(Person)] == ["Asta", "Mette", "Bo"]
