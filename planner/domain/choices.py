"""What a citizen chose about a package; a variant is an attribute of a line, not another package."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from planner.domain.bounds import DelivererKind, Mode
from planner.domain.mix import natural_period
from planner.domain.package import Activity, Deliverer, Package, Phase, Tariff
from planner.domain.period import Period

Value = int | str
NUMBERS = ("weeks", "rhythm", "runs")
_UNBOUND = frozenset({Deliverer.SELF, Deliverer.EMPLOYER})
_CARRIED_OUT = {
    DelivererKind.PROFESSIONAL: Deliverer.CASEWORKER,
    DelivererKind.PEER: Deliverer.PEER,
    DelivererKind.VOLUNTEER: Deliverer.VOLUNTEER,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen, by part; nothing chosen is the package as the catalogue describes it.

    Parts are ``weeks.N``, ``rhythm.N`` (percent) and ``runs.N`` of phase N (from 1), ``variant``, ``mode``,
    ``deliverer``, ``language`` and ``place``. ``granted`` are wishes somebody said yes to: they widen the bounds.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    granted: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Choices":
        """Read what a line's terms say was chosen."""
        return cls(dict(terms.get("choices", {})), dict(terms.get("granted", {})))

    def written(self) -> dict[str, dict[str, Value]]:
        """Write it down for a line's terms; what is empty is left out."""
        found = {"choices": dict(self.values), "granted": dict(self.granted)}
        return {key: values for key, values in found.items() if values}

    def number(self, part: str, phase: int, natural: int) -> int:
        """Read what was chosen for a phase, or what it is by nature."""
        return int(self.values.get(f"{part}.{phase}", natural))

    def word(self, part: str) -> str:
        """Read a code that was chosen for the whole package; empty when it is as described."""
        return str(self.values.get(part, ""))

    def phases_of(self, runs: int) -> tuple[int, ...]:
        """Name for each of so many adjusted phases which phase of the package (from 1) it is a run of."""
        found: list[int] = []
        while len(found) < runs:
            number = (found[-1] if found else 0) + 1
            found += [number] * self.number("runs", number, 1)
        return tuple(found[:runs])

    def but(self, part: str, value: Value | None) -> "Choices":
        """Choose one part otherwise, or (nothing) as the package describes it."""
        rest = {key: known for key, known in self.values.items() if key != part}
        return replace(self, values=rest if value is None else {**rest, part: value})


def natural(package: Package, part: str) -> Value:
    """Tell what a part is by nature; empty for what holds for the whole package."""
    name, _, number = part.partition(".")
    if name not in NUMBERS:
        return ""
    return {"weeks": package.phases[int(number) - 1].weeks, "rhythm": 100, "runs": 1}[name]


def parts(package: Package) -> tuple[str, ...]:
    """Name every part of a package about which something can be chosen or wished."""
    numbers = [f"{name}.{index}" for index, _ in enumerate(package.phases, 1) for name in NUMBERS]
    return (*numbers, *(("variant",) if package.variants else ()), "mode", "deliverer", "language", "place")


def settled(package: Package, choices: Choices) -> Choices:
    """Keep of what was chosen only what this package has and what differs from its nature."""
    known = set(parts(package))
    kept = {part: value for part, value in choices.values.items() if part in known and value != natural(package, part)}
    return replace(choices, values=kept)


def read(part: str, text: str) -> Value:
    """Read a part's value back as it was written: a number, or a code."""
    return int(text) if part.partition(".")[0] in NUMBERS else text


def period_after(
    package: Package, before: Choices, after: Choices, line: Period, *, first_day: date, plan: Period
) -> Period:
    """Find the days of a line that is adjusted: the natural ones, or the length somebody chose by days before."""
    was, now = adjusted(package, before), adjusted(package, after)
    by_hand = line != natural_period(was, line.first_day, plan)
    if by_hand and was.weeks == now.weeks:
        return Period(first_day, min(plan.last_day, first_day + (line.last_day - line.first_day)))
    return natural_period(now, first_day, plan)


def adjusted(package: Package, choices: Choices) -> Package:
    """Give the package as it was chosen: price, load, months and end follow from it by the same rules."""
    kept = settled(package, choices).values
    if not kept:
        return package
    chosen = Choices(kept)
    phases = tuple(
        run for number, phase in enumerate(package.phases, 1) for run in _runs(phase, number, chosen)
    )  # fmt: skip
    tariffs = _tariffs(package, chosen.word("variant"), chosen.word("deliverer"))
    return replace(package, phases=phases, tariffs=tariffs, course_weeks=package.weeks)


def _tariffs(package: Package, variant: str, deliverer: str) -> tuple[Tariff, ...]:
    """Give the price steps of a variant and of who gives the help; what has no price of its own costs the usual."""
    if not variant and not deliverer:
        return package.tariffs
    series: dict[tuple[str, str, str], list[Tariff]] = {}
    for step in package.tariffs:
        series.setdefault((step.deliverer or "", step.variant, step.region), []).append(step)
    found: list[Tariff] = []
    for region in sorted({region for _, _, region in series}):
        ways = ((by, of, where) for by in (deliverer, "") for of in (variant, "") for where in (region, ""))
        steps = next(series[way] for way in ways if way in series)
        found += [replace(step, deliverer=None, variant="", region=region) for step in steps]
    return tuple(found)


def _runs(phase: Phase, number: int, choices: Choices) -> tuple[Phase, ...]:
    weeks = choices.number("weeks", number, phase.weeks)
    rhythm = choices.number("rhythm", number, 100)
    activities = tuple(
        _carried_out(_rescaled(activity, phase.weeks, weeks, rhythm), choices) for activity in phase.activities
    )
    return (replace(phase, weeks=weeks, activities=activities),) * choices.number("runs", number, 1)


def _rescaled(activity: Activity, before: int, weeks: int, rhythm: int) -> Activity:
    """Keep how often something happens in other weeks, and change it by a rhythm; what happens once does so still."""
    often = 100 if activity.deliverer is Deliverer.SELF else rhythm
    if activity.every_weeks:
        if activity.every_weeks * 100 % often == 0:
            return replace(activity, every_weeks=activity.every_weeks * 100 // often)
        return replace(activity, every_weeks=0, times=_rounded(weeks * often, activity.every_weeks * 100))
    if activity.times == 1:
        return activity
    return replace(activity, times=_rounded(activity.times * weeks * often, before * 100))


def _rounded(part: int, whole: int) -> int:
    return max((2 * part + whole) // (2 * whole), 1)


def _carried_out(activity: Activity, choices: Choices) -> Activity:
    """Let somebody else carry it out, or in another way; groups stay groups, own exercises one's own."""
    if activity.deliverer in _UNBOUND:
        return activity
    kind, mode = choices.word("deliverer"), choices.word("mode")
    by = _CARRIED_OUT[DelivererKind(kind)] if kind else activity.deliverer
    way = Mode(mode) if mode and activity.group_size == 1 else activity.mode
    return replace(activity, deliverer=activity.deliverer if _same(activity.deliverer, kind) else by, mode=way)


def _same(deliverer: Deliverer, kind: str) -> bool:
    """Tell whether somebody is of a kind already: a nurse is a professional."""
    lay = {Deliverer.PEER, Deliverer.VOLUNTEER}
    return kind == DelivererKind.PROFESSIONAL and deliverer not in lay
