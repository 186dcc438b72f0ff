"""A town with everything in it that an address can name, and what is needed to look at it from outside."""

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from planner import clock
from planner.domain.people import RoleKind, TieKind
from planner.models.base import db
from planner.models.budget import Entry
from planner.models.person import RoleRow, TieRow
from planner.models.plan import Goal
from planner.usecases import decisions, deliveries, people, purchases
from tests import factories
from tests.factories import Running, Town
from tests.forms import token
from tests.pages import sign_in
from tests.visitor import Visitor
from tests.web.access_table import Row

if TYPE_CHECKING:
    from flask import Flask

UNKNOWN = 2_000_000_000
_LOOKS = frozenset({"reading", "reading_of", "chain"})


@dataclass(frozen=True)
class Place:
    """Who is who, and the ids of Bo's things."""

    people: dict[str, int]
    things: dict[str, int]

    def address(self, template: str) -> str:
        """Fill in the ids of Bo's things."""
        return template.format_map(self.things)

    def unknown(self, template: str) -> str:
        """Fill in ids that nothing has."""
        return template.format_map(dict.fromkeys(self.things, UNKNOWN))


@dataclass
class Scene:
    """The product with Bo's things in it, and the people who look."""

    app: "Flask"
    url: str
    place: Place

    def visitor(self, person: str) -> Visitor:
        """Come in as somebody, in a browser of their own."""
        visitor = self.app.test_client()
        if person == "nobody":
            return visitor
        with self.app.app_context():
            return sign_in(visitor, self.place.people[person])

    def ask(self, row: Row, person: str, *, unknown: bool = False) -> TestResponse:
        """Ask as somebody for Bo's things, or for things that are not there."""
        visitor = self.visitor(person)
        address = self.place.unknown(row.address) if unknown else self.place.address(row.address)
        if row.method == "GET":
            return visitor.get(address)
        return visitor.open(address, method=row.method, headers={"X-CSRF-Token": token(visitor)})


def make_place() -> Place:
    """Let Bo have a plan in force with money used, a draft, and a plan that is sent; the app's context is open."""
    town = factories.make_town()
    others = _others(town)
    plan = factories.run_plan(town, "peer-individuel", "trivselskort", own=("Nye gardiner",))
    things = {**_money(town, plan), "plan": plan.plan_id, "bo": town.bo}
    draft = factories.open_course(town, amount=90_000)
    items = factories.compose(draft, factories.user(town.bo), "cti", own=("Bøger",))
    things |= {"draft": draft, "line": items["cti"], "own": items["Bøger"]}
    things |= {"returned": _returned(town), "asked": _waiting(town, "Cykelhjelm")}
    things |= {"sent": _waiting(town, "Cykel"), "goal": _first_goal(town.bo), "tie": _tie(town)}
    things |= {"ali": town.ali, "finn": town.finn, "role": _role(town.finn), "north": town.north}
    factories.open_course(town, citizen=town.lis)
    named = ("bo", "lis", "mette", "finn", "karen", "jens", "asta", "ali")
    return Place({**{name: getattr(town, name) for name in named}, **others}, things)


def _returned(town: Town) -> int:
    returned = _waiting(town, "Lamper")
    decisions.send_back(returned, 1, "Hvor mange?", by=factories.user(town.mette), at=clock.now())
    return returned


def _waiting(town: Town, title: str) -> int:
    plan = factories.open_course(town)
    factories.compose(plan, factories.user(town.bo), own=(title,))
    factories.submit(plan, factories.user(town.bo))
    return plan


def _others(town: Town) -> dict[str, int]:
    now, today = clock.now(), clock.today()
    jan = people.add_person("Jan Vig", by=None, at=now)
    role = people.NewRole(kind=RoleKind.FINANCE, unit_id=town.south, first_day=today - timedelta(9))
    people.give_role(jan, role, by=None, at=now)
    rune = people.add_person("Rune Dam", by=None, at=now)
    rikke = people.add_person("Rikke Madsen", by=None, at=now)
    people.make_tie(town.lis, rune, TieKind.SUPPORT_PERSON, by=None, at=now)
    people.make_tie(town.bo, rikke, TieKind.RELATIVE, by=None, at=now)
    return {"jan": jan, "rune": rune, "rikke": rikke}


def _money(town: Town, plan: Running) -> dict[str, int]:
    bo, mette, now, today = factories.user(town.bo), factories.user(town.mette), clock.now(), clock.today()
    item = plan.items["peer-individuel"]
    delivery = deliveries.deliver(item, "1", today, by=mette, at=now)
    paid = db.session.scalars(db.select(Entry).where(Entry.delivery_id == delivery).order_by(Entry.number)).one()
    budget, entry = paid.budget_id, paid.number
    db.session.remove()
    objection = deliveries.object_to(budget, entry, "Vi mødtes kun en gang.", by=bo, at=now)
    bought = factories.buy(plan.envelope("Nye gardiner"), 200, bo)
    purchases.refund(bought.purchase_id, factories.Money.kroner(50), today, by=bo, at=now)
    other = factories.buy(plan.envelope(), 100, bo)
    return {
        "item": item,
        "due": plan.items["trivselskort"],
        "free": plan.envelope(),
        "delivery": delivery,
        "budget": budget,
        "entry": entry,
        "objection": objection,
        "purchase": other.purchase_id,
    }


def _first_goal(citizen: int) -> int:
    found = db.session.scalars(db.select(Goal.id).filter_by(citizen_id=citizen)).first()
    db.session.remove()
    assert found is not None
    return found


def _tie(town: Town) -> int:
    mine = db.select(TieRow.id).filter_by(citizen_id=town.bo, person_id=town.ali)
    found = db.session.scalars(mine).first()
    db.session.remove()
    assert found is not None
    return found


def _role(person: int) -> int:
    found = db.session.scalars(db.select(RoleRow.id).filter_by(person_id=person)).one()
    db.session.remove()
    return found


def contents(url: str, *, but: frozenset[str] = _LOOKS) -> dict[str, str]:
    """Digest every row of every table, except those in which looks are written down."""
    connection = sqlite3.connect(Path(url.removeprefix("sqlite:///")))
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        name: hashlib.sha256("\n".join(sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))).encode())
        for name in tables
        if name not in but
    }
    connection.close()
    return {name: digest.hexdigest() for name, digest in found.items()}


def looked_at(url: str) -> list[tuple[str, int]]:
    """List (page, citizen) of every reading, oldest first."""
    connection = sqlite3.connect(Path(url.removeprefix("sqlite:///")))
    found = connection.execute(
        "SELECT reading.page, reading_of.citizen_id FROM reading JOIN reading_of USING (chain_id, seq) "
        "ORDER BY reading_of.rowid"
    ).fetchall()
    connection.close()
    return found
