"""Days on which tests take place."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from planner import clock

MONDAY = date(2026, 5, 11)
"""An ordinary day; tests that freeze the clock without naming a day stand here, at noon in Denmark."""


def noon(day: date = MONDAY) -> datetime:
    """Tell the moment when it is noon in Denmark."""
    return datetime.combine(day, time(12), clock.COPENHAGEN)


@contextmanager
def on(day: date = MONDAY) -> Iterator[datetime]:
    """Let it be noon of a day in Denmark, for all that asks the clock."""
    with clock.at(noon(day)):
        yield clock.now()
