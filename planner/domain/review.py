"""Reviews: the lines of a plan as they were sent, and what changed between two versions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from planner.domain import mix
from planner.domain.away import NEVER, Closed
from planner.domain.mix import Line, WeekLoad
from planner.domain.money import ZERO, Money
from planner.domain.package import LegalBasis
from planner.domain.period import Period
from planner.domain.plan import offered_period


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line with its snapshot: what it is, what it costs, who pays (nothing: no budget does), on which law.

    ``chosen`` is what the citizen chose about it (``terms.CHOSEN``).
    """

    line: Line
    cost: Money
    source_id: int | None = None
    bases: tuple[LegalBasis, ...] = ()
    chosen: Mapping[str, Any] = field(default_factory=dict)

    @property
    def item(self) -> int:
        """The item it is through all versions."""
        return self.line.item

    @property
    def drawn(self) -> Money:
        """What it draws on a budget: nothing when no source pays, whatever it really costs."""
        return self.cost if self.source_id is not None else ZERO


class Change(StrEnum):
    """What became of a line since the version before."""

    NEW = "new"
    CHANGED = "changed"
    OUT = "out"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """One line before and now; either may be missing."""

    change: Change
    before: SentLine | None
    now: SentLine | None

    @property
    def line(self) -> SentLine:
        """The line as it is now, or as it was when it is out."""
        found = self.now or self.before
        assert found is not None
        return found

    @property
    def amount(self) -> Money:
        """Tell how much dearer (or, negative, cheaper) the plan became by it."""
        return (self.now.drawn if self.now else ZERO) - (self.before.drawn if self.before else ZERO)


def differences(before: Iterable[SentLine], now: Iterable[SentLine]) -> tuple[Difference, ...]:
    """Compare two versions line by line: first what is there now, in order, then what went out."""
    old = {sent.item: sent for sent in before}
    found = [_difference(old.pop(sent.item, None), sent) for sent in now]
    return (*found, *(Difference(Change.OUT, gone, None) for gone in old.values()))


def _difference(before: SentLine | None, now: SentLine) -> Difference:
    if before is None:
        return Difference(Change.NEW, None, now)
    same = (before.line, before.cost, before.source_id) == (now.line, now.cost, now.source_id)
    return Difference(Change.SAME if same else Change.CHANGED, before, now)


def cost_by_source(lines: Iterable[SentLine]) -> dict[int | None, Money]:
    """Add the lines up by who pays; under ``None`` what no budget pays for."""
    found: dict[int | None, Money] = {}
    for sent in lines:
        found[sent.source_id] = found.get(sent.source_id, ZERO) + sent.cost
    return found


def passed_starts(
    lines: Iterable[SentLine], approved: frozenset[int], today: date, plan: Period
) -> tuple[tuple[SentLine, Period], ...]:
    """Find new lines whose start has passed before the decision, with the days they could have instead.

    Help that draws on no source waits for no decision.
    """
    return tuple(
        (sent, offered_period(sent.line.period, today, plan))
        for sent in lines
        if sent.source_id is not None and sent.item not in approved and sent.line.period.first_day < today
    )


def full_weeks(lines: Iterable[SentLine], limit: int | None, closed: Closed = NEVER) -> tuple[WeekLoad, ...]:
    """Find the weeks with more time together with others than the citizen said; own exercises do not count."""
    if limit is None:
        return ()
    return tuple(week for week in mix.weekly_load((sent.line for sent in lines), closed) if week.together > limit)


def excluded(
    lines: Sequence[SentLine], excludes: Mapping[str, frozenset[str]]
) -> tuple[tuple[SentLine, SentLine], ...]:
    """Find pairs of lines that cannot run on the same days."""
    by_item = {sent.item: sent for sent in lines}
    found = mix.clashes([sent.line for sent in lines], dict(excludes))
    return tuple((by_item[clash.one], by_item[clash.other]) for clash in found)
