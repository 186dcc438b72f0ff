"""A plan's mix as people see it: its lines with days and prices, who pays, and what stands in the way of sending."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from planner.domain.away import Closed
from planner.domain.draft import Draft, Payer, Written, obstacles, own_money, own_money_needed, payer, price_of, stamp
from planner.domain.errors import DomainError
from planner.domain.ledger import Balance
from planner.domain.mix import Line, OwnTerms
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Package, Rung, TariffKind, Words
from planner.domain.period import Period
from planner.domain.plan import PackageGone, PlanStatus
from planner.domain.purchase import Category
from planner.models.plan import LineGoal, PlanItem, PlanLine, PlanVersion
from planner.models.rule import FundingSource
from planner.queries import ground as grounds
from planner.queries.absences import Away
from planner.queries.ground import Ground
from planner.queries.plans import PlanSummary
from planner.queries.session import reading

Catalogue = Mapping[str, Package]


class Change(StrEnum):
    """How a line differs from the plan in force."""

    NEW = "new"
    MOVED = "moved"
    LONGER = "longer"
    SHORTER = "shorter"
    PRICE = "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing in a mix; ``line`` is missing when its package is not offered any more, ``cost`` without a price."""

    item: int
    kind: LineKind
    title: Words
    period: Period
    package_id: str | None
    category: Category
    line: Line | None
    cost: Money | None
    payer: Payer
    rung: Rung | None
    goals: frozenset[int]
    because: bool
    stamp: str
    change: Change | None = None
    in_force: bool = False

    @property
    def own(self) -> OwnTerms | None:
        """The amount of a free line, as the citizen said it."""
        return self.line.own if self.line else None

    @property
    def assumed(self) -> bool:
        """Tell whether a part of the price is a guess that the municipality may change."""
        return self.line is not None and any(step.kind is TariffKind.ASSUMED for step in self.line.tariffs)

    @property
    def price(self) -> Money | None:
        """What it costs the one who pays; help by law and volunteers cost nobody anything here."""
        return ZERO if self.payer in {Payer.LAW, Payer.VOLUNTEERS} else self.cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """A version of a plan with everything that follows from its lines; ``removed`` are titles of what was taken out."""

    number: int
    choices: tuple[Choice, ...]
    draft: Draft
    before: Money | None
    removed: tuple[Words, ...]
    ground: Ground

    @property
    def balance(self) -> Balance:
        """Divide the citizen's amount as this mix would."""
        return own_money(self.draft.frame, self.draft.needed, Money.sum(self.ground.paid.values()))

    @property
    def region(self) -> str:
        """The municipality code whose prices hold."""
        return self.ground.region

    @property
    def goals(self) -> Mapping[int, str]:
        """The words of the citizen's goals, by id."""
        return self.ground.goals

    @property
    def away(self) -> tuple[Away, ...]:
        """When the citizen is not there."""
        return self.ground.away

    @property
    def closed(self) -> Closed:
        """The days on which nothing is planned."""
        return self.ground.closed

    @property
    def over(self) -> Money:
        """How much more than the citizen's amount it costs."""
        return max(self.draft.needed - self.draft.frame, ZERO)

    @property
    def lines(self) -> Sequence[Line]:
        """The lines that can be read."""
        return self.draft.lines

    @property
    def costs(self) -> Mapping[int, Money]:
        """The cost of each item that has one: what is shown before sending."""
        return self.draft.costs

    @property
    def totals(self) -> tuple[tuple[Payer, Money], ...]:
        """Add the costs up by who pays, for those who pay for something here."""
        return tuple(
            (who, Money.sum(choice.cost or ZERO for choice in self.choices if choice.payer is who))
            for who in Payer
            if any(choice.payer is who for choice in self.choices)
        )

    def obstacles(self, today: date) -> list[DomainError]:
        """List what stands in the way of sending it."""
        return list(obstacles(self.draft, today))

    def item_of(self, package_id: str) -> int | None:
        """Find a package's item in the mix."""
        return next((choice.item for choice in self.choices if choice.package_id == package_id), None)

    def choice(self, item: int) -> Choice | None:
        """Find one line."""
        return next((choice for choice in self.choices if choice.item == item), None)

    def pays(self, kind: LineKind) -> Payer:
        """Say who would pay for a kind of line in this plan."""
        return payer(kind, on_own_money=bool(self.ground.funding.get(kind)))

    @property
    def own_kinds(self) -> frozenset[LineKind]:
        """The kinds that the citizen's amount pays for in this plan."""
        return frozenset(kind for kind, own in self.ground.funding.items() if own)


def of_plan(plan: PlanSummary, number: int, catalogue: Catalogue, today: date, ground: Ground | None = None) -> Mix:
    """Load a version's mix, compared with the version in force. Eight statements, whatever it holds.

    ``number`` is below zero for a try. With the ``ground`` of the same plan and day it takes two.
    """
    here = ground or grounds.of_plan(plan, today)
    rows, aims = _rows(plan, number), _aims(plan.id, number)
    live = number < 0 or (number == plan.number and plan.status is PlanStatus.DRAFT)
    force = {row.PlanLine.item_id: row for row in rows if row.PlanLine.number == plan.approved}
    chosen = [row for row in rows if row.PlanLine.number == number]
    choices = tuple(
        _choice(
            row,
            _read(row, catalogue, here.region, today),
            live=live,
            funding=here.funding,
            aims=aims.get(row.PlanLine.item_id, frozenset()),
            rung=_rung(row.PlanLine, catalogue),
            before=force.get(row.PlanLine.item_id),
            compared=bool(plan.approved) and plan.approved != number,
        )
        for row in chosen
    )
    kept = {choice.item for choice in choices}
    return Mix(
        number=number,
        choices=choices,
        draft=_draft(plan, chosen, choices, catalogue, ground=here, approved=frozenset(force)),
        before=_in_force(force.values()),
        removed=tuple(_title(row) for item, row in force.items() if item not in kept),
        ground=here,
    )


def was_sent(item_id: int) -> bool:
    """Tell whether an item stands in a version that was sent: its title stays what was read then."""
    frozen = (
        select(func.count())
        .select_from(PlanLine)
        .join(PlanVersion, (PlanVersion.plan_id == PlanLine.plan_id) & (PlanVersion.number == PlanLine.number))
        .where(PlanLine.item_id == item_id, PlanVersion.digest.is_not(None))
    )
    return bool(reading().scalar(frozen))


def _rows(plan: PlanSummary, number: int) -> Sequence[Any]:
    return (
        reading()
        .execute(
            select(PlanLine, PlanItem.title, FundingSource.counts_for_citizen)
            .join(PlanItem, PlanItem.id == PlanLine.item_id)
            .outerjoin(FundingSource, FundingSource.id == PlanLine.source_id)
            .where(PlanLine.plan_id == plan.id, PlanLine.number.in_({number, plan.approved or number}))
            .order_by(PlanLine.first_day, PlanLine.item_id)
        )
        .all()
    )


def _aims(plan_id: int, number: int) -> dict[int, frozenset[int]]:
    rows = select(LineGoal.item_id, LineGoal.goal_id).where(LineGoal.plan_id == plan_id, LineGoal.number == number)
    found: dict[int, set[int]] = defaultdict(set)
    for row in reading().execute(rows):
        found[row.item_id].add(row.goal_id)
    return {item: frozenset(goals) for item, goals in found.items()}


def _rung(stored: PlanLine, catalogue: Catalogue) -> Rung | None:
    """Find the rung of a line: a package's own, or what was said about a free line."""
    if stored.package_id is not None:
        known = catalogue.get(stored.package_id)
        return known.rung if known else None
    said = stored.terms.get("rung")
    return Rung(said) if isinstance(said, str) else None


def _title(row: Any) -> Words:  # noqa: ANN401 - a row of _rows
    said: str = row.title or row.PlanLine.title
    sent: dict[str, str] = row.PlanLine.terms.get("name", {})
    return Words(sent.get("da", said), sent.get("en", said))


def _written(row: Any) -> Written:  # noqa: ANN401 - a row of _rows
    line: PlanLine = row.PlanLine
    return Written(
        item=line.item_id,
        kind=line.kind,
        title=row.title or line.title,
        period=line.period,
        terms=line.terms,
        package_id=line.package_id,
        digest=line.package_digest,
    )


def _read(row: Any, catalogue: Catalogue, region: str, today: date) -> Line | None:  # noqa: ANN401 - as above
    try:
        return _written(row).line(catalogue, region, today)
    except PackageGone:
        return None


def _choice(
    row: Any,  # noqa: ANN401 - a row of _rows
    line: Line | None,
    *,
    live: bool,
    funding: Mapping[LineKind, bool | None],
    aims: frozenset[int],
    rung: Rung | None,
    before: Any,  # noqa: ANN401 - as above, or nothing
    compared: bool,
) -> Choice:
    stored: PlanLine = row.PlanLine
    found = price_of(line) if live and line else None
    cost = (found.total if found else None) if live else stored.cost_oere
    own_money_pays = funding.get(stored.kind) if live else row.counts_for_citizen
    return Choice(
        item=stored.item_id,
        kind=stored.kind,
        title=line.title if line else _title(row),
        period=stored.period,
        package_id=stored.package_id,
        category=Category(stored.category),
        line=line,
        cost=cost,
        payer=payer(stored.kind, on_own_money=bool(own_money_pays)),
        rung=rung,
        goals=aims,
        because=bool(stored.terms.get("because")),
        stamp=stamp(_written(row), stored.category, aims),
        change=_change(stored.period, cost, before.PlanLine if before else None) if compared else None,
        in_force=before is not None,
    )


def _change(period: Period, cost: Money | None, before: PlanLine | None) -> Change | None:
    if before is None:
        return Change.NEW
    if period.days != before.period.days:
        return Change.LONGER if period.days > before.period.days else Change.SHORTER
    if period != before.period:
        return Change.MOVED
    return Change.PRICE if cost != before.cost_oere else None


def _draft(
    plan: PlanSummary,
    rows: Sequence[Any],
    choices: Sequence[Choice],
    catalogue: Catalogue,
    *,
    ground: Ground,
    approved: frozenset[int],
) -> Draft:
    chosen = {choice.item: choice.cost for choice in choices if choice.payer is Payer.OWN and choice.cost is not None}
    return Draft(
        written=[_written(row) for row in rows],
        lines=[choice.line for choice in choices if choice.line],
        packages={known.id: known for choice in choices if (known := catalogue.get(choice.package_id or ""))},
        costs={choice.item: choice.cost for choice in choices if choice.cost is not None},
        plan=plan.period,
        approved=approved,
        has_goal=bool(ground.goals),
        goals={choice.item: choice.goals for choice in choices},
        own_items=frozenset(choice.item for choice in choices if choice.payer is Payer.OWN),
        free_cap=ground.free_cap,
        born=ground.born,
        law_months=ground.law_months,
        needed=own_money_needed(chosen, ground.paid),
        frame=plan.frame,
    )


def _in_force(rows: Any) -> Money | None:  # noqa: ANN401 - rows of _rows
    """Add up what the plan in force costs on the citizen's own money; nothing when there is none."""
    lines = [row for row in rows if row.counts_for_citizen]
    return Money.sum(row.PlanLine.cost_oere for row in lines) if rows else None
