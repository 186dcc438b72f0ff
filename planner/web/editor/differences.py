"""What differs between two versions of a package, key by key, in the words of the form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from planner.domain.errors import DomainError
from planner.domain.money import Money
from planner.web.editor.boxes import shown
from planner.web.editor.parts import Part, Typed
from planner.web.editor.sections import PARTS
from planner.web.filters import kr_exact


@dataclass(frozen=True, slots=True)
class Change:
    """One place where two versions differ: where, and what stands there before and after (empty: nothing)."""

    where: str
    before: str
    after: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List what differs, in the order of the form."""
    return list(_changes(PARTS, before, after, ()))


def _changes(
    parts: Iterable[Part], before: Mapping[str, Any], after: Mapping[str, Any], way: tuple[str, ...]
) -> Iterator[Change]:
    for part in parts:
        old, new = before.get(part.key), after.get(part.key)
        if old != new:
            yield from _differing(part, old, new, way)


def _differing(part: Part, old: Any, new: Any, way: tuple[str, ...]) -> Iterator[Change]:  # noqa: ANN401 - plain values
    match part.typed:
        case Typed.ROWS:
            yield from _rows(part, _listed(old), _listed(new), way)
        case Typed.GROUP:
            here = (*way, gettext(part.label))
            yield from _changes(part.parts, _mapped(old), _mapped(new), here)
        case Typed.WORDS | Typed.LONG_WORDS:
            for key, language in (("da", gettext("Danish")), ("en", gettext("English"))):
                one, other = _mapped(old).get(key), _mapped(new).get(key)
                if one != other:
                    where = " · ".join((*way, gettext(part.label), language))
                    yield Change(where, str(one or ""), str(other or ""))
        case _:
            one, other = _told(part, old), _told(part, new)
            if one != other:
                yield Change(" · ".join((*way, gettext(part.label))), one, other)


def _rows(part: Part, old: list[Any], new: list[Any], way: tuple[str, ...]) -> Iterator[Change]:
    """Compare row by row; what stands at the same place is the same row, however much of it changed."""
    for number in range(max(len(old), len(new))):
        here = (*way, gettext(part.one, number=number + 1))
        one = old[number] if number < len(old) else {}
        other = new[number] if number < len(new) else {}
        if one != other:
            yield from _changes(part.parts, _mapped(one), _mapped(other), here)


def _told(part: Part, value: Any) -> str:  # noqa: ANN401 - as above
    """Tell a value the way people read it: amounts with kr., codes by their names."""
    if value in (None, [], ()):
        return ""
    names = dict(part.options()) if part.options else {}
    match part.typed:
        case Typed.FLAG:
            return gettext("yes")
        case Typed.CHOICE:
            return names.get(str(value), str(value))
        case Typed.CHOICES:
            return ", ".join(sorted(names.get(str(one), str(one)) for one in _listed(value)))
        case Typed.AMOUNT:
            return _kroner(value)
        case Typed.AMOUNTS:
            return " – ".join(_kroner(one) for one in _listed(value))
        case Typed.NUMBERS:
            return " – ".join(map(str, _listed(value)))
        case _:
            return shown(part, value)


def _kroner(value: object) -> str:
    try:
        return kr_exact(Money.kroner(str(value)))
    except DomainError:
        return str(value)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - as above
    return list(value) if isinstance(value, list | tuple) else []


def _mapped(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - as above
    return value if isinstance(value, Mapping) else {}
