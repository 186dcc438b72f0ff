"""What the law and a package's age limits say about a line: how long, for whom, and what to do instead."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from planner.domain.errors import DomainError
from planner.domain.mix import Line
from planner.domain.package import Package
from planner.domain.period import add_months

_MONTHS = {("SEL", "82 b"): "sel_82b_months", ("LAB", "167-171"): "mentor_months"}
"""Which dated figure says how many months help lasts at most that rests on one paragraph alone."""
_RENEWABLE = frozenset({"mentor_months"})


class TooLongByLaw(DomainError):
    """The law lets this help last so many months; ``last_day`` is the last of them, and some can begin anew."""

    code = "too_long_by_law"

    def __init__(self, item: int, package_id: str, law: tuple[str, str], months: int, last_day: date) -> None:
        super().__init__(item, package_id, law, months, last_day)
        self.item = item
        self.package_id = package_id
        self.law, self.paragraph = law
        self.months = months
        self.last_day = last_day
        self.renewable = _MONTHS[law] in _RENEWABLE


class AgeOutside(DomainError):
    """The package is for another age than the citizen has on its first day."""

    code = "age_outside"

    def __init__(self, item: int, package_id: str, lowest: int | None, highest: int | None) -> None:
        super().__init__(item, package_id, lowest, highest)
        self.item = item
        self.package_id = package_id
        self.lowest = lowest
        self.highest = highest


def longest(package: Package, first_day: date, months: Mapping[str, int]) -> tuple[tuple[str, str], int, date] | None:
    """Tell by which paragraph, how many months and until when a package may last; nothing when no law says so.

    ``months`` are the figures that hold, by code. A package that rests on a second paragraph too is not limited.
    """
    bases = {(basis.law, basis.paragraph) for basis in package.legal_bases}
    if len(bases) != 1:
        return None
    (law,) = bases
    most = months.get(_MONTHS.get(law, ""))
    return None if most is None else (law, most, add_months(first_day, most) - timedelta(days=1))


def age_on(born: date, day: date) -> int:
    """Count somebody's whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_fits(package: Package, born: date | None, day: date) -> bool | None:
    """Tell whether somebody has the age a package is for; nothing when that is not known and has to be asked."""
    if package.min_age is None and package.max_age is None:
        return True
    if born is None:
        return None
    return (package.min_age or 0) <= age_on(born, day) <= (package.max_age or 200)


def breaches(line: Line, package: Package, born: date | None, months: Mapping[str, int]) -> Iterator[DomainError]:
    """Name what the law or the package's age limits say against a line."""
    limit = longest(package, line.period.first_day, months)
    if limit is not None and line.period.last_day > limit[2]:
        yield TooLongByLaw(line.item, package.id, *limit)
    if age_fits(package, born, line.period.first_day) is False:
        yield AgeOutside(line.item, package.id, package.min_age, package.max_age)
