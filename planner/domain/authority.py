"""Authority: who may decide a plan, up to which amount, and never about oneself or one's own."""

from dataclasses import dataclass

from planner.domain.errors import DomainError
from planner.domain.money import Money


class AboutYourself(DomainError):
    """Nobody decides about themselves."""

    code = "about_yourself"


class AboutKin(DomainError):
    """Nobody decides about somebody they are a relative, peer, guardian or support person of."""

    code = "about_kin"


class YouSubmitted(DomainError):
    """Nobody decides what they pressed Submit on."""

    code = "you_submitted"


class OverLimit(DomainError):
    """The award exceeds what this person may decide; somebody with a higher limit can."""

    code = "over_limit"

    def __init__(self, amount: Money, limit: Money) -> None:
        super().__init__(amount, limit)
        self.amount = amount
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Powers:
    """What a person may decide on a day: the highest limit of their roles, and whose kin they are."""

    person_id: int
    limit: Money
    kin_of: frozenset[int]


def check_distance(powers: Powers, citizen_id: int) -> None:
    """Refuse whoever is the citizen, or is close to the citizen."""
    if citizen_id == powers.person_id:
        raise AboutYourself
    if citizen_id in powers.kin_of:
        raise AboutKin


def check(powers: Powers, *, citizen_id: int, submitted_by: int, amount: Money) -> None:
    """Refuse a decision that is not this person's to take; checked again when it is carried out."""
    check_distance(powers, citizen_id)
    if submitted_by == powers.person_id:
        raise YouSubmitted
    if amount > powers.limit:
        raise OverLimit(amount, powers.limit)
