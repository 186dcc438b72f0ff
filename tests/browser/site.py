"""The running demo as browsers see it: its address, its people, and where their things are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.models.base import db
from planner.models.budget import Budget, Entry
from planner.models.composing import Wish
from planner.models.person import Person, TieRow
from planner.models.plan import Goal, Plan, PlanItem
from planner.models.purchase import Delivery, Objection, Purchase
from planner.models.rule import FundingSource

if TYPE_CHECKING:
    from flask import Flask

LANGUAGES = ("da", "en")


@dataclass(frozen=True)
class Site:
    """A served demo; things are found by whose they are."""

    base: str
    app: "Flask"
    language: str = "da"

    def person(self, called: str) -> int:
        """Find a person by the first of their names."""
        return self._one(db.select(Person.id).where(Person.called.startswith(called)))

    def address(self, template: str, called: str) -> str:
        """Fill an address in with somebody's things."""
        return template.format_map(_Things(self, called))

    def thing(self, kind: str, called: str) -> int:
        """Find the first thing of a kind that is somebody's."""
        mine = self.person(called)
        wanted = {
            "citizen": db.select(Person.id).where(Person.id == mine),
            "plan": db.select(Plan.id).where(Plan.citizen_id == mine),
            "item": db.select(PlanItem.id).join(Plan).where(Plan.citizen_id == mine, PlanItem.package_id.is_not(None)),
            "own": db.select(PlanItem.id).join(Plan).where(Plan.citizen_id == mine, PlanItem.package_id.is_(None)),
            "budget": db.select(Budget.id)
            .join(Plan)
            .join(FundingSource, FundingSource.id == Budget.source_id)
            .where(Plan.citizen_id == mine, FundingSource.counts_for_citizen),
            "service_budget": db.select(Budget.id)
            .join(Plan)
            .join(FundingSource, FundingSource.id == Budget.source_id)
            .where(Plan.citizen_id == mine, FundingSource.counts_for_citizen.is_(False)),
            "entry": db.select(Entry.number)
            .join(Budget, Budget.id == Entry.budget_id)
            .join(Plan)
            .where(Plan.citizen_id == mine, Entry.delivery_id.is_not(None))
            .order_by(Entry.number),
            "purchase": db.select(Purchase.id).where(Purchase.citizen_id == mine).order_by(Purchase.id),
            "goal": db.select(Goal.id).where(Goal.citizen_id == mine).order_by(Goal.id),
            "tie": db.select(TieRow.id).where(TieRow.citizen_id == mine, TieRow.kind == "support_person"),
            "wish": db.select(Wish.id)
            .join(PlanItem, PlanItem.id == Wish.item_id)
            .join(Plan)
            .where(Plan.citizen_id == mine),
            "delivery": db.select(Delivery.id).order_by(Delivery.id),
            "objection": db.select(Objection.id).order_by(Objection.id),
        }[kind]
        return self._one(wanted)

    def _one(self, wanted: "db.Select[tuple[int]]") -> int:
        with self.app.app_context():
            found = db.session.scalars(wanted).first()
            db.session.remove()
        assert found is not None, wanted
        return found


class _Things(dict[str, int]):
    def __init__(self, site: Site, called: str) -> None:
        super().__init__()
        self.site, self.called = site, called

    def __missing__(self, kind: str) -> int:
        whose, _, what = kind.rpartition("_of_")
        return self.site.thing(whose or kind, what if whose else self.called)
