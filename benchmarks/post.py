"""Posting: a purchase as the page records it, against the very same rows written in prepared plain SQL."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from sqlalchemy import create_engine, func, select

from benchmarks import bulk, places, town
from benchmarks.ground import Ground, Size
from benchmarks.replay import Plain, Written, written_since
from benchmarks.rounds import Bar, Result, pairs, throughput
from planner import clock
from planner.domain.ledger import EnvelopeKind
from planner.domain.money import Money
from planner.domain.people import User
from planner.domain.purchase import Bought, BoughtBy, Category, PaidWith
from planner.models.base import db
from planner.models.budget import Budget, Envelope
from planner.models.plan import Plan
from planner.models.purchase import Purchase
from planner.queries import people
from planner.usecases import purchases
from planner.usecases.transaction import Key

ON_SQLITE, ON_POSTGRESQL = Bar(0.15, 0.25, at_least=True), Bar(0.35, 0.45, at_least=True)
_BEFORE = 5
_BODY = "0" * 64


def on_sqlite(ground: Ground) -> Iterator[Result]:
    """Measure on SQLite, on two copies of one file."""
    ours = ground.budgets("post", bought_before)
    plain = places.copy_sqlite(ours, ground.folder / "post-plain.db")
    found = measure(places.sqlite_url(ours), places.sqlite_url(plain), ground.size)
    yield throughput("post_sqlite", found, ON_SQLITE, each=ground.size.repeat)


def on_postgresql(ground: Ground) -> Iterator[Result]:
    """Measure on PostgreSQL, on two copies of one database on one server."""
    source = ground.budgets("post-source", bought_before)
    with places.postgresql() as server:
        ours = server.create("ours")
        move(source, ours)
        found = measure(ours, server.create("plain", template="ours"), ground.size)
        yield throughput("post_postgresql", found, ON_POSTGRESQL, each=ground.size.repeat)


def move(source: Path, url: str) -> None:
    """Move a whole SQLite database to PostgreSQL."""
    file = create_engine(places.sqlite_url(source))
    with places.app_on(url) as app, app.app_context(), file.connect() as old, db.engine.connect() as new:
        places.copy_tables(old, new)
    file.dispose()


def bought_before(purse: bulk.Purse) -> Iterator[tuple[bulk.Pocket, date]]:
    """Let every envelope have seen some purchases when the measuring begins."""
    return ((pocket, town.OPENED.date()) for _ in range(_BEFORE) for pocket in purse.pockets)


def measure(ours: str, plain: str, size: Size) -> list[tuple[float, float]]:
    """Record purchases in one database and write the same rows into the other, round by round."""
    with places.app_on(ours) as app, app.app_context(), clock.at(town.NOW), closing(Plain(plain)) as other:
        buyer = Buyer(size.repeat)

        def write() -> float:
            rows = buyer.written()
            start = perf_counter()
            for row in rows:
                other.write(row)
            return perf_counter() - start

        found = pairs(buyer.record, write, size.rounds)
        with db.engine.connect() as one, other.engine.connect() as two:
            assert places.counts(one) == places.counts(two)
        return found


class Buyer:
    """Records purchases round robin over all budgets, and over the lines of each."""

    def __init__(self, repeat: int) -> None:
        self.repeat = repeat
        self._turns = count()
        self._lines = _lines()
        self._before = _last_purchase()

    def record(self) -> float:
        """Record some purchases as the page does."""
        turns = [self._lines[next(self._turns) % len(self._lines)] for _ in range(self.repeat)]
        asked = [(envelope, by, Key(str(uuid4()), _BODY)) for envelope, by in turns]
        self._before = _last_purchase()
        db.session.remove()
        start = perf_counter()
        for envelope, by, key in asked:
            purchases.record(envelope, BOUGHT, by=by, at=clock.now(), key=key)
        return perf_counter() - start

    def written(self) -> list[Written]:
        """Read what the last round wrote."""
        with db.engine.connect() as connection:
            return written_since(connection, self._before)


BOUGHT = Bought(
    amount=Money.kroner(20),
    occurred_on=clock.local(town.NOW).date(),
    category=Category.NETWORK_AND_FAMILY,
    paid_with=PaidWith.CARD,
    bought_by=BoughtBy.MYSELF,
    words="Kaffe på caféen",
)


def _last_purchase() -> int:
    with db.engine.connect() as connection:
        return connection.scalar(select(func.max(Purchase.id))) or 0


def _lines() -> list[tuple[int, User]]:
    """List every line's envelope with its owner: the first line of every budget, then the second, and so on."""
    found = (
        select(Envelope.id, Plan.citizen_id)
        .join(Budget, Budget.id == Envelope.budget_id)
        .join(Plan, Plan.id == Budget.plan_id)
        .where(Envelope.kind == EnvelopeKind.ITEM)
        .order_by(func.row_number().over(partition_by=Budget.id, order_by=Envelope.id), Budget.id)
    )
    with db.engine.connect() as connection:
        rows = connection.execute(found).all()
    owners = {owner: _user(owner) for owner in sorted({row.citizen_id for row in rows})}
    return [(row.id, owners[row.citizen_id]) for row in rows]


def _user(person_id: int) -> User:
    found = people.user(person_id, None, clock.today())
    assert found is not None
    return found
