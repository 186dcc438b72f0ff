"""The table of who gets what, held against the running product."""

import pytest
from werkzeug.test import TestResponse

from planner.access import readers_of
from tests.apps import Apps
from tests.databases import Databases
from tests.forms import token
from tests.web.access import Scene, contents, looked_at
from tests.web.access_table import PEOPLE, ROWS, Row

_LOOKS = [row for row in ROWS if row.method == "GET"]
_ACTS = [row for row in ROWS if row.method != "GET"]


@pytest.mark.parametrize("row", _LOOKS, ids=str)
def test_everybody_sees_what_the_table_says_and_whoever_sees_a_citizen_is_written_down(row: Row, scene: Scene) -> None:
    before = contents(scene.url)
    got = {}

    for person in PEOPLE:
        looks = len(looked_at(scene.url))
        answer = scene.ask(row, person)
        got[person] = answer.status_code
        written = {citizen for _, citizen in looked_at(scene.url)[looks:]}
        own = scene.place.people.get(person)
        assert written >= _shown(answer, scene) - {own}, person
        assert own not in written

    assert got == {person: row.answer(person) for person in PEOPLE}
    assert contents(scene.url) == before


def _shown(answer: TestResponse, scene: Scene) -> set[int | None]:
    """Recognise citizens on a page by what only they have: their name, or the number of their budget."""
    marks = {"Bo Madsen": "bo", "Bo M.": "bo", f"B-{scene.place.things['budget']:04d}": "bo", "Lis Krogh": "lis"}
    told = answer.get_data().decode(errors="replace")  # a file is not text
    return {scene.place.people[person] for mark, person in marks.items() if mark in told}


@pytest.mark.parametrize("row", _ACTS, ids=str)
def test_only_those_in_the_table_may_act(row: Row, scene: Scene) -> None:
    got = {person: scene.ask(row, person).status_code for person in PEOPLE}

    assert got == {person: row.answer(person) for person in PEOPLE}


def test_every_address_of_the_product_is_in_the_table(scene: Scene) -> None:
    matcher = scene.app.url_map.bind("localhost")
    listed = set()
    for row in ROWS:
        rule, _ = matcher.match(scene.place.address(row.address).partition("?")[0], row.method, return_rule=True)
        listed.add((row.method, rule.rule))

    there = {
        (method, rule.rule)
        for rule in scene.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.endpoint.endswith("static")
    }

    assert there - listed == set()


@pytest.mark.parametrize("row", [row for row in ROWS if "{" in row.address], ids=str)
def test_what_belongs_to_others_looks_like_what_is_not_there(row: Row, scene: Scene) -> None:
    for person in PEOPLE:
        if row.answer(person) == 404:
            foreign, unknown = scene.ask(row, person), scene.ask(row, person, unknown=True)

            assert unknown.status_code == 404
            assert _without_own_address(foreign, row, scene) == _without_own_address(unknown, row, scene)


def _without_own_address(answer: TestResponse, row: Row, scene: Scene) -> str:
    """Take out what the person asked for, which the page repeats in its form for the language, and the token."""
    text = answer.text
    for address in (scene.place.address(row.address), scene.place.unknown(row.address)):
        text = text.replace(address, "")
    start = 'name="csrf_token" value="'
    return "".join(part.partition('"')[2] if number else part for number, part in enumerate(text.split(start)))


@pytest.mark.parametrize("row", _ACTS, ids=str)
@pytest.mark.parametrize("forged", [None, "of somebody else"])
def test_nothing_is_done_without_the_pages_own_token(row: Row, forged: str | None, scene: Scene) -> None:
    before = contents(scene.url)
    address = scene.place.address(row.address)

    for person in PEOPLE:
        if row.answer(person) in {401, 403}:
            continue
        sent = {"X-CSRF-Token": token(scene.visitor("rikke"))} if forged else {}
        answer = scene.visitor(person).open(address, method=row.method, headers=sent)

        assert answer.status_code == 400
        assert ("csrf_token_missing" if address.startswith("/api/") else "Vi kunne ikke læse det") in answer.text
    assert contents(scene.url) == before


def test_a_view_that_names_no_readers_is_closed(apps: Apps, sqlite_databases: Databases) -> None:
    app = apps.on(sqlite_databases.migrated("closed"), hosts=("localhost", "closed.example"))
    app.add_url_rule("/forgotten", view_func=lambda: "open", endpoint="forgotten")

    assert readers_of(app.view_functions["forgotten"]) is None
    assert app.test_client().get("/forgotten").status_code == 403
