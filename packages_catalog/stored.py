"""Packages back from where the program itself put them: quick, because ``shape`` checked them before they were kept."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from planner.domain import package as package_module
from planner.domain.money import Money
from planner.domain.package import Package

Revive = Callable[[Any], Any]


def revived(content: Mapping[str, Any], digest: str) -> Package:
    """Read back what ``shape.dump`` wrote. For checked content only: anything else is an accident, not a fault."""
    package: Package = _reader(Package)({**content, "digest": digest})
    return package


@cache
def _reader(kind: Any) -> Revive:  # noqa: ANN401 - any type that a part of a package has
    if get_origin(kind) is UnionType:
        (known,) = (part for part in get_args(kind) if part is not NoneType)
        return _reader(known)
    if get_origin(kind) is tuple:
        return _list_of(_reader(get_args(kind)[0]))
    if kind is Money:
        return Money.kroner
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return _made(kind) if is_dataclass(kind) else _as_it_is


def _made(kind: Any) -> Revive:  # noqa: ANN401 - as above
    # Parts of a package in other modules name its types without importing them, or the modules would go in circles.
    types = get_type_hints(kind, localns=vars(package_module))
    parts = {field.name: _reader(types[field.name]) for field in fields(kind)}
    return lambda content: kind(**{name: parts[name](value) for name, value in content.items()})


def _list_of(part: Revive) -> Revive:
    return lambda values: tuple([part(value) for value in values])


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - as above
    return value
