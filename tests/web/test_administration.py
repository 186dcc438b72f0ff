"""The administrator's pages: people, roles, ties, invitations and units, and nothing of what citizens write."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from planner import clock
from planner.domain.money import Money
from planner.domain.people import RoleKind
from planner.models.base import db
from planner.models.person import Invitation, Person, RoleRow, TieRow, Unit
from planner.models.record import Reading, ReadingOf
from planner.queries import administration as queries
from planner.usecases import people
from tests import factories
from tests.factories import Town
from tests.forms import links
from tests.pages import form, forms, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def asta(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.asta)


def text(answer: object) -> str:
    return re.sub(r"[\s\xa0]+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def stored(table: type) -> list:
    db.session.remove()
    return list(db.session.scalars(db.select(table)))


def roles_of(person: int) -> list[RoleRow]:
    return [role for role in stored(RoleRow) if role.person_id == person]


def page_of(person: int) -> str:
    return f"/admin/people/{person}"


def test_everybody_is_listed_by_name_with_what_they_do_today(town: Town, asta: Visitor) -> None:
    page = text(asta.get("/admin/"))

    assert page.index("Ali Demir") < page.index("Bo Madsen") < page.index("Karen Lund")
    assert re.search(r"Mette Kjær Rådgiver", page)


def test_people_are_found_by_a_part_of_their_name(town: Town, asta: Visitor) -> None:
    page = text(press(asta, "/admin/", "/admin/search", name="KJÆR"))

    assert "Mette Kjær" in page
    assert "Bo Madsen" not in page


def test_nobody_found_is_told(asta: Visitor) -> None:
    assert "Ingen hedder sådan" in text(press(asta, "/admin/", "/admin/search", name="Findes ikke"))


def test_long_lists_come_in_pages(town: Town, asta: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 4)

    seen = [re.findall(r'href="/admin/people/(\d+)"', asta.get(f"/admin/?page={page}").text) for page in (1, 2, 3)]

    assert [len(page) for page in seen] == [4, 4, 1]
    assert len({person for page in seen for person in page}) == len(stored(Person))


@pytest.mark.parametrize("page", ["1000000000", "0", "-1", "x"])
def test_a_wild_page_shows_the_list_all_the_same(page: str, town: Town, asta: Visitor) -> None:
    assert "Mette Kjær" in text(asta.get(f"/admin/?page={page}"))


def test_the_list_asks_the_same_number_of_questions_however_many_people_there_are(town: Town, asta: Visitor) -> None:
    asta.get("/admin/")
    with counted() as few:
        asta.get("/admin/")
    for number in range(20):
        people.add_person(f"Nr {number}", by=None, at=clock.now())
    with counted() as many:
        asta.get("/admin/")

    assert len(few) == len(many)


def test_somebody_is_added_and_given_a_role_up_to_a_limit_between_days(town: Town, asta: Visitor) -> None:
    answer = press(asta, "/admin/people/new", "/admin/people", called="Vibe Lund")
    assert answer.status_code == 303
    person = int(answer.location.rpartition("/")[2])

    given = press(
        asta,
        page_of(person),
        "/roles",
        kind="caseworker",
        unit=str(town.north),
        limit="45.000",
        first_day="2026-01-01",
        last_day="31.12.2031",
    )

    assert given.status_code == 303
    (role,) = roles_of(person)
    assert (role.kind, role.unit_id, role.limit_oere) == (RoleKind.CASEWORKER, town.north, Money.kroner(45_000))
    assert (role.first_day.isoformat(), role.last_day.isoformat()) == ("2026-01-01", "2031-12-31")
    assert "op til 45.000 kr." in text(asta.get(page_of(person)))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"unit": ""}, "Vælg den enhed", id="a caseworker without a unit"),
        pytest.param({"unit": "99"}, "", id="a unit that is not there"),
        pytest.param({"kind": "owner"}, "", id="a role that is not there"),
        pytest.param({"limit": "1e5"}, "1.234,50", id="a limit that cannot be read"),
        pytest.param({"first_day": ""}, "Udfyld", id="no first day"),
        pytest.param({"last_day": "2001-01-01"}, "Den sidste dag", id="an end before the start"),
    ],
)
def test_a_role_that_cannot_be_given_is_refused(typed: dict[str, str], said: str, town: Town, asta: Visitor) -> None:
    answer = press(
        asta, page_of(town.ali), "/roles", **{"kind": "caseworker", "unit": str(town.north), "limit": "5", **typed}
    )

    assert answer.status_code == 422
    assert said in text(answer)
    assert roles_of(town.ali) == []


def test_an_administrator_needs_no_unit(town: Town, asta: Visitor) -> None:
    assert press(asta, page_of(town.ali), "/roles", kind="administrator", unit="").status_code == 303


def test_an_ended_role_closes_its_pages_at_once(town: Town, asta: Visitor, app: Flask) -> None:
    finn = sign_in(app.test_client(), town.finn)
    assert finn.get("/desk/").status_code == 200
    (role,) = roles_of(town.finn)

    assert press(asta, page_of(town.finn), f"/roles/{role.id}/end").status_code == 303

    assert finn.get("/desk/").status_code == 403


def test_the_last_administrator_cannot_be_removed(town: Town, asta: Visitor) -> None:
    (role,) = roles_of(town.asta)

    answer = press(asta, page_of(town.asta), f"/roles/{role.id}/end")

    assert answer.status_code == 422
    assert asta.get("/admin/").status_code == 200


def test_nobody_gives_a_role_to_themselves(town: Town, asta: Visitor) -> None:
    fields = form(asta.get(page_of(town.ali)), "/roles").fields
    assert [found for found in forms(asta.get(page_of(town.asta))) if found.action.endswith("/roles")] == []

    answer = asta.post(
        f"{page_of(town.asta)}/roles", data={**fields, "kind": "caseworker", "unit": str(town.north), "limit": "9"}
    )

    assert answer.status_code == 422
    assert "Ingen giver rettigheder til sig selv" in text(answer)
    assert asta.get("/desk/").status_code == 403


def test_a_tie_is_made_with_a_citizen_that_was_searched_for(town: Town, asta: Visitor) -> None:
    new = f"{page_of(town.finn)}/ties/new"
    found = press(asta, new, "/ties/search", name="bo")
    assert "Bo Madsen" in text(found)
    assert "Mette Kjær" not in text(found)
    fields = form(found, f"{page_of(town.finn)}/ties").fields

    answer = asta.post(f"{page_of(town.finn)}/ties", data={**fields, "kind": "relative"})

    assert answer.status_code == 303
    (tie,) = stored(TieRow)
    assert (tie.person_id, tie.citizen_id, tie.kind) == (town.finn, town.bo, "relative")
    assert "Pårørende til Bo Madsen" in text(asta.get(page_of(town.finn)))


def test_a_tie_is_ended(town: Town, asta: Visitor) -> None:
    factories.open_course(town)
    tie = next(tie for tie in stored(TieRow) if tie.person_id == town.ali)

    assert press(asta, page_of(town.ali), f"/ties/{tie.id}/end").status_code == 303

    assert town.bo not in factories.user(town.ali).citizens(tie.kind)


def test_an_invitation_is_shown_once_and_signs_its_person_in_once(town: Town, asta: Visitor) -> None:
    answer = press(asta, page_of(town.bo), "/invitation")

    assert answer.status_code == 200
    code = re.search(r"[0-9a-f]{8}(?:-[0-9a-f]{8}){3}", answer.text)[0]
    assert code not in asta.get(page_of(town.bo)).text
    assert code not in repr([vars(row) for row in stored(Invitation)])
    assert people.accept(code, "https://id.example", "abc", at=clock.now()) == town.bo


def test_pressing_twice_makes_one_code_and_says_so(town: Town, asta: Visitor) -> None:
    found = form(asta.get(page_of(town.bo)), "/invitation")

    first, again = (asta.post(found.action, data=found.fields) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 409)
    assert "Lav en ny, hvis den er væk" in text(again)
    assert len(stored(Invitation)) == 1


def test_a_person_is_changed_and_what_was_known_stands_ready(town: Town, asta: Visitor) -> None:
    assert form(asta.get(f"{page_of(town.bo)}/change"), "/change").fields["called"] == "Bo Madsen"

    press(asta, f"{page_of(town.bo)}/change", "/change", called="Bo M.", protected="y")

    bo = next(person for person in stored(Person) if person.id == town.bo)
    assert (bo.called, bo.protected) == ("Bo M.", True)
    assert "beskyttet navn" in text(asta.get("/admin/"))


def test_a_unit_is_added_below_another(town: Town, asta: Visitor) -> None:
    answer = press(asta, "/admin/units", "/admin/units", name="Team Vest", code="0999", parent="1")

    assert answer.status_code == 303
    assert [unit.parent_id for unit in stored(Unit) if unit.name == "Team Vest"] == [1]
    assert re.search(r"Team Vest Havneby Kommune 0999 0", text(asta.get("/admin/units")))


@pytest.mark.parametrize(
    "typed", [{"name": ""}, {"name": "x" * 101}, {"code": "99"}, {"code": "09999"}, {"code": "abcd"}, {"parent": "77"}]
)
def test_a_unit_that_cannot_be_is_refused_and_what_was_typed_stays(
    typed: dict[str, str], town: Town, asta: Visitor
) -> None:
    before = len(stored(Unit))

    answer = press(asta, "/admin/units", "/admin/units", **{"name": "Team Vest", "code": "0999", **typed})

    assert answer.status_code == 422
    fields = form(answer, "/admin/units").fields
    assert {name: fields[name] for name in typed if name != "parent"} == {
        name: value for name, value in typed.items() if name != "parent"
    }
    assert len(stored(Unit)) == before


def test_the_first_unit_of_an_empty_municipality_can_be_added(in_app: Flask, client: Visitor) -> None:
    asta = people.add_person("Asta", by=None, at=clock.now())
    role = people.NewRole(kind=RoleKind.ADMINISTRATOR, first_day=clock.today() - timedelta(1))
    people.give_role(asta, role, by=None, at=clock.now())
    visitor = sign_in(client, asta)

    assert "Ingen enheder endnu" in text(visitor.get("/admin/units"))
    assert press(visitor, "/admin/units", "/admin/units", name="Havneby", code="0999").status_code == 303


SECRET = "Hemmeligt ønske"


def test_the_administrator_sees_no_content_anywhere(town: Town, asta: Visitor) -> None:
    plan = factories.run_plan(town, "peer-individuel", own=(SECRET,))
    bought = factories.buy(plan.envelope(SECRET), 321, factories.user(town.bo))
    assert bought
    todo, seen = ["/admin/", page_of(town.bo), page_of(town.ali)], {}

    while todo:
        address = todo.pop()
        seen[address] = asta.get(address)
        here = links(seen[address].text)
        todo += [link for link in here if link.startswith("/admin/") and link not in {*seen, *todo}]

    pages = " ".join(text(answer) for answer in seen.values() if answer.status_code == 200)
    assert "Bo Madsen" in pages
    for secret in (SECRET, "Spise med andre", "Individuelt peer-følgeskab", "321", "30.000"):
        assert secret not in pages
    for address in (f"/desk/plans/{plan.plan_id}", "/desk/", "/finance/", "/me/"):
        assert asta.get(address).status_code == 403


def test_looks_at_citizens_are_written_down_and_looks_at_staff_are_not(town: Town, asta: Visitor) -> None:
    asta.get(page_of(town.mette))
    assert stored(Reading) == []

    asta.get(page_of(town.bo))

    assert [(look.role, look.purpose) for look in stored(Reading)] == [("administrator", "people")]
    assert [of.citizen_id for of in stored(ReadingOf)] == [town.bo]


def test_the_list_names_every_citizen_it_shows_in_one_look(town: Town, asta: Visitor) -> None:
    asta.get("/admin/")

    assert len(stored(Reading)) == 1
    assert {of.citizen_id for of in stored(ReadingOf)} == {town.bo, town.lis}


def test_somebody_who_is_not_there_is_not_found(town: Town, asta: Visitor) -> None:
    for address in (page_of(999_999), f"{page_of(999_999)}/change", f"{page_of(999_999)}/ties/new"):
        assert asta.get(address).status_code == 404


@pytest.mark.parametrize("script", SCRIPTS[::10])
def test_names_are_shown_as_text(script: str, town: Town, asta: Visitor) -> None:
    person = people.add_person(script[:100], by=None, at=clock.now())

    for address in ("/admin/", page_of(person), f"{page_of(person)}/change"):
        page = asta.get(address).text
        assert shows(page, script[:100])
        assert live_parts(page) == []
