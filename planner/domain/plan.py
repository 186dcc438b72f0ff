"""Plans: one table of what may happen to a plan, by whom, and what must hold before it is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.errors import Conflict, DomainError
from planner.domain.mix import Clash, Line
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind
from planner.domain.period import Period


class PlanStatus(StrEnum):
    """Where the newest version of a plan stands; always the fold of its acts."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    INSISTED = "insisted"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    ENDED = "ended"


WAITING = frozenset({PlanStatus.SUBMITTED, PlanStatus.INSISTED})
"""Somebody is to decide the newest version."""


class PlanAction(StrEnum):
    """What people do to plans."""

    SUBMIT = "submit"
    RETURN = "return"
    INSIST = "insist"
    WITHDRAW = "withdraw"
    REVISE = "revise"
    APPROVE = "approve"
    END = "end"


class Part(StrEnum):
    """The part a person plays towards one plan."""

    CITIZEN = "citizen"
    CASEWORKER = "caseworker"
    APPROVER = "approver"


_OWN = frozenset({Part.CITIZEN})
_CASE = frozenset({Part.CASEWORKER})
_DECIDE = frozenset({Part.CASEWORKER, Part.APPROVER})

TRANSITIONS: dict[tuple[PlanStatus, PlanAction], tuple[PlanStatus, frozenset[Part]]] = {
    (PlanStatus.DRAFT, PlanAction.SUBMIT): (PlanStatus.SUBMITTED, _OWN),
    (PlanStatus.DRAFT, PlanAction.WITHDRAW): (PlanStatus.WITHDRAWN, _OWN),
    (PlanStatus.DRAFT, PlanAction.END): (PlanStatus.ENDED, _CASE),
    (PlanStatus.SUBMITTED, PlanAction.WITHDRAW): (PlanStatus.WITHDRAWN, _OWN),
    (PlanStatus.SUBMITTED, PlanAction.RETURN): (PlanStatus.RETURNED, _DECIDE),
    (PlanStatus.SUBMITTED, PlanAction.APPROVE): (PlanStatus.APPROVED, _DECIDE),
    (PlanStatus.RETURNED, PlanAction.INSIST): (PlanStatus.INSISTED, _OWN),
    (PlanStatus.RETURNED, PlanAction.WITHDRAW): (PlanStatus.WITHDRAWN, _OWN),
    (PlanStatus.RETURNED, PlanAction.REVISE): (PlanStatus.DRAFT, _OWN),
    (PlanStatus.RETURNED, PlanAction.END): (PlanStatus.ENDED, _CASE),
    (PlanStatus.INSISTED, PlanAction.WITHDRAW): (PlanStatus.WITHDRAWN, _OWN),
    (PlanStatus.INSISTED, PlanAction.APPROVE): (PlanStatus.APPROVED, _DECIDE),
    (PlanStatus.WITHDRAWN, PlanAction.REVISE): (PlanStatus.DRAFT, _OWN),
    (PlanStatus.WITHDRAWN, PlanAction.END): (PlanStatus.ENDED, _CASE),
    (PlanStatus.APPROVED, PlanAction.REVISE): (PlanStatus.DRAFT, _OWN),
    (PlanStatus.APPROVED, PlanAction.END): (PlanStatus.ENDED, _CASE),
}
"""What may happen to a plan, and who may do it; everything not listed is refused."""


class NotNow(Conflict):
    """The plan's status does not allow this, or not any more."""

    code = "not_now"

    def __init__(self, status: PlanStatus, action: PlanAction) -> None:
        super().__init__(status, action)
        self.status = status
        self.action = action


class NotYourPart(DomainError):
    """Somebody else in the plan may do this, not this person."""

    code = "not_your_part"


class PlanChanged(Conflict):
    """The plan moved on since the page was shown; ``status`` and ``number`` say to what."""

    code = "plan_changed"

    def __init__(self, status: PlanStatus, number: int) -> None:
        super().__init__(status, number)
        self.status = status
        self.number = number


def next_status(status: PlanStatus, action: PlanAction, parts: frozenset[Part]) -> PlanStatus:
    """Look the move up. Raises ``NotNow`` or ``NotYourPart``."""
    found = TRANSITIONS.get((status, action))
    if found is None:
        raise NotNow(status, action)
    to, may = found
    if not parts & may:
        raise NotYourPart(action)
    return to


def fold(actions: Iterable[PlanAction]) -> PlanStatus:
    """Derive the status from all acts on a plan, oldest first."""
    status = PlanStatus.DRAFT
    for action in actions:
        status = TRANSITIONS[status, action][0]
    return status


class EmptyPlan(DomainError):
    """There is nothing in the plan yet."""

    code = "empty_plan"


class NoGoal(DomainError):
    """No goal in the citizen's own words yet: the help starts from it."""

    code = "no_goal"


class NoGoalOnLine(DomainError):
    """A line points to no goal and is not said to be there just because: nobody could tell what it is for."""

    code = "no_goal_on_line"

    def __init__(self, item: int) -> None:
        super().__init__(item)
        self.item = item


class TooMuchJustBecause(DomainError):
    """What is there just because costs more of the citizen's own money than one plan has room for."""

    code = "too_much_just_because"

    def __init__(self, items: Sequence[int], cost: Money, cap: Money) -> None:
        super().__init__(tuple(items), cost, cap)
        self.items = tuple(items)
        self.cost = cost
        self.cap = cap


class LineChanged(Conflict):
    """The line is not any more what the page showed: it was changed in another window, or by somebody else."""

    code = "line_changed"

    def __init__(self, item: int) -> None:
        super().__init__(item)
        self.item = item


class DraftChanged(Conflict):
    """The draft was changed since the page was shown, so what would be undone or kept is not what was seen."""

    code = "sheet_changed"


class StepsChanged(Conflict):
    """What is written on the rungs is not any more what the page showed."""

    code = "steps_changed"


class LineOutsidePlan(DomainError):
    """A line begins before the plan or ends after it."""

    code = "line_outside_plan"

    def __init__(self, item: int, period: Period, plan: Period) -> None:
        super().__init__(item, period, plan)
        self.item = item
        self.period = period
        self.plan = plan


class StartPassed(DomainError):
    """A new line starts on a day that has passed; ``offered`` is the same length from the first day possible."""

    code = "start_passed"

    def __init__(self, item: int, offered: Period) -> None:
        super().__init__(item, offered)
        self.item = item
        self.offered = offered


class PackagesExclude(DomainError):
    """Two packages in the mix exclude each other on the same days; both are named by their ids."""

    code = "packages_exclude"

    def __init__(self, clash: Clash, packages: tuple[str, str]) -> None:
        super().__init__(clash, packages)
        self.clash = clash
        self.packages = packages


class NeedMissing(DomainError):
    """A line needs another package that the mix lacks."""

    code = "need_missing"

    def __init__(self, item: int, package_id: str) -> None:
        super().__init__(item, package_id)
        self.item = item
        self.package_id = package_id


class PackageGone(DomainError):
    """The package was withdrawn or never existed; plans that chose it before keep it."""

    code = "package_gone"

    def __init__(self, package_id: str, item: int | None = None) -> None:
        super().__init__(package_id)
        self.package_id = package_id
        self.item = item


class MixTooDear(DomainError):
    """The mix costs more than the citizen's amount."""

    code = "mix_too_dear"

    def __init__(self, cost: Money, frame: Money) -> None:
        super().__init__(cost, frame)
        self.cost = cost
        self.frame = frame


class PriceChanged(DomainError):
    """Prices moved between opening the page and sending; both stand side by side, press send again."""

    code = "price_changed"

    def __init__(self, changed: Sequence[tuple[int, Money, Money]]) -> None:
        super().__init__(changed)
        self.changed = tuple(changed)


def offered_period(period: Period, today: date, plan: Period) -> Period:
    """Move a period forward so that it starts today or when the plan does, cut at the plan's end."""
    first = min(max(today, plan.first_day), plan.last_day)
    last = min(plan.last_day, first + (period.last_day - period.first_day))
    return Period(first, last)


def check_days(lines: Iterable[Line], plan: Period, today: date, approved: frozenset[int]) -> None:
    """Refuse lines outside the plan, and new lines whose start has passed (``approved`` items may have)."""
    for line in lines:
        if not plan.covers(line.period):
            raise LineOutsidePlan(line.item, line.period, plan)
        if line.period.first_day < today and line.item not in approved:
            raise StartPassed(line.item, offered_period(line.period, today, plan))


def check_seen(seen: dict[int, Money], now: dict[int, Money]) -> None:
    """Refuse when a price is not what the page showed. Raises ``PriceChanged`` with (item, before, now)."""
    changed = [(item, seen.get(item, ZERO), cost) for item, cost in now.items() if seen.get(item) != cost]
    if changed:
        raise PriceChanged(changed)


def check_amount(cost: Money, frame: Money) -> None:
    """Refuse a mix whose cost on the citizen's own money is above the amount for it."""
    if cost > frame:
        raise MixTooDear(cost, frame)


@dataclass(frozen=True, slots=True)
class FundingRules:
    """Which kinds of line draw on which funding source, in one budget template on one day."""

    source_of: dict[LineKind, int]
    personal: frozenset[int]

    def source(self, kind: LineKind) -> int | None:
        """Name the source a kind draws on; nothing means it draws on no budget."""
        return self.source_of.get(kind)

    def on_own_money(self, kind: LineKind) -> bool:
        """Tell whether a kind counts for the citizen."""
        return self.source_of.get(kind) in self.personal
