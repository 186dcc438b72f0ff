"""The mix: dated phases, weekly load, month sums, clashes and price of the lines a citizen puts together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from planner.domain.away import NEVER, Closed, moved_off
from planner.domain.errors import DomainError
from planner.domain.money import ZERO, Money
from planner.domain.package import Activity, Deliverer, LineKind, Package, Phase, PriceUnit, Tariff, Words
from planner.domain.period import Period, add_months, first_day_of, month_of


class NoPrice(DomainError):
    """The catalogue has no price for the day the line starts."""

    code = "no_price"

    def __init__(self, item: int, day: date) -> None:
        super().__init__(item, day)
        self.item = item
        self.day = day


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """A free line: an amount once, or every month from its first day; minutes a week, with others or ``alone``."""

    amount: Money
    monthly: bool = False
    minutes: int = 0
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing in the mix, with everything its price and load depend on.

    ``item`` is its identity through plan versions. ``tariffs`` and ``phases`` come from the live catalogue
    in a draft and from the snapshot once the plan was sent. ``priced_weeks`` is set where the phases were adjusted.
    """

    item: int
    kind: LineKind
    title: Words
    period: Period
    package_id: str | None = None
    phases: tuple[Phase, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    open_ended: bool = False
    per_week: bool = False
    priced_weeks: int = 0
    own: OwnTerms | None = None

    @classmethod
    def of_package(cls, item: int, package: Package, period: Period, region: str) -> "Line":
        """Make a line of a package at the prices of one municipality."""
        return cls(
            item=item,
            kind=package.kind,
            title=package.name,
            period=period,
            package_id=package.id,
            phases=package.phases,
            tariffs=published(package.tariffs_of(region), period),
            open_ended=package.open_ended,
            per_week=package.per_week,
            priced_weeks=package.course_weeks,
        )

    @property
    def course_weeks(self) -> int:
        """Count the weeks that a course price stands for, whatever the phases were adjusted to."""
        return self.priced_weeks or sum(phase.weeks for phase in self.phases)


@dataclass(frozen=True, slots=True)
class DatedPhase:
    """A phase with its days; cut where the line ends."""

    name: Words
    period: Period
    phase: Phase


def published(tariffs: Sequence[Tariff], period: Period) -> tuple[Tariff, ...]:
    """Pick every price step that holds on some day of a period; the last step runs on."""
    held = [step for step in tariffs if step.first_day <= period.first_day][-1:]
    later = [step for step in tariffs if period.first_day < step.first_day <= period.last_day]
    return (*held, *later)


def natural_period(package: Package, first_day: date, plan: Period) -> Period:
    """Propose days for a package: its own weeks, or to the end of the plan when it is open-ended."""
    last = plan.last_day if package.open_ended else Period.of_weeks(first_day, package.weeks).last_day
    return Period(first_day, max(first_day, min(last, plan.last_day)))


def dated_phases(line: Line) -> tuple[DatedPhase, ...]:
    """Lay the phases one after the other from the first day; the last one is repeated when open-ended."""
    found: list[DatedPhase] = []
    start = line.period.first_day
    phases = list(line.phases)
    while phases and start <= line.period.last_day:
        phase = phases.pop(0)
        whole = Period.of_weeks(start, phase.weeks)
        found.append(DatedPhase(phase.name, Period(start, min(whole.last_day, line.period.last_day)), phase))
        start = whole.last_day + timedelta(days=1)
        if not phases and line.open_ended:
            phases.append(phase)
    return tuple(found)


def occurrences(line: Line, closed: Closed = NEVER) -> Iterator[tuple[date, int, bool]]:
    """Yield (day, minutes, own exercise?) for everything that is planned to happen on the line.

    The weekday is not known before an appointment is made: the first of a week falls on the phase's own
    weekday and the others are spread over the same week. What falls on a closed day moves, and is never lost.
    """
    for days, minutes, own in _rhythms(line, closed):
        for day in days:
            yield date.fromordinal(day), minutes, own


def _rhythms(line: Line, closed: Closed = NEVER) -> Iterator[tuple[list[int], int, bool]]:
    """Yield (days as ordinals, minutes, own exercise?) for each activity of each phase.

    Prices are counted without closed days: what is moved costs what it would have cost on its own day.
    """
    if line.own is not None and line.own.minutes:
        start, end = line.period.first_day.toordinal(), line.period.last_day.toordinal()
        yield moved_off(range(start, end + 1, 7), closed, start, end), line.own.minutes, line.own.alone
    for dated in dated_phases(line):
        first, length = dated.period.first_day.toordinal(), dated.period.days
        for activity in dated.phase.activities:
            days = [first + offset for offset in _day_offsets(activity, dated.phase.weeks) if offset < length]
            free = moved_off(days, closed, first, first + length - 1)
            yield free, activity.minutes, activity.deliverer is Deliverer.SELF


@lru_cache(maxsize=4096)
def _day_offsets(activity: Activity, phase_weeks: int) -> tuple[int, ...]:
    weeks = activity.weeks(phase_weeks)
    if len(weeks) <= phase_weeks:
        return tuple(7 * week for week in weeks)
    counts = Counter(weeks)
    return tuple(7 * week + k * 7 // count for week, count in counts.items() for k in range(count))


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """Minutes in one ISO week: together with others, and own exercises."""

    monday: date
    together: int
    own: int


def weekly_load(lines: Iterable[Line], closed: Closed = NEVER) -> tuple[WeekLoad, ...]:
    """Add the planned minutes up by ISO week, in order; weeks without anything are left out."""
    together: dict[int, int] = defaultdict(int)
    alone: dict[int, int] = defaultdict(int)
    for line in lines:
        for days, minutes, own in _rhythms(line, closed):
            load = alone if own else together
            for day in days:
                load[(day - 1) // 7] += minutes
    return tuple(
        WeekLoad(date.fromordinal(week * 7 + 1), together.get(week, 0), alone.get(week, 0))
        for week in sorted(together.keys() | alone.keys())
    )


@dataclass(frozen=True, slots=True)
class Price:
    """What a line costs, by calendar month; the total is the sum of the months."""

    months: tuple[tuple[str, Money], ...]

    @property
    def total(self) -> Money:
        """Add the months up."""
        return Money.sum(amount for _, amount in self.months)


def price(line: Line) -> Price:
    """Price a line: Σ tariff step × quantity of its unit, rounded once per line and month (decision 6).

    What is rounded is what has come together so far, so that the months add up to the whole to the øre.
    Never hours × rate. Raises ``NoPrice`` when no step holds on the line's first day.
    """
    if line.own is not None:
        return _own_price(line.own, line.period)
    if not line.tariffs or line.tariffs[0].first_day > line.period.first_day:
        raise NoPrice(line.item, line.period.first_day)
    unit = line.tariffs[0].unit
    if unit is PriceUnit.COURSE:
        return _course_price(line)
    exact: dict[str, list[Fraction]] = defaultdict(list)
    for step, days in _steps(line):
        for month, part, whole in _quantities(line, unit, days):
            exact[month].append(Fraction(step.amount.oere * part, whole))
    months: list[tuple[str, Money]] = []
    upto, given = Fraction(), ZERO
    for month in line.period.months():
        upto += sum(exact[month])
        reached = Money(1).times(upto)
        months.append((month, reached - given))
        given = reached
    return Price(tuple(months))


def _own_price(own: OwnTerms, period: Period) -> Price:
    if not own.monthly:
        return Price(((month_of(period.first_day), own.amount),))
    due: list[tuple[str, Money]] = []
    while (day := add_months(period.first_day, len(due))) <= period.last_day:
        due.append((month_of(day), own.amount))
    return Price(tuple(due))


def _course_price(line: Line) -> Price:
    """Spread a course price over its days; the months add up to the whole to the øre."""
    share = Fraction(line.period.weeks, line.course_weeks) if line.per_week and line.course_weeks else Fraction(1)
    whole = line.tariffs[0].amount.times(share)
    months: list[tuple[str, Money]] = []
    passed, given = 0, ZERO
    for month, days in line.period.days_by_month():
        passed += days
        upto = whole.share(passed, line.period.days)
        months.append((month, upto - given))
        given = upto
    return Price(tuple(months))


def _steps(line: Line) -> Iterator[tuple[Tariff, Period]]:
    """Yield each price step with the days of the line on which it holds."""
    for step, following in zip(line.tariffs, [*line.tariffs[1:], None], strict=True):
        last = following.first_day - timedelta(days=1) if following else line.period.last_day
        held = line.period.overlap(Period(step.first_day, max(step.first_day, last)))
        if held:
            yield step, held


def _quantities(line: Line, unit: PriceUnit, days: Period) -> Iterator[tuple[str, int, int]]:
    """Yield (month, part, whole) for the days on which one price step holds: part ÷ whole units fall in the month."""
    if unit is PriceUnit.NINE_MONTHS:
        yield from _nine_month_shares(line, days)
    elif unit in _CALENDAR:
        for month, shared in days.days_by_month():
            yield month, shared, _calendar_days(month, _CALENDAR[unit])
    elif unit is PriceUnit.WEEK:
        for week in range(line.period.weeks):
            start = line.period.first_day + timedelta(days=7 * week)
            if start in days:
                yield month_of(start), 1, 1
    else:
        first, last = days.first_day.toordinal(), days.last_day.toordinal()
        planned = [day for day in _planned_days(line, unit) if first <= day <= last]
        each = set(planned) if unit is PriceUnit.DAY else planned
        counted = Counter(month_of(date.fromordinal(day)) for day in each)
        for month, times in counted.items():
            yield month, times, 1


def _planned_days(line: Line, unit: PriceUnit) -> Iterator[int]:
    """Yield the day (as ordinal) of each planned session, contact, escort or day; own exercises cost nothing."""
    if unit is PriceUnit.ESCORT:
        kinds = {a.kind for phase in line.phases for a in phase.activities if a.kind == unit.value}
        if kinds:
            only = tuple(
                Phase(phase.name, phase.weeks, tuple(a for a in phase.activities if a.kind in kinds))
                for phase in line.phases
            )
            line = Line(item=line.item, kind=line.kind, title=line.title, period=line.period, phases=only)
    return (day for days, _, own in _rhythms(line) if not own for day in days)


_CALENDAR = {PriceUnit.MONTH: 1, PriceUnit.QUARTER: 3, PriceUnit.YEAR: 12}


@lru_cache(maxsize=4096)
def _calendar_days(month: str, months: int) -> int:
    """Count the days of the month, quarter or year that a month lies in."""
    day = first_day_of(month)
    start = day.replace(month=(day.month - 1) // months * months + 1)
    return (add_months(start, months) - start).days


def _nine_month_shares(line: Line, days: Period) -> Iterator[tuple[str, int, int]]:
    """Yield days ÷ days of the nine months they lie in; these count from the line's first day."""
    start, windows = line.period.first_day, 0
    while start <= days.last_day:
        windows += 1
        after = add_months(line.period.first_day, 9 * windows)
        window = Period(start, after - timedelta(days=1))
        shared = days.overlap(window)
        for month, part in shared.days_by_month() if shared else ():
            yield month, part, window.days
        start = after


@dataclass(frozen=True, slots=True)
class Clash:
    """Two packages that exclude each other on the same days."""

    one: int
    other: int


def clashes(lines: Sequence[Line], excludes: dict[str, frozenset[str]]) -> tuple[Clash, ...]:
    """Find pairs that exclude each other and overlap in time; the pair is named by item, in order."""
    found: list[Clash] = []
    for index, line in enumerate(lines):
        barred = excludes.get(line.package_id or "", frozenset())
        if not barred:
            continue
        found.extend(
            Clash(line.item, other.item)
            for other in lines[index + 1 :]
            if other.package_id in barred and line.period.overlap(other.period)
        )
    return tuple(found)


def missing_needs(lines: Sequence[Line], needs: dict[str, frozenset[str]]) -> tuple[tuple[int, str], ...]:
    """Name (item, package id) for each package that a line needs and the mix lacks."""
    chosen = {line.package_id for line in lines}
    return tuple(
        (line.item, needed)
        for line in lines
        for needed in sorted(needs.get(line.package_id or "", frozenset()) - chosen)
    )


def gaps(lines: Sequence[Line], plan: Period) -> tuple[Period, ...]:
    """Find the stretches of the plan on which no line runs; an empty mix is one gap."""
    found = []
    free_from = plan.first_day
    for line in sorted(lines, key=lambda line: line.period.first_day):
        if free_from < line.period.first_day and free_from <= plan.last_day:
            found.append(Period(free_from, min(plan.last_day, line.period.first_day - timedelta(days=1))))
        free_from = max(free_from, line.period.last_day + timedelta(days=1))
    if free_from <= plan.last_day:
        found.append(Period(free_from, plan.last_day))
    return tuple(found)
