"""Care packages: time-bounded, content-defined courses with phases, activities and dated prices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.bounds import Bounds, DelivererKind, Mode
from planner.domain.money import Money


class LineKind(StrEnum):
    """What kind of money something is; decides who pays and whether a decision is needed."""

    STATUTORY_FREE = "statutory_free"
    ALLOCATED_SERVICE = "allocated_service"
    BUDGET_ITEM = "budget_item"
    CIVIL_FREE = "civil_free"
    OWN_LINE = "own_line"
    OPEN_FREE = "open_free"
    SITE_LEVEL = "site_level"


PLAN_KINDS = frozenset(LineKind) - {LineKind.OPEN_FREE, LineKind.SITE_LEVEL}
"""The kinds that can be lines of a plan; the other two are pages of the catalogue only."""


class PriceUnit(StrEnum):
    """What a tariff is the price of; the quantity follows by the pricing rule in ``mix``."""

    COURSE = "course"
    SESSION = "session"
    CONTACT = "contact"
    ESCORT = "escort"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


class TariffKind(StrEnum):
    """How sure a price is; ``assumed`` stays visible on the page and editable."""

    SOURCED = "sourced"
    DERIVED = "derived"
    ASSUMED = "assumed"
    FREE = "free"


class Deliverer(StrEnum):
    """Who carries out an activity; ``self`` is the citizen's own exercise."""

    CASEWORKER = "caseworker"
    NURSE = "nurse"
    JOB_CONSULTANT = "job_consultant"
    TEACHER = "teacher"
    NETWORK_FACILITATOR = "network_facilitator"
    PSYCHOLOGIST = "psychologist"
    DOCTOR = "doctor"
    PEER = "peer"
    VOLUNTEER = "volunteer"
    EMPLOYER = "employer"
    SELF = "self"


class Rung(StrEnum):
    """Where the help comes from, in the order of the CARE model: own mastery first, services last."""

    SELF = "self"
    NETWORK = "network"
    COMMUNITY = "community"
    SERVICES = "services"


class Chime(StrEnum):
    """The five processes of personal recovery (Leamy 2011)."""

    CONNECTEDNESS = "connectedness"
    HOPE = "hope"
    IDENTITY = "identity"
    MEANING = "meaning"
    EMPOWERMENT = "empowerment"


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Danish and English."""

    da: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.da


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happens in a phase: how long (minutes), how often, by whom, how many together.

    The rhythm is either ``times`` (that many in the whole phase) or ``every_weeks`` (one each so many weeks).
    """

    kind: str
    minutes: int
    deliverer: Deliverer
    times: int = 0
    every_weeks: int = 0
    group_size: int = 1
    staff: int = 1
    mode: Mode = Mode.IN_PERSON

    def weeks(self, phase_weeks: int) -> tuple[int, ...]:
        """List the week (0 = first of the phase) of each occurrence: occurrence k of n falls in ⌊k·weeks/n⌋."""
        if self.every_weeks:
            return tuple(range(0, phase_weeks, self.every_weeks))
        return tuple(k * phase_weeks // self.times for k in range(self.times))


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of whole weeks with its activities.

    ``weeks_range`` and ``rhythm_range`` (percent of the rhythm described) hold both ends; without them neither can
    be adjusted. ``most_runs`` is how often it can be run, ``handover`` what others could take over when it closes.
    """

    name: Words
    weeks: int
    activities: tuple[Activity, ...]
    about: Words | None = None
    weeks_range: tuple[int, int] | None = None
    rhythm_range: tuple[int, int] | None = None
    most_runs: int = 1
    handover: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Tariff:
    """A price with the day it starts; it ends the day before the next one of the same region.

    ``region`` is a municipality code of three digits, or empty for everywhere. ``deliverer`` says for whom the price
    holds when it differs from the package's own, ``variant`` in which of the package's variants.
    """

    first_day: date
    amount: Money
    unit: PriceUnit
    kind: TariffKind
    source: str
    region: str = ""
    deliverer: DelivererKind | None = None
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A way in which a package is given, such as by night; ``code`` names it in price steps of its own."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Law code and paragraph together (``SEL`` and ``SUL`` both have a § 141), with validity or ``verify``."""

    law: str
    paragraph: str
    first_day: date | None = None
    last_day: date | None = None
    verify: bool = False
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about the effect, honestly: also where a trial showed none."""

    finding: Words
    year: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A care package as the catalogue describes it; immutable, a change makes a new version.

    With ``hand_over_first`` a phase closes only once somebody is named who takes something over. ``course_weeks`` is
    set when the phases were adjusted: the weeks that a course price stands for.
    """

    id: str
    name: Words
    summary: Words
    contains: tuple[Words, ...]
    leaves_out: tuple[Words, ...]
    kind: LineKind
    rung: Rung
    phases: tuple[Phase, ...]
    tariffs: tuple[Tariff, ...]
    legal_bases: tuple[LegalBasis, ...]
    digest: str = ""
    suits: Words | None = None
    price_range: tuple[Money, Money] | None = None
    start_within_days: int | None = None
    start_counts_from: str = ""
    anonymous: bool = False
    open_ended: bool = False
    per_week: bool = False
    max_weeks: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    excludes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    combines: tuple[str, ...] = ()
    prerequisites: tuple[Words, ...] = ()
    chime: tuple[Chime, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    disabled: bool = False
    withdrawn_on: date | None = None
    bounds: Bounds = field(default_factory=Bounds)
    variants: tuple[Variant, ...] = ()
    hand_over_first: bool = False
    max_caseload: int | None = None
    course_weeks: int = 0

    @property
    def weeks(self) -> int:
        """Count the weeks of all phases."""
        return sum(phase.weeks for phase in self.phases)

    @property
    def choosable(self) -> bool:
        """Tell whether the package can be a line of a plan at all (withdrawal is asked separately)."""
        return self.kind in PLAN_KINDS and not self.disabled

    @property
    def usable(self) -> bool:
        """Tell whether one person can use it, with a plan or without one; not what is for a whole house."""
        return not self.disabled and self.kind is not LineKind.SITE_LEVEL

    def withdrawn(self, on: date) -> bool:
        """Tell whether nobody can newly choose the package on a day."""
        return self.withdrawn_on is not None and on >= self.withdrawn_on

    def tariffs_of(self, region: str) -> tuple[Tariff, ...]:
        """Pick the price steps that hold in a municipality, its own before those for everywhere.

        Units write the municipality's code with a leading zero, price steps without.
        """
        usual = [step for step in self.tariffs if step.deliverer is None and not step.variant]
        own = tuple(step for step in usual if region and step.region == region[-3:])
        return own or tuple(step for step in usual if not step.region)


def contact_minutes(phases: Iterable[Phase]) -> int:
    """Add up the minutes one citizen meets others when everything is used; own exercises not counted."""
    return _minutes(phases, own=False)


def own_minutes(phases: Iterable[Phase]) -> int:
    """Add up the minutes of exercises the citizen does alone."""
    return _minutes(phases, own=True)


def _minutes(phases: Iterable[Phase], *, own: bool) -> int:
    return sum(
        activity.minutes * len(activity.weeks(phase.weeks))
        for phase in phases
        for activity in phase.activities
        if (activity.deliverer is Deliverer.SELF) == own
    )
