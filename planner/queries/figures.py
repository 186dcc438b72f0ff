"""Figures that the law or the municipality sets, as they hold on a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from planner.models.rule import Figure
from planner.queries.session import reading


@dataclass(frozen=True, slots=True)
class Holding:
    """A figure that holds on a day: a whole number of ``unit``, where it comes from, and whether it is assumed."""

    code: str
    value: int
    unit: str
    source: str
    assumed: bool


def on(day: date) -> dict[str, Holding]:
    """Load every figure that holds on a day, by its code; the one that began last wins. One statement."""
    rows = reading().scalars(
        select(Figure)
        .where(Figure.first_day <= day, or_(Figure.last_day.is_(None), Figure.last_day >= day))
        .order_by(Figure.first_day)
    )
    return {row.code: Holding(row.code, row.value, row.unit, row.source, row.assumed) for row in rows}


@dataclass(frozen=True, slots=True)
class Step:
    """A value of a figure from a day on, up to the day before the next."""

    holding: Holding
    first_day: date


def history() -> dict[str, list[Step]]:
    """List every figure with all its values, the newest first."""
    found: dict[str, list[Step]] = {}
    for row in reading().scalars(select(Figure).order_by(Figure.code, Figure.first_day.desc())):
        holding = Holding(row.code, row.value, row.unit, row.source, row.assumed)
        found.setdefault(row.code, []).append(Step(holding, row.first_day))
    return found
