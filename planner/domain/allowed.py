"""How far a package can be adjusted: what is inside its bounds, what is beyond them and so a wish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.bounds import MOST_WEEKS, RHYTHMS, DelivererKind, Mode, Place
from planner.domain.choices import NUMBERS, Choices, Value, adjusted, settled
from planner.domain.errors import DomainError
from planner.domain.package import Package
from planner.domain.period import Period


class TooLongInAll(DomainError):
    """The phases last longer together than the package may; no wish can change that."""

    code = "too_long_in_all"

    def __init__(self, weeks: int, most: int) -> None:
        super().__init__(weeks, most)
        self.weeks = weeks
        self.most = most


@dataclass(frozen=True, slots=True)
class Allowed:
    """What can be chosen for one part: a number between two ends, or one of some codes."""

    low: int = 0
    high: int = 0
    codes: tuple[str, ...] = ()

    def holds(self, value: Value) -> bool:
        """Tell whether a value is inside."""
        return self.low <= value <= self.high if isinstance(value, int) else value in self.codes

    def widened(self, value: Value | None) -> "Allowed":
        """Include a value that was granted."""
        if isinstance(value, int):
            return Allowed(min(self.low, value), max(self.high, value))
        return self if value is None else Allowed(codes=(*self.codes, value))


@dataclass(frozen=True, slots=True)
class Beyond:
    """A part that was chosen beyond what the package allows; the part ``start`` is a day."""

    part: str
    wanted: Value
    allowed: Allowed


class BeyondBounds(DomainError):
    """Something was chosen that the package does not allow: with words why, it can be a wish."""

    code = "beyond_bounds"

    def __init__(self, package_id: str, over: Sequence[Beyond]) -> None:
        super().__init__(package_id, tuple(over))
        self.package_id = package_id
        self.over = tuple(over)


class NotAdjustedSo(DomainError):
    """What was chosen about a line is not offered any more, because its package was changed meanwhile."""

    code = "not_adjusted_so"

    def __init__(self, item: int, package_id: str) -> None:
        super().__init__(item, package_id)
        self.item = item
        self.package_id = package_id


def allowed(package: Package, part: str, granted: Mapping[str, Value] | None = None) -> Allowed:
    """Tell what can be chosen for a part, what was granted included."""
    return _declared(package, part).widened((granted or {}).get(part))


def _declared(package: Package, part: str) -> Allowed:
    name, _, number = part.partition(".")
    if name in NUMBERS:
        phase = package.phases[int(number) - 1]
        ends = {
            "weeks": phase.weeks_range or (phase.weeks, phase.weeks),
            "rhythm": phase.rhythm_range or (100, 100),
            "runs": (1, phase.most_runs),
        }
        return Allowed(*ends[name])
    bounds = package.bounds
    variants = tuple(variant.code for variant in package.variants)
    codes: dict[str, Sequence[str]] = {
        "variant": variants,
        "mode": bounds.modes,
        "deliverer": bounds.deliverers,
        "language": bounds.languages,
        "place": bounds.places,
    }
    return Allowed(codes=tuple(str(code) for code in codes[name]))


def options(part: str) -> tuple[Value, ...]:
    """List what one may choose or wish for a part that is no plain number of weeks or runs."""
    codes: dict[str, tuple[Value, ...]] = {
        "rhythm": RHYTHMS,
        "mode": tuple(mode.value for mode in Mode),
        "deliverer": tuple(kind.value for kind in DelivererKind),
        "place": tuple(place.value for place in Place),
    }
    return codes[part.partition(".")[0]]


def beyond(package: Package, choices: Choices) -> tuple[Beyond, ...]:
    """Name what was chosen beyond the bounds of the package and what was granted."""
    chosen = settled(package, choices).values.items()
    found = ((part, value, allowed(package, part, choices.granted)) for part, value in chosen)
    return tuple(Beyond(part, value, range_) for part, value, range_ in found if not range_.holds(value))


def inside(package: Package, choices: Choices, before: Choices) -> Choices:
    """Take what is inside the bounds as chosen, and for the rest what held before."""
    kept = choices
    for over in beyond(package, choices):
        kept = kept.but(over.part, before.values.get(over.part))
    return settled(package, kept)


def check_length(package: Package, choices: Choices) -> None:
    """Refuse phases that last longer together than the package may. Raises ``TooLongInAll``."""
    weeks, most = adjusted(package, choices).weeks, package.max_weeks or MOST_WEEKS
    if weeks > max(most, package.weeks):
        raise TooLongInAll(weeks, most)


def start_window(package: Package, plan: Period, today: date) -> Period:
    """Find the first and the last day on which a package may start in a plan."""
    begin = min(max(today, plan.first_day), plan.last_day)
    if package.bounds.start_weeks is None:
        return Period(begin, plan.last_day)
    earliest, latest = (min(begin + timedelta(weeks=weeks), plan.last_day) for weeks in package.bounds.start_weeks)
    return Period(earliest, latest)
