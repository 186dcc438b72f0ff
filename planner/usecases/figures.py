"""Figures that the law or the municipality sets: a new value holds from a day on, and those before it stay."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select

from planner import clock
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.people import RoleKind, User
from planner.models.rule import Figure
from planner.usecases import record
from planner.usecases.transaction import Key, transaction

LONGEST_SOURCE = 300
LARGEST = 2**31 - 1


class FigureTooEarly(DomainError):
    """A figure cannot be set for a day that has passed: what was decided by it stays decided."""

    code = "figure_too_early"


class FigureUnreadable(DomainError):
    """The value is no whole number from 0 up, or not on or off where only these mean something."""

    code = "figure_unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A value from a day on, as a whole number of the figure's own unit, with where it comes from."""

    value: int
    first_day: date
    source: str
    assumed: bool


def change(code: str, setting: Setting, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Let a figure have another value from a day on. A value that was to begin on that very day is replaced.

    Raises ``NotFound`` for a figure nobody knows and for anybody but an administrator, ``FigureTooEarly``,
    ``FigureUnreadable``, ``NoWords`` and ``TooManyWords``.
    """
    source = checked_words(setting.source, LONGEST_SOURCE)
    if setting.first_day < clock.local(at).date():
        raise FigureTooEarly(setting.first_day)
    with transaction(key, by) as session:
        rows = session.scalars(select(Figure).where(Figure.code == code).order_by(Figure.first_day).with_for_update())
        known = rows.all()
        if not known or not by.has(RoleKind.ADMINISTRATOR):
            raise NotFound
        unit = known[0].unit
        _check(setting.value, unit)
        same = next((row for row in known if row.first_day == setting.first_day), None)
        values = {"value": setting.value, "source": source, "assumed": setting.assumed}
        if same is None:
            session.execute(insert(Figure).values(code=code, unit=unit, first_day=setting.first_day, **values))
        else:
            same.value, same.source, same.assumed, same.last_day = setting.value, source, setting.assumed, None
        facts: dict[str, str | int] = {"code": code, "value": setting.value, "first_day": setting.first_day.isoformat()}
        record.about_house(session, Happened(EventKind.FIGURE_SET, facts), by=by, at=at, key=key)


def _check(value: int, unit: str) -> None:
    if not 0 <= value <= (1 if unit == "yes" else LARGEST):
        raise FigureUnreadable(value, unit)
