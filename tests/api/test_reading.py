"""What the API shows, and to whom."""

import pytest

from planner.models.base import db
from planner.models.record import Reading, ReadingOf
from tests import factories
from tests.api.conftest import Scene

pytestmark = pytest.mark.only_sqlite


def test_the_catalogue_is_open_to_everybody(scene: Scene) -> None:
    nobody = scene.program()

    listed = nobody.get("/packages", page_size=1000).json
    one = nobody.get("/packages/cti").json

    assert [row["id"] for row in listed["items"]] == list(factories.CATALOGUE)
    assert one["name"]["da"] == factories.CATALOGUE["cti"].name.da
    assert len(one["phases"]) == len(factories.CATALOGUE["cti"].phases)
    assert one["tariffs"][0]["amount"] == str(factories.CATALOGUE["cti"].tariffs[0].amount)
    assert nobody.get("/packages/unknown").status_code == 404


def test_the_session_says_who_is_signed_in(scene: Scene) -> None:
    nobody, jens = scene.program().get("/session").json, scene.jens.get("/session").json

    assert (nobody["person_id"], nobody["called"], nobody["roles"]) == (None, None, [])
    assert (jens["person_id"], jens["called"], jens["roles"]) == (scene.town.jens, "Jens Bak", ["finance"])


def test_own_plan_shows_its_lines_with_prices(scene: Scene) -> None:
    bo = scene.bo
    (listed,) = bo.get("/plans").json["items"]

    shown = bo.get(f"/plans/{scene.plan.plan_id}").json

    assert listed["id"] == scene.plan.plan_id
    assert (listed["status"], listed["award"], listed["expected"]) == ("approved", "30000.00", "30000.00")
    titles = {line["title"]["da"]: line["cost"] for line in shown["lines"]}
    assert titles["Nye gardiner"] == "600.00"
    assert len(titles) == 3


def test_spent_committed_and_free_are_the_amount(scene: Scene) -> None:
    factories.buy(scene.plan.envelope(), 100, factories.user(scene.town.bo))
    (budget,) = scene.bo.get("/budgets").json["items"]

    for balance in (budget["balance"], *(envelope["balance"] for envelope in budget["envelopes"])):
        parts = (factories.Money.kroner(balance[name]).oere for name in ("spent", "committed", "free"))
        assert sum(parts) == factories.Money.kroner(balance["total"]).oere
    assert budget["balance"]["total"] == "30000.00"
    assert budget["balance"]["spent"] == "100.00"
    assert scene.bo.get(f"/budgets/{budget['id']}").json == budget


def test_figures_of_finance_add_up_and_narrow(scene: Scene) -> None:
    factories.buy(scene.plan.envelope("fritid-badminton"), 300, factories.user(scene.town.bo))
    jens = scene.jens

    by_package = jens.get("/finance/overview").json
    by_account = jens.get("/finance/overview", by="account").json
    past = jens.get("/finance/overview", first="2025-01", last="2025-12").json

    assert by_package["total"] == by_account["total"]
    assert by_package["total"]["granted"] == "30000.00"
    assert {row["key"]: row["figures"]["spent"] for row in by_package["rows"]}["fritid-badminton"] == "300.00"
    assert (past["rows"], past["total"]["granted"]) == ([], "0.00")


def test_postings_carry_control_totals_and_no_words(scene: Scene) -> None:
    factories.buy(scene.plan.envelope("fritid-badminton"), 300, factories.user(scene.town.bo))

    answer = scene.jens.get("/finance/postings", measure="spent", package="fritid-badminton")

    assert answer.json["total"]["spent"] == "300.00"
    assert [row["kind"] for row in answer.json["rows"]] == ["pay"]
    assert "Nye gardiner" not in scene.jens.get("/finance/postings").text
    assert "citizen" not in scene.jens.get("/finance/postings").text


def test_whose_money_finance_reads_is_written_down(scene: Scene) -> None:
    scene.jens.get("/finance/postings")
    db.session.remove()

    readings = db.session.scalars(db.select(Reading)).all()
    shown = db.session.scalars(db.select(ReadingOf.citizen_id)).all()

    assert [(reading.page, reading.purpose, reading.role) for reading in readings] == [
        ("api.finance_postings", "money", "finance")
    ]
    assert shown == [scene.town.bo]


def test_ones_own_things_are_read_without_a_trace(scene: Scene) -> None:
    for address in ("/plans", f"/plans/{scene.plan.plan_id}", "/budgets", "/purchases"):
        assert scene.bo.get(address).status_code == 200
    db.session.remove()

    assert db.session.scalars(db.select(Reading)).all() == []


@pytest.mark.parametrize(
    ("address", "readers"),
    [
        ("/plans", {"bo", "lis"}),
        ("/plans/1", {"bo"}),
        ("/budgets", {"bo", "lis"}),
        ("/budgets/1", {"bo"}),
        ("/purchases", {"bo", "lis"}),
        ("/finance/overview", {"jens"}),
        ("/finance/postings", {"jens"}),
    ],
)
def test_every_endpoint_has_its_readers_and_no_others(address: str, readers: set[str], scene: Scene) -> None:
    people = ("bo", "lis", "mette", "karen", "jens", "asta", "ali")
    answers = {person: scene.program(getattr(scene.town, person)).get(address) for person in people}

    assert {person for person, answer in answers.items() if answer.status_code == 200} == readers
    others = {answer.json["code"] for person, answer in answers.items() if person not in readers}
    assert others <= {"forbidden", "not_found"}
    nobody = scene.program().get(address)
    assert (nobody.status_code, nobody.json) == (401, {"code": "unauthorized"})


@pytest.mark.parametrize(
    ("address", "field", "value"),
    [
        ("/packages", "page", "0"),
        ("/packages", "page", "-1"),
        ("/packages", "page", "１"),
        ("/packages", "page_size", "many"),
        ("/packages", "colour", "red"),
        ("/finance/overview", "by", "name"),
        ("/finance/overview", "first", "2026-13"),
        ("/finance/overview", "first", "0000-01"),
        ("/finance/overview", "last", "2026-05\n"),
        ("/finance/overview", "unit", "0"),
        ("/finance/postings", "package", "cti' OR 1=1 --"),
        ("/finance/postings", "measure", "estimate"),
        ("/finance/postings", "budget", str(2**63)),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_by_field(address: str, field: str, value: str, scene: Scene) -> None:
    answer = scene.jens.get(address, **{field: value})

    assert answer.status_code == 422
    assert list(answer.json["fields"]) == [field]


def test_the_money_of_other_units_is_not_there(scene: Scene) -> None:
    jan = factories.people.add_person("Jan Vig", by=None, at=factories.clock.now())
    role = factories.people.NewRole(
        kind=factories.RoleKind.FINANCE, unit_id=scene.town.south, first_day=factories.clock.today()
    )
    factories.people.give_role(jan, role, by=None, at=factories.clock.now())
    program = scene.program(jan)

    assert program.get("/finance/overview").json["rows"] == []
    assert program.get("/finance/postings").json["rows"] == []
    assert program.get("/finance/overview", unit=scene.town.north).json == {"code": "not_found"}
    assert scene.jens.get("/finance/overview", unit=scene.town.north).json["total"]["granted"] == "30000.00"
