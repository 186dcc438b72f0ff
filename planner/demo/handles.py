"""The ids, prices and digests that a program needs to act as a person would from the pages."""

from datetime import date

from sqlalchemy import select

from packages_catalog.reader import Catalogue
from planner.domain.delivery import parts
from planner.domain.ledger import EnvelopeKind
from planner.domain.mix import price
from planner.domain.money import Money
from planner.domain.package import LineKind
from planner.models.budget import Budget, Entry, Envelope
from planner.models.plan import Goal, Plan, PlanItem, PlanLine, PlanVersion
from planner.models.purchase import Delivery
from planner.models.rule import BudgetTemplate, FundingSource
from planner.queries.session import reading
from planner.usecases import versions


def template(code: str) -> int:
    """Find a budget template by its code."""
    return reading().scalars(select(BudgetTemplate.id).where(BudgetTemplate.code == code)).one()


def draft_prices(plan_id: int, catalogue: Catalogue, today: date) -> tuple[int, dict[int, Money]]:
    """Read a draft's lock version and the price of each of its items, as the page before sending shows them."""
    session = reading()
    plan = session.get_one(Plan, plan_id)
    region = versions.region(session, plan)
    rows = versions.titled(session, versions.lines(session, plan))
    lines = [versions.line_of(row, title, catalogue, region, today)[0] for row, title in rows]
    return plan.lock_version, {line.item: price(line).total for line in lines}


def digest(plan_id: int, number: int) -> str:
    """Read the digest of a sent version."""
    return reading().get_one(PlanVersion, (plan_id, number)).digest or ""


def envelopes(plan_id: int) -> dict[str, int]:
    """Find a plan's envelopes by package id or own title; the citizen's free money is ``""``."""
    rows = reading().execute(
        select(Envelope.id, Envelope.kind, PlanItem.package_id, PlanItem.title)
        .join(Budget, Budget.id == Envelope.budget_id)
        .join(FundingSource, FundingSource.id == Budget.source_id)
        .outerjoin(PlanItem, PlanItem.id == Envelope.item_id)
        .where(Budget.plan_id == plan_id)
        .where((Envelope.kind == EnvelopeKind.ITEM) | FundingSource.counts_for_citizen)
    )
    return {row.package_id or row.title or "": row.id for row in rows if row.kind is not EnvelopeKind.RESERVE}


def items(plan_id: int) -> dict[str, int]:
    """Find the things of a plan by package id or own title."""
    found = select(PlanItem.id, PlanItem.package_id, PlanItem.title).where(PlanItem.plan_id == plan_id)
    return {row.package_id or row.title or "": row.id for row in reading().execute(found)}


def first_day(item_id: int) -> date:
    """Find the day on which a thing begins in the newest version that has it."""
    newest = select(PlanLine.first_day).where(PlanLine.item_id == item_id).order_by(PlanLine.number.desc())
    return reading().scalars(newest.limit(1)).one()


def payment(delivery_id: int) -> tuple[int, int]:
    """Find the (budget, entry number) by which a delivery was paid."""
    found = select(Entry.budget_id, Entry.number).where(Entry.delivery_id == delivery_id).order_by(Entry.number)
    row = reading().execute(found.limit(1)).one()
    return row.budget_id, row.number


def citizen(plan_id: int) -> int:
    """Find whose plan it is."""
    return reading().get_one(Plan, plan_id).citizen_id


def first_goal(citizen_id: int) -> int:
    """Find a citizen's first goal."""
    return reading().scalars(select(Goal.id).where(Goal.citizen_id == citizen_id).order_by(Goal.id).limit(1)).one()


def undelivered(plan_id: int, today: date) -> list[tuple[int, str]]:
    """List (item, part) of what granted services are due to have delivered by a day, one part each."""
    session = reading()
    number = versions.approved_number(session, plan_id)
    found = []
    for row in versions.lines(session, session.get_one(Plan, plan_id), number):
        if row.kind is not LineKind.ALLOCATED_SERVICE:
            continue
        done = set(session.scalars(select(Delivery.which).where(Delivery.item_id == row.item_id)))
        due = [p.which for p in parts(versions.frozen_line(row)) if p.period.first_day <= today]
        found += [(row.item_id, which) for which in [which for which in due if which not in done][:1]]
    return found
