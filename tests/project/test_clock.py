"""The clock: UTC moments, Danish days, and time that stands still only where somebody said so."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from planner import clock
from tests.days import MONDAY, on


def test_a_moment_is_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(datetime.now(UTC) - clock.now()) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 5, 10, 21, 59, tzinfo=UTC), date(2026, 5, 10)),
        (datetime(2026, 5, 10, 22, 0, tzinfo=UTC), date(2026, 5, 11)),  # summer: two hours ahead
        (datetime(2026, 1, 10, 22, 59, tzinfo=UTC), date(2026, 1, 10)),
        (datetime(2026, 1, 10, 23, 0, tzinfo=UTC), date(2026, 1, 11)),  # winter: one hour ahead
    ],
)
def test_the_day_begins_at_midnight_in_denmark(moment: datetime, day: date) -> None:
    with clock.at(moment):
        assert clock.today() == day


def test_the_hour_that_comes_twice_is_two_moments() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=clock.COPENHAGEN)
    second = first.replace(fold=1)

    with clock.at(first):
        earlier = clock.now()
    with clock.at(second):
        later = clock.now()

    assert later - earlier == timedelta(hours=1)
    assert clock.local(later).hour == clock.local(earlier).hour == 2


def test_time_goes_on_after_it_stood_still() -> None:
    with on(MONDAY):
        assert clock.today() == MONDAY
        with on(MONDAY + timedelta(days=1)):
            assert clock.today() == MONDAY + timedelta(days=1)
        assert clock.today() == MONDAY

    assert clock.now() > datetime(2026, 5, 12, tzinfo=UTC)


def test_shifted_time_runs_on() -> None:
    with on(MONDAY), clock.shifted(timedelta(days=2)):
        assert clock.today() == MONDAY + timedelta(days=2)


def test_time_stands_still_for_the_one_who_stopped_it_only() -> None:
    seen: list[date] = []

    with on(date(2001, 1, 1)):
        thread = threading.Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()

    assert seen[0] > date(2025, 1, 1)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 5, 11)):  # noqa: DTZ001
        pass
