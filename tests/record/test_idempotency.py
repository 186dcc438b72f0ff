"""The same request has one effect, whoever sends it however often; a key is one person's and one body's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from planner import clock
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind
from planner.domain.ledger import BudgetExceeded
from planner.domain.people import User
from planner.models.base import db
from planner.models.budget import Entry
from planner.models.record import Event
from planner.usecases import deliveries, goals, plans, purchases
from planner.usecases.transaction import AlreadyDone, Key, KeyReused
from tests import factories
from tests.days import MONDAY, on
from tests.ledger.history import History

KEY = Key("7c1c8b1e-55cf-4a36-8a3f-1d6d0a2f9b11", "what was sent")


def events() -> int:
    db.session.remove()
    return db.session.scalars(select(func.count()).select_from(Event)).one()


def buy(history: History) -> Callable[[User, Key], object]:
    free = history.bo.envelope()
    return lambda by, key: factories.buy(free, 10, by, key=key)


def take_back(history: History) -> Callable[[User, Key], object]:
    which = history.ids["free"]
    return lambda by, key: purchases.take_back(which, by=by, at=clock.now(), key=key)


def write_goal(history: History) -> Callable[[User, Key], object]:
    return lambda by, key: goals.write("Sove om natten", by=by, at=clock.now(), key=key)


def object_to(history: History) -> Callable[[User, Key], object]:
    payments = select(Entry.budget_id, Entry.number).where(
        Entry.purchase_id == history.ids["free"], Entry.kind == "pay"
    )
    budget, number = db.session.execute(payments).one()
    return lambda by, key: deliveries.object_to(budget, number, "Nej.", by=by, at=clock.now(), key=key)


def revise(history: History) -> Callable[[User, Key], object]:
    return lambda by, key: plans.revise(history.bo.plan_id, by=by, at=clock.now(), key=key)


ACTS = (buy, take_back, write_goal, object_to, revise)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_same_again_is_answered_with_when_it_was_done(act: Callable[..., object], history: History) -> None:
    bo, carry_out = factories.user(history.town.bo), act(history)
    before = events()
    carry_out(bo, KEY)
    first = clock.now()

    with on(MONDAY + timedelta(days=1)), pytest.raises(AlreadyDone) as answer:
        carry_out(bo, KEY)

    assert answer.value.at == first
    assert events() == before + 1


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_another_body_with_the_same_key_is_refused(act: Callable[..., object], history: History) -> None:
    bo, carry_out = factories.user(history.town.bo), act(history)
    carry_out(bo, KEY)
    before = events()

    with pytest.raises(KeyReused):
        carry_out(bo, Key(KEY.text, "something else"))

    assert events() == before


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_another_person_learns_nothing_from_a_key(act: Callable[..., object], history: History) -> None:
    carry_out = act(history)
    carry_out(factories.user(history.town.bo), KEY)
    before = events()

    for who in (history.town.lis, history.town.ali, history.town.mette):
        for body in (KEY.body, "something else"):
            with pytest.raises(DomainError) as refused:
                carry_out(factories.user(who), Key(KEY.text, body))
            assert type(refused.value) is NotFound

    assert events() == before


def test_the_answer_tells_what_was_done(history: History) -> None:
    bo, free = factories.user(history.town.bo), history.bo.envelope()
    done = factories.buy(free, 10, bo, key=KEY)

    with pytest.raises(AlreadyDone) as answer:
        factories.buy(free, 10, bo, key=KEY)

    assert answer.value.kind is EventKind.PURCHASE_RECORDED
    assert answer.value.facts == {
        "purchase": done.purchase_id,
        "budget": done.budget_id,
        "envelope": free,
        "oere": 1_000,
    }


def test_a_refused_request_does_not_use_up_its_key(history: History) -> None:
    bo, free = factories.user(history.town.bo), history.bo.envelope()
    with pytest.raises(BudgetExceeded):
        factories.buy(free, 99_999, bo, key=KEY)

    assert factories.buy(free, 10, bo, key=KEY).purchase_id


def test_what_is_sent_with_another_key_is_another_purchase(history: History) -> None:
    bo, free = factories.user(history.town.bo), history.bo.envelope()
    before = events()

    for key in (KEY, Key("another-key", KEY.body), None):
        factories.buy(free, 10, bo, key=key)

    assert events() == before + 3
