"""Calendars: days with a title as an iCalendar file (RFC 5545), which every calendar can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

_SPACE = UUID("6f1c7d52-9f0b-4f38-8a70-2f2f6f0f8d11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something of a whole day; ``identity`` stays the same from one reading to the next and is not shown."""

    identity: str
    day: date
    title: str
    about: str
    sure: bool = True


def to_ics(name: str, entries: Iterable[Entry], *, at: datetime) -> bytes:
    """Write a calendar; ``at`` is the moment of writing. Its days take no time: one is not busy because of them."""
    calendar = Calendar()
    calendar.add("prodid", "-//planner//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, at))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", str(uuid5(_SPACE, entry.identity)))
    event.add("dtstamp", at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.about)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if entry.sure else "TENTATIVE")
    event.add("class", "PRIVATE")
    return event
