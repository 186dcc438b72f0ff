"""A town with everything in it that an address can name, and what is needed to look at it from outside."""

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from packages_catalog.shape import dump
from planner import clock
from planner.domain.adjustment import Wanted
from planner.domain.people import RoleKind, TieKind
from planner.domain.period import Period
from planner.domain.phase import Taker
from planner.domain.private_mix import tried
from planner.models.base import db
from planner.models.budget import Entry
from planner.models.person import RoleRow, TieRow
from planner.models.plan import Goal
from planner.usecases import (
    absences,
    calendar_links,
    choices,
    composing,
    decisions,
    deliveries,
    packages,
    people,
    phases,
    price_lists,
    private_mixes,
    proposals,
    purchases,
    trials,
)
from planner.web.public import codes
from tests import factories, prices
from tests.catalogue.local import local_package
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
    things: dict[str, int | str]

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
    things: dict[str, int | str] = {**_money(town, plan), "plan": plan.plan_id, "bo": town.bo}
    keep_a_mix()
    draft = factories.open_course(town, amount=90_000)
    items = factories.compose(draft, factories.user(town.bo), "cti", own=("Bøger",))
    things |= {"draft": draft, "line": items["cti"], "own": items["Bøger"]}
    things |= {"trial": _try(draft, items["cti"], town.bo), "away": _away(town.bo)}
    calendar_links.make(plan.plan_id, named=False, by=factories.user(town.bo), at=clock.now())
    things |= {"wish": _wish(draft, items["cti"], town.bo), "handover": _handover(things["item"], town.bo)}
    things |= {"returned": _returned(town), "asked": _waiting(town, "Cykelhjelm")}
    things |= {"sent": _waiting(town, "Cykel"), "goal": _first_goal(town.bo), "tie": _tie(town)}
    things |= {"ali": town.ali, "finn": town.finn, "role": _role(town.finn), "north": town.north}
    factories.open_course(town, citizen=town.lis)
    things |= _offers(town, others["birgit"])
    named = ("bo", "lis", "mette", "finn", "karen", "jens", "asta", "ali")
    return Place({**{name: getattr(town, name) for name in named}, **others}, things)


def keep_a_mix() -> None:
    """Let somebody without a name have kept a mix; the code is that of the forms."""
    things = [tried(factories.CATALOGUE["mbsr"], clock.today())]
    private_mixes.keep(codes.digest("0000-1111-2222-3333"), things, at=clock.now())


def _try(plan_id: int, item: int, citizen: int) -> int:
    by, now = factories.user(citizen), clock.now()
    trial = trials.make(plan_id, "Mere tid", by=by, at=now)
    composing.move(plan_id, item, 1, catalogue=factories.CATALOGUE, trial=trial, by=by, at=now)
    return trial


def _away(citizen: int) -> int:
    days = Period(clock.today() + timedelta(30), clock.today() + timedelta(37))
    return absences.write(days, by=factories.user(citizen), at=clock.now())


def _wish(plan: int, item: int, citizen: int) -> int:
    wanted = Wanted({"weeks.3": 26}, clock.today(), "Jeg flytter to gange.")
    bo, offers = factories.user(citizen), factories.CATALOGUE
    [made] = choices.choose(plan, item, wanted, catalogue=offers, by=bo, at=clock.now())
    return made


def _handover(item: int, citizen: int) -> int:
    return phases.hand_over(item, 1, Taker.ME, "Ringe til klubben", by=factories.user(citizen), at=clock.now())


def _offers(town: Town, birgit: int) -> dict[str, int | str]:
    """Publish a package of the house, begin another, and let Bo propose a third."""
    editor, now = factories.user(birgit), clock.now()
    packages.publish_many([local_package()], by=editor, at=now)
    packages.publish_many([local_package("gone", "Forbi")], by=editor, at=now)
    packages.withdraw("gone", clock.today(), by=editor, at=now)
    packages.start_draft("kladde", dump(local_package("kladde")), by=editor, at=now)
    asked = proposals.propose("Kor", "Vi synger.", "For dem, der savner stemmer.", by=factories.user(town.bo), at=now)
    read = price_lists.save_mapping("Takster", prices.EXAMPLE.read_text("utf-8"), by=editor, at=now)
    ours = {"local": "havebad", "digest": local_package().digest, "kladde": "kladde", "gone": "gone"}
    return {**ours, "proposal": asked, "list_mapping": read}


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
    birgit = people.add_person("Birgit Vang", by=None, at=now)
    editing = people.NewRole(kind=RoleKind.CATALOGUE_EDITOR, unit_id=town.north, first_day=today - timedelta(9))
    people.give_role(birgit, editing, by=None, at=now)
    rune = people.add_person("Rune Dam", by=None, at=now)
    rikke = people.add_person("Rikke Madsen", by=None, at=now)
    people.make_tie(town.lis, rune, TieKind.SUPPORT_PERSON, by=None, at=now)
    people.make_tie(town.bo, rikke, TieKind.RELATIVE, by=None, at=now)
    return {"jan": jan, "rune": rune, "rikke": rikke, "birgit": birgit}


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
