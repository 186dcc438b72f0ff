"""What has happened to a citizen's plan and money, as that citizen sees it: every event of their chain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from planner import clock
from planner.domain.event import EventKind, Facts
from planner.domain.people import RoleKind, TieKind
from planner.models.person import Person, RoleRow, TieRow
from planner.models.plan import Goal, Plan, PlanItem
from planner.models.record import Chain, Event
from planner.queries.pages import Page, Slice
from planner.queries.session import reading

EVENTS_A_PAGE = 50


class Who(StrEnum):
    """Who did something, as the citizen knows them."""

    YOU = "you"
    ADVISER = "adviser"
    SUPPORT_PERSON = "support_person"
    RELATIVE = "relative"
    PEER = "peer"
    GUARDIAN = "guardian"
    CASEWORKER = "caseworker"
    APPROVER = "approver"
    FINANCE = "finance"
    ADMINISTRATOR = "administrator"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Item:
    """What a plan item is: a package by id, or a free line by its title."""

    package_id: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class EventSeen:
    """One thing that happened; ``other`` is the person it was about or together with, ``goal`` its words now."""

    at: datetime
    kind: EventKind
    who: Who
    facts: Facts
    other: str = ""
    item: Item | None = None
    goal: str = ""

    @property
    def for_you(self) -> bool:
        """Tell whether somebody else did it."""
        return self.who not in {Who.YOU, Who.SYSTEM}


def happened(citizen_id: int, page: int = 1) -> Page[EventSeen]:
    """List what happened, the newest first: a page of the chain, whose length says how much there is.

    Seven statements, whatever the history: events are numbered without gaps, so a page is a range of numbers.
    """
    chain = reading().execute(
        select(Chain.id, Chain.length).where(Chain.kind == "citizen", Chain.subject_id == citizen_id)
    )
    found = chain.one_or_none()
    place = Slice(found.length if found else 0, EVENTS_A_PAGE, page)
    if found is None:
        return Page((), place)
    newest = place.total - place.offset
    events = (
        reading()
        .scalars(
            select(Event)
            .where(Event.chain_id == found.id, Event.seq <= newest, Event.seq > newest - place.size)
            .order_by(Event.seq.desc())
        )
        .all()
    )
    return Page(_told(citizen_id, events), place)


def _told(citizen_id: int, events: Sequence[Event]) -> tuple[EventSeen, ...]:
    doers = _Doers(citizen_id, {event.by_id for event in events if event.by_id is not None})
    others = _names({event.with_id for event in events if event.with_id is not None})
    items = _items(citizen_id, _ids(events, "item"))
    goals = _goals(citizen_id, _ids(events, "goal"))
    return tuple(
        EventSeen(
            at=event.at,
            kind=event.kind,
            who=doers.who(event),
            facts=event.facts,
            other=others.get(event.with_id or 0, ""),
            item=items.get(_id(event, "item")),
            goal=goals.get(_id(event, "goal"), ""),
        )
        for event in events
    )


class _Doers:
    """Who the people behind some events are to the citizen: by tie first, else by the role they had then."""

    def __init__(self, citizen_id: int, people: set[int]) -> None:
        self.citizen_id = citizen_id
        strangers = people - {citizen_id}
        ties = select(TieRow.person_id, TieRow.kind).where(
            TieRow.citizen_id == citizen_id, TieRow.person_id.in_(strangers)
        )
        self.ties: dict[int, set[TieKind]] = {}
        for person_id, kind in reading().execute(ties):
            self.ties.setdefault(person_id, set()).add(kind)
        roles = select(RoleRow).where(RoleRow.person_id.in_(strangers), RoleRow.kind != RoleKind.CITIZEN)
        self.roles = list(reading().scalars(roles))

    def who(self, event: Event) -> Who:
        """Say who did it."""
        if event.by_id is None:
            return Who.SYSTEM
        if event.by_id == self.citizen_id:
            return Who.YOU
        if kinds := self.ties.get(event.by_id):
            return Who.ADVISER if TieKind.CASEWORKER in kinds else Who(min(kinds).value)
        day = clock.local(event.at).date()
        held = {
            role.kind.value
            for role in self.roles
            if role.person_id == event.by_id
            and role.first_day <= day
            and (role.last_day is None or role.last_day >= day)
        }
        return next((who for who in _STAFF if who.value in held), Who.STAFF)


_STAFF = (Who.APPROVER, Who.CASEWORKER, Who.FINANCE, Who.ADMINISTRATOR)


def _id(event: Event, name: str) -> int:
    value = event.facts.get(name)
    return value if isinstance(value, int) else 0


def _ids(events: Iterable[Event], name: str) -> set[int]:
    return {_id(event, name) for event in events} - {0}


def _names(people: set[int]) -> Mapping[int, str]:
    rows = reading().execute(select(Person.id, Person.called).where(Person.id.in_(people)))
    return {row.id: row.called for row in rows}


def _items(citizen_id: int, ids: set[int]) -> Mapping[int, Item]:
    rows = reading().execute(
        select(PlanItem.id, PlanItem.package_id, PlanItem.title)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .where(PlanItem.id.in_(ids), Plan.citizen_id == citizen_id)
    )
    return {row.id: Item(row.package_id, row.title) for row in rows}


def _goals(citizen_id: int, ids: set[int]) -> Mapping[int, str]:
    rows = reading().execute(select(Goal.id, Goal.words).where(Goal.id.in_(ids), Goal.citizen_id == citizen_id))
    return {row.id: row.words for row in rows}
