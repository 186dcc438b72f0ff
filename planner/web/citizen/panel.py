"""“Min plan nu”: a mix as the citizen sees it while putting it together, with everything that follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, lazy_pgettext

from planner import clock
from planner.domain.away import weeks_touched
from planner.domain.draft import Payer
from planner.domain.mix import WeekLoad, gaps, weekly_load
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Package
from planner.domain.period import Period
from planner.queries.mix import Change, Choice, Mix
from planner.queries.plans import PlanSummary
from planner.web import timeline
from planner.web.citizen.course import catalogue
from planner.web.citizen.tasks import Full, Task, full, tasks
from planner.web.filters import kr
from planner.web.timeline import Hours, Stretch, Tick

MOST_GAPS = 3
_SHORT_GAP = 14

_CHANGES = {
    Change.NEW: lazy_pgettext("plan", "new"),
    Change.MOVED: lazy_pgettext("plan", "moved"),
    Change.LONGER: lazy_pgettext("plan", "longer"),
    Change.SHORTER: lazy_pgettext("plan", "shorter"),
    Change.PRICE: lazy_pgettext("plan", "new price"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One line of the mix on the timeline, with what there is to say about it and the ways it can be moved."""

    choice: Choice
    stretch: Stretch
    package: Package | None
    change: str
    tasks: tuple[Task, ...]
    full: tuple[Full, ...]
    earlier: bool
    later: bool
    aims: tuple[str, ...] = ()
    gone: bool = False

    @property
    def by_law(self) -> bool:
        """Tell whether it is a right that no answer is needed for."""
        return self.choice.kind is LineKind.STATUTORY_FREE


@dataclass(frozen=True, slots=True)
class Total:
    """What one payer pays for the mix; ``real`` is the cost of what the law makes free."""

    payer: Payer
    amount: Money
    real: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A mix with its money, days, hours and what stands in the way of sending it."""

    plan: PlanSummary
    mix: Mix
    lanes: tuple[Lane, ...]
    months: tuple[Tick, ...]
    load: tuple[WeekLoad, ...]
    hours: Hours
    full: tuple[Full, ...]
    away: frozenset[date]
    gaps: tuple[Period, ...]
    tasks: tuple[Task, ...]

    @property
    def full_mondays(self) -> frozenset[date]:
        """The weeks to mark in the table of hours."""
        return frozenset(week.monday for week in self.full)

    @property
    def cost(self) -> Money:
        """What the lines cost on the citizen's own money."""
        return dict(self.mix.totals).get(Payer.OWN, ZERO)

    @property
    def totals(self) -> tuple[Total, ...]:
        """What each payer pays; the law and volunteers ask nobody for money."""
        free = {Payer.LAW, Payer.VOLUNTEERS}
        return tuple(
            Total(who, ZERO if who in free else amount, amount if who is Payer.LAW else ZERO)
            for who, amount in self.mix.totals
        )

    @property
    def compared(self) -> str:
        """Compare the cost with the plan in force, in words; nothing when there is none."""
        if self.mix.before is None:
            return ""
        more = self.cost - self.mix.before
        if more > ZERO:
            return gettext("That is %(more)s more than the plan you have today.", more=kr(more))
        if more < ZERO:
            return gettext("That is %(less)s less than the plan you have today.", less=kr(-more))
        return gettext("That is the same as the plan you have today.")


def panel(plan: PlanSummary, mix: Mix, today: date) -> Panel:
    """Make everything that follows from a mix."""
    away = weeks_touched(one.period for one in mix.away)
    load = _with_weeks_away(weekly_load(mix.lines, mix.closed), away, plan.period)
    open_tasks, full_weeks = tuple(tasks(mix, today)), tuple(full(plan, mix, today))
    return Panel(
        plan=plan,
        mix=mix,
        lanes=tuple(_lane(choice, mix, plan, open_tasks, full_weeks) for choice in mix.choices),
        months=timeline.months(plan.period),
        load=load,
        hours=timeline.hours(load, plan.period, plan.weekly_minutes, today),
        full=full_weeks,
        away=away,
        gaps=tuple(_long_gaps(mix, plan.period, today))[:MOST_GAPS] if mix.lines else (),
        tasks=open_tasks,
    )


def _lane(choice: Choice, mix: Mix, plan: PlanSummary, todo: tuple[Task, ...], weeks: tuple[Full, ...]) -> Lane:
    today = clock.today()
    begun = choice.in_force and choice.period.first_day < today
    return Lane(
        choice=choice,
        stretch=timeline.stretch(choice.period, plan.period, today),
        package=catalogue().get(choice.package_id or ""),
        change=str(_CHANGES[choice.change]) if choice.change else "",
        tasks=tuple(one for one in todo if choice.item in one.items),
        full=tuple(week for week in weeks if week.item == choice.item),
        earlier=not begun and choice.period.first_day > max(today, plan.period.first_day),
        later=not begun and choice.period.first_day < plan.period.last_day,
        aims=tuple(mix.goals[goal] for goal in sorted(choice.goals) if goal in mix.goals),
        gone=choice.line is None,
    )


def _with_weeks_away(load: tuple[WeekLoad, ...], away: frozenset[date], plan: Period) -> tuple[WeekLoad, ...]:
    """Let the weeks stand among the others in which somebody is away, though nothing is planned in them."""
    empty = away - {week.monday for week in load}
    more = [WeekLoad(monday, 0, 0) for monday in empty if load and monday in plan]
    return tuple(sorted([*load, *more], key=lambda week: week.monday))


def _long_gaps(mix: Mix, plan: Period, today: date) -> Iterator[Period]:
    """Yield the gaps to come that are long enough to be worth a sentence."""
    if today > plan.last_day:
        return
    ahead = Period(max(today, plan.first_day), plan.last_day)
    yield from (gap for gap in gaps(mix.lines, ahead) if gap.days >= _SHORT_GAP)
