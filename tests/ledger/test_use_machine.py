"""Whatever people do with a budget, through the use cases and in whatever order: tables against jars of money."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from planner import clock
from planner.domain.delivery import parts
from planner.domain.errors import DomainError
from planner.domain.ledger import Balance
from planner.domain.money import ZERO, Money
from planner.domain.period import Period
from planner.domain.purchase import Category
from planner.models.base import db
from planner.models.budget import Envelope
from planner.models.plan import PlanLine
from planner.queries import verify
from planner.usecases import composing, courses, decisions, deliveries, plans, purchases
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories
from tests.databases import Databases
from tests.factories import Running, Town
from tests.ledger.copies import Copies, Filled
from tests.ledger.model import Bought, Jars, Returned

SERVICE, THING, OWN = "peer-individuel", "fritid-badminton", "Nye gardiner"
SHARES = st.integers(1, 130) | st.sampled_from([99, 100, 101])
"""How much of what there is, in per cent: all of it, and a little too much, must happen often."""


def part_of(amount: int, share: int) -> int:
    return max(1, amount * share // 100)


@dataclass(frozen=True)
class InForce:
    """Bo's plan as it was approved."""

    town: Town
    plan: Running
    first_part: int


def in_force() -> InForce:
    town = factories.make_town()
    plan = factories.run_plan(town, SERVICE, THING, own=(OWN,))
    line = factories.versions.frozen_line(db.session.get_one(PlanLine, (plan.plan_id, 1, plan.items[SERVICE])))
    return InForce(town, plan, parts(line)[0].amount.oere)


class UseMachine(RuleBasedStateMachine):
    """Every step is a use case with a key, sent again at once; the jars say what must come of it."""

    def __init__(self, filled: Filled) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(filled.opened("machine"))
        self.told: InForce = filled.told
        self.plan = self.told.plan
        self.jar = {name: self.plan.envelope(name) for name in ("", SERVICE, THING, OWN)}
        self.jars = Jars(self.jar[""], {})
        self.jars.approve(3_000_000, self.costs())
        self.bought: list[tuple[Bought, int]] = []
        self.returned: list[tuple[Returned, int]] = []
        self.delivery: tuple[Bought, int] | None = None
        self.over = False
        self.keys = count()

    def teardown(self) -> None:
        try:
            assert [fault for check in verify.checks() for fault in check.faults] == []
        finally:
            self.stack.close()

    @property
    def bo(self) -> factories.User:
        return factories.user(self.told.town.bo)

    def costs(self) -> dict[int, int]:
        """Read what the newest version's lines cost, by envelope."""
        lines = db.session.scalars(db.select(PlanLine).where(PlanLine.plan_id == self.plan.plan_id)).all()
        newest = max(line.number for line in lines)
        cost = {line.item_id: line.cost_oere.oere for line in lines if line.number == newest}
        db.session.remove()
        return {self.jar[name]: cost[item] for name, item in self.plan.items.items()}

    def attempt(self, act: Callable[[Key], object], *, allowed: bool) -> object:
        """Do something once, send it again, and compare with what the jars allow."""
        key = Key(f"key-{next(self.keys)}", "body")
        if not allowed:
            with pytest.raises(DomainError):
                act(key)
            return None
        done = act(key)
        with pytest.raises(AlreadyDone):
            act(key)
        return done

    @precondition(lambda self: not self.over)
    @rule(
        name=st.sampled_from([THING, OWN]),
        share=SHARES,
        all_there_is=st.booleans(),
        agreed=st.booleans(),
        last=st.booleans(),
    )
    def buy(self, name: str, share: int, all_there_is: bool, agreed: bool, last: bool) -> None:
        there_is = self.jars.aside[self.jar[name]] + (self.jars.free if all_there_is else 0)
        amount = part_of(there_is, share)
        bought = self.jars.buy(self.jar[name], amount, agreed=agreed, last=last)
        self._record(bought, self.jar[name], amount, dearer_agreed=agreed, last=last)

    @precondition(lambda self: not self.over)
    @rule(share=SHARES)
    def buy_from_free(self, share: int) -> None:
        amount = part_of(self.jars.free, share)
        self._record(self.jars.buy(self.jar[""], amount), self.jar[""], amount)

    def _record(self, bought: Bought | None, envelope: int, amount: int, **how: bool) -> None:
        price = str(Money(amount))
        done = self.attempt(
            lambda key: factories.buy(envelope, price, self.bo, key=key, **how), allowed=bought is not None
        )
        if bought is not None:
            assert isinstance(done, purchases.Recorded)
            assert done.free.oere == self.jars.free
            self.bought.append((bought, done.purchase_id))

    @precondition(lambda self: self.bought and not self.over)
    @rule(share=SHARES, data=st.data())
    def refund(self, share: int, data: st.DataObject) -> None:
        bought, purchase_id = data.draw(st.sampled_from(self.bought))
        amount = part_of(bought.amount, share)
        refund = self.jars.refund(bought, amount)
        done = self.attempt(
            lambda key: purchases.refund(
                purchase_id, Money(amount), clock.today(), by=self.bo, at=clock.now(), key=key
            ),
            allowed=refund is not None,
        )
        if refund is not None:
            assert isinstance(done, purchases.Recorded)
            self.returned.append((refund, done.purchase_id))

    @precondition(lambda self: self.bought and not self.over)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        bought, purchase_id = data.draw(st.sampled_from(self.bought))
        self.attempt(
            lambda key: purchases.take_back(purchase_id, by=self.bo, at=clock.now(), key=key),
            allowed=self.jars.take_back(bought),
        )

    @precondition(lambda self: self.returned and not self.over)
    @rule(data=st.data())
    def take_refund_back(self, data: st.DataObject) -> None:
        refund, purchase_id = data.draw(st.sampled_from(self.returned))
        self.attempt(
            lambda key: purchases.take_back(purchase_id, by=self.bo, at=clock.now(), key=key),
            allowed=self.jars.take_refund_back(refund),
        )

    @precondition(lambda self: not self.over)
    @rule()
    def deliver(self) -> None:
        mette = factories.user(self.told.town.mette)
        bought = self.jars.buy(self.jar[SERVICE], self.told.first_part) if self.delivery is None else None
        done = self.attempt(
            lambda key: deliveries.deliver(
                self.plan.items[SERVICE], "1", clock.today(), by=mette, at=clock.now(), key=key
            ),
            allowed=bought is not None,
        )
        if bought is not None:
            assert isinstance(done, int)
            self.delivery = (bought, done)

    @precondition(lambda self: self.delivery and not self.over)
    @rule()
    def take_delivery_back(self) -> None:
        assert self.delivery is not None
        (bought, delivery_id), mette = self.delivery, factories.user(self.told.town.mette)
        self.attempt(
            lambda key: deliveries.take_back(delivery_id, by=mette, at=clock.now(), key=key),
            allowed=self.jars.take_back(bought),
        )
        self.delivery = None

    @precondition(lambda self: not self.over)
    @rule(kroner=st.integers(1, 2_000), more=st.integers(0, 500_000))
    def revise(self, kroner: int, more: int) -> None:
        """Another cost for the own line, and another award: as much as is needed, and something on top."""
        costs = {**self.costs(), self.jar[OWN]: kroner * 100}
        needed = self.jars.needed(costs)
        if needed > self.jars.granted:
            return
        award = decisions.Award(Money(needed + more), "Planen er en anden nu.")
        self._send(kroner)
        sent, karen = factories.submit(self.plan.plan_id, self.bo), factories.user(self.told.town.karen)
        digest = factories.digest_of(sent.plan_id, sent.number)
        self.attempt(
            lambda key: decisions.approve(sent.plan_id, sent.number, digest, award, by=karen, at=clock.now(), key=key),
            allowed=True,
        )
        self.jars.approve(award.amount.oere, costs)

    def _send(self, kroner: int) -> None:
        today = clock.today()
        own = composing.OwnLine(
            title=OWN,
            amount=Money.kroner(kroner),
            monthly=False,
            category=Category.HOME,
            period=Period(today, today),
        )
        plans.revise(self.plan.plan_id, by=self.bo, at=clock.now())
        composing.change_own_line(self.plan.plan_id, self.plan.items[OWN], own, by=self.bo, at=clock.now())

    @precondition(lambda self: not self.over and len(self.bought) > 4)
    @rule()
    def end(self) -> None:
        mette = factories.user(self.told.town.mette)
        self.attempt(lambda key: courses.end_course(self.plan.plan_id, by=mette, at=clock.now(), key=key), allowed=True)
        self.jars.end()
        self.over = True

    @precondition(lambda self: self.over)
    @rule(name=st.sampled_from(["", THING, OWN]))
    def buy_after_the_end(self, name: str) -> None:
        self.attempt(lambda key: factories.buy(self.jar[name], 1, self.bo, key=key), allowed=False)

    @invariant()
    def the_envelopes_hold_what_the_jars_hold(self) -> None:
        db.session.remove()
        stand = {row.id: row.balance for row in db.session.scalars(db.select(Envelope)) if row.kind != "reserve"}
        db.session.remove()
        spent, free = self.jars.spent, self.jars.free_jar
        assert stand == {
            free: Balance(Money(self.jars.free), ZERO, Money(spent.get(free, 0))),
            **{
                jar: Balance(ZERO, Money(set_aside), Money(spent.get(jar, 0)))
                for jar, set_aside in self.jars.aside.items()
            },
        }
        assert sum((balance for balance in stand.values()), Balance()).total.oere == self.jars.granted


@pytest.mark.slow
@pytest.mark.only_sqlite
def test_the_tables_hold_what_the_jars_hold(copies: Copies, databases: Databases) -> None:
    filled = copies.of(databases, "in_force", in_force)

    # A failure is told as it was found: making it smaller would take minutes, and the blob repeats it.
    found = settings(max_examples=30, stateful_step_count=20, deadline=None, phases=[Phase.generate])
    run_state_machine_as_test(lambda: UseMachine(filled), settings=found)
