"""I6: every entry, sent version and act has its event, and the event's digest is that of exactly its rows."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from planner.domain.event import EventKind, digest
from planner.domain.plan import PlanAction
from planner.models.base import Base
from planner.queries.verify.stream import Fault, Raw, placed, read, together
from planner.queries.verify.versions import sent

_event, _entry, _act = (Base.metadata.tables[name] for name in ("event", "entry", "plan_act"))

_ACTS = {
    EventKind.PLAN_SUBMITTED.value: PlanAction.SUBMIT.value,
    EventKind.PLAN_WITHDRAWN.value: PlanAction.WITHDRAW.value,
    EventKind.PLAN_RETURNED.value: PlanAction.RETURN.value,
    EventKind.PLAN_INSISTED.value: PlanAction.INSIST.value,
    EventKind.PLAN_REVISED.value: PlanAction.REVISE.value,
    EventKind.PLAN_APPROVED.value: PlanAction.APPROVE.value,
    EventKind.COURSE_ENDED.value: PlanAction.END.value,
}

Versions = dict[tuple[str, str], str]
Acts = dict[tuple[str | None, ...], str]


def faults(connection: Connection) -> Iterator[Fault]:
    """Walk event by event, with the entries that were written with it."""
    versions: Versions = {(found.plan_id, found.number): found.rows_digest for found in sent(connection)}
    acts: Acts = {_act_key(row): row.id for row in read(connection, _act, "id")}
    walk = together(
        placed(connection, _event, "chain_id", "seq"),
        placed(connection, _entry, "chain_id", "seq", then=["budget_id", "number"]),
    )
    for _, rows in walk:
        found = list(rows)
        entries = [row for table, row in found if table == "entry"]
        events = [row for table, row in found if table == "event"]
        for event in events:
            for line in _wrong(event, entries, versions, acts):
                yield "I6", f"event {event.chain_id}/{event.seq}: {line}"
        for entry in [] if events else entries:
            yield "I6", f"entry {entry.budget_id}/{entry.number}: its event {entry.chain_id}/{entry.seq} is missing"
    for plan, number in versions:
        yield "I6", f"plan_version {plan}/{number}: is frozen, and no event says that it was sent"
    for act in acts.values():
        yield "I6", f"plan_act {act}: no event says that it happened"


def _wrong(event: Raw, entries: list[Raw], versions: Versions, acts: Acts) -> Iterator[str]:
    written, action = digest(entries), _ACTS.get(event.kind)
    if action is not None:
        facts = read_facts(event.facts)
        plan, number = text_of(facts, "plan"), text_of(facts, "number")
        if acts.pop((plan, number, action, event.by_id, event.at), None) is None:
            yield f"the act of the plan that it tells of ({action}) is missing"
        if action == PlanAction.SUBMIT and not entries:
            written = versions.pop((plan or "", number or ""), "")
    if event.rows_digest != written:
        yield "its digest is not that of the rows written with it"


def _act_key(act: Raw) -> tuple[str | None, ...]:
    number = None if act.action == PlanAction.END else act.number
    return act.plan_id, number, act.action, act.by_id, act.at


def read_facts(text: str | None) -> Mapping[str, Any]:
    """Read an event's facts; what cannot be read says nothing."""
    try:
        facts = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def text_of(facts: Mapping[str, Any], name: str) -> str | None:
    """Write one fact as the text that stands in tables."""
    fact = facts.get(name)
    return str(fact) if isinstance(fact, int | str) else None
