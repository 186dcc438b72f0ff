"""People towards the product: their roles and ties on a day, and what follows from them."""

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.authority import Powers
from planner.domain.money import ZERO, Money
from planner.domain.plan import Part


class RoleKind(StrEnum):
    """What somebody does here; dated, and bound to a unit."""

    CITIZEN = "citizen"
    CASEWORKER = "caseworker"
    APPROVER = "approver"
    FINANCE = "finance"
    CATALOGUE_EDITOR = "catalogue_editor"
    ADMINISTRATOR = "administrator"


class TieKind(StrEnum):
    """What somebody is to one citizen; dated, with a scope."""

    CASEWORKER = "caseworker"
    SUPPORT_PERSON = "support_person"
    RELATIVE = "relative"
    PEER = "peer"
    GUARDIAN = "guardian"


PRIVATE_TIES = frozenset(TieKind) - {TieKind.CASEWORKER}
"""Ties that bar a person from deciding about the citizen."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role that holds today; ``units`` are the unit itself and those below it."""

    kind: RoleKind
    units: frozenset[int]
    limit: Money = ZERO


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie that holds today."""

    kind: TieKind
    citizen_id: int


@dataclass(frozen=True, slots=True)
class User:
    """The person who acts, with the roles and ties they have on that day."""

    id: int
    called: str
    language: str = "da"
    roles: tuple[Role, ...] = ()
    ties: tuple[Tie, ...] = ()

    def has(self, *kinds: RoleKind | TieKind) -> bool:
        """Tell whether one of the roles or ties is theirs."""
        own = {role.kind for role in self.roles} | {tie.kind for tie in self.ties if tie.kind in PRIVATE_TIES}
        return any(kind in own for kind in kinds)

    def units(self, *kinds: RoleKind) -> frozenset[int]:
        """Collect the units in which one of the roles holds."""
        return frozenset().union(*(role.units for role in self.roles if role.kind in kinds))

    def citizens(self, *kinds: TieKind) -> frozenset[int]:
        """Collect the citizens they have one of the ties to."""
        return frozenset(tie.citizen_id for tie in self.ties if tie.kind in kinds)

    def may_compose(self, citizen_id: int, unit_id: int) -> bool:
        """Tell whether they may put a plan together: their own, of their unit, or of somebody they support."""
        of_unit = unit_id in self.units(RoleKind.CASEWORKER)
        return self.id == citizen_id or of_unit or citizen_id in self.citizens(TieKind.SUPPORT_PERSON)

    def limit(self, unit_id: int) -> Money:
        """Find the highest amount they may decide in a unit; zero when they may decide nothing."""
        deciding = {RoleKind.CASEWORKER, RoleKind.APPROVER}
        return max((r.limit for r in self.roles if r.kind in deciding and unit_id in r.units), default=ZERO)

    def powers(self, unit_id: int) -> Powers:
        """Say what they may decide in a unit, and about whom not."""
        return Powers(self.id, self.limit(unit_id), self.citizens(*PRIVATE_TIES))

    def parts(self, *, citizen_id: int, unit_id: int) -> frozenset[Part]:
        """Say which parts they can play towards a plan of a citizen in a unit."""
        found = set()
        if self.id == citizen_id:
            found.add(Part.CITIZEN)
        if unit_id in self.units(RoleKind.CASEWORKER):
            found.add(Part.CASEWORKER)
        if unit_id in self.units(RoleKind.APPROVER):
            found.add(Part.APPROVER)
        return frozenset(found)
