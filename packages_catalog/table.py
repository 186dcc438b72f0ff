"""The base of every shape: a table with exactly its keys, made into a domain value when nothing is wrong with it."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, cast

from marshmallow import Schema, ValidationError, post_load, validates_schema
from marshmallow.fields import Function, Integer, List, Nested
from marshmallow.validate import Length, Range

from packages_catalog import values
from planner.domain.package import Words

MOST_PARTS = 60


def count(low: int, high: int, *, required: bool = False) -> Integer:
    """Read a whole number between two ends, both included."""
    return Integer(strict=True, validate=Range(low, high), required=required)


def both_ends(low: int, high: int) -> List[int]:
    """Read the two ends of a range; that the first is the lowest is checked by the shape."""
    return List(count(low, high), validate=Length(equal=2))


class Shape(Schema):
    """A table with exactly these keys."""

    makes: ClassVar[type]

    def checks(self, _data: Mapping[str, Any], _given: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Yield (key, reason) for keys that do not fit together; ``given`` includes those already faulted."""
        yield from ()

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def fit_together(self, data: Mapping[str, Any], original: object, **_options: object) -> None:
        if not isinstance(original, Mapping):
            return
        found: dict[str, list[str]] = {}
        for key, reason in self.checks(data, frozenset(original)):
            found.setdefault(key, []).append(reason)
        if found:
            raise ValidationError(cast("dict[str, Any]", found))

    @post_load
    def make(self, data: Mapping[str, Any], **_options: object) -> object:
        return self.makes(**{key: tuple(part) if isinstance(part, list) else part for key, part in data.items()})


class WordsShape(Shape):
    """The same words in both languages."""

    makes = Words
    da = Function(deserialize=values.text, required=True)
    en = Function(deserialize=values.text, required=True)


def tables(shape: type[Shape], least: int = 0) -> List[object]:
    """Read a list of tables of one shape."""
    return List(Nested(shape), required=least > 0, validate=Length(least, MOST_PARTS))
