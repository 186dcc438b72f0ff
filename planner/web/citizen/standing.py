"""How the citizen's money stands today, for the pages that tell it: home, money, and using money."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.ledger import Balance, EnvelopeKind
from planner.domain.money import ZERO
from planner.domain.standing import Stage, last_grace_day, runs_low, weeks_left
from planner.queries.money import OwnBudget, Paid


class Mood(StrEnum):
    """What there is to say about the free money: nothing, little left, all used, or all set aside."""

    PLAIN = "plain"
    LOW = "low"
    ZERO = "zero"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget with what follows from the day."""

    budget: OwnBudget
    balance: Balance
    stage: Stage
    mood: Mood
    weeks: int
    last_grace_day: date

    @property
    def over(self) -> bool:
        """Tell whether nothing can be written down any more."""
        return self.stage in {Stage.CLOSED, Stage.ENDED}

    @property
    def usable(self) -> bool:
        """Tell whether the citizen can use money now: it is time, and there is something."""
        return self.stage in {Stage.RUNNING, Stage.GRACE} and any(pot.buyable for pot in self.budget.pots)


def standing(budget: OwnBudget, paid: Paid, today: date) -> Standing:
    """Tell how a budget stands today."""
    at = budget.stage(today)
    weeks = weeks_left(budget.free.balance.available, paid.get(budget.free.id, {}), budget.period, today)
    balance = budget.balance
    return Standing(
        budget=budget,
        balance=balance,
        stage=at,
        mood=_mood(budget, balance, weeks, today) if at is Stage.RUNNING else Mood.PLAIN,
        weeks=weeks or 0,
        last_grace_day=last_grace_day(budget.period, budget.grace_days),
    )


def _mood(budget: OwnBudget, balance: Balance, weeks: int | None, today: date) -> Mood:
    if balance.available == ZERO:
        used = sum((pot.balance.paid for pot in budget.pots if pot.kind is not EnvelopeKind.ITEM), ZERO)
        return Mood.ZERO if used or not balance.committed else Mood.ASIDE
    return Mood.LOW if runs_low(weeks, budget.period, today) else Mood.PLAIN
