"""What was typed, as the plain values a package file would hold; what cannot be read stays as its text."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from planner.domain.money import UnreadableAmount, read_danish
from planner.web.editor.parts import Part, Typed
from planner.web.forms import read_day

Fields = MultiDict[str, str]

MOST_ROWS = 100
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
_NOTHING = re.compile(r"0(,00?)?", re.ASCII)
_WORD = re.compile(r"[\s,;]+")


def gathered(parts: Iterable[Part], fields: Fields, prefix: str = "") -> dict[str, object]:
    """Collect what stands in the fields of some parts; what is empty is left out."""
    found = ((part.key, _value(part, fields, f"{prefix}{part.key}")) for part in parts)
    return {key: value for key, value in found if value is not None}


def in_order(parts: Iterable[Part], typed: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Put what was ticked into the order it had before, so that a package is not changed by the order of a page."""
    for part in parts:
        old, new = before.get(part.key), typed.get(part.key)
        if part.typed is Typed.GROUP and isinstance(new, dict) and isinstance(old, Mapping):
            in_order(part.parts, new, old)
        if part.typed is Typed.CHOICES and isinstance(new, list) and isinstance(old, list):
            new.sort(key=lambda one, known=old: known.index(one) if one in known else len(known))  # type: ignore[misc]  # mypy cannot see the default
    return typed


def _value(part: Part, fields: Fields, name: str) -> object:
    match part.typed:
        case Typed.ROWS:
            rows = [gathered(part.parts, fields, f"{name}-{number}-") for number in _numbers(fields, name)]
            return rows or None
        case Typed.GROUP:
            return gathered(part.parts, fields, f"{name}-") or None
        case Typed.WORDS | Typed.LONG_WORDS:
            both = {language: text for language in ("da", "en") if (text := _text(fields, f"{name}-{language}"))}
            return both or None
        case Typed.NUMBERS | Typed.AMOUNTS:
            read = _number if part.typed is Typed.NUMBERS else _amount
            return [read(text) for end in ("from", "to") if (text := _text(fields, f"{name}-{end}"))] or None
        case Typed.CHOICES:
            return [_clean(one) for one in fields.getlist(name) if one] or None
        case Typed.FLAG:
            return True if name in fields else None
        case Typed.LINES:
            return [text for line in _clean(fields.get(name, "")).split("\n") if (text := line.strip())] or None
        case _:
            text = _text(fields, name)
            return _read(part, text) if text else None


def _read(part: Part, text: str) -> object:
    match part.typed:
        case Typed.NUMBER:
            return _number(text)
        case Typed.AMOUNT:
            return _amount(text)
        case Typed.DAY:
            return _day(text)
        case Typed.IDS:
            return [word for word in _WORD.split(text) if word]
        case _:
            return text


def _numbers(fields: Fields, name: str) -> list[int]:
    """Find the numbers of the rows that were sent, in order."""
    row = re.compile(rf"{re.escape(name)}-([0-9]{{1,3}})(?:-|\Z)", re.ASCII)
    return sorted({int(found[1]) for field in fields if (found := row.match(field))})[:MOST_ROWS]


def _text(fields: Fields, name: str) -> str:
    """Read one line: a break inside a long text is a blank, since a package has lines of its own for lists."""
    return " ".join(_clean(fields.get(name, "")).split("\n")).strip()


def _clean(text: str) -> str:
    """Leave out what no database can keep: NUL and halves of letters; line ends are those of a file."""
    return text.encode(errors="ignore").decode().replace("\0", "").replace("\r\n", "\n")


def _number(text: str) -> Any:  # noqa: ANN401 - a number, or the text that is none
    return int(text) if _WHOLE.fullmatch(text) else text


def _amount(text: str) -> str:
    if _NOTHING.fullmatch(text):
        return "0.00"
    try:
        return str(read_danish(text))
    except UnreadableAmount:
        return text


def _day(text: str) -> str:
    try:
        return read_day(text).isoformat()
    except ValueError:
        return text
