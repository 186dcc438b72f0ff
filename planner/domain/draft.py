"""A draft: what is chosen, what it takes of the citizen's amount, and what stands in the way of sending it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from planner.domain import law, mix, terms
from planner.domain import plan as rules
from planner.domain.allowed import NotAdjustedSo, beyond
from planner.domain.away import NEVER, Closed
from planner.domain.choices import Choices, adjusted
from planner.domain.errors import DomainError
from planner.domain.event import canonical, digest
from planner.domain.ledger import Balance
from planner.domain.mix import Line, Price
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Package
from planner.domain.period import Period
from planner.domain.terms import Terms

STAMP_LENGTH = 16


class Payer(StrEnum):
    """Who pays for a line, as the citizen is told."""

    OWN = "own"
    SERVICE = "service"
    LAW = "law"
    VOLUNTEERS = "volunteers"


def payer(kind: LineKind, *, on_own_money: bool) -> Payer:
    """Say who pays for a kind of line; what no personal budget pays for is support or costs nothing."""
    if on_own_money:
        return Payer.OWN
    return {LineKind.STATUTORY_FREE: Payer.LAW, LineKind.CIVIL_FREE: Payer.VOLUNTEERS}.get(kind, Payer.SERVICE)


def offered(catalogue: Mapping[str, Package], package_id: str, today: date) -> Package:
    """Find a package that can be chosen today. Raises ``PackageGone``."""
    package = catalogue.get(package_id)
    if package is None or not package.choosable or package.withdrawn(today):
        raise rules.PackageGone(package_id)
    return package


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line as it is stored; its terms hold once it has a ``digest``, and always when it is the citizen's own."""

    item: int
    kind: LineKind
    title: str
    period: Period
    terms: Terms
    package_id: str | None = None
    digest: str | None = None

    def line(self, catalogue: Mapping[str, Package], region: str, today: date) -> Line:
        """Read the line: from its snapshot, or in a draft from the live catalogue. Raises ``PackageGone``."""
        if self.digest is None and self.package_id is not None:
            package = adjusted(offered(catalogue, self.package_id, today), Choices.of(self.terms))
            return Line.of_package(self.item, package, self.period, region)
        return terms.to_line(
            self.item, self.kind, self.period, self.terms, title=self.title, package_id=self.package_id
        )


def price_of(line: Line) -> Price | None:
    """Price a line; nothing when the catalogue has no price for its first day."""
    try:
        return mix.price(line)
    except mix.NoPrice:
        return None


def moved(period: Period, weeks: int, plan: Period, package: Package | None, earliest: date) -> Period:
    """Let a line start some weeks later or earlier, inside the plan and not before ``earliest``.

    A package that runs its natural length keeps doing so; anything else keeps the length somebody chose.
    """
    first = min(max(period.first_day + timedelta(weeks=weeks), earliest, plan.first_day), plan.last_day)
    if package is not None and period == mix.natural_period(package, period.first_day, plan):
        return mix.natural_period(package, first, plan)
    return Period(first, min(plan.last_day, first + (period.last_day - period.first_day)))


def check_inside(period: Period, plan: Period, item: int = 0) -> None:
    """Refuse days outside the plan. Raises ``LineOutsidePlan``."""
    if not plan.covers(period):
        raise rules.LineOutsidePlan(item, period, plan)


def own_money_needed(chosen: Mapping[int, Money], paid: Mapping[int | None, Money]) -> Money:
    """Add up what a mix takes of the citizen's amount: its lines, and what is paid already beside them.

    ``chosen`` is the cost of each line on the citizen's own money; ``paid`` what was paid by item, and under
    ``None`` what was paid from no item.
    """
    beside = Money.sum(amount for item, amount in paid.items() if item is None or item not in chosen)
    return beside + Money.sum(max(cost, paid.get(item, ZERO)) for item, cost in chosen.items())


def own_money(frame: Money, needed: Money, paid: Money) -> Balance:
    """Divide the citizen's amount as the mix would: used, set aside and free; what is too much is not free."""
    return Balance(max(frame - needed, ZERO), min(needed, max(frame, paid)) - paid, paid)


@dataclass(frozen=True, slots=True)
class FullWeek:
    """A week with more time together with others than the citizen wants; ``share`` is the minutes by item."""

    monday: date
    minutes: int
    share: Mapping[int, int]


def full_weeks(lines: Sequence[Line], limit: int | None, closed: Closed = NEVER) -> tuple[FullWeek, ...]:
    """Find the weeks that go beyond the citizen's own limit in minutes; own exercises at home are not counted."""
    if limit is None:
        return ()
    full = [week for week in mix.weekly_load(lines, closed) if week.together > limit]
    if not full:
        return ()
    loads = {line.item: {week.monday: week.together for week in mix.weekly_load([line], closed)} for line in lines}
    return tuple(
        FullWeek(
            week.monday,
            week.together,
            {item: load[week.monday] for item, load in loads.items() if load.get(week.monday)},
        )
        for week in full
    )


def stamp(line: Written, category: str, goals: Iterable[int]) -> str:
    """Name a line as it stands: a form that was filled in from another stamp has not seen what it would overwrite."""
    days = (line.period.first_day.isoformat(), line.period.last_day.isoformat())
    said = [line.item, *days, terms.chosen(line.terms), line.terms.get("own"), line.title, category, sorted(goals)]
    return digest([[canonical(said)]])[:STAMP_LENGTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything the sending of a plan depends on; ``costs`` lacks the lines that have no price.

    ``goals`` are the goals by item, ``own_items`` the lines on the citizen's own money, and ``free_cap`` how much
    of it may go to what is there just because (nothing: as much as there is). ``born`` may be unknown; ``law_months``
    are the figures that hold, by code.
    """

    written: Sequence[Written]
    lines: Sequence[Line]
    packages: Mapping[str, Package]
    costs: Mapping[int, Money]
    plan: Period
    approved: frozenset[int]
    has_goal: bool
    needed: Money
    frame: Money
    goals: Mapping[int, frozenset[int]]
    own_items: frozenset[int]
    free_cap: Money | None = None
    born: date | None = None
    law_months: Mapping[str, int] = field(default_factory=dict)


def obstacles(draft: Draft, today: date) -> Iterator[DomainError]:
    """Name everything that stands between a draft and its being sent, in the order one would clear it."""
    if not draft.written:
        yield rules.EmptyPlan()
    if not draft.has_goal:
        yield rules.NoGoal()
    readable = {line.item for line in draft.lines}
    yield from (rules.PackageGone(row.package_id or "", row.item) for row in draft.written if row.item not in readable)
    yield from _without_goal(draft)
    yield from _not_so_any_more(draft)
    for line in draft.lines:
        yield from _obstacles_of(line, draft, today)
    yield from _exclusions(draft)
    needs = {package.id: frozenset(package.needs) for package in draft.packages.values()}
    yield from (rules.NeedMissing(item, needed) for item, needed in mix.missing_needs(draft.lines, needs))
    try:
        rules.check_amount(draft.needed, draft.frame)
    except rules.MixTooDear as obstacle:
        yield obstacle


def _without_goal(draft: Draft) -> Iterator[DomainError]:
    """Every line serves a goal, or is there just because within the small amount that is free for that."""
    readable = {line.item for line in draft.lines}
    just_because = [row.item for row in draft.written if row.terms.get("because")]
    for row in draft.written:
        aimless = not draft.goals.get(row.item) and row.item not in just_because
        if draft.has_goal and aimless and row.item in readable:
            yield rules.NoGoalOnLine(row.item)
    paid = [item for item in just_because if item in draft.own_items]
    cost = Money.sum(draft.costs.get(item, ZERO) for item in paid)
    if draft.free_cap is not None and cost > draft.free_cap:
        yield rules.TooMuchJustBecause(paid, cost, draft.free_cap)


def _obstacles_of(line: Line, draft: Draft, today: date) -> Iterator[DomainError]:
    try:
        rules.check_days([line], draft.plan, today, draft.approved)
    except (rules.LineOutsidePlan, rules.StartPassed) as obstacle:
        yield obstacle
    if line.item not in draft.costs:
        yield mix.NoPrice(line.item, line.period.first_day)
    if (package := draft.packages.get(line.package_id or "")) is not None:
        yield from law.breaches(line, package, draft.born, draft.law_months)


def _not_so_any_more(draft: Draft) -> Iterator[DomainError]:
    """Find what was adjusted in a way that its package, changed since, does not offer; what was sent stays as it is."""
    for row in draft.written:
        package = draft.packages.get(row.package_id or "")
        if package is not None and row.digest is None and beyond(package, Choices.of(row.terms)):
            yield NotAdjustedSo(row.item, package.id)


def _exclusions(draft: Draft) -> Iterator[DomainError]:
    ids = {line.item: line.package_id or "" for line in draft.lines}
    for clash in mix.clashes(draft.lines, _excludes(draft)):
        yield rules.PackagesExclude(clash, (ids[clash.one], ids[clash.other]))


def _excludes(draft: Draft) -> dict[str, frozenset[str]]:
    return {package.id: frozenset(package.excludes) for package in draft.packages.values()}
