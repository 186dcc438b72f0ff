"""The fields of a draft as a page draws them: what was typed, what is wrong with it, and the rows it has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from packages_catalog.faults import Fault
from planner.domain.errors import DomainError
from planner.domain.money import Money
from planner.web.editor.faults import sentence
from planner.web.editor.parts import Part, Typed
from planner.web.editor.sections import PARTS
from planner.web.filters import typed

_BOTH = {Typed.WORDS: ("da", "en"), Typed.LONG_WORDS: ("da", "en")}
_ENDS = {Typed.NUMBERS: ("from", "to"), Typed.AMOUNTS: ("from", "to")}


@dataclass(frozen=True, slots=True)
class Control:
    """One field somebody types in: its name, what stands in it, and what is wrong with that."""

    name: str
    text: str
    faults: tuple[str, ...] = ()
    end: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its name, its number from 1, and its boxes."""

    name: str
    number: int
    title: str
    boxes: tuple["Box", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of the package with its controls, or with rows or boxes inside it."""

    part: Part
    name: str
    label: str
    hint: str
    controls: tuple[Control, ...] = ()
    chosen: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boxes: tuple["Box", ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault told above the form: where it is in words, the field that it leads to, and what is wrong."""

    where: str
    name: str
    sentence: str


Faults = Mapping[str, Sequence[str]]


def by_name(found: Iterable[Fault]) -> dict[str, list[str]]:
    """Sort faults by the name of the field they are about: ``phases.2.weeks`` is ``phases-1-weeks``."""
    sorted_: dict[str, list[str]] = {}
    for fault in found:
        sorted_.setdefault(_name(fault.key), []).append(sentence(fault.reason))
    return sorted_


def boxes(parts: Iterable[Part], content: Mapping[str, Any], faults: Faults, prefix: str = "") -> tuple[Box, ...]:
    """Draw some parts with what stands in them."""
    return tuple(_box(part, content.get(part.key), faults, f"{prefix}{part.key}") for part in parts)


def problems(found: Iterable[Fault]) -> list[Problem]:
    """Tell every fault with its place in words."""
    return [Problem(" · ".join(_where(fault.key)), _name(fault.key), sentence(fault.reason)) for fault in found]


def _name(key: str) -> str:
    return "-".join(str(int(step) - 1) if step.isdigit() else step for step in key.split("."))


def _where(key: str) -> Iterator[str]:
    """Say in words where a key stands; a row is named by its number, a language by its name."""
    parts: Sequence[Part] = PARTS
    part: Part | None = None
    for step in key.split("."):
        if step.isdigit():
            if part and part.one:
                yield gettext(part.one, number=step)
            continue
        known = next((one for one in parts if one.key == step), None)
        if known is None:
            yield {"da": gettext("Danish"), "en": gettext("English")}.get(step, step)
            continue
        part, parts = known, known.parts
        if known.typed is not Typed.ROWS or key.endswith(step):
            yield gettext(known.label)


def _box(part: Part, value: Any, faults: Faults, name: str) -> Box:  # noqa: ANN401 - any plain value
    hint = gettext(part.hint) if part.hint and not part.hint[0].isdigit() else part.hint
    told: dict[str, Any] = {"part": part, "name": name, "label": gettext(part.label), "hint": hint}
    match part.typed:
        case Typed.ROWS:
            rows = tuple(_row(part, row, faults, name, number) for number, row in enumerate(_listed(value)))
            return Box(**told, rows=rows, faults=tuple(faults.get(name, ())))
        case Typed.GROUP:
            inside = value if isinstance(value, Mapping) else {}
            below = boxes(part.parts, inside, faults, f"{name}-")
            return Box(**told, boxes=below, faults=tuple(faults.get(name, ())))
        case Typed.CHOICES:
            return Box(**told, chosen=tuple(map(str, _listed(value))), faults=_all(faults, name))
        case Typed.WORDS | Typed.LONG_WORDS:
            return Box(**told, controls=tuple(_languages(value, faults, name)), faults=tuple(faults.get(name, ())))
        case Typed.NUMBERS | Typed.AMOUNTS:
            return Box(**told, controls=tuple(_both_ends(part, value, name)), faults=_all(faults, name))
        case _:
            return Box(**told, controls=(Control(name, shown(part, value), _all(faults, name)),))


def _row(part: Part, row: Any, faults: Faults, name: str, number: int) -> Row:  # noqa: ANN401 - as above
    here = f"{name}-{number}"
    inside = row if isinstance(row, Mapping) else {}
    title = gettext(part.one, number=number + 1)
    return Row(here, number + 1, title, boxes(part.parts, inside, faults, f"{here}-"))


def _languages(value: Any, faults: Faults, name: str) -> Iterator[Control]:  # noqa: ANN401 - as above
    said = value if isinstance(value, Mapping) else {}
    for language in ("da", "en"):
        where = f"{name}-{language}"
        yield Control(where, str(said.get(language, "")), tuple(faults.get(where, ())), language)


def _both_ends(part: Part, value: Any, name: str) -> Iterator[Control]:  # noqa: ANN401 - as above
    ends = [*_listed(value), "", ""]
    single = Part(key="", label="", typed=Typed.AMOUNT if part.typed is Typed.AMOUNTS else Typed.NUMBER)
    for end, one in zip(("from", "to"), ends, strict=False):
        yield Control(f"{name}-{end}", shown(single, one), end=end)


def _all(faults: Faults, name: str) -> tuple[str, ...]:
    """Collect the faults of a field and of what it lists: the third id that is unknown is a fault of the field."""
    about = (said for where, said in faults.items() if where == name or where.startswith(f"{name}-"))
    return tuple(told for said in about for told in said)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - as above
    return value if isinstance(value, list) else []


def shown(part: Part, value: Any) -> str:  # noqa: ANN401 - as above
    """Write a value the way it is typed; what could not be read stands as it was."""
    if value is None or value is True:
        return "y" if value else ""
    match part.typed:
        case Typed.AMOUNT:
            return _amount(str(value))
        case Typed.DAY:
            return _day(str(value))
        case Typed.IDS:
            return " ".join(map(str, _listed(value)))
        case Typed.LINES:
            return "\n".join(map(str, _listed(value)))
        case _:
            return str(value)


def _amount(text: str) -> str:
    try:
        return typed(Money.kroner(text))
    except DomainError:
        return text


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:
        return text
