"""Searching many packages quickly: what each says and is, prepared once for a catalogue as sets of places.

A set of places is a whole number in which bit N stands for the package at place N, so that thousands of packages are
put together or narrowed down in one step.
"""

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

from planner.domain.money import Money
from planner.domain.package import Chime, LineKind, Package, Rung

Catalogue = Mapping[str, Package]
Key = TypeVar("Key", bound=Hashable)
Costs = tuple[Money | None, ...]

_WORD = re.compile(r"\w+")
_MOST_KEPT = 4


class Index:
    """A catalogue as it is searched; made once, for as long as the catalogue is the same."""

    def __init__(self, packages: Iterable[Package]) -> None:
        self.packages = tuple(packages)
        self.all = (1 << len(self.packages)) - 1
        self._priced: tuple[tuple[str, date], Costs] | None = None

    @cached_property
    def rungs(self) -> Mapping[Rung, int]:
        """Where the packages of each rung are."""
        return self._by(lambda package: [package.rung])

    @cached_property
    def chimes(self) -> Mapping[Chime, int]:
        """Where the packages that may support each process are."""
        return self._by(lambda package: package.chime)

    @cached_property
    def kinds(self) -> Mapping[LineKind, int]:
        """Where the packages of each kind are."""
        return self._by(lambda package: [package.kind])

    @cached_property
    def weeks(self) -> Mapping[int, int]:
        """Where the packages of each length are."""
        return self._by(lambda package: [package.weeks])

    @cached_property
    def anonymous(self) -> int:
        """Where the packages are for which nobody need give a name."""
        return self._by(lambda package: [package.anonymous]).get(True, 0)

    @cached_property
    def usable(self) -> int:
        """Where the packages are that a person can use, with a plan or without one."""
        return self._by(lambda package: [package.usable]).get(True, 0)

    @cached_property
    def withdrawals(self) -> Mapping[date, int]:
        """Where the packages are that nobody can newly choose from a day on."""
        return self._by(lambda package: [package.withdrawn_on] if package.withdrawn_on else [])

    def shown(self, today: date) -> int:
        """Find where the packages are that have a page on a day."""
        gone = any_of(places for day, places in self.withdrawals.items() if day <= today)
        return self.all & ~gone

    def saying(self, words: str) -> tuple[int, int]:
        """Find where every word stands, also as a part of another, and where of these one begins a word of the name.

        Letters are alike whether large or small. No words are found everywhere.
        """
        found, named = self.all, 0
        for word in words_of(words):
            found &= any_of(places for known, places in self._said.items() if word in known)
            named |= any_of(places for known, places in self._named.items() if known.startswith(word))
        return found, named & found

    def costs(self, region: str, today: date, cost_of: Callable[[Package], Money | None]) -> Costs:
        """Tell what each package costs in a municipality on a day; worked out once for each day."""
        kept = self._priced
        if kept is None or kept[0] != (region, today):
            kept = (region, today), tuple(cost_of(package) for package in self.packages)
            self._priced = kept
        return kept[1]

    @cached_property
    def _said(self) -> Mapping[str, int]:
        return self._by(lambda package: words_of(_told(package)))

    @cached_property
    def _named(self) -> Mapping[str, int]:
        return self._by(lambda package: words_of(f"{package.name.da} {package.name.en}"))

    def _by(self, keys: Callable[[Package], Iterable[Key]]) -> Mapping[Key, int]:
        places: dict[Key, list[int]] = defaultdict(list)
        for place, package in enumerate(self.packages):
            for key in set(keys(package)):
                places[key].append(place)
        return {key: set_of(found) for key, found in places.items()}


_kept: deque[tuple[Catalogue, Index]] = deque(maxlen=_MOST_KEPT)


def index_of(catalogue: Catalogue) -> Index:
    """Give the index of a catalogue; it is made when a catalogue is first searched."""
    for known, index in tuple(_kept):
        if known is catalogue:
            return index
    made = Index(catalogue.values())
    _kept.append((catalogue, made))
    return made


def words_of(text: str) -> list[str]:
    """Take a text apart into its words, as they are compared."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def any_of(sets: Iterable[int]) -> int:
    """Put sets of places together."""
    found = 0
    for places in sets:
        found |= places
    return found


def set_of(places: Iterable[int]) -> int:
    """Make a set of places."""
    bits = bytearray()
    for place in places:
        if place >> 3 >= len(bits):
            bits.extend(bytes((place >> 3) + 1 - len(bits)))
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def places_in(found: int) -> Iterator[int]:
    """List the places of a set, in order."""
    for start, byte in enumerate(found.to_bytes((found.bit_length() + 7) // 8, "little")):
        if byte:
            yield from (8 * start + bit for bit in range(8) if byte >> bit & 1)


def _told(package: Package) -> str:
    """Put together what a package says about itself, in both languages."""
    told = (package.name, package.summary, package.suits, *package.contains)
    return " ".join(f"{part.da} {part.en}" for part in told if part)
