"""Calendar files: whole days, stable identities, Danish letters, and nothing that breaks a line."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from planner.exchange.calendar import Entry, to_ics

AT = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
DAY = date(2026, 12, 31)


def entry(**more: object) -> Entry:
    return Entry(**{"identity": "1 2", "day": DAY, "title": "Aftale", "about": "En dag i denne uge.", **more})


def read(*entries: Entry) -> list:
    return list(Calendar.from_ical(to_ics("Aftaler", entries, at=AT)).walk("VEVENT"))


def test_an_entry_is_a_whole_day_that_makes_nobody_busy() -> None:
    [event] = read(entry())

    assert event["DTSTART"].dt == DAY
    assert event["DTEND"].dt == DAY + timedelta(days=1)
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["CLASS"] == "PRIVATE"


def test_the_same_entry_has_the_same_identity_next_time_and_shows_no_id() -> None:
    [one], [again] = read(entry()), read(entry(title="Andet"))

    assert one["UID"] == again["UID"]
    assert read(entry(identity="1 3"))[0]["UID"] != one["UID"]
    assert len(one["UID"]) == 36


def test_what_is_not_decided_is_tentative() -> None:
    assert [event["STATUS"] for event in read(entry(), entry(sure=False))] == ["CONFIRMED", "TENTATIVE"]


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300))
def test_any_words_come_back_as_they_were_and_end_no_entry(words: str) -> None:
    found = read(entry(title=f"{words}END:VEVENT", about=f"æøå\n{words}"))

    assert len(found) == 1
    assert str(found[0]["SUMMARY"]) == f"{words}END:VEVENT"


def test_lines_are_folded_at_75_bytes() -> None:
    written = to_ics("Aftaler", [entry(about="smørrebrød " * 40)], at=AT)

    assert max(len(line) for line in written.split(b"\r\n")) <= 75
