"""Mixes without a name: kept for thirty days under a private code, opened with it, forgotten, or claimed by a citizen.

They leave no event: the record is about people and the house, and a mix belongs to nobody until it is claimed. All of
these are told the digest of a code, never the code. What is over is removed whenever a mix is kept, opened or claimed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain import private_mix
from planner.domain.errors import DomainError
from planner.domain.event import EventKind
from planner.domain.money import ZERO
from planner.domain.package import LineKind, Package
from planner.domain.people import User
from planner.domain.private_mix import DAYS_KEPT, Thing
from planner.domain.purchase import Category
from planner.models.composing import PrivateMix
from planner.models.plan import Goal, Plan, PlanItem, PlanLine
from planner.usecases import sheets, versions
from planner.usecases.sheets import Sheet
from planner.usecases.transaction import Key, transaction

_mix: Table = PrivateMix.__table__  # type: ignore[assignment]  # declarative classes type it wider

_OVER = delete(_mix).where(_mix.c.last_day < bindparam("today", type_=_mix.c.last_day.type))
_FIND = select(_mix.c.content, _mix.c.last_day).where(_mix.c.code_digest == bindparam("digest")).with_for_update()
_FORGET = delete(_mix).where(_mix.c.code_digest == bindparam("digest"))


def _keeping(dialect: Any) -> Any:  # noqa: ANN401 - the two dialects share no base class for this
    new = dialect.insert(_mix)
    said = {"content": new.excluded.content, "last_day": new.excluded.last_day}
    return new.on_conflict_do_update(index_elements=["code_digest"], set_=said)


_KEEP = {"sqlite": _keeping(sqlite), "postgresql": _keeping(postgresql)}


class CodeUnknown(DomainError):
    """Nothing is kept under the code: it is wrong, its days are over, or somebody guessed. All look the same."""

    code = "code_unknown"


class NothingToTry(DomainError):
    """There is nothing in the mix that could be kept."""

    code = "nothing_to_try"


class NothingToClaim(DomainError):
    """Nothing of the mix was chosen that can be put into the plan."""

    code = "nothing_to_claim"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, and the last day on which it can be opened."""

    things: tuple[Thing, ...]
    last_day: date


@dataclass(frozen=True, slots=True)
class Claimed:
    """What came of a mix: the new items, and what could not be put into the plan though it was chosen."""

    plan_id: int
    items: tuple[int, ...]
    already: tuple[Thing, ...]
    gone: tuple[Thing, ...]


def keep(digest: str, things: Sequence[Thing], *, at: datetime) -> Kept:
    """Keep a mix for thirty days under the digest of its code; the same code again keeps it anew.

    Raises ``NothingToTry``.
    """
    if not things:
        raise NothingToTry
    with transaction() as session:
        _remove_over(session, at)
        return _write(session, digest, things, at)


def keep_again(digest: str, things: Sequence[Thing], *, at: datetime) -> Kept:
    """Keep a mix that was opened as it is now, for another thirty days. Raises ``NothingToTry`` and ``CodeUnknown``."""
    if not things:
        raise NothingToTry
    with transaction() as session:
        _remove_over(session, at)
        found = _read(session, digest)
        kept = _write(session, digest, things, at) if found else None
    return _known(kept)


def open_kept(digest: str, *, at: datetime) -> Kept:
    """Open what is kept under a code. Raises ``CodeUnknown``."""
    with transaction() as session:
        _remove_over(session, at)
        found = _read(session, digest)
    return _known(found)


def forget(digest: str, *, at: datetime) -> None:
    """Forget what is kept under a code, before its days are over. Raises ``CodeUnknown``."""
    with transaction() as session:
        _remove_over(session, at)
        found = _read(session, digest)
        session.connection().execute(_FORGET, {"digest": digest})
    _known(found)


def claim(
    digest: str,
    plan_id: int,
    chosen: Collection[int],
    *,
    catalogue: Catalogue,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> Claimed:
    """Put the chosen things of a mix (by their number in it) into the citizen's own draft, and forget the mix.

    Help behind an open door is never put into a plan, whatever was chosen. Raises ``CodeUnknown``, ``NothingToClaim``
    when nothing can be put into it (the mix is then kept), ``NotNow`` when the plan is not a draft, and ``NotFound``.
    """
    with transaction(key, by) as session:
        _remove_over(session, at)
        sheet = sheets.found(session, versions.own(session, plan_id, by))
        sheets.remember(session, sheet, by=by, at=at)
        things = _known(_read(session, digest)).things
        picked = [thing for number, thing in enumerate(things) if number in chosen]
        claimed = _put_in(session, sheet, picked, catalogue, clock.local(at).date())
        if not claimed.items:
            raise NothingToClaim
        for item in claimed.items:
            first = key if item == claimed.items[0] else None
            sheets.changed(session, sheet, EventKind.LINE_ADDED, item, by=by, at=at, key=first)
        session.connection().execute(_FORGET, {"digest": digest})
        return claimed


def _remove_over(session: Session, at: datetime) -> None:
    session.connection().execute(_OVER, {"today": clock.local(at).date()})


def _write(session: Session, digest: str, things: Sequence[Thing], at: datetime) -> Kept:
    last_day = clock.local(at).date() + timedelta(days=DAYS_KEPT)
    row = {"code_digest": digest, "content": private_mix.dump(things), "last_day": last_day}
    connection = session.connection()
    connection.execute(_KEEP[connection.dialect.name], row)
    return Kept(tuple(things), last_day)


def _read(session: Session, digest: str) -> Kept | None:
    """Look a digest up; what is over has been removed before, in the same transaction."""
    found = session.connection().execute(_FIND, {"digest": digest}).one_or_none()
    return Kept(private_mix.load(found.content), found.last_day) if found else None


def _known(found: Kept | None) -> Kept:
    """Refuse what was not found; asked when the transaction is over, so that what was removed stays removed."""
    if found is None:
        raise CodeUnknown
    return found


def _put_in(session: Session, sheet: Sheet, picked: Sequence[Thing], catalogue: Catalogue, today: date) -> Claimed:
    """Make an item and a line of each thing that can be one."""
    there = {line.package_id for line in versions.lines(session, sheet.plan, sheet.number)}
    items: list[int] = []
    already: list[Thing] = []
    gone: list[Thing] = []
    for thing in picked:
        package = catalogue.get(thing.package_id)
        if not thing.title and (package is None or not private_mix.may_claim(package) or package.withdrawn(today)):
            gone.append(thing)
        elif package is not None and package.id in there:
            already.append(thing)
        else:
            items.append(_line(session, sheet, thing, package, today))
    return Claimed(sheet.plan.id, tuple(items), tuple(already), tuple(gone))


def _line(session: Session, sheet: Sheet, thing: Thing, package: Package | None, today: date) -> int:
    period = private_mix.fitted(thing, package, sheet.plan.period, today)
    kind = package.kind if package else thing.own_kind
    item = _item(session, sheet.plan, kind, thing)
    values = {
        "item_id": item,
        "kind": kind,
        "package_id": thing.package_id or None,
        "title": package.name.da if package else "",
        "terms": {} if package else thing.own_terms,
        "category": Category.OTHER,
        "first_day": period.first_day,
        "last_day": period.last_day,
        "cost_oere": ZERO,
    }
    session.execute(insert(PlanLine).values(**sheet.where, **values))
    sheets.set_goals(session, sheet, item, _only_goal(session, sheet.plan))
    return item


def _only_goal(session: Session, plan: Plan) -> Sequence[int]:
    """Find the goal that a new line serves at once: the citizen's running one, when there is exactly one."""
    running = select(Goal.id).where(
        Goal.citizen_id == plan.citizen_id, Goal.ended_on.is_(None), Goal.paused_on.is_(None)
    )
    found = session.scalars(running).all()
    return found if len(found) == 1 else ()


def _item(session: Session, plan: Plan, kind: LineKind, thing: Thing) -> int:
    """Find the item that a package had in the plan before, or make a new one."""
    if thing.package_id:
        known = select(PlanItem.id).where(PlanItem.plan_id == plan.id, PlanItem.package_id == thing.package_id)
        if (before := session.scalars(known).first()) is not None:
            return before
    values = {"plan_id": plan.id, "kind": kind, "package_id": thing.package_id or None, "title": thing.title or None}
    return session.scalars(insert(PlanItem).values(values).returning(PlanItem.id)).one()
