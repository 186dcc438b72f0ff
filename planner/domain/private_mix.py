"""A mix that somebody tries without a name: packages and things of their own, each from a day on for some weeks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from planner.domain import terms
from planner.domain.errors import DomainError
from planner.domain.mix import Line, natural_period
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Package, Rung
from planner.domain.period import Period
from planner.domain.terms import Terms

MOST_THINGS = 20
MOST_WEEKS = 104
LONGEST_TITLE = 100
DAYS_KEPT = 30
AS_NEEDED = 26
"""For how many weeks a package without an end of its own is tried until somebody says otherwise."""


class MixFull(DomainError):
    """There is no room for more things in one mix."""

    code = "mix_full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing somebody tries: a package of the catalogue, or with a ``title`` something of their own.

    ``amount`` is paid once or every month; what costs nothing is a friend, a club, a role one gives.
    ``minutes`` are those a week that a thing of their own takes.
    """

    first_day: date
    weeks: int
    package_id: str = ""
    title: str = ""
    amount: Money = ZERO
    monthly: bool = False
    minutes: int = 0
    rung: Rung = Rung.SELF

    @property
    def period(self) -> Period:
        """The days of it."""
        return Period.of_weeks(self.first_day, self.weeks)

    @property
    def own_kind(self) -> LineKind:
        """The kind of line that a thing of one's own is: paid for, or at 0 kr."""
        return LineKind.OWN_LINE if self.amount else LineKind.CIVIL_FREE

    @property
    def own_terms(self) -> Terms:
        """What is known about a thing of one's own, as a line's terms."""
        own = {"oere": self.amount.oere, "monthly": self.monthly and bool(self.amount)}
        return {"own": own, "rung": self.rung.value, **({"minutes": self.minutes} if self.minutes else {})}

    def own_line(self, item: int) -> Line:
        """Make the line of a thing of one's own."""
        return terms.to_line(item, self.own_kind, self.period, self.own_terms, title=self.title)


def tried(package: Package, first_day: date) -> Thing:
    """Try a package from a day on: its own length, or half a year when it has no end of its own."""
    weeks = AS_NEEDED if package.open_ended else package.weeks
    return Thing(package_id=package.id, first_day=first_day, weeks=min(weeks, MOST_WEEKS))


def flexible(package: Package) -> bool:
    """Tell whether the weeks of a package say what it costs; else it is as long as it is."""
    return package.open_ended or package.per_week


def may_claim(package: Package) -> bool:
    """Tell whether a package may stand on a person at all: help behind an open door never does."""
    return package.choosable


def asks_first(package: Package) -> bool:
    """Tell whether the law lets people stay without a name, so that it goes into a plan only if they say so."""
    return package.anonymous and package.kind is LineKind.STATUTORY_FREE


def fitted(thing: Thing, package: Package | None, plan: Period, today: date) -> Period:
    """Fit the days of a thing into a plan: not before today, as long as it was tried, cut where the plan ends."""
    first = min(max(thing.first_day, plan.first_day, today), plan.last_day)
    if package is not None and not flexible(package):
        return natural_period(package, first, plan)
    return Period(first, min(plan.last_day, first + timedelta(days=7 * thing.weeks - 1)))


def dump(things: Iterable[Thing]) -> dict[str, object]:
    """Write a mix down as plain values."""
    return {"things": [_dumped(thing) for thing in things]}


def load(content: Mapping[str, Any]) -> tuple[Thing, ...]:
    """Read a mix back equal."""
    written: Sequence[Mapping[str, Any]] = content["things"]
    return tuple(_loaded(thing) for thing in written)


def _dumped(thing: Thing) -> dict[str, object]:
    return {
        "package": thing.package_id,
        "first_day": thing.first_day.isoformat(),
        "weeks": thing.weeks,
        "title": thing.title,
        "oere": thing.amount.oere,
        "monthly": thing.monthly,
        "minutes": thing.minutes,
        "rung": thing.rung.value,
    }


def _loaded(said: Mapping[str, Any]) -> Thing:
    return Thing(
        package_id=said["package"],
        first_day=date.fromisoformat(said["first_day"]),
        weeks=said["weeks"],
        title=said["title"],
        amount=Money(said["oere"]),
        monthly=said["monthly"],
        minutes=said["minutes"],
        rung=Rung(said["rung"]),
    )
