"""Decisions: what an approval says, and how it must be worded to be lawful."""

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.errors import DomainError
from planner.domain.money import Money


class Outcome(StrEnum):
    """What was decided; a refusal needs a hearing first and comes with that."""

    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"


class ReasonsMissing(DomainError):
    """A decision that gives less than was expected needs reasons (forvaltningsloven § 22)."""

    code = "reasons_missing"


class AwardBelowPlan(DomainError):
    """The award does not cover what the plan costs and what is already used."""

    code = "award_below_plan"

    def __init__(self, award: Money, needed: Money) -> None:
        super().__init__(award, needed)
        self.award = award
        self.needed = needed


class AboveCeiling(DomainError):
    """The budget template has a ceiling below this award."""

    code = "above_ceiling"

    def __init__(self, award: Money, ceiling: Money) -> None:
        super().__init__(award, ceiling)
        self.award = award
        self.ceiling = ceiling


@dataclass(frozen=True, slots=True)
class Asked:
    """The figures a decision is about: what was expected, what the plan needs, and the template's ceiling."""

    indicative: Money
    needed: Money
    ceiling: Money | None = None


def outcome(award: Money, asked: Asked, reasons: str) -> Outcome:
    """Name the outcome of an award. Raises when it is too small, above the ceiling or lacks its reasons."""
    if award < asked.needed:
        raise AwardBelowPlan(award, asked.needed)
    if asked.ceiling is not None and award > asked.ceiling:
        raise AboveCeiling(award, asked.ceiling)
    if award >= asked.indicative:
        return Outcome.GRANTED
    if not reasons.strip():
        raise ReasonsMissing
    return Outcome.GRANTED_IN_PART
