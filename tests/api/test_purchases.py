"""Purchases through the API: recorded once, refused with a reason, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from planner.models.base import db
from planner.models.budget import Envelope
from planner.models.purchase import Purchase
from planner.models.record import Event
from tests import factories
from tests.api.conftest import Scene, buying


def count() -> int:
    db.session.remove()
    return db.session.scalar(db.select(db.func.count()).select_from(Purchase))


def free_money(scene: Scene) -> str:
    db.session.remove()
    return str(db.session.get_one(Envelope, scene.plan.envelope()).available)


def test_a_purchase_is_recorded_and_can_be_read_at_its_address(scene: Scene) -> None:
    bo = scene.bo
    envelope = scene.plan.envelope("fritid-badminton")

    answer = bo.post("/purchases", buying(envelope, words="Bolde"))

    assert answer.status_code == 201
    recorded = answer.json
    assert recorded["envelope_id"] == envelope
    assert recorded["amount"] == "12.50"
    shown = bo.visitor.get(answer.headers["Location"]).json
    assert (shown["amount"], shown["words"], shown["kind"]) == ("12.50", "Bolde", "purchase")
    assert [row["id"] for row in bo.get("/purchases").json["items"]] == [recorded["id"]]


def test_the_same_key_and_body_get_the_same_answer_and_nothing_happens_twice(scene: Scene) -> None:
    bo, body, key = scene.bo, buying(scene.plan.envelope()), str(uuid4())

    first = bo.post("/purchases", body, key)
    after = free_money(scene)
    again = bo.post("/purchases", body, key.upper())

    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert (again.status_code, again.json, again.headers["Location"]) == (201, first.json, first.headers["Location"])
    assert (count(), free_money(scene)) == (1, after)


def test_sent_twenty_times_at_once_it_is_recorded_once(scene: Scene) -> None:
    body, key = buying(scene.plan.envelope()), str(uuid4())
    programs = [scene.bo for _ in range(20)]

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda program: program.post("/purchases", body, key), programs))

    assert {answer.status_code for answer in answers} <= {201, 409}
    done = [answer.json for answer in answers if answer.status_code == 201]
    assert done
    assert all(answer == done[0] for answer in done)
    assert count() == 1


def test_a_key_belongs_to_one_body_and_one_person(scene: Scene) -> None:
    key, envelope = str(uuid4()), scene.plan.envelope()
    scene.bo.post("/purchases", buying(envelope), key)

    other_body = scene.bo.post("/purchases", buying(envelope, amount="13.00"), key)
    other_person = scene.lis.post("/purchases", buying(envelope), key)

    assert (other_body.status_code, other_body.json) == (422, {"code": "key_reused"})
    assert (other_person.status_code, other_person.json) == (404, {"code": "not_found"})
    assert count() == 1


def test_a_refusal_says_its_code_and_facts(scene: Scene) -> None:
    badminton = scene.plan.envelope("fritid-badminton")

    dearer = scene.bo.post("/purchases", buying(badminton, amount="1000.00"))
    agreed = scene.bo.post("/purchases", buying(badminton, amount="1000.00", dearer_agreed=True))
    more = scene.bo.post("/purchases", buying(scene.plan.envelope(), amount="999999.00"))
    service = scene.bo.post("/purchases", buying(scene.plan.envelope("peer-individuel")))

    assert dearer.status_code == 422
    assert dearer.json["code"] == "dearer_than_set_aside"
    assert dearer.json["amount"] == "1000.00"
    assert set(dearer.json) == {"code", "amount", "set_aside", "free"}
    assert agreed.status_code == 201
    assert (more.status_code, more.json["code"]) == (422, "budget_exceeded")
    assert (service.status_code, service.json) == (422, {"code": "not_for_buying"})


@pytest.mark.only_sqlite
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(
            ("amount", amount)
            for amount in (
                "1,234.50",
                "1e3",
                "NaN",
                "-5.00",
                "0.00",
                "12.345",
                "12",
                12.5,
                12,
                "１２.50",
                "9" * 13 + ".00",
                None,
            )
        ),
        *(("occurred_on", day) for day in ("2026-13-01", "20260511", "2026-W20-1", "11.05.2026", "", 5)),
        *(("envelope_id", number) for number in (0, -1, 2**31, 10**30, "1", True, 1.5, None)),
        ("category", "gold"),
        ("words", "x" * 501),
        ("dearer_agreed", "true"),
        ("last", 1),
        ("citizen_id", 7),
        ("taken_back_at", "2026-05-11T12:00:00Z"),
    ],
)
def test_what_cannot_be_read_is_refused_by_field(field: str, value: Any, scene: Scene) -> None:
    answer = scene.bo.post("/purchases", buying(scene.plan.envelope(), **{field: value}))

    assert answer.status_code == 422
    assert answer.json["code"] == "unreadable"
    assert list(answer.json["fields"]) == [field]
    assert count() == 0


@pytest.mark.only_sqlite
@pytest.mark.parametrize("body", [None, [], "text", 5])
def test_a_body_of_another_shape_is_refused(body: Any, scene: Scene) -> None:
    answer = scene.bo.post("/purchases", body)

    assert (answer.status_code, answer.json["code"]) == (422, "unreadable")


@pytest.mark.only_sqlite
def test_broken_json_is_refused(scene: Scene) -> None:
    bo = scene.bo
    headers = {"X-CSRF-Token": bo.token, "Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}

    answer = bo.visitor.post("/api/v1/purchases", data=b'{"amount":', headers=headers)

    assert (answer.status_code, answer.json) == (400, {"code": "bad_request"})


def test_letters_that_no_database_keeps_are_left_out(scene: Scene) -> None:
    bo = scene.bo

    answer = bo.post("/purchases", buying(scene.plan.envelope(), words="en\0 te\ud800st"))

    assert answer.status_code == 201
    assert bo.visitor.get(answer.headers["Location"]).json["words"] == "en test"


@pytest.mark.only_sqlite
def test_nothing_is_recorded_without_token_or_key(scene: Scene) -> None:
    bo, body, key = scene.bo, buying(scene.plan.envelope()), {"Idempotency-Key": str(uuid4())}

    forged = bo.visitor.post("/api/v1/purchases", json=body, headers=key)
    foreign = bo.visitor.post("/api/v1/purchases", json=body, headers={**key, "X-CSRF-Token": scene.lis.token})
    keyless = bo.visitor.post("/api/v1/purchases", json=body, headers={"X-CSRF-Token": bo.token})
    wild = bo.post("/purchases", body, "1234")

    assert (forged.status_code, forged.json) == (400, {"code": "csrf_token_missing"})
    assert (foreign.status_code, foreign.json) == (400, {"code": "csrf_token_missing"})
    assert (keyless.status_code, list(keyless.json["fields"])) == (422, ["Idempotency-Key"])
    assert (wild.status_code, list(wild.json["fields"])) == (422, ["Idempotency-Key"])
    assert count() == 0


@pytest.mark.only_sqlite
def test_what_belongs_to_another_looks_like_what_is_not_there(scene: Scene) -> None:
    purchase = scene.bo.post("/purchases", buying(scene.plan.envelope())).json["id"]
    lis = scene.lis

    for foreign, unknown in [
        (lis.get(f"/purchases/{purchase}"), lis.get("/purchases/2000000000")),
        (lis.get(f"/plans/{scene.plan.plan_id}"), lis.get("/plans/2000000000")),
        (lis.get("/budgets/1"), lis.get("/budgets/2000000000")),
        (lis.post("/purchases", buying(scene.plan.envelope())), lis.post("/purchases", buying(2_000_000_000))),
    ]:
        assert (foreign.status_code, foreign.json) == (404, {"code": "not_found"})
        assert (unknown.status_code, unknown.json) == (404, {"code": "not_found"})
    assert lis.get("/purchases").json["items"] == []


@pytest.mark.only_sqlite
def test_no_page_of_the_list_has_more_than_a_hundred_rows(scene: Scene) -> None:
    bo = factories.user(scene.town.bo)
    for _ in range(103):
        factories.buy(scene.plan.envelope(), 1, bo)

    answer = scene.bo.get("/purchases", page_size=10**9).json
    last = scene.bo.get("/purchases", page_size=10**9, page=10**9).json

    assert (len(answer["items"]), answer["place"]) == (100, {"number": 1, "pages": 2, "size": 100, "total": 103})
    assert (len(last["items"]), last["place"]["number"]) == (3, 2)


@pytest.mark.only_sqlite
def test_the_record_says_the_same_as_after_the_page(scene: Scene) -> None:
    key = str(uuid4())
    recorded = scene.bo.post("/purchases", buying(scene.plan.envelope()), key).json
    db.session.remove()

    event = db.session.scalars(db.select(Event).where(Event.key == key)).one()

    assert (event.kind, event.by_id) == ("purchase_recorded", scene.town.bo)
    assert event.facts["purchase"] == recorded["id"]
