"""Balances and sums: kept by budget, and adding up at every moment there ever was."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from planner.domain.ledger import Balance, Transfer, fold
from planner.domain.money import ZERO, Money
from planner.models.base import db
from planner.models.budget import Budget, Entry, Envelope, MonthSum
from planner.models.plan import Decision
from tests import factories
from tests.databases import Databases
from tests.ledger.copies import Copies
from tests.ledger.history import History, tell


@pytest.fixture
def history(copies: Copies, databases: Databases) -> Iterator[History]:
    filled = copies.of(databases, "history", tell)
    with filled.opened("sums"):
        yield filled.told


def sums_by_budget() -> dict[int, dict[tuple[object, ...], tuple[Money, Money, Money]]]:
    db.session.remove()
    found: dict[int, dict[tuple[object, ...], tuple[Money, Money, Money]]] = defaultdict(dict)
    for row, budget in db.session.execute(
        select(MonthSum, Envelope.budget_id).join(Envelope, Envelope.id == MonthSum.envelope_id)
    ):
        cell = (row.envelope_id, row.month, row.account_string, row.unit_id)
        found[budget][cell] = (row.awarded, row.committed, row.paid)
    return found


def test_two_budgets_with_the_same_month_account_and_unit_have_rows_of_their_own(history: History) -> None:
    by_budget = sums_by_budget()
    shared = Counter(cell[1:] for cells in by_budget.values() for cell in {cell[1:]: cell for cell in cells}.values())

    assert max(shared.values()) > 1
    assert len({cell for cells in by_budget.values() for cell in cells}) == sum(map(len, by_budget.values()))


def test_a_purchase_touches_the_sums_of_its_own_budget_only(history: History) -> None:
    before = sums_by_budget()

    recorded = factories.buy(history.bo.envelope(), 10, factories.user(history.town.bo))

    after = sums_by_budget()
    assert [budget for budget in after if after[budget] != before[budget]] == [recorded.budget_id]


def test_used_and_set_aside_and_free_add_up_to_the_amount_after_every_event(history: History) -> None:
    """The amount is what was awarded and not given back; at the end of a course, what was used."""
    for budget in db.session.scalars(select(Budget)).all():
        entries = db.session.scalars(select(Entry).where(Entry.budget_id == budget.id).order_by(Entry.number)).all()
        events = [(entry.chain_id, entry.seq) for entry in entries]
        moments = [n for n, place in enumerate(events, 1) if events[n : n + 1] != [place]]
        for moment in moments:
            passed = entries[:moment]
            transfers = [Transfer(e.kind, e.oere, e.from_envelope, e.to_envelope) for e in passed]
            whole = sum(fold(transfers).values(), Balance())
            given = Money.sum(e.oere for e in passed if e.kind == "award")
            assert whole.total == given - Money.sum(e.oere for e in passed if e.kind == "return")
            assert whole.sound


def test_a_running_budget_holds_what_was_decided_last(history: History) -> None:
    for plan in (history.bo, history.lis):
        awards = select(Decision.award_oere).where(Decision.plan_id == plan.plan_id).order_by(Decision.number.desc())
        own = select(Envelope).join(Budget, Budget.id == Envelope.budget_id)
        own = own.where(
            Budget.plan_id == plan.plan_id, Budget.source_id == factories.versions.personal_source(db.session())
        )

        assert sum((e.balance for e in db.session.scalars(own)), Balance()).total == db.session.scalar(awards)


def test_an_ended_budget_holds_what_was_used(history: History) -> None:
    own = select(Envelope).join(Budget, Budget.id == Envelope.budget_id).where(Budget.plan_id == history.ended.plan_id)

    whole = sum((e.balance for e in db.session.scalars(own)), Balance())

    assert whole == Balance(ZERO, ZERO, Money.kroner(550))
