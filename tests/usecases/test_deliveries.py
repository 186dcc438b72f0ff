"""What a granted service delivered: recorded once, paid at the approved price, taken back, objected to."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from planner import clock
from planner.domain.delivery import NoSuchPart, PartDelivered
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords
from planner.domain.ledger import AlreadyTakenBack, Balance, BudgetExceeded
from planner.domain.money import ZERO
from planner.domain.package import LineKind
from planner.domain.people import RoleKind
from planner.domain.purchase import InTheFuture
from planner.models.base import db
from planner.models.budget import Budget, Entry, Envelope
from planner.models.purchase import Delivery, Objection
from planner.models.record import Event
from planner.models.rule import FundingRule, FundingSource
from planner.usecases import courses, deliveries, people, plans
from planner.usecases.deliveries import NotDelivered
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories
from tests.days import noon
from tests.factories import Running, Town

if TYPE_CHECKING:
    from flask import Flask

PEER = "peer-individuel"
KEY = Key("0b9f1c2e-3d4a-4b5c-8d6e-7f8091a2b3c4", "a" * 64)


@pytest.fixture
def town(in_app: "Flask") -> Town:
    return factories.make_town()


@pytest.fixture
def plan(town: Town) -> Running:
    return factories.run_plan(town, PEER)


def deliver(town: Town, plan: Running, which: str = "1", by: int | None = None, **more: object) -> int:
    user = factories.user(by or town.mette)
    return deliveries.deliver(plan.items[PEER], which, clock.today(), by=user, at=clock.now(), **more)


def balance(plan: Running, name: str = PEER) -> Balance:
    envelope = plan.envelope(name)
    found = db.session.get_one(Envelope, envelope).balance
    db.session.remove()
    return found


def payment(delivery: int) -> tuple[int, int]:
    entry = db.session.scalars(db.select(Entry).where(Entry.delivery_id == delivery).order_by(Entry.number)).first()
    found = entry.budget_id, entry.number
    db.session.remove()
    return found


def test_a_delivery_is_paid_from_what_is_set_aside_for_it(town: Town, plan: Running) -> None:
    before = balance(plan)

    delivery = deliver(town, plan)

    amount = db.session.get_one(Delivery, delivery).oere
    assert amount > ZERO
    assert balance(plan) == Balance(ZERO, before.committed - amount, amount)


def test_all_parts_together_cost_what_was_approved(town: Town, plan: Running) -> None:
    cost = balance(plan).committed
    with clock.at(noon(clock.today() + timedelta(150))):
        for which in ("1", "2"):
            deliver(town, plan, which)

    assert balance(plan) == Balance(ZERO, ZERO, cost)


def test_a_part_is_paid_once(town: Town, plan: Running) -> None:
    deliver(town, plan)

    with pytest.raises(PartDelivered):
        deliver(town, plan)


def test_the_same_form_sent_again_pays_once(town: Town, plan: Running) -> None:
    deliver(town, plan, key=KEY)
    paid = balance(plan)

    with pytest.raises(AlreadyDone):
        deliver(town, plan, key=KEY)
    assert balance(plan) == paid


def test_a_part_that_has_not_begun_is_not_delivered(town: Town, plan: Running) -> None:
    with pytest.raises(InTheFuture):
        deliver(town, plan, "2")


def test_a_part_that_is_not_there_is_refused(town: Town, plan: Running) -> None:
    with pytest.raises(NoSuchPart):
        deliver(town, plan, "9")


def test_what_the_citizen_buys_is_not_delivered(town: Town, plan: Running) -> None:
    with pytest.raises(NotDelivered):
        deliveries.deliver(
            plan.items["Nye gardiner"], "1", clock.today(), by=factories.user(town.mette), at=clock.now()
        )


def test_help_that_no_budget_pays_for_is_not_recorded(town: Town) -> None:
    plan = factories.run_plan(town, "alkohol-faseforloeb", own=())

    with pytest.raises(NotFound):
        deliveries.deliver(
            plan.items["alkohol-faseforloeb"], "1", clock.today(), by=factories.user(town.mette), at=clock.now()
        )


def test_nothing_is_paid_after_the_course_has_ended(town: Town, plan: Running) -> None:
    courses.end_course(plan.plan_id, by=factories.user(town.mette), at=clock.now())

    with pytest.raises(BudgetExceeded):
        deliver(town, plan)


def test_the_support_person_records_as_well(town: Town, plan: Running) -> None:
    delivery = deliver(town, plan, by=town.ali)

    assert db.session.get_one(Delivery, delivery).recorded_by == town.ali


@pytest.mark.parametrize("who", ["bo", "lis", "karen", "finn", "jens", "asta"])
def test_nobody_else_records_or_takes_back(who: str, town: Town, plan: Running) -> None:
    delivery = deliver(town, plan)

    with pytest.raises(NotFound):
        deliver(town, plan, "1", by=getattr(town, who))
    with pytest.raises(NotFound):
        deliveries.take_back(delivery, by=factories.user(getattr(town, who)), at=clock.now())


def test_a_caseworker_records_nothing_for_themselves(town: Town, plan: Running) -> None:
    role = people.NewRole(kind=RoleKind.CASEWORKER, unit_id=town.north, first_day=clock.today())
    people.give_role(town.bo, role, by=None, at=clock.now())

    with pytest.raises(NotFound):
        deliver(town, plan, by=town.bo)


def test_taking_back_sets_the_money_aside_again(town: Town, plan: Running) -> None:
    before = balance(plan)
    delivery = deliver(town, plan)

    deliveries.take_back(delivery, by=factories.user(town.ali), at=clock.now())

    assert balance(plan) == before
    deliver(town, plan)


def test_nothing_is_taken_back_twice(town: Town, plan: Running) -> None:
    delivery, mette = deliver(town, plan), factories.user(town.mette)
    deliveries.take_back(delivery, by=mette, at=clock.now())

    with pytest.raises(AlreadyTakenBack):
        deliveries.take_back(delivery, by=mette, at=clock.now())


def test_a_delivery_that_is_unknown_is_not_taken_back(town: Town, plan: Running) -> None:
    with pytest.raises(NotFound):
        deliveries.take_back(999, by=factories.user(town.mette), at=clock.now())


def pay_services_from_the_municipality() -> None:
    db.session.remove()
    service = db.select(FundingSource.id).where(FundingSource.code == "service").scalar_subquery()
    with db.session.begin():
        db.session.execute(
            db.update(FundingRule).where(FundingRule.line_kind == LineKind.ALLOCATED_SERVICE).values(source_id=service)
        )
    db.session.remove()


def test_a_service_whose_payer_changed_is_paid_by_the_new_one_and_taken_back_from_the_old(
    town: Town, plan: Running
) -> None:
    old, bo = deliver(town, plan), factories.user(town.bo)
    pay_services_from_the_municipality()
    plans.revise(plan.plan_id, by=bo, at=clock.now())
    factories.approve(town, factories.submit(plan.plan_id, bo))

    deliveries.take_back(old, by=factories.user(town.mette), at=clock.now())
    new = deliver(town, plan)

    assert payment(old)[0] != payment(new)[0]
    personal = db.session.scalars(db.select(Budget.id).order_by(Budget.id)).first()
    assert payment(old)[0] == personal


def test_an_objection_stays_with_the_payment_and_gets_an_answer(town: Town, plan: Running) -> None:
    budget, number = payment(deliver(town, plan))
    objection = deliveries.object_to(
        budget, number, " Vi sås kun én gang. ", by=factories.user(town.bo), at=clock.now()
    )

    deliveries.answer(objection, "Tak. Vi ser på det.", by=factories.user(town.mette), at=clock.now())

    stored = db.session.get_one(Objection, objection)
    assert (stored.budget_id, stored.number, stored.words) == (budget, number, "Vi sås kun én gang.")
    assert (stored.answer, stored.answered_by) == ("Tak. Vi ser på det.", town.mette)
    kinds = db.session.scalars(db.select(Event.kind).order_by(Event.chain_id, Event.seq)).all()
    assert list(kinds[-2:]) == [EventKind.OBJECTION_MADE, EventKind.OBJECTION_ANSWERED]


@pytest.mark.parametrize("who", ["lis", "mette", "ali", "jens"])
def test_only_the_citizen_objects(who: str, town: Town, plan: Running) -> None:
    budget, number = payment(deliver(town, plan))

    with pytest.raises(NotFound):
        deliveries.object_to(budget, number, "Nej", by=factories.user(getattr(town, who)), at=clock.now())


def test_only_payments_can_be_objected_to(town: Town, plan: Running) -> None:
    deliver(town, plan)
    award = db.session.scalars(db.select(Entry).order_by(Entry.number)).first()
    budget, number = award.budget_id, award.number
    db.session.remove()

    with pytest.raises(NotFound):
        deliveries.object_to(budget, number, "Nej", by=factories.user(town.bo), at=clock.now())


@pytest.mark.parametrize("who", ["bo", "finn", "karen", "ali", "asta"])
def test_only_the_units_caseworkers_answer(who: str, town: Town, plan: Running) -> None:
    budget, number = payment(deliver(town, plan))
    objection = deliveries.object_to(budget, number, "Hm", by=factories.user(town.bo), at=clock.now())

    with pytest.raises(NotFound):
        deliveries.answer(objection, "Nå", by=factories.user(getattr(town, who)), at=clock.now())


def test_an_objection_and_an_answer_need_words(town: Town, plan: Running) -> None:
    budget, number = payment(deliver(town, plan))
    bo, mette = factories.user(town.bo), factories.user(town.mette)
    objection = deliveries.object_to(budget, number, "Hm", by=bo, at=clock.now())

    with pytest.raises(NoWords):
        deliveries.object_to(budget, number, " ", by=bo, at=clock.now())
    with pytest.raises(NoWords):
        deliveries.answer(objection, " ", by=mette, at=clock.now())
