"""The main job without pages: a course, a mix, a decision, money used; every øre accounted for."""

from typing import TYPE_CHECKING

from planner.domain.ledger import Balance
from planner.domain.money import Money
from planner.models.base import db
from planner.models.budget import Envelope
from planner.usecases import deliveries, purchases
from tests import factories

if TYPE_CHECKING:
    from flask import Flask


def whole(app: "Flask") -> Balance:
    db.session.remove()
    return sum((e.balance for e in db.session.scalars(db.select(Envelope))), Balance())


def test_from_a_mix_to_money_that_adds_up(app: "Flask") -> None:
    with app.app_context():
        town = factories.make_town()
        plan = factories.run_plan(town, "peer-individuel", "fritid-badminton", "alkohol-faseforloeb")
        bo, mette = factories.user(town.bo), factories.user(town.mette)
        assert whole(app).total == Money.kroner(30_000)
        committed = whole(app).committed

        factories.buy(plan.envelope("fritid-badminton"), 300, bo)
        free = factories.buy(plan.envelope(), 100, bo)
        purchases.take_back(free.purchase_id, by=bo, at=factories.clock.now())
        deliveries.deliver(
            plan.items["peer-individuel"], "1", factories.clock.today(), by=mette, at=factories.clock.now()
        )

        assert whole(app).total == Money.kroner(30_000)
        assert whole(app).paid > Money.kroner(300)
        assert whole(app).committed < committed
