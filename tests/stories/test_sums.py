"""Used and set aside and free add up to the amount: for every citizen of the demo, at every moment there was."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from planner.domain.ledger import Balance, EntryKind, Transfer, fold
from planner.domain.money import ZERO, Money
from planner.domain.people import RoleKind
from planner.domain.plan import PlanStatus
from planner.models.base import db
from planner.models.budget import Budget, Entry, Envelope
from planner.models.person import Person, RoleRow
from planner.models.plan import Plan
from planner.models.purchase import Purchase
from planner.models.rule import FundingSource
from planner.queries import plans
from tests.apps import Apps
from tests.databases import Databases
from tests.days import on
from tests.demonstration import seeded
from tests.pages import sign_in
from tests.stories.reading import parts

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def demo(databases: Databases, apps: Apps) -> Iterator["Flask"]:
    """Seed the demo, let everybody read Danish, and open it."""
    url = seeded(databases, apps, "sums")
    app = apps.on(url)
    with on(), app.app_context():
        db.session.execute(db.update(Person).values(language="da"))
        db.session.commit()
        yield app
    apps.close(url)


def histories() -> Iterator[tuple[int, Sequence[Entry]]]:
    """Hand out the entries of each budget, oldest first."""
    rows = db.session.scalars(db.select(Entry).order_by(Entry.budget_id, Entry.number)).all()
    for budget, entries in groupby(rows, key=lambda entry: entry.budget_id):
        yield budget, list(entries)


def test_at_every_moment_of_the_demo_every_oere_is_somewhere_and_none_is_owed(demo: "Flask") -> None:
    moments = 0
    for budget, entries in histories():
        balances: dict[int, Balance] = {}
        granted = ZERO
        for (_, seq), moment in groupby(entries, key=lambda entry: (entry.chain_id, entry.seq)):
            for entry in moment:
                move = Transfer(entry.kind, entry.oere, entry.from_envelope, entry.to_envelope, entry.undoes)
                balances = fold([move], balances)
                granted += _granted(entry)
            whole = sum(balances.values(), Balance())
            moments += 1

            assert whole.paid + whole.committed + whole.available == granted, f"budget {budget}, event {seq}"
            assert all(
                part >= ZERO for each in balances.values() for part in (each.paid, each.committed, each.available)
            )
        stored = {e.id: e.balance for e in db.session.scalars(db.select(Envelope).filter_by(budget_id=budget))}
        assert {key: value for key, value in stored.items() if value != Balance()} == {
            key: value for key, value in balances.items() if value != Balance()
        }
    assert moments > 40


def _granted(entry: Entry) -> Money:
    if entry.kind is EntryKind.AWARD:
        return entry.oere
    return -entry.oere if entry.kind is EntryKind.RETURN else ZERO


def test_every_page_about_a_citizens_money_shows_parts_that_add_up_to_what_the_ledger_has(demo: "Flask") -> None:
    mette, jens = _somebody("Mette"), _somebody("Jens")
    citizens = db.session.scalars(db.select(RoleRow.person_id).filter_by(kind=RoleKind.CITIZEN)).all()
    assert len(citizens) == 12
    for citizen in citizens:
        for plan, budget, counts in _budgets(citizen):
            bought = db.session.scalars(db.select(Purchase.id).filter_by(citizen_id=citizen)).all()
            addresses = [(citizen, f"/me/money/{budget}"), (jens, f"/finance/budgets/{budget}")]
            if counts:
                addresses += [(citizen, "/me/"), (citizen, "/me/money"), (mette, f"/desk/plans/{plan}")]
                addresses += [(citizen, f"/me/purchases/{purchase}") for purchase in bought]
            for person, address in addresses:
                page = sign_in(demo.test_client(), person).get(address)
                shown = parts(page.text)

                assert shown, address
                for place in shown:
                    assert len(place) == 3 or Money.sum(place[:3]) == place[3], address
                # While a change waits, its page shows what would be afterwards.
                if "/desk/" not in address or plans.own(citizen, plan).status is not PlanStatus.SUBMITTED:
                    assert shown[0][:3] == _in_the_ledger(budget), address


def _somebody(called: str) -> int:
    return db.session.scalars(db.select(Person.id).where(Person.called.startswith(called))).one()


def _budgets(citizen: int) -> list[tuple[int, int, bool]]:
    rows = db.session.execute(
        db.select(Budget.plan_id, Budget.id, FundingSource.counts_for_citizen)
        .join(Plan, Plan.id == Budget.plan_id)
        .join(FundingSource, FundingSource.id == Budget.source_id)
        .where(Plan.citizen_id == citizen)
    )
    return [(plan, budget, counts) for plan, budget, counts in rows]


def _in_the_ledger(budget: int) -> list[Money]:
    found = (e.balance for e in db.session.scalars(db.select(Envelope).filter_by(budget_id=budget)))
    whole = sum(found, Balance())
    return [whole.paid, whole.committed, whole.available]
