"""What can be suggested to a citizen for their plan, and why: the packages that fit, weighed by the domain's rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from planner.domain import suggestion
from planner.domain.draft import Payer
from planner.domain.mix import Line, clashes, weekly_load
from planner.domain.money import ZERO, Money
from planner.domain.package import PLAN_KINDS, Chime, LineKind, Package
from planner.domain.suggestion import Asked, Option
from planner.models.person import Person
from planner.queries import figures
from planner.queries.mix import Mix
from planner.queries.packages import Catalogue, Offer, Place, offer, shown
from planner.queries.plans import PlanSummary
from planner.queries.session import reading

SUGGESTED_KINDS = PLAN_KINDS - {LineKind.STATUTORY_FREE}
"""What is suggested: no treatment that is a right, because nobody shall guess from a goal that somebody needs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asks for: what each goal is about, how much money and how many minutes a week at most."""

    about: Mapping[int, frozenset[Chime]]
    most: Money
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a package stands in a suggestion: a goal it works on, and what of it."""

    goal_id: int
    about: tuple[Chime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A package of a suggestion: days and price in this plan, who would pay, its fullest week, and why it is there.

    Without a reason it is there because another package of the suggestion needs it.
    """

    offer: Offer
    payer: Payer
    own_money: Money
    minutes: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """One mix: its packages, what it takes, which goals it leaves and what of the others it does not touch."""

    chosen: tuple[Chosen, ...]
    left: tuple[int, ...]
    untouched: Mapping[int, tuple[Chime, ...]]

    @property
    def own_money(self) -> Money:
        """What it takes of the citizen's own money."""
        return Money.sum(one.own_money for one in self.chosen)

    @property
    def minutes(self) -> int:
        """The fullest week of each package, added up."""
        return sum(one.minutes for one in self.chosen)


def open_on(day: date) -> bool:
    """Tell whether the municipality lets the planner make suggestions on a day; without a figure it does."""
    found = figures.on(day).get("suggestions")
    return found is None or found.value != 0


def suggest(
    plan: PlanSummary, mix: Mix, catalogue: Catalogue, question: Question, today: date
) -> tuple[Suggested, ...]:
    """Find at most three mixes for what was asked; nothing of it is put into the plan."""
    born = reading().scalar(select(Person.born).where(Person.id == plan.citizen_id))
    asked_for = sorted(goal for goal, about in question.about.items() if about)
    could = {one.offer.package.id: one for one in _could(plan, mix, catalogue, question, born=born, today=today)}
    asked = Asked(
        goals=len(asked_for),
        most_oere=question.most.oere,
        most_minutes=question.minutes,
        chosen=frozenset(choice.package_id for choice in mix.choices if choice.package_id),
    )
    found = suggestion.suggest([_option(one, asked_for) for one in could.values()], asked)
    return tuple(_suggested([could[package] for package in one.ids], question) for one in found)


def of_age(package: Package, born: date | None, day: date) -> bool:
    """Tell whether somebody has the age for a package on a day; an unknown birthday shuts nobody out."""
    if born is None:
        return True
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return (package.min_age or 0) <= age and (package.max_age is None or age <= package.max_age)


def _could(
    plan: PlanSummary, mix: Mix, catalogue: Catalogue, question: Question, *, born: date | None, today: date
) -> Iterator[Chosen]:
    """Go through what can be chosen today, has a price, and goes together with what is in the plan."""
    place = Place(region=mix.region, plan=plan.period, own_kinds=mix.own_kinds)
    wanted = frozenset().union(*question.about.values())
    offered = {package.id: package for package in shown(catalogue, today) if _may(package)}
    needed = {other for package in offered.values() for other in package.needs}
    for package in offered.values():
        if (package.id in needed or wanted & set(package.chime)) and not mix.item_of(package.id):
            one = offer(package, today, place)
            if one.cost is not None and of_age(package, born, one.period.first_day) and not _clashing(one, mix):
                yield _chosen(one, mix, question)


def _may(package: Package) -> bool:
    return package.choosable and package.kind in SUGGESTED_KINDS


def _clashing(one: Offer, mix: Mix) -> bool:
    """Tell whether it and something in the plan exclude each other on the same days, whoever says so."""
    line = Line.of_package(0, one.package, one.period, mix.region)
    beside = [*mix.lines, line]
    excludes = {package.id: frozenset(package.excludes) for package in mix.draft.packages.values()}
    excludes[one.package.id] = frozenset(one.package.excludes)
    there = clashes([line, *mix.lines], excludes) + clashes(beside, excludes)
    return any(0 in (clash.one, clash.other) for clash in there)


def _chosen(one: Offer, mix: Mix, question: Question) -> Chosen:
    payer = mix.pays(one.package.kind)
    load = weekly_load([Line.of_package(0, one.package, one.period, mix.region)], mix.closed)
    return Chosen(
        offer=one,
        payer=payer,
        own_money=one.cost if payer is Payer.OWN and one.cost else ZERO,
        minutes=max((week.together for week in load), default=0),
        reasons=tuple(_reasons(one.package, question)),
    )


def _reasons(package: Package, question: Question) -> Iterator[Reason]:
    for goal, about in sorted(question.about.items()):
        if shared := tuple(process for process in Chime if process in about and process in package.chime):
            yield Reason(goal, shared)


def _option(one: Chosen, asked_for: Sequence[int]) -> Option:
    package = one.offer.package
    return Option(
        id=package.id,
        covers=sum(1 << asked_for.index(reason.goal_id) for reason in one.reasons),
        oere=one.own_money.oere,
        minutes=one.minutes,
        excludes=frozenset(package.excludes),
        needs=frozenset(package.needs),
    )


def _suggested(chosen: Sequence[Chosen], question: Question) -> Suggested:
    reached: dict[int, set[Chime]] = {}
    for one in chosen:
        for reason in one.reasons:
            reached.setdefault(reason.goal_id, set()).update(reason.about)
    missing = {goal: question.about[goal] - about for goal, about in sorted(reached.items())}
    return Suggested(
        chosen=tuple(chosen),
        left=tuple(sorted(goal for goal, about in question.about.items() if about and goal not in reached)),
        untouched={goal: tuple(p for p in Chime if p in rest) for goal, rest in missing.items() if rest},
    )
