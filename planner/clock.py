"""The only place that asks what time it is; rules and use cases are told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def _system() -> datetime:
    return datetime.now(UTC)


_source: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=_system)


def now() -> datetime:
    """Tell the moment, in UTC."""
    return _source.get()()


def today() -> date:
    """Tell the day it is in Denmark."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Show a moment on the clocks of Denmark."""
    return moment.astimezone(COPENHAGEN)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at a moment, for a test or for the history of the demo."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    stopped = moment.astimezone(UTC)
    with _told_by(lambda: stopped):
        yield


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Let the clock run ahead (or behind) by a length of time."""
    told = _source.get()
    with _told_by(lambda: told() + by):
        yield


@contextmanager
def _told_by(source: Callable[[], datetime]) -> Iterator[None]:
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
