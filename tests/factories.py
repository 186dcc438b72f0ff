"""The smallest valid things to test with, made by the use cases themselves: a town, a course, a plan, a budget."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from packages_catalog import reader
from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain.mix import price
from planner.domain.money import Money
from planner.domain.people import RoleKind, User
from planner.domain.period import Period
from planner.domain.purchase import Bought, BoughtBy, Category, PaidWith
from planner.models.base import db
from planner.models.budget import Envelope
from planner.models.plan import PlanVersion
from planner.models.rule import BudgetTemplate
from planner.queries import people as looked_up
from planner.usecases import composing, courses, decisions, goals, people, plans, purchases, standard, versions

CATALOGUE = reader.read()


@dataclass(frozen=True)
class Town:
    """A municipality with two units and somebody in every role; ``bo`` and ``lis`` are citizens."""

    north: int
    south: int
    mette: int  # caseworker, decides up to 60.000 kr.
    sanne: int  # caseworker, decides up to 5.000 kr.
    karen: int  # approver, decides up to 500.000 kr.
    jens: int  # finance
    asta: int  # administrator
    ali: int  # support person of bo
    finn: int  # caseworker of the other unit
    bo: int
    lis: int


def user(person_id: int) -> User:
    """Load somebody as the user they are today."""
    db.session.remove()
    found = looked_up.user(person_id, None, clock.today())
    assert found is not None
    return found


def make_town() -> Town:
    """Fill an empty database with standard rules, units and people."""
    standard.establish("Havneby Kommune")
    now, today = clock.now(), clock.today()
    whole = people.add_unit("Havneby Kommune", "0999", by=None, at=now)
    north = people.add_unit("Team Nord", "0999", whole, by=None, at=now)
    south = people.add_unit("Team Syd", "0999", whole, by=None, at=now)

    def worker(called: str, kind: RoleKind, unit: int, limit: int | None = None) -> int:
        person = people.add_person(called, by=None, at=now)
        role = people.NewRole(
            kind=kind,
            unit_id=unit,
            limit=None if limit is None else Money.kroner(limit),
            first_day=today - timedelta(400),
        )
        people.give_role(person, role, by=None, at=now)
        return person

    def citizen(called: str) -> int:
        return worker(called, RoleKind.CITIZEN, north)

    return Town(
        north=north,
        south=south,
        mette=worker("Mette Kjær", RoleKind.CASEWORKER, north, 60_000),
        sanne=worker("Sanne Holm", RoleKind.CASEWORKER, north, 5_000),
        karen=worker("Karen Lund", RoleKind.APPROVER, north, 500_000),
        jens=worker("Jens Bak", RoleKind.FINANCE, whole),
        asta=worker("Asta Friis", RoleKind.ADMINISTRATOR, whole),
        ali=people.add_person("Ali Demir", by=None, at=now),
        finn=worker("Finn Dahl", RoleKind.CASEWORKER, south, 60_000),
        bo=citizen("Bo Madsen"),
        lis=citizen("Lis Krogh"),
    )


def open_course(
    town: Town,
    *,
    citizen: int | None = None,
    template: str = "full",
    amount: int = 30_000,
    days: int = 180,
    first_day: date | None = None,
) -> int:
    """Open a course for Bo (or another) that starts today, and return the plan's id."""
    start = first_day or clock.today()
    template_id = db.session.scalar(db.select(BudgetTemplate.id).where(BudgetTemplate.code == template))
    course = courses.Course(
        unit_id=town.north,
        template_id=template_id,
        indicative=Money.kroner(amount),
        period=Period(start, start + timedelta(days - 1)),
        support_person_id=town.ali,
    )
    return courses.open_course(citizen or town.bo, course, by=user(town.mette), at=clock.now())


def compose(
    plan_id: int, by: User, *packages: str, own: tuple[str, ...] = (), catalogue: Catalogue = CATALOGUE
) -> dict[str, int]:
    """Put packages and free lines of 600 kr. into a draft, for a goal; hand out item ids by package or title."""
    now = clock.now()
    aim = composing.Aim(frozenset({goals.write("Spise med andre to gange om ugen", by=by, at=now)}))
    items = {p: composing.add_package(plan_id, p, catalogue=catalogue, aim=aim, by=by, at=now) for p in packages}
    for title in own:
        today = clock.today()
        line = composing.OwnLine(
            title=title,
            amount=Money.kroner(600),
            monthly=False,
            category=Category.HOME,
            period=Period(today, today + timedelta(30)),
            aim=aim,
        )
        items[title] = composing.add_own_line(plan_id, line, by=by, at=now)
    return items


def seen_prices(plan_id: int, catalogue: Catalogue = CATALOGUE) -> tuple[int, dict[int, Money]]:
    """Read what the check page would show: the draft's lock version and the price of each item."""
    session = db.session()
    plan = session.get_one(versions.Plan, plan_id)
    rows = versions.titled(session, versions.lines(session, plan))
    region = versions.region(session, plan)
    lines = [versions.line_of(row, title, catalogue, region, clock.today())[0] for row, title in rows]
    seen = {line.item: price(line).total for line in lines}
    lock = plan.lock_version
    db.session.remove()
    return lock, seen


def submit(plan_id: int, by: User, catalogue: Catalogue = CATALOGUE) -> plans.Sent:
    """Send the draft with the prices it has now."""
    lock, seen = seen_prices(plan_id, catalogue)
    return plans.submit(plan_id, lock, seen, catalogue=catalogue, by=by, at=clock.now())


def digest_of(plan_id: int, number: int) -> str:
    """Read the digest of a sent version."""
    digest = db.session.get_one(PlanVersion, (plan_id, number)).digest
    db.session.remove()
    assert digest is not None
    return digest


def approve(town: Town, sent: plans.Sent, amount: int = 30_000, by: int | None = None) -> decisions.Approved:
    """Let Mette (or another) approve what was sent, with an award in kroner."""
    award = decisions.Award(Money.kroner(amount))
    return decisions.approve(
        sent.plan_id,
        sent.number,
        digest_of(sent.plan_id, sent.number),
        award,
        by=user(by or town.mette),
        at=clock.now(),
    )


@dataclass(frozen=True)
class Running:
    """A plan in force, with its item ids by package or title."""

    plan_id: int
    items: dict[str, int]

    def envelope(self, name: str = "") -> int:
        """Find the envelope of an item, or that of the free money."""
        wanted = db.select(Envelope).join(versions.Budget, versions.Budget.id == Envelope.budget_id)
        wanted = wanted.where(versions.Budget.plan_id == self.plan_id)
        if name:
            wanted = wanted.where(Envelope.item_id == self.items[name])
        else:
            wanted = wanted.where(Envelope.kind == "free").order_by(Envelope.id)
        found = db.session.scalars(wanted).first()
        db.session.remove()
        assert found is not None
        return found.id


def run_plan(town: Town, *packages: str, own: tuple[str, ...] = ("Nye gardiner",), **course: object) -> Running:
    """Open, compose, send and approve for Bo: a plan in force with money to use."""
    plan_id = open_course(town, **course)
    bo = user(town.bo)
    items = compose(plan_id, bo, *packages, own=own)
    approve(town, submit(plan_id, bo))
    return Running(plan_id, items)


def buy(envelope: int, kroner: int | str, by: User, **more: object) -> purchases.Recorded:
    """Record a purchase of today."""
    bought = Bought(
        amount=Money.kroner(kroner),
        occurred_on=clock.today(),
        category=Category.HOME,
        paid_with=PaidWith.CARD,
        bought_by=BoughtBy.MYSELF,
        words="",
    )
    at: datetime = clock.now()
    return purchases.record(envelope, bought, by=by, at=at, **more)
