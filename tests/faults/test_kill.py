"""The server is killed while people use money: what was answered is there, and sending again does it once.

``KILLS`` and ``KILLED_PURCHASES`` in the environment set the dose, ``SEED`` repeats the moments of a run.
"""

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from uuid import UUID

import pytest
from sqlalchemy import func, select

from planner import clock
from planner.models.base import db
from planner.models.person import Setting
from planner.models.purchase import Purchase
from planner.models.record import Event
from planner.queries import verify
from tests import factories
from tests.databases import Databases
from tests.faults.server import Person, Server
from tests.ledger.copies import Copies

KILLS = int(os.environ.get("KILLS", "10"))
PURCHASES = int(os.environ.get("KILLED_PURCHASES", "200"))
SEED = int(os.environ.get("SEED", "0")) or random.randrange(1, 2**32)
BUYERS = 4


@dataclass(frozen=True)
class Shopping:
    """Who buys, and from which envelope."""

    person: int
    pot: int


def demo() -> Shopping:
    """Make a plan in force on a database that lets people sign in without proof."""
    town = factories.make_town()
    plan = factories.run_plan(town, amount=30_000)
    with db.engine.execution_options(sqlite_write=True).begin() as connection:
        connection.execute(db.insert(Setting).values(key="demo", value="1"))
    return Shopping(town.bo, plan.envelope())


@dataclass
class Round:
    """The purchases of one round: a key and an amount for each, and which of them were answered."""

    amounts: dict[str, int]
    answered: set[str] = field(default_factory=set)

    def open(self) -> list[str]:
        return [key for key in self.amounts if key not in self.answered]


def form(shopping: Shopping, oere: int) -> dict[str, str]:
    return {
        "pot": str(shopping.pot),
        "amount": f"{oere // 100},{oere % 100:02d}",
        "occurred_on": clock.today().isoformat(),
        "words": "Kaffe",
        "paid_with": "card",
        "bought_by": "myself",
    }


def buy_all(server: Server, shopping: Shopping, sending: Round, keys: list[str]) -> None:
    """Send one purchase after another until all are answered or nobody answers any more."""
    person = Person(server.port)
    try:
        person.sign_in(shopping.person)
        for key in keys:
            if person.buy(key, form(shopping, sending.amounts[key])) == 303:
                sending.answered.add(key)
    except (OSError, HTTPException):
        pass
    finally:
        person.go()


def in_parallel(server: Server, shopping: Shopping, sending: Round) -> list[threading.Thread]:
    keys = sending.open()
    buyers = [
        threading.Thread(target=buy_all, args=(server, shopping, sending, keys[turn::BUYERS])) for turn in range(BUYERS)
    ]
    for buyer in buyers:
        buyer.start()
    return buyers


@dataclass
class Shop:
    """A server, its database, and what was bought so far."""

    server: Server
    shopping: Shopping
    copies: Copies
    dice: random.Random
    spent: int = 0

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look into the database, beside the server or after it."""
        with self.copies.apps.on(self.server.database_url).app_context():
            yield
        self.copies.apps.close(self.server.database_url)

    def kill_while_buying(self) -> Round:
        """Send purchases, and kill the server at a moment of chance before all are answered."""
        keys = (str(UUID(int=self.dice.getrandbits(128), version=4)) for _ in range(PURCHASES))
        sending = Round({key: self.dice.randrange(1, 300) for key in keys})
        enough, moment = self.dice.randrange(PURCHASES * 3 // 4), self.dice.uniform(0, 0.03)
        buyers = in_parallel(self.server, self.shopping, sending)
        while len(sending.answered) < enough and any(buyer.is_alive() for buyer in buyers):
            time.sleep(0.001)
        time.sleep(moment)
        self.server.kill()
        for buyer in buyers:
            buyer.join()
        assert len(sending.answered) < PURCHASES, "the server was killed too late"
        return sending

    def send_again(self, sending: Round) -> None:
        """Start the server again and send what was not answered, with the keys it had."""
        self.server.start()
        for buyer in in_parallel(self.server, self.shopping, sending):
            buyer.join()
        self.spent += sum(sending.amounts.values())


@pytest.fixture
def shop(copies: Copies, databases: Databases) -> Iterator[Shop]:
    sys.stdout.write(f"SEED={SEED}\n")
    filled = copies.of(databases, "demo", demo, today=True)
    server = Server(filled.copy("killed"))
    server.start()
    try:
        yield Shop(server, filled.told, copies, random.Random(SEED))
    finally:
        server.kill()


@pytest.mark.slow
def test_no_answered_purchase_is_lost_and_none_happens_twice(shop: Shop) -> None:
    for _ in range(KILLS):
        sending = shop.kill_while_buying()
        with shop.looking():
            assert sending.answered <= set(db.session.scalars(select(Event.key).where(Event.key.in_(sending.amounts))))

        shop.send_again(sending)
        assert sending.open() == []

    shop.server.kill()
    with shop.looking():
        count, total = db.session.execute(select(func.count(), func.sum(Purchase.oere))).one()
        assert (count, total.oere) == (KILLS * PURCHASES, shop.spent)
        keys = db.session.scalars(select(Event.key).where(Event.key.is_not(None))).all()
        assert len(set(keys)) == len(keys) == KILLS * PURCHASES
        db.session.remove()
        assert [fault for check in verify.checks() for fault in check.faults] == []
