"""Suggestions: the best small mixes for what somebody wants, found by looking at every mix there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from operator import or_

MOST_PACKAGES = 5
MOST_MIXES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A package that can be chosen, as plain values.

    ``covers`` has one bit for each goal it works on, ``oere`` is what it takes of the citizen's own money, and
    ``minutes`` the fullest of its weeks with others. ``needs`` are packages it only works together with.
    """

    id: str
    covers: int
    oere: int
    minutes: int
    excludes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for: so many goals, within an amount and the minutes of a week (nothing means no limit).

    ``chosen`` are the packages in the plan already; what needs them may be suggested without them.
    """

    goals: int
    most_oere: int
    most_minutes: int | None = None
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Suggestion:
    """A mix in the order of its ids; suggestions compare by uncovered goals, then price, then ids."""

    uncovered: int
    oere: int
    ids: tuple[str, ...]
    covered: int = field(compare=False)


def suggest(options: Iterable[Option], asked: Asked) -> tuple[Suggestion, ...]:
    """Find the three best mixes of at most five packages; the same input gives the same answer.

    A mix keeps within the amount and the minutes, holds no two packages that exclude each other, and holds what its
    packages need. Every package in it covers a goal that the mix would not cover without it, or is needed by one that
    does, so that nothing is suggested beside the point. Everything is looked at: what is skipped could not be among
    the three.
    """
    search = _Search(_worth_a_look(_possible(options, asked)), asked)
    search.extend(_Partial(), 0)
    return tuple(search.best)


def _possible(options: Iterable[Option], asked: Asked) -> list[Option]:
    """Leave out what can never be paid or fitted in, and, one after the other, what needs something left out."""
    most = asked.most_minutes
    left = [o for o in options if o.oere <= asked.most_oere and (most is None or o.minutes <= most)]
    while True:
        there = asked.chosen.union(option.id for option in left)
        found = [option for option in left if option.needs <= there]
        if len(found) == len(left):
            return left
        left = found


def _worth_a_look(options: Sequence[Option]) -> list[Option]:
    """Leave out a package when three others would do the same, none of them dearer, longer or later by id.

    Only packages without relations are left out: a mix with one of them gives three better mixes, one for each of the
    three in its place. So it could not be among the three best, and a catalogue of thousands stays quick.
    """
    related = {other for option in options for other in (*option.excludes, *option.needs)}
    bound = [option for option in options if option.id in related or option.excludes or option.needs]
    free = [o for o in options if o.covers and not (o.id in related or o.excludes or o.needs)]
    for _, alike in groupby(sorted(free, key=lambda o: (o.covers, o.oere, o.id)), key=lambda o: o.covers):
        kept: list[Option] = []
        for option in alike:
            if sum(better.minutes <= option.minutes for better in kept) < MOST_MIXES:
                kept.append(option)
        bound += kept
    return sorted(bound, key=lambda option: (option.oere, option.id))


@dataclass(frozen=True, slots=True)
class _Partial:
    """A mix on the way: what it covers at all and more than once, what it costs and takes, and whom it shuts out."""

    members: tuple[int, ...] = ()
    covered: int = 0
    twice: int = 0
    oere: int = 0
    minutes: int = 0
    barred: int = 0


class _Search:
    """A walk through all mixes in the order of price, which turns back where no better mix can lie ahead."""

    def __init__(self, options: Sequence[Option], asked: Asked) -> None:
        self.options = options
        self.asked = asked
        self.best: list[Suggestion] = []
        place = {option.id: index for index, option in enumerate(options)}
        self.barred = [0] * len(options)
        for index, option in enumerate(options):
            for other in option.excludes & place.keys():
                self.barred[index] |= 1 << place[other]
                self.barred[place[other]] |= 1 << index
        self.needs = [option.needs - asked.chosen for option in options]
        self.wanted = frozenset().union(*self.needs)
        covers = [option.covers for option in options]
        self.ahead = [*accumulate(reversed(covers), or_, initial=0)][::-1]
        self.widest = max((cover.bit_count() for cover in covers), default=0)

    def extend(self, mix: _Partial, start: int) -> None:
        """Try every package from ``start`` on as the next of a mix."""
        for index in range(start, len(self.options)):
            oere = mix.oere + self.options[index].oere
            if oere > self.asked.most_oere or self._hopeless(mix, index, oere):
                return
            if mix.barred >> index & 1:
                continue
            longer = self._with(mix, index, oere)
            if self._fits(longer):
                self._offer(longer)
                if len(longer.members) < MOST_PACKAGES:
                    self.extend(longer, index + 1)

    def _hopeless(self, mix: _Partial, index: int, oere: int) -> bool:
        """Tell whether no mix that goes on with this package, or with one after it, comes before the third best."""
        if len(self.best) < MOST_MIXES:
            return False
        third, left = self.best[-1], MOST_PACKAGES - len(mix.members)
        most = min((mix.covered | self.ahead[index]).bit_count(), mix.covered.bit_count() + left * self.widest)
        at_best = (self.asked.goals - most, oere)
        if at_best != (third.uncovered, third.oere):
            return at_best > (third.uncovered, third.oere)
        return self._first_ids(mix, index) > third.ids

    def _first_ids(self, mix: _Partial, index: int) -> tuple[str, ...]:
        """Begin the ids of every mix that goes on with this package or one after it for the same price, or lower.

        Packages stand in the order of price and id, so whatever costs no more and comes later has a later id.
        """
        new = self.options[index].id
        return (*sorted(known for member in mix.members if (known := self.options[member].id) < new), new)

    def _with(self, mix: _Partial, index: int, oere: int) -> _Partial:
        option = self.options[index]
        return _Partial(
            (*mix.members, index),
            mix.covered | option.covers,
            mix.twice | mix.covered & option.covers,
            oere,
            mix.minutes + option.minutes,
            mix.barred | self.barred[index],
        )

    def _fits(self, mix: _Partial) -> bool:
        """Tell whether it keeps within the week, and nobody in it is idle for good."""
        most = self.asked.most_minutes
        if most is not None and mix.minutes > most:
            return False
        return all(
            self.options[index].covers & ~mix.twice or self.options[index].id in self.wanted for index in mix.members
        )

    def _offer(self, mix: _Partial) -> None:
        """Keep a mix when it holds together and is among the best so far."""
        uncovered = self.asked.goals - mix.covered.bit_count()
        if len(self.best) == MOST_MIXES and (uncovered, mix.oere) > (self.best[-1].uncovered, self.best[-1].oere):
            return
        if self._holds_together(mix):
            ids = tuple(sorted(self.options[index].id for index in mix.members))
            self.best = sorted([*self.best, Suggestion(uncovered, mix.oere, ids, mix.covered)])[:MOST_MIXES]

    def _holds_together(self, mix: _Partial) -> bool:
        """Tell whether everything needed is there, and everything there has a goal of its own or is needed by it."""
        needs = {self.options[index].id: self.needs[index] for index in mix.members}
        carried = {self.options[index].id for index in mix.members if self.options[index].covers & ~mix.twice}
        while True:
            more = carried.union(*(needs[one] for one in carried if one in needs))
            if more == carried:
                return carried == needs.keys()
            carried = more
