"""Parts of a form that is as deep as a package: what a part is, how it is typed, and what can be chosen in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.package import Words
from planner.web.editor import codes
from planner.web.filters import words
from planner.web.wording import N_

Options = Callable[[], list[tuple[str, str]]]


class Typed(StrEnum):
    """How a part is typed; ``rows`` and ``group`` hold other parts."""

    TEXT = "text"
    LONG = "long"
    WORDS = "words"
    LONG_WORDS = "long_words"
    NUMBER = "number"
    NUMBERS = "numbers"
    AMOUNTS = "amounts"
    AMOUNT = "amount"
    DAY = "day"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    IDS = "ids"
    LINES = "lines"
    ROWS = "rows"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One key of a package: its label, a hint, and what it may hold. ``one`` names a row, ``add`` its button."""

    key: str
    label: str
    typed: Typed = Typed.TEXT
    hint: str = ""
    options: Options | None = None
    parts: tuple["Part", ...] = ()
    one: str = ""
    add: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Parts that stand under one heading."""

    id: str
    title: str
    parts: tuple[Part, ...]


def named(names: Mapping[str, Words]) -> Options:
    """Offer codes by their names, in the order of the names."""
    return lambda: sorted(((code, words(name)) for code, name in names.items()), key=lambda one: one[1].casefold())


def coded(kinds: Iterable[StrEnum]) -> Options:
    """Offer the members of an enumeration in their own order."""
    known = tuple(kinds)
    return lambda: [(code.value, codes.name(code)) for code in known]


def both_languages(key: str, label: str, *, one: str, add: str, hint: str = "") -> Part:
    """Describe a list of short texts, each in both languages."""
    parts = (Part(key="da", label=N_("Danish")), Part(key="en", label=N_("English")))
    return Part(key=key, label=label, typed=Typed.ROWS, hint=hint, parts=parts, one=one, add=add)
