"""What stands in the way of sending a plan, as tasks a person can do: which line, what to do, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from flask_babel import gettext

from planner.domain import mix as mixing
from planner.domain import plan as rules
from planner.domain.draft import full_weeks
from planner.domain.errors import DomainError
from planner.domain.period import Period
from planner.queries.mix import Mix
from planner.queries.packages import alike
from planner.queries.plans import PlanSummary
from planner.web.citizen.course import catalogue
from planner.web.filters import day, hours, kr, words
from planner.web.wording import explain


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; ``items`` are the lines it stands beside, ``where`` the place that does it.

    ``offered`` are other days for the line, and ``packages`` are packages to choose instead or besides.
    """

    says: str
    items: tuple[int, ...] = ()
    where: str = "compose"
    offered: Period | None = None
    packages: tuple[str, ...] = ()


def tasks(mix: Mix, today: date) -> list[Task]:
    """List what has to be done before the plan can be sent."""
    return [task(obstacle, mix, today) for obstacle in mix.obstacles(today)]


@singledispatch
def task(obstacle: DomainError, _mix: Mix, _today: date) -> Task:
    """Say what has to be done about an obstacle."""
    return Task(explain(obstacle))


@task.register
def _(_obstacle: rules.EmptyPlan, _mix: Mix, _today: date) -> Task:
    return Task(gettext("Put something into your plan."))


@task.register
def _(_obstacle: rules.NoGoal, _mix: Mix, _today: date) -> Task:
    return Task(gettext("Write what you want. One sentence is enough."), where="goals")


@task.register
def _(obstacle: rules.NoGoalOnLine, mix: Mix, _today: date) -> Task:
    said = gettext("What is “%(title)s” good for? Choose a goal.", title=_title(mix, obstacle.item))
    return Task(said, (obstacle.item,), "aim")


@task.register
def _(obstacle: rules.TooMuchJustBecause, _mix: Mix, _today: date) -> Task:
    said = gettext("Choose a goal for something of it, or take something out.")
    return Task(" ".join([explain(obstacle), said]), obstacle.items, "aim")


@task.register
def _(obstacle: rules.PackageGone, mix: Mix, today: date) -> Task:
    others = alike(catalogue(), catalogue().get(obstacle.package_id), today)
    said = gettext("“%(title)s” is not offered any more. Take it out.", title=_title(mix, obstacle.item))
    if others:
        said = " ".join([said, gettext("Here is something like it:")])
    return Task(said, _items(obstacle.item), "line", packages=tuple(other.id for other in others))


@task.register
def _(obstacle: rules.LineOutsidePlan, mix: Mix, _today: date) -> Task:
    said = gettext(
        "“%(title)s” lies outside the days of the plan, %(first)s to %(last)s. Change its days.",
        title=_title(mix, obstacle.item),
        first=day(obstacle.plan.first_day),
        last=day(obstacle.plan.last_day),
    )
    return Task(said, (obstacle.item,), "line")


@task.register
def _(obstacle: rules.StartPassed, mix: Mix, _today: date) -> Task:
    said = gettext("The first day of “%(title)s” has passed. Choose other days.", title=_title(mix, obstacle.item))
    return Task(said, (obstacle.item,), "line", offered=obstacle.offered)


@task.register
def _(obstacle: mixing.NoPrice, mix: Mix, _today: date) -> Task:
    said = gettext(
        "“%(title)s” has no price on its first day. Choose a later day, or call us.", title=_title(mix, obstacle.item)
    )
    return Task(said, (obstacle.item,), "line")


@task.register
def _(obstacle: rules.PackagesExclude, mix: Mix, _today: date) -> Task:
    clash = obstacle.clash
    said = gettext(
        "“%(one)s” and “%(other)s” cannot run on the same days. Choose other days for one of them, or take it out.",
        one=_title(mix, clash.one),
        other=_title(mix, clash.other),
    )
    return Task(said, (clash.one, clash.other), "line")


@task.register
def _(obstacle: rules.NeedMissing, mix: Mix, _today: date) -> Task:
    needed = catalogue().get(obstacle.package_id)
    said = gettext(
        "“%(title)s” only works together with “%(needed)s”.",
        title=_title(mix, obstacle.item),
        needed=words(needed.name) if needed else obstacle.package_id,
    )
    return Task(said, (obstacle.item,), packages=(obstacle.package_id,) if needed else ())


@task.register
def _(obstacle: rules.MixTooDear, _mix: Mix, _today: date) -> Task:
    return Task(
        gettext(
            "It costs %(more)s more than is set aside. Take something out, choose a shorter time, or ask your adviser.",
            more=kr(obstacle.cost - obstacle.frame),
        )
    )


@dataclass(frozen=True, slots=True)
class Full:
    """A week with more hours than the citizen wants: said in words, and which line takes most of it."""

    monday: date
    title: str
    says: str
    item: int


def full(plan: PlanSummary, mix: Mix, today: date) -> Iterator[Full]:
    """Say which weeks to come are full; a notice, never a stop."""
    for week in full_weeks(mix.lines, plan.weekly_minutes, mix.closed):
        if (today - week.monday).days < 7:  # noqa: PLR2004 - days of a week
            most = max(week.share, key=lambda item: week.share[item])
            yield Full(
                week.monday,
                gettext("Week %(week)s is full", week=week.monday.isocalendar().week),
                gettext(
                    "There are %(hours)s with others. You have said that %(limit)s are enough. Most is “%(title)s”.",
                    hours=hours(week.minutes),
                    limit=hours(plan.weekly_minutes or 0),
                    title=_title(mix, most),
                ),
                most,
            )


def _items(item: int | None) -> tuple[int, ...]:
    return () if item is None else (item,)


def _title(mix: Mix, item: int | None) -> str:
    found = mix.choice(item) if item is not None else None
    return words(found.title) if found else ""
