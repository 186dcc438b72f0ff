"""A try beside the plan: what was changed, and what it comes to, in figures and in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask_babel import gettext, ngettext

from planner.domain.money import ZERO, Money
from planner.domain.outcome import Outcome, outcome
from planner.queries.mix import Choice, Mix
from planner.web.citizen.panel import Panel
from planner.web.filters import day, hours, kr, words

Figure = TypeVar("Figure")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the plan, of the try, and the difference in words."""

    name: str
    plan: str
    trial: str
    difference: str


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that the try changes: what it is, what it costs more or less, and which line it is."""

    says: str
    costs: str
    item: int


def rows(plan: Panel, trial: Panel, today: date) -> list[Row]:
    """Set the figures side by side."""
    one, other = _outcome(plan, today), _outcome(trial, today)
    goals = plan.mix.goals
    served = [goal for goal in goals if one.serves.get(goal) or other.serves.get(goal)]
    return [
        _row(gettext("Free afterwards"), one.free, other.free, kr, _money),
        _row(gettext("The plan costs"), one.cost, other.cost, kr, _money),
        _row(gettext("Full weeks"), one.full_weeks, other.full_weeks, str, _number),
        _row(gettext("The busiest week"), one.busiest, other.busiest, hours, _time),
        _row(gettext("Hours from today to the end"), one.together, other.together, hours, _time),
        _row(gettext("Practice at home"), one.at_home, other.at_home, hours, _time),
        *(
            _row(
                gettext("Good for “%(goal)s”", goal=goals[goal]),
                *(one.serves.get(goal, 0), other.serves.get(goal, 0)),
                _things,
                _number,
            )
            for goal in served
        ),
        Row(gettext("Ends"), _end(one.ends), _end(other.ends), _later(one.ends, other.ends)),
    ]


def tried(plan: Mix, trial: Mix) -> list[Tried]:
    """List what the try changes, line by line."""
    before, after = ({choice.item: choice for choice in mix.choices} for mix in (plan, trial))
    gone = [_gone(choice) for item, choice in before.items() if item not in after]
    new = [_new(choice) for item, choice in after.items() if item not in before]
    both = [(before[item], choice) for item, choice in after.items() if item in before]
    return [*gone, *new, *(_changed(one, other) for one, other in both if one.stamp != other.stamp)]


def _outcome(panel: Panel, today: date) -> Outcome:
    mix = panel.mix
    return outcome(
        mix.lines,
        mix.draft.goals,
        free=mix.balance.available - mix.over,
        cost=panel.cost,
        limit=panel.plan.weekly_minutes,
        today=today,
        closed=mix.closed,
    )


def _row(
    name: str, plan: Figure, trial: Figure, shown: Callable[[Figure], str], said: Callable[[Figure, Figure], str]
) -> Row:
    return Row(name, shown(plan), shown(trial), said(plan, trial))


def _money(plan: Money, trial: Money) -> str:
    return _more(kr(trial - plan)) if trial > plan else _less(kr(plan - trial)) if trial < plan else _same()


def _time(plan: int, trial: int) -> str:
    return _more(hours(trial - plan)) if trial > plan else _less(hours(plan - trial)) if trial < plan else _same()


def _number(plan: int, trial: int) -> str:
    if trial == plan:
        return _same()
    return gettext("%(number)s more", number=trial - plan) if trial > plan else _fewer(plan - trial)


def _fewer(number: int) -> str:
    return gettext("%(number)s fewer", number=number)


def _more(amount: str) -> str:
    return gettext("%(amount)s more", amount=amount)


def _less(amount: str) -> str:
    return gettext("%(amount)s less", amount=amount)


def _same() -> str:
    return gettext("the same")


def _things(number: int) -> str:
    return ngettext("%(num)s thing", "%(num)s things", number)


def _end(ends: date | None) -> str:
    return day(ends) if ends else "–"


def _later(plan: date | None, trial: date | None) -> str:
    if plan is None or trial is None or plan == trial:
        return gettext("the same day") if plan == trial else ""
    days = abs((trial - plan).days)
    if trial > plan:
        return ngettext("%(num)s day later", "%(num)s days later", days)
    return ngettext("%(num)s day earlier", "%(num)s days earlier", days)


def _gone(choice: Choice) -> Tried:
    cost = choice.price or ZERO
    said = _less(kr(cost)) if cost else kr(ZERO)
    return Tried(gettext("Without %(title)s", title=words(choice.title)), said, choice.item)


def _new(choice: Choice) -> Tried:
    cost = choice.price or ZERO
    said = _more(kr(cost)) if cost else kr(ZERO)
    return Tried(gettext("With %(title)s", title=words(choice.title)), said, choice.item)


def _changed(plan: Choice, trial: Choice) -> Tried:
    title = words(trial.title)
    first, last = day(trial.period.first_day), day(trial.period.last_day)
    said = gettext("%(title)s in another way", title=title)
    if plan.period != trial.period:
        said = gettext("%(title)s from %(first)s to %(last)s", title=title, first=first, last=last)
    return Tried(said, _money(plan.price or ZERO, trial.price or ZERO), trial.item)
