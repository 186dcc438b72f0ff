"""Every statement of every use case that moves money fails once: what is there is what was there, never half of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from planner import clock
from planner.domain.money import Money
from planner.models import Base
from planner.models.base import db
from planner.models.record import Event
from planner.queries import verify
from planner.usecases import composing, courses, decisions, deliveries, plans, purchases
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories
from tests.ledger.copies import Filled
from tests.ledger.history import History

KEY = Key("3f0a0c62-7a44-4a0e-9d3c-0d5b6a4c1e11", "body")
Act = Callable[[], object]


class PowerCut(Exception):
    """What a statement meets in these tests."""


@dataclass(eq=False)
class Cut:
    """Cuts the power at the n-th statement from now on; 0 never."""

    at: int = 0
    seen: int = 0

    def arm(self, at: int) -> None:
        self.at, self.seen = at, 0

    def __call__(self, *_: Any) -> None:
        self.seen += 1
        if self.seen == self.at:
            raise PowerCut(self.at)


@contextmanager
def cutting(moment: str) -> Iterator[Cut]:
    cut = Cut()
    event.listen(db.engine, moment, cut)
    try:
        yield cut
    finally:
        event.remove(db.engine, moment, cut)


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Read everything there is."""
    with db.engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))), key=str)
            for name in Base.metadata.tables
        }


def sizes(dumped: dict[str, list[Any]]) -> dict[str, int]:
    return {name: len(rows) for name, rows in dumped.items()}


def from_line(history: History) -> Act:
    envelope, bo = history.bo.envelope("fritid-badminton"), factories.user(history.town.bo)
    return lambda: factories.buy(envelope, 100, bo, key=KEY)


def dearer(history: History) -> Act:
    envelope, bo = history.bo.envelope("fritid-badminton"), factories.user(history.town.bo)
    return lambda: factories.buy(envelope, 5_000, bo, dearer_agreed=True, key=KEY)


def last(history: History) -> Act:
    envelope, bo = history.bo.envelope("fritid-badminton"), factories.user(history.town.bo)
    return lambda: factories.buy(envelope, 100, bo, last=True, key=KEY)


def from_free(history: History) -> Act:
    envelope, bo = history.bo.envelope(), factories.user(history.town.bo)
    return lambda: factories.buy(envelope, 100, bo, key=KEY)


def refund(history: History) -> Act:
    bo, of = factories.user(history.town.bo), history.ids["dearer"]
    return lambda: purchases.refund(of, Money.kroner(70), clock.today(), by=bo, at=clock.now(), key=KEY)


def take_back_dearer(history: History) -> Act:
    bo, of = factories.user(history.town.bo), history.ids["dearer"]
    return lambda: purchases.take_back(of, by=bo, at=clock.now(), key=KEY)


def take_back_last(history: History) -> Act:
    bo, of = factories.user(history.town.bo), history.ids["last"]
    return lambda: purchases.take_back(of, by=bo, at=clock.now(), key=KEY)


def take_back_refund(history: History) -> Act:
    bo, of = factories.user(history.town.bo), history.ids["refund"]
    return lambda: purchases.take_back(of, by=bo, at=clock.now(), key=KEY)


def take_delivery_back(history: History) -> Act:
    mette, of = factories.user(history.town.mette), history.ids["delivery"]
    return lambda: deliveries.take_back(of, by=mette, at=clock.now(), key=KEY)


def deliver(history: History) -> Act:
    mette, item = factories.user(history.town.mette), history.bo.items["peer-individuel"]
    deliveries.take_back(history.ids["delivery"], by=mette, at=clock.now())
    return lambda: deliveries.deliver(item, "1", clock.today(), by=mette, at=clock.now(), key=KEY)


def submit(history: History) -> Act:
    plan_id, bo = factories.open_course(history.town), factories.user(history.town.bo)
    factories.compose(plan_id, bo, "peer-individuel", "fritid-badminton", own=("En stol", "Et bord"))
    lock, seen = factories.seen_prices(plan_id)
    return lambda: plans.submit(plan_id, lock, seen, catalogue=factories.CATALOGUE, by=bo, at=clock.now(), key=KEY)


def _approving(history: History, sent: plans.Sent, kroner: int) -> Act:
    karen, award = factories.user(history.town.karen), decisions.Award(Money.kroner(kroner))
    digest = factories.digest_of(sent.plan_id, sent.number)
    return lambda: decisions.approve(sent.plan_id, sent.number, digest, award, by=karen, at=clock.now(), key=KEY)


def approve_first(history: History) -> Act:
    plan_id, bo = factories.open_course(history.town), factories.user(history.town.bo)
    factories.compose(plan_id, bo, "peer-individuel", "fritid-badminton", own=("En stol", "Et bord"))
    return _approving(history, factories.submit(plan_id, bo), 30_000)


def approve_two_sources(history: History) -> Act:
    plan_id, bo = factories.open_course(history.town, template="drawing"), factories.user(history.town.bo)
    factories.compose(plan_id, bo, "peer-individuel", "individuel-82b", "mbsr", own=("En stol",))
    return _approving(history, factories.submit(plan_id, bo), 30_000)


def approve_revision(history: History) -> Act:
    plan_id, bo = history.bo.plan_id, factories.user(history.town.bo)
    plans.revise(plan_id, by=bo, at=clock.now())
    composing.remove_line(plan_id, history.bo.items["fritid-badminton"], by=bo, at=clock.now())
    factories.compose(plan_id, bo, "mbsr", own=("Et bord",))
    return _approving(history, factories.submit(plan_id, bo), 32_000)


def end_course(history: History) -> Act:
    mette = factories.user(history.town.mette)
    return lambda: courses.end_course(history.bo.plan_id, by=mette, at=clock.now(), key=KEY)


CASES = (
    from_line,
    dearer,
    last,
    from_free,
    refund,
    take_back_dearer,
    take_back_last,
    take_back_refund,
    deliver,
    take_delivery_back,
    submit,
    approve_first,
    approve_two_sources,
    approve_revision,
    end_course,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_statement_that_fails_leaves_nothing_behind(case: Callable[[History], Act], filled: Filled) -> None:
    with filled.opened(), cutting("before_cursor_execute") as cut:
        act = case(filled.told)
        before = dump()

        statements = _fail_each(act, cut, before)
        cut.arm(0)

        assert statements > 5
        _happened_once(act, before)


def _fail_each(act: Act, cut: Cut, before: dict[str, list[tuple[Any, ...]]]) -> int:
    """Fail the first statement, then the second, and so on until it goes through; count how many there were."""
    for number in range(1, 200):
        cut.arm(number)
        try:
            act()
        except PowerCut:
            cut.arm(0)
            assert dump() == before, f"statement {number} left something behind"
        else:
            return number - 1
    raise AssertionError("it never went through")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_commit_that_fails_leaves_nothing_behind(case: Callable[[History], Act], filled: Filled) -> None:
    with filled.opened(), cutting("commit") as cut:
        act = case(filled.told)
        before = dump()

        cut.arm(1)
        with pytest.raises(PowerCut):
            act()
        cut.arm(0)

        assert dump() == before
        act()
        _happened_once(act, before)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_an_answer_lost_after_the_commit_is_found_by_its_key(
    case: Callable[[History], Act], filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled.opened():
        act = case(filled.told)
        before = dump()
        with monkeypatch.context() as patched:
            patched.setattr(db.engine.dialect, "do_commit", _commit_and_die)
            with pytest.raises(PowerCut):
                act()

        _happened_once(act, before)


def _commit_and_die(connection: Any) -> None:
    connection.commit()
    raise PowerCut


def _happened_once(act: Act, before: dict[str, list[tuple[Any, ...]]]) -> None:
    """Expect the effect of one, however often it is sent again with its key."""
    after = dump()
    assert after != before
    for _ in range(2):
        with pytest.raises(AlreadyDone):
            act()
    assert dump() == after
    assert sizes(after)["event"] == sizes(before)["event"] + 1
    assert db.session.scalar(select(func.count()).select_from(Event).where(Event.key == KEY.text)) == 1
    db.session.remove()
    assert [fault for check in verify.checks() for fault in check.faults] == []
