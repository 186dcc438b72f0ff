"""What granted services have delivered, and what can be recorded now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from planner.domain import terms
from planner.domain.delivery import DeliveryPart, Part, parts, way
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Words
from planner.domain.people import RoleKind, TieKind, User
from planner.domain.period import Period
from planner.domain.plan import PlanAction
from planner.models.budget import Budget, Envelope
from planner.models.person import Person
from planner.models.plan import Decision, Plan, PlanAct, PlanItem, PlanLine
from planner.models.purchase import Delivery
from planner.queries.lists import Rows, paged
from planner.queries.pages import Page
from planner.queries.session import reading

PAGE = 25
LONGEST_SUPPORTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A granted service: what is set aside for it still, and the parts that may be recorded on a day."""

    item: int
    title: Words
    period: Period
    cost: Money
    set_aside: Money
    way: DeliveryPart
    due: tuple[Part, ...]
    coming: int
    price: Money | None

    @property
    def open(self) -> bool:
        """Tell whether something can be recorded now."""
        return bool(self.due) or (self.price is not None and self.price <= self.set_aside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """A plan in force towards those who deliver it; no goals, no words, no money but the services' own."""

    plan_id: int
    citizen_id: int
    called: str
    protected: bool
    ended: bool
    period: Period
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Something that was recorded as delivered."""

    id: int
    title: str
    package_id: str | None
    part: str
    which: str
    amount: Money
    occurred_on: date
    by: str
    at: datetime
    taken_back_at: datetime | None


def delivering(plan_id: int, by: User, today: date) -> Delivering | None:
    """Find a plan in force of one's units, or of somebody one supports; never one's own. Three statements."""
    rows = reading().execute(_PLANS.where(_reach(by), Plan.id == plan_id)).all()
    return next(iter(_delivering(rows, today)), None)


def supported(by: User, today: date) -> tuple[Delivering, ...]:
    """List the plans in force of those somebody supports. Three statements."""
    mine = Plan.citizen_id.in_(by.citizens(TieKind.SUPPORT_PERSON))
    found = _PLANS.where(mine, Plan.citizen_id != by.id, ~_ENDED).order_by(Person.called, Plan.first_day.desc())
    return _delivering(reading().execute(found.limit(LONGEST_SUPPORTED)).all(), today)


def recorded(plan_id: int, page: int) -> Page[Recorded]:
    """List what was recorded for a plan, the newest first."""
    of_plan: Rows = (
        select(Delivery, PlanItem.package_id, PlanItem.title, Person.called)
        .join(PlanItem, PlanItem.id == Delivery.item_id)
        .join(Person, Person.id == Delivery.recorded_by)
        .where(PlanItem.plan_id == plan_id)
    )
    rows, place = paged(of_plan, page, Delivery.id.desc(), size=PAGE)
    return Page(tuple(_recorded(row) for row in rows), place)


_APPROVED = select(func.max(Decision.number)).where(Decision.plan_id == Plan.id).correlate(Plan).scalar_subquery()
_ENDED = select(PlanAct.id).where(PlanAct.plan_id == Plan.id, PlanAct.action == PlanAction.END).correlate(Plan).exists()
_PLANS = (
    select(
        Plan.id,
        Plan.citizen_id,
        Plan.first_day,
        Plan.last_day,
        Person.called,
        Person.protected,
        _APPROVED.label("number"),
        _ENDED.label("ended"),
    )
    .join(Person, Person.id == Plan.citizen_id)
    .where(_APPROVED.is_not(None))
)


def _reach(by: User) -> ColumnElement[bool]:
    units, citizens = by.units(RoleKind.CASEWORKER), by.citizens(TieKind.SUPPORT_PERSON)
    return or_(Plan.unit_id.in_(units), Plan.citizen_id.in_(citizens)) & (Plan.citizen_id != by.id)


def _delivering(plans: Sequence[Any], today: date) -> tuple[Delivering, ...]:
    services = _services({plan.id: plan.number for plan in plans}, today)
    return tuple(
        Delivering(
            plan_id=plan.id,
            citizen_id=plan.citizen_id,
            called=plan.called,
            protected=plan.protected,
            ended=plan.ended,
            period=Period(plan.first_day, plan.last_day),
            services=tuple(services.get(plan.id, ())),
        )
        for plan in plans
    )


def _services(approved: dict[int, int], today: date) -> dict[int, list[Service]]:
    """Read the granted services of some plans in force, each with what was delivered before."""
    rows = (
        reading()
        .execute(
            select(PlanLine, Envelope.committed)
            .join(Budget, (Budget.plan_id == PlanLine.plan_id) & (Budget.source_id == PlanLine.source_id))
            .join(Envelope, (Envelope.budget_id == Budget.id) & (Envelope.item_id == PlanLine.item_id))
            .where(PlanLine.plan_id.in_(approved), PlanLine.kind == LineKind.ALLOCATED_SERVICE)
            .order_by(PlanLine.first_day, PlanLine.item_id)
        )
        .all()
    )
    rows = [row for row in rows if row.PlanLine.number == approved[row.PlanLine.plan_id]]
    done = _delivered(row.PlanLine.item_id for row in rows)
    found: dict[int, list[Service]] = {}
    for row in rows:
        service = _service(row.PlanLine, row.committed, done.get(row.PlanLine.item_id, set()), today)
        found.setdefault(row.PlanLine.plan_id, []).append(service)
    return found


def _delivered(items: Iterable[int]) -> dict[int, set[str]]:
    rows = reading().execute(
        select(Delivery.item_id, Delivery.which).where(
            Delivery.item_id.in_(list(items)),
            Delivery.part != DeliveryPart.SESSION.value,
            Delivery.taken_back_at.is_(None),
        )
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row.item_id, set()).add(row.which)
    return found


def _service(stored: PlanLine, committed: Money, done: set[str], today: date) -> Service:
    line = terms.to_line(
        stored.item_id, stored.kind, stored.period, stored.terms, title=stored.title, package_id=stored.package_id
    )
    left = [part for part in parts(line) if part.which not in done]
    due = tuple(part for part in left if part.period.first_day <= today)
    held = [step.amount for step in line.tariffs if step.first_day <= today]
    by_session = way(line) is DeliveryPart.SESSION and line.period.first_day <= today
    return Service(
        item=stored.item_id,
        title=line.title,
        period=line.period,
        cost=stored.cost_oere,
        set_aside=committed,
        way=way(line),
        due=due,
        coming=len(left) - len(due),
        price=held[-1] if by_session and held and held[-1] > ZERO else None,
    )


def _recorded(row: Any) -> Recorded:  # noqa: ANN401 - a row of recorded
    delivery: Delivery = row.Delivery
    return Recorded(
        id=delivery.id,
        title=row.title or "",
        package_id=row.package_id,
        part=delivery.part,
        which=delivery.which,
        amount=delivery.oere,
        occurred_on=delivery.occurred_on,
        by=row.called,
        at=delivery.at,
        taken_back_at=delivery.taken_back_at,
    )
