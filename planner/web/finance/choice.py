"""What a page of finance is about: which units, months, package, account string, budget and figure were chosen."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self, TypeVar

from flask import abort, url_for

from planner import clock
from planner.access import current_user
from planner.domain.people import RoleKind
from planner.domain.period import Period, first_day_of, last_day_of, month_of
from planner.queries import finance
from planner.queries.finance import Choices, Grouping, Scope
from planner.queries.postings import Measure, Wanted
from planner.web.finance.words import pseudonym

_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_.-]{0,80}", re.ASCII)
_BUDGET = re.compile(r"(?:[Bb]-)?([0-9]{1,9})", re.ASCII)

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, read strictly: what cannot be meant is not guessed."""

    offered: Choices
    today: date
    by: Grouping = Grouping.PACKAGE
    measure: Measure | None = None
    package: str = ""
    account: str = ""
    budget: int | None = None
    first: str = ""
    last: str = ""
    unit: int | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read an address or a form of somebody in finance; a package or account that cannot exist is not found."""
        offered = finance.choices(current_user().units(RoleKind.FINANCE))
        unit, budget = given.get("unit", ""), _BUDGET.fullmatch(given.get("budget", "").strip())
        if given.get("budget", "").strip() and not budget:
            abort(404)
        return cls(
            offered,
            clock.today(),
            by=_code(Grouping, given.get("by", "")) or Grouping.PACKAGE,
            measure=_code(Measure, given.get("measure", "")),
            package=_key(given.get("package", "")),
            account=_key(given.get("account", "")),
            budget=int(budget[1]) if budget else None,
            first=_month(given.get("first", "")),
            last=_month(given.get("last", "")),
            unit=next((each for each, _, _ in offered.units if str(each) == unit), None),
        )

    @property
    def scope(self) -> Scope:
        """The units and months, never more than the reader's."""
        every = frozenset(unit for unit, _, _ in self.offered.units)
        return Scope(every if self.unit is None else self.offered.within(self.unit), self.first, self.last)

    @property
    def wanted(self) -> Wanted:
        """The entries that were chosen."""
        return Wanted(self.scope, self.package, self.account, self.budget)

    @property
    def year(self) -> str:
        """The year, when exactly one was chosen."""
        return self.first[:4] if self.first and self.first == f"{self.last[:4]}-01" and self.last[5:] == "12" else ""

    @property
    def query(self) -> dict[str, Any]:
        """The choice as it stands in an address."""
        said = {
            "measure": self.measure or "",
            "package": self.package,
            "account": self.account,
            "budget": "" if self.budget is None else pseudonym(self.budget),
            "first": self.first,
            "last": self.last,
            "unit": "" if self.unit is None else str(self.unit),
        }
        return {name: str(value) for name, value in said.items() if value}

    def rows_of(self, measure: str, key: str = "") -> str:
        """Address the rows behind a figure of the overview: of one row, or of the total."""
        narrowed = {
            Grouping.PACKAGE: {"package": key},
            Grouping.ACCOUNT: {"account": key},
            Grouping.MONTH: {"first": key, "last": key},
        }[self.by]
        query = {**self.query, **(narrowed if key else {})}
        if measure == "estimate":
            return url_for("finance.estimates", **query)
        return url_for("finance.postings", **{**query, "measure": measure})

    def of_year(self, year: str) -> str:
        """Address the overview of a whole year, or of all years."""
        chosen = replace(self, first=f"{year}-01" if year else "", last=f"{year}-12" if year else "")
        return url_for("finance.overview", by=self.by.value, **chosen.query)

    def by_other(self, by: Grouping) -> str:
        """Address the overview by something else."""
        return url_for("finance.overview", by=by.value, **self.query)

    def months(self) -> list[str]:
        """List the months that can be chosen: from the first with money in it to the end of this year."""
        first = min(self.offered.first_month or month_of(self.today), self.first or "9999", month_of(self.today))
        last = max(f"{self.today.year}-12", self.last, self.first)
        return list(Period(first_day_of(first), last_day_of(last)).months())

    def years(self) -> list[str]:
        """List the years that can be chosen, the newest first."""
        return sorted({month[:4] for month in self.months()}, reverse=True)

    def units(self) -> Iterator[tuple[int, str]]:
        """List the reader's units by name."""
        return ((unit, name) for unit, name, _ in self.offered.units)


def _code(codes: type[Code], text: str) -> Code | None:
    return codes(text) if text in set(codes) else None


def _month(text: str) -> str:
    return text if _MONTH.fullmatch(text) else ""


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        abort(404)
    return text
