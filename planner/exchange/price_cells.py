"""Single cells of a price list: text, amounts, days and marks, read strictly; what could mean two things is refused."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Final, TypeVar

from marshmallow import ValidationError

from packages_catalog import values
from planner.domain.money import LARGEST_OERE, Money
from planner.domain.price_fault import Wrong
from planner.domain.price_mapping import Decimals, Slashes

OPEN: Final = date(9999, 12, 31)
"""The day with which lists say that something has no end."""

_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_OPEN_SERIALS = frozenset({2_958_465, 2_957_003})

_SPACE = re.compile(r"(?<=[0-9])[ \u00a0\u202f'](?=[0-9]{3})")
_WHOLE = re.compile(r"[0-9]{1,12}", re.ASCII)
_ONE_GROUP = re.compile(r"[0-9]{1,3}[.,][0-9]{3}", re.ASCII)
_WITH = {
    Decimals.COMMA: re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12})(?:,[0-9]{1,2})?", re.ASCII),
    Decimals.POINT: re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,2})?", re.ASCII),
}
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00:00)?", re.ASCII)
_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})", re.ASCII)

_YES = frozenset({"j", "ja", "y", "yes", "x", "1", "true", "sand"})
_NO = frozenset({"", "n", "nej", "no", "0", "false", "falsk", "-"})


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be a value: a formula or an error of the spreadsheet."""

    wrong: Wrong
    text: str


Value = str | int | float | bool | date | datetime | time | timedelta | Bad | None
Row = tuple[int, Sequence[Value]]


class Unreadable(Exception):
    """A cell that cannot be read; the reason goes into the fault that names its place."""

    def __init__(self, wrong: Wrong, found: object = "") -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.found = found


Read = TypeVar("Read")


def empty(value: Value) -> bool:
    """Tell whether nothing stands in a cell."""
    return value is None or (isinstance(value, str) and not value.strip())


def text(value: Value) -> str:
    """Read words for people; spaces at both ends do not count."""
    if isinstance(value, Bad):
        raise Unreadable(value.wrong, value.text)
    if isinstance(value, bool) or not (isinstance(value, str) or _number(value)):
        raise Unreadable(Wrong.BAD_TEXT, value)
    words = value.strip() if isinstance(value, str) else _digits(value)
    try:
        return values.text(words)
    except ValidationError:
        raise Unreadable(Wrong.BAD_TEXT, words) from None


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _digits(number: object) -> str:
    """Write a number that stands where words are meant, as an item number often does."""
    assert isinstance(number, int | float)
    return str(int(number)) if number == int(number) else format(number, ".15g")


def amount(value: Value, decimals: Decimals | None) -> tuple[Money, Decimals | None]:
    """Read an amount of zero or more, and say which decimal sign it surely used."""
    if isinstance(value, Bad):
        raise Unreadable(value.wrong, value.text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value), None
    if not isinstance(value, str):
        raise Unreadable(Wrong.BAD_AMOUNT, value)
    plain = value.replace("\u00a0", " ").strip().removesuffix("kr.").removesuffix("kr").removesuffix("DKK")
    plain = _SPACE.sub("", plain.strip())
    if _WHOLE.fullmatch(plain):
        return _checked(int(plain) * 100, value), None
    used = decimals or _sign(plain, value)
    if not _WITH[used].fullmatch(plain):
        raise Unreadable(Wrong.BAD_AMOUNT, value)
    thousands = "." if used is Decimals.COMMA else ","
    whole, _, part = plain.replace(thousands, "").partition(used.value)
    return _checked(int(whole) * 100 + int(part.ljust(2, "0")), value), used


def _of_number(number: float) -> Money:
    """Take a number as a spreadsheet shows it, with fifteen digits; more than two decimals are no amount."""
    oere = Decimal(format(number, ".15g")).scaleb(2) if isinstance(number, float) else Decimal(number * 100)
    if not oere.is_finite() or oere != oere.to_integral_value():
        raise Unreadable(Wrong.BAD_AMOUNT, number)
    return _checked(int(oere), number)


def _checked(oere: int, found: object) -> Money:
    if not 0 <= oere <= LARGEST_OERE:
        raise Unreadable(Wrong.BAD_AMOUNT, found)
    return Money(oere)


def _sign(plain: str, found: str) -> Decimals:
    """Tell the decimal sign from the amount alone, where only one reading is possible."""
    if _ONE_GROUP.fullmatch(plain):
        raise Unreadable(Wrong.TWO_AMOUNTS, found)
    return next((sign for sign in Decimals if _WITH[sign].fullmatch(plain)), Decimals.COMMA)


def day(value: Value, slashes: Slashes | None) -> date | None:
    """Read a day, written as a day, as text or as a number; nothing for an open end."""
    if isinstance(value, Bad):
        raise Unreadable(value.wrong, value.text)
    if isinstance(value, datetime):
        found: date | None = value.date() if value.time() == time() else None
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str):
        found = _of_text(value.strip(), slashes)
    else:
        found = _of_serial(value)
    if found is None:
        raise Unreadable(Wrong.BAD_DAY, value)
    return None if found == OPEN else found


def _of_text(written: str, slashes: Slashes | None) -> date | None:
    if found := _YEAR_FIRST.fullmatch(written) or _TOGETHER.fullmatch(written):
        return _made(*map(int, found.groups()))
    if found := _DAY_FIRST.fullmatch(written):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "/" and slashes is None and first != second:
            raise Unreadable(Wrong.TWO_DAYS, written)
        swapped = found[2] == "/" and slashes is Slashes.MONTH_FIRST
        return _made(year, first, second) if swapped else _made(year, second, first)
    return _of_serial(int(written)) if _WHOLE.fullmatch(written) else None


def _of_serial(number: object) -> date | None:
    """Read a day that lost its format: as a spreadsheet counts, or year, month and day in one number."""
    if not _number(number) or not isinstance(number, int | float) or number != int(number):
        return None
    whole = int(number)
    if whole in _OPEN_SERIALS:
        return OPEN
    if whole in _SERIALS:
        return _DAY_ZERO + timedelta(whole)
    found = _TOGETHER.fullmatch(str(whole))
    return _made(*map(int, found.groups())) if found else None


def _made(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def marked(value: Value) -> bool:
    """Read yes or no; an empty cell is no."""
    if isinstance(value, Bad):
        raise Unreadable(value.wrong, value.text)
    word = "" if value is None else str(value).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(Wrong.BAD_FLAG, value)


def remembered(read: Callable[[Value], Read]) -> Callable[[Value], Read]:
    """Read equal cells once: a list repeats its categories, units and days thousands of times."""
    known: dict[tuple[type, Value], Read] = {}

    def quick(value: Value) -> Read:
        key = (type(value), value)
        if key not in known:
            known[key] = read(value)
        return known[key]

    return quick
