"""A plan to take along on paper: what is wanted, what is in it, what it costs month by month."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.draft import Payer, price_of
from planner.domain.mix import weekly_load
from planner.domain.money import ZERO, Money
from planner.queries import mix as mixes
from planner.queries.mix import Catalogue, Choice, Mix
from planner.queries.plans import PlanSummary


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line with its fullest week in minutes (0 without), and the goals it is for that are still there."""

    choice: Choice
    minutes: int
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What a month costs by who pays."""

    month: str
    amounts: Mapping[Payer, Money]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything that stands on the paper; the months of each payer sum to what that payer pays."""

    mix: Mix
    lines: tuple[PaperLine, ...]
    months: tuple[Month, ...]
    payers: tuple[Payer, ...]

    @property
    def cost(self) -> Money:
        """What the lines cost of the citizen's own money."""
        return dict(self.mix.totals).get(Payer.OWN, ZERO)

    @property
    def beside(self) -> Money:
        """What more of that money is used: on other things, or on a line than it was to cost."""
        return self.mix.draft.needed - self.cost

    def total(self, payer: Payer) -> Money:
        """Add the months of one payer up."""
        return Money.sum(month.amounts[payer] for month in self.months)


def version(plan: PlanSummary, *, newest: bool = False) -> int:
    """Choose what is printed: what is in force, unless the newest is asked for or nothing is in force."""
    return plan.number if newest or plan.approved is None else plan.approved


def paper(plan: PlanSummary, number: int, catalogue: Catalogue, today: date) -> Paper:
    """Collect a version of a plan for paper."""
    mix = mixes.of_plan(plan, number, catalogue, today)
    months = _months(mix)
    return Paper(
        mix=mix,
        lines=tuple(_line(choice, mix) for choice in mix.choices),
        months=tuple(months),
        payers=tuple(payer for payer in Payer if any(month.amounts.get(payer) for month in months)),
    )


def _line(choice: Choice, mix: Mix) -> PaperLine:
    load = weekly_load([choice.line], mix.closed) if choice.line else ()
    return PaperLine(
        choice,
        max((week.together for week in load), default=0),
        tuple(words for goal, words in mix.goals.items() if goal in choice.goals),
    )


def _months(mix: Mix) -> list[Month]:
    """Add the planned cost up by month and payer; help by law and volunteers asks nobody for money here."""
    found: dict[str, dict[Payer, Money]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for choice in mix.choices:
        if choice.payer in {Payer.OWN, Payer.SERVICE} and choice.line and (cost := price_of(choice.line)):
            for month, amount in cost.months:
                found[month][choice.payer] += amount
    return [Month(month, amounts) for month, amounts in sorted(found.items())]
