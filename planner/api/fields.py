"""Values as machines write them, read strictly: amounts as text, days, months, ids and counts."""

import re
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from planner.domain.money import LARGEST_OERE, Money, UnreadableAmount

LARGEST_ID = 2**31 - 1
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,18}", re.ASCII)


class MoneyField(fields.Field[Money]):
    """An amount in kroner with two decimals: ``"12.50"``; what is sent must be more than nothing."""

    def __init__(self, **more: Any) -> None:
        signed = r"^-?[0-9]+\.[0-9]{2}$"
        positive = r"^(?!0+\.00$)[0-9]{1,9}\.[0-9]{2}$"
        pattern = signed if more.get("dump_only") else positive
        super().__init__(**more, metadata={"type": "string", "pattern": pattern, "examples": ["12.50"]})

    def _serialize(self, value: Money | None, attr: str | None, obj: Any, **more: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Money:
        try:
            amount = Money.kroner(value) if isinstance(value, str) else None
        except UnreadableAmount:
            amount = None
        if amount is None or not 0 < amount.oere <= LARGEST_OERE:
            raise ValidationError("Not an amount such as 12.50.")
        return amount


class DayField(fields.Field[date]):
    """A day as ``YYYY-MM-DD`` and nothing else."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, metadata={"type": "string", "format": "date"})

    def _serialize(self, value: date | None, attr: str | None, obj: Any, **more: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> date:
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise ValidationError("Not a day such as 2026-05-12.")


class MomentField(fields.AwareDateTime):
    """A moment with its time zone."""


class IdField(fields.Field[int]):
    """The number of a thing; in an address it is text, in a body it must be a number."""

    def __init__(self, *, in_address: bool = False, **more: Any) -> None:
        super().__init__(**more, metadata={"type": "integer", "minimum": 1, "maximum": LARGEST_ID})
        self.in_address = in_address

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        number = _counted(value) if self.in_address else _whole(value)
        if number is None or not 1 <= number <= LARGEST_ID:
            raise ValidationError("Not an id.")
        return number


class CountField(fields.Field[int]):
    """A whole number from one, in an address; a larger one than there is means the last, or the most."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, metadata={"type": "integer", "minimum": 1, "maximum": 10**18 - 1})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        number = _counted(value)
        if not number:
            raise ValidationError("Not a number from 1.")
        return number


class FlagField(fields.Field[bool]):
    """Yes or no, and nothing that could be taken for either."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, metadata={"type": "boolean"})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Neither true nor false.")
        return value


def _counted(value: Any) -> int | None:
    return int(value) if isinstance(value, str) and _COUNT.fullmatch(value) else None


def _whole(value: Any) -> int | None:
    """Read a whole number; in JSON ``12.0`` is the same number as ``12``."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def month_field(**more: Any) -> fields.String:
    """Make a field for a month named ``YYYY-MM``."""
    pattern = "20[0-9]{2}-(0[1-9]|1[0-2])"
    return fields.String(
        validate=validate.Regexp(rf"^{pattern}\Z"),
        metadata={"pattern": f"^{pattern}$", "examples": ["2026-05"]},
        **more,
    )


class WordsSchema(Schema):
    """The same words in Danish and English."""

    da = fields.String(dump_only=True)
    en = fields.String(dump_only=True)


def words_field(**more: Any) -> fields.Nested:
    """Make a field for words in both languages."""
    return fields.Nested(WordsSchema, dump_only=True, **more)
