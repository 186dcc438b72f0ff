"""What the processes of a race do; each function is told when to start and says how each try went."""

import threading
from collections.abc import Callable

from flask import current_app

from planner import clock
from planner.domain.money import Money
from planner.usecases import decisions, deliveries, goals, plans, purchases, readings
from planner.usecases.readings import Look
from planner.usecases.transaction import Key
from tests import factories
from tests.days import on
from tests.faults.crew import Start, outcome


def buy(start: Start, person: int, envelope: int, oere: int, times: int) -> list[str]:
    """Buy the same again and again, from the free money too when a line does not reach."""
    by, price = factories.user(person), str(Money(oere))
    start()
    return [outcome(lambda: factories.buy(envelope, price, by, dearer_agreed=True)) for _ in range(times)]


def buy_with_one_key(start: Start, person: int, envelope: int, oere: int, threads: int) -> list[str]:
    """Send the very same request from many threads at once."""
    by, price, key = factories.user(person), str(Money(oere)), Key("one-and-the-same-key", "body")
    app, said = current_app._get_current_object(), []
    gate = threading.Barrier(threads + 1)

    def send() -> None:
        with app.app_context(), on():
            gate.wait()
            said.append(outcome(lambda: factories.buy(envelope, price, by, key=key)))

    crowd = [threading.Thread(target=send) for _ in range(threads)]
    for thread in crowd:
        thread.start()
    start()
    gate.wait()
    for thread in crowd:
        thread.join()
    return said


def approve(start: Start, person: int, sent: list[tuple[plans.Sent, str]]) -> list[str]:
    """Approve one plan after another, each at a signal."""
    by, award = factories.user(person), decisions.Award(Money.kroner(30_000))

    def decide(plan: plans.Sent, digest: str) -> object:
        return decisions.approve(plan.plan_id, plan.number, digest, award, by=by, at=clock.now())

    return _each(start, [lambda plan=plan, digest=digest: decide(plan, digest) for plan, digest in sent])


def withdraw(start: Start, person: int, sent: list[tuple[plans.Sent, str]]) -> list[str]:
    """Take one plan after another back, each at a signal."""
    by = factories.user(person)
    return _each(
        start,
        [lambda plan=plan: plans.withdraw(plan.plan_id, plan.number, by=by, at=clock.now()) for plan, _ in sent],
    )


def take_back(start: Start, person: int, bought: list[int]) -> list[str]:
    """Take one purchase after another back, each at a signal."""
    by = factories.user(person)
    return _each(start, [lambda which=which: purchases.take_back(which, by=by, at=clock.now()) for which in bought])


def refund(start: Start, person: int, bought: list[int], oere: int) -> list[str]:
    """Get the money for one purchase after another back, each at a signal."""
    by, amount = factories.user(person), Money(oere)
    return _each(
        start,
        [lambda which=which: purchases.refund(which, amount, clock.today(), by=by, at=clock.now()) for which in bought],
    )


def deliver(start: Start, person: int, items: list[int]) -> list[str]:
    """Record the first part of one service after another, each at a signal."""
    by = factories.user(person)
    return _each(
        start,
        [lambda item=item: deliveries.deliver(item, "1", clock.today(), by=by, at=clock.now()) for item in items],
    )


def look(start: Start, readers: list[int], unit: int, citizen: int) -> list[str]:
    """Look at a citizen's page as one reader after another."""
    about = Look("caseworker", unit, "caseworker.plans", "case_work")
    users = [factories.user(reader) for reader in readers]
    return _each(start, [lambda by=by: readings.write(about, [citizen], by=by, at=clock.now()) for by in users])


def write_goals(start: Start, citizens: list[int]) -> list[str]:
    """Write the first goal of one citizen after another."""
    users = [factories.user(citizen) for citizen in citizens]
    return _each(start, [lambda by=by: goals.write("Sove om natten", by=by, at=clock.now()) for by in users])


def _each(start: Start, acts: list[Callable[[], object]]) -> list[str]:
    said = []
    for act in acts:
        start()
        said.append(outcome(act))
    return said
