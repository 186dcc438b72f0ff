"""Reading one page of a list, whatever it lists."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func

from planner.queries.pages import Slice
from planner.queries.session import reading

Rows = Select[*tuple[Any, ...]]


def paged(found: Rows, page: int, *order: ColumnElement[Any], size: int) -> tuple[Sequence[Any], Slice]:
    """Read one page of a list, and count it. Two statements."""
    total = reading().scalar(found.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    place = Slice(total, size, page)
    return reading().execute(found.order_by(*order).limit(place.size).offset(place.offset)).all(), place
