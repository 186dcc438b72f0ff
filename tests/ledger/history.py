"""A municipality in which everything has happened that moves money or is written down: what the proofs attack."""

from dataclasses import dataclass, field

from planner import clock
from planner.domain.money import Money
from planner.models.base import db
from planner.models.budget import Entry
from planner.usecases import composing, courses, deliveries, goals, plans, purchases, readings
from planner.usecases.readings import Look
from tests import factories
from tests.factories import Running, Town


@dataclass
class History:
    """Ids of what a test wants to lay its hands on; plain values, because they outlive the database they came from."""

    town: Town
    bo: Running
    lis: Running
    ended: Running
    ids: dict[str, int] = field(default_factory=dict)


def tell() -> History:
    """Let it all happen, through the use cases, on an empty database."""
    town = factories.make_town()
    history = History(town, _full(town), _drawing(town), _over(town))
    _use_money(history)
    _deliver(history)
    _look(town)
    return history


def _full(town: Town) -> Running:
    """Bo: everything on the personal budget; sent back once, sent again, approved, revised and approved again."""
    plan_id = factories.open_course(town)
    bo, mette = factories.user(town.bo), factories.user(town.mette)
    own = ("Nye gardiner", "En cykel", "Svømning")
    items = factories.compose(plan_id, bo, "peer-individuel", "fritid-badminton", "alkohol-faseforloeb", own=own)
    sent = factories.submit(plan_id, bo)
    factories.decisions.send_back(plan_id, sent.number, "Hvad skal cyklen bruges til?", by=mette, at=clock.now())
    plans.insist(plan_id, sent.number, "Til arbejde.", by=bo, at=clock.now())
    factories.approve(town, sent)
    plans.revise(plan_id, by=bo, at=clock.now())
    composing.remove_line(plan_id, items["Svømning"], by=bo, at=clock.now())
    factories.approve(town, factories.submit(plan_id, bo), 31_000, by=town.karen)
    return Running(plan_id, items)


def _drawing(town: Town) -> Running:
    """Lis: services on the service source; the first version was taken back before it was decided."""
    plan_id = factories.open_course(town, citizen=town.lis, template="drawing")
    lis = factories.user(town.lis)
    items = factories.compose(plan_id, lis, "peer-individuel", "mbsr", own=("Malerkursus",))
    sent = factories.submit(plan_id, lis)
    plans.withdraw(plan_id, sent.number, by=lis, at=clock.now())
    plans.revise(plan_id, by=lis, at=clock.now())
    factories.approve(town, factories.submit(plan_id, lis))
    return Running(plan_id, items)


def _over(town: Town) -> Running:
    """A second course of Lis that ended before its time."""
    plan_id = factories.open_course(town, citizen=town.lis, amount=2_000)
    lis = factories.user(town.lis)
    items = factories.compose(plan_id, lis, own=("Vandresko",))
    factories.approve(town, factories.submit(plan_id, lis), 2_000)
    ended = Running(plan_id, items)
    factories.buy(ended.envelope("Vandresko"), 550, lis)
    courses.end_course(plan_id, by=factories.user(town.mette), at=clock.now())
    return ended


def _use_money(history: History) -> None:
    bo, ali, lis = (factories.user(person) for person in (history.town.bo, history.town.ali, history.town.lis))
    at, today, ids = clock.now(), clock.today(), history.ids
    line, free = history.bo.envelope("Nye gardiner"), history.bo.envelope()
    ids["bought"] = factories.buy(line, "249.50", bo).purchase_id
    ids["dearer"] = factories.buy(line, 500, bo, dearer_agreed=True).purchase_id
    ids["last"] = factories.buy(history.bo.envelope("En cykel"), 400, bo, last=True).purchase_id
    ids["free"] = factories.buy(free, 120, ali).purchase_id
    ids["mistake"] = factories.buy(free, 80, bo).purchase_id
    purchases.take_back(ids["mistake"], by=bo, at=at)
    ids["refund"] = purchases.refund(ids["bought"], Money.kroner(50), today, by=bo, at=at).purchase_id
    ids["no_refund"] = purchases.refund(ids["free"], Money.kroner(20), today, by=bo, at=at).purchase_id
    purchases.take_back(ids["no_refund"], by=bo, at=at)
    ids["of_lis"] = factories.buy(history.lis.envelope("Malerkursus"), 100, lis).purchase_id


def _deliver(history: History) -> None:
    mette, at, today = factories.user(history.town.mette), clock.now(), clock.today()
    for name, running in (("delivery", history.bo), ("delivery_of_lis", history.lis)):
        item = running.items["peer-individuel"]
        mistake = deliveries.deliver(item, "1", today, by=mette, at=at)
        deliveries.take_back(mistake, by=mette, at=at)
        history.ids[name] = deliveries.deliver(item, "1", today, by=mette, at=at)
    paid = db.session.scalars(db.select(Entry).where(Entry.delivery_id == history.ids["delivery"])).first()
    db.session.remove()
    assert paid is not None
    bo = factories.user(history.town.bo)
    deliveries.object_to(paid.budget_id, paid.number, "Der kom ingen.", by=bo, at=at)


def _look(town: Town) -> None:
    at = clock.now()
    for reader in (factories.user(town.mette), factories.user(town.karen)):
        for shown in ([town.bo], [town.bo, town.lis], [town.lis]):
            readings.write(Look("caseworker", town.north, "caseworker.plans", "case_work"), shown, by=reader, at=at)


def write_another_goal(person_id: int) -> int:
    """Write one more event into a citizen's chain."""
    return goals.write("Sove om natten", by=factories.user(person_id), at=clock.now())
