"""Packages as plain nested mappings: what differs from its default, and nothing else; ``stored`` reads it back."""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any

from planner.domain.money import Money

Write = Callable[[Any], object]


_WRITERS: dict[type[Any], Write] = {}


def plain(value: object) -> object:
    """Write a value of a package as JSON can hold it; what has its default value is left out."""
    kind = type(value)
    return (_WRITERS.get(kind) or _learned(kind))(value)


def _learned(kind: type[Any]) -> Write:
    """Find out once how values of a type are written."""
    _WRITERS[kind] = write = _writer(kind)
    return write


def _writer(kind: type[Any]) -> Write:
    if issubclass(kind, StrEnum | Money):
        return str
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, tuple):
        return _list
    return _table(kind) if is_dataclass(kind) else _as_it_is


def _table(kind: Any) -> Write:  # noqa: ANN401 - any dataclass
    names = tuple(field.name for field in fields(kind))
    known = tuple((field.name, _default(field)) for field in fields(kind))
    read = attrgetter(*names)

    def write(value: object) -> object:
        written: dict[str, object] = {}
        for (name, default), part in zip(known, read(value), strict=True):
            if default is MISSING or (part is not default and part != default):
                kind = part.__class__
                written[name] = part if kind is str else (_WRITERS.get(kind) or _learned(kind))(part)
        return written

    return write


def _list(values: Iterable[object]) -> object:
    return [plain(value) for value in values]


def _as_it_is(value: object) -> object:
    return value


def _default(field: "Field[Any]") -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default
