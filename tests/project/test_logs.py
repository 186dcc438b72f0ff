"""The technical log: allowed fields only, no number of a person in any spelling, one line for one event."""

import json
import logging
from urllib.parse import quote

import pytest

from planner import logs

FICTITIOUS = "6101801234"
SPELLINGS = [
    "6101801234",
    "610180-1234",
    "610180 1234",
    "610180\u00a01234",
    "610180–1234",
    "610180 - 1234",
    "610180+1234",
    "610180/1234",
    "610180%2D1234",
    "610180%201234",
    "610180%252D1234",
    "%36101801234",
    "６１０１８０１２３４",
    "６１０１８０－１２３４",
    quote("６１０１８０－１２３４"),
    "٦١٠١٨٠١٢٣٤",
]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]):
    """Write JSON lines and read them back."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    logs.configure(json_lines=True)
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    root.handlers = before
    root.setLevel(level)


def test_a_line_carries_its_event_and_its_codes(lines) -> None:
    logs.logger().info("plan approved", plan_id=7, code="over_limit", oere=120_000)

    (line,) = lines()
    assert line["event"] == "plan approved"
    assert (line["plan_id"], line["code"], line["oere"], line["level"]) == (7, "over_limit", 120_000, "info")


def test_words_and_names_are_dropped_and_counted(lines) -> None:
    logs.logger().info("plan sent", plan_id=7, name="Bo Nissen", goal="Jeg vil sove om natten")

    (line,) = lines()
    assert line["dropped"] == 2
    assert "Bo" not in str(line)
    assert "sove" not in str(line)


def test_a_thing_is_never_written_in_place_of_its_id(lines) -> None:
    logs.logger().info("plan sent", plan_id={"title": "Svømning"}, count=[1, ["x", object()]])

    (line,) = lines()
    assert line["dropped"] == 2
    assert "Svømning" not in str(line)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_of_a_person_is_masked_in_every_spelling(spelling: str, lines) -> None:
    logs.logger().info(f"looked for {spelling}", path=f"/people?q={spelling}", trace=[spelling])
    logging.getLogger("library").warning("could not find %s", spelling)

    for line in lines():
        assert "1234" not in str(line)
        assert "１２３４" not in str(line)
        assert "٤" not in str(line)
        assert logs.MASK in line["event"]


def test_a_number_of_a_person_is_masked_when_it_is_a_number(lines) -> None:
    logs.logger().info("looked", count=int(FICTITIOUS))

    assert lines()[0]["count"] == logs.MASK


def test_ids_amounts_and_longer_numbers_are_left_alone(lines) -> None:
    logs.logger().info("paid 12345678901234", entry_id=123_456_789, oere=99_999_999, code="2026-05")

    (line,) = lines()
    assert logs.MASK not in str(line)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x1b[2K"])
@pytest.mark.parametrize("json_lines", [True, False])
def test_nobody_can_forge_a_line(*, ending: str, json_lines: bool, lines, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(json_lines=json_lines)

    logs.logger().info("looked", code=f"x{ending}level=error event=forged")
    logging.getLogger("library").warning("found x%sforged", ending)

    written = capsys.readouterr().err
    assert len(written.splitlines()) == 2
    assert "\x1b" not in written


def test_an_error_leaves_its_class_and_places_but_not_its_message(lines) -> None:
    def fail() -> None:
        raise LookupError("Bo Nissen bor på Havnegade 3")

    for log in (logs.logger(), logging.getLogger("library")):
        try:
            fail()
        except LookupError:
            log.exception("page failed")

    for line in lines():
        assert line["error"] == "LookupError"
        assert line["trace"][-1].startswith("test_logs.py:")
        assert "Havnegade" not in str(line)


def test_every_line_of_a_request_carries_its_id_until_the_next_one(lines) -> None:
    first = logs.begin_request(method="GET", path="/plans/<int:plan_id>")
    logs.logger().info("shown", status=200)
    second = logs.begin_request(method="POST")
    logs.logger().info("changed")

    one, two = lines()
    assert (one["request_id"], one["path"], two["request_id"]) == (first, "/plans/<int:plan_id>", second)
    assert "path" not in two
    assert first != second
    assert first.isalpha()


def test_a_full_disk_under_the_log_stops_nobody(monkeypatch: pytest.MonkeyPatch, lines) -> None:
    class Full:
        def write(self, _text: str) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("sys.stderr", Full())

    logs.logger().info("plan sent", plan_id=7)


def test_danish_letters_stay_readable(lines, capsys: pytest.CaptureFixture[str]) -> None:
    logs.logger().info("blåbærgrød")

    assert "blåbærgrød" in capsys.readouterr().err
