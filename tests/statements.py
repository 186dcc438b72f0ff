"""Counting what is asked of the database, so that a page's cost can be held."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from planner.models.base import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect every statement that runs meanwhile; the app's context is open."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
