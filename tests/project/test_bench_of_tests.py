"""What every test relies on: a database of its own, requests that stand alone, and a clock it can stop."""

from datetime import datetime

import pytest
from flask import Flask, g
from sqlalchemy import text

from planner import clock
from planner.models.base import db
from tests import parts
from tests.visitor import Visitor

_ROW = text(
    "INSERT INTO funding_source (id, code, name, name_en, counts_for_citizen)"
    " VALUES (987, 'left_behind', 'Glemt', 'Left', :yes)"
)
_ROWS = text("SELECT count(*) FROM funding_source WHERE id = 987")


@pytest.mark.parametrize("turn", [1, 2])
def test_nothing_is_left_from_the_test_before(turn: int, in_app: Flask, engine: str) -> None:
    with db.engine.begin() as connection:
        assert connection.dialect.name == engine
        assert connection.scalar(_ROWS) == 0
        connection.execute(_ROW, {"yes": True})
        assert connection.scalar(_ROWS) == 1


@pytest.mark.only_sqlite
def test_a_request_does_not_borrow_the_context_of_the_test(in_app: Flask, client: Visitor) -> None:
    g.left_lying = "by the test"
    seen: list[tuple[bool, datetime]] = []

    def look() -> None:
        seen.append(("left_lying" in g, clock.now()))

    functions = in_app.before_request_funcs.setdefault(None, [])
    functions.insert(0, look)
    try:
        with clock.at(datetime(2026, 5, 11, 12, tzinfo=clock.COPENHAGEN)):
            client.get("/")
            stopped = clock.now()
    finally:
        functions.remove(look)

    assert seen == [(False, stopped)]
    assert g.left_lying == "by the test"


@pytest.mark.parametrize(("all_required", "outcome"), [(False, pytest.skip.Exception), (True, pytest.fail.Exception)])
def test_a_missing_part_skips_here_and_fails_where_all_must_be_there(
    all_required: bool, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "REQUIRE_ALL", all_required)

    with pytest.raises(outcome, match="the moon"):
        parts.missing("the moon")
