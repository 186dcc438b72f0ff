"""How single values of a package are read: strictly, without guessing what was meant."""

import re
from datetime import date
from unicodedata import category

from marshmallow import ValidationError

from planner.domain.errors import DomainError
from planner.domain.money import LARGEST_OERE, ZERO, Money

EVERY = "*"
PARAGRAPH = r"([0-9]{1,3}( [a-z])?(-[0-9]{1,3}( [a-z])?)?)?\Z"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"

_MOST_SIGNS = 1000
_ID = re.compile(r"[a-z0-9]{1,40}(-[a-z0-9]{1,40}){0,5}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def text(value: object) -> str:
    """Read words for people: some, not too many, all of them visible."""
    if not isinstance(value, str):
        raise ValidationError("Not a valid string.")
    if not value.strip():
        raise ValidationError("Must not be empty.")
    if len(value) > _MOST_SIGNS:
        raise ValidationError(f"Longer than {_MOST_SIGNS} characters.")
    if not value.isprintable() and any(category(sign).startswith("C") for sign in value):
        raise ValidationError("Holds characters that cannot be seen.")
    return value


def is_identifier(value: object) -> bool:
    """Tell whether something can be the id of a package."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def identifier(value: object) -> str:
    if not isinstance(value, str) or not is_identifier(value):
        raise ValidationError("Not an id: small letters, digits and single hyphens.")
    return value


def every_or_identifier(value: object) -> str:
    return EVERY if value == EVERY else identifier(value)


def day(value: object) -> date:
    """Read a TOML date, or the same day as text as a snapshot holds it; a moment is neither."""
    if type(value) is date:
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValidationError("Not a date such as 2026-01-01.")


def amount(value: object) -> Money:
    try:
        if isinstance(value, str) and ZERO <= (read := Money.kroner(value)) <= Money(LARGEST_OERE):
            return read
    except DomainError:
        pass
    raise ValidationError('Not an amount written as text with two decimals, such as "49000.00".')


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValidationError("Not true or false.")
    return value
