"""Posting to the ledger: entries, balances and month sums of one budget, written in one breath."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from planner.domain.errors import NotFound
from planner.domain.ledger import Balance, Envelope, EnvelopeKind, Flow, Transfer, effects, flow, fold, wind_up
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind
from planner.domain.period import Period, month_of
from planner.domain.plan import PlanAction
from planner.models.budget import Budget, Entry, MonthSum
from planner.models.budget import Envelope as EnvelopeRow
from planner.models.plan import Plan, PlanAct, PlanItem
from planner.models.rule import BudgetTemplate
from planner.usecases.record import Link, as_text

_entry: Table = Entry.__table__  # type: ignore[assignment]  # declarative classes type it wider
_envelope: Table = EnvelopeRow.__table__  # type: ignore[assignment]  # as above
_month_sum: Table = MonthSum.__table__  # type: ignore[assignment]  # as above
_budget: Table = Budget.__table__  # type: ignore[assignment]  # as above


@dataclass(frozen=True, slots=True)
class OpenEnvelope:
    """An envelope of a locked budget, with what its entries are posted to."""

    facts: Envelope
    account_string: str
    item_id: int | None
    line_kind: LineKind | None


@dataclass(frozen=True, slots=True)
class OpenBudget:
    """A budget whose row is locked until the transaction ends, with its envelopes as they stand."""

    id: int
    plan_id: int
    source_id: int
    citizen_id: int
    unit_id: int
    period: Period
    grace_days: int
    ended: bool
    entries: int
    envelopes: tuple[OpenEnvelope, ...]

    def settled(self, transfers: Sequence[Transfer]) -> Sequence[Transfer]:
        """Complete what is posted: nothing stays set aside or free in a budget whose course has ended."""
        if not self.ended:
            return transfers
        after = fold(transfers, {e.facts.id: e.facts.balance for e in self.envelopes})
        return (*transfers, *wind_up(after, self.free.id))

    @property
    def free(self) -> Envelope:
        """The envelope of the free money."""
        return next(e.facts for e in self.envelopes if e.facts.kind is EnvelopeKind.FREE)

    def envelope(self, envelope_id: int) -> OpenEnvelope:
        """Find one of its envelopes by id. Raises ``NotFound``."""
        for envelope in self.envelopes:
            if envelope.facts.id == envelope_id:
                return envelope
        raise NotFound

    def of_item(self, item_id: int) -> OpenEnvelope | None:
        """Find the envelope of a plan item."""
        return next((e for e in self.envelopes if e.item_id == item_id), None)


_OPEN = (
    select(
        Budget.id,
        Budget.plan_id,
        Budget.source_id,
        Budget.first_day,
        Budget.last_day,
        Budget.entries,
        Plan.citizen_id,
        Plan.unit_id,
        BudgetTemplate.grace_days,
        select(PlanAct.id)
        .where(PlanAct.plan_id == Budget.plan_id, PlanAct.action == PlanAction.END)
        .exists()
        .label("ended"),
    )
    .join(Plan, Plan.id == Budget.plan_id)
    .join(BudgetTemplate, BudgetTemplate.id == Plan.template_id)
    .with_for_update(of=Budget, key_share=True)
)
_LOCK = _OPEN.where(Budget.id == bindparam("budget"))
_LOCK_OF = _OPEN.where(
    Budget.id == select(EnvelopeRow.budget_id).where(EnvelopeRow.id == bindparam("envelope")).scalar_subquery()
)
_ENVELOPES = (
    select(
        EnvelopeRow.id,
        EnvelopeRow.kind,
        EnvelopeRow.available,
        EnvelopeRow.committed,
        EnvelopeRow.paid,
        EnvelopeRow.account_string,
        EnvelopeRow.item_id,
        PlanItem.kind.label("line_kind"),
    )
    .outerjoin(PlanItem, PlanItem.id == EnvelopeRow.item_id)
    .where(EnvelopeRow.budget_id == bindparam("budget"))
    .order_by(EnvelopeRow.id)
)
_POST = insert(_entry)
_MOVE = (
    update(_envelope)
    .where(_envelope.c.id == bindparam("envelope"))
    .values(available=bindparam("to_available"), committed=bindparam("to_committed"), paid=bindparam("to_paid"))
)
_COUNT = update(_budget).where(_budget.c.id == bindparam("budget")).values(entries=bindparam("to_entries"))


def _upsert(dialect: Any) -> Any:  # noqa: ANN401 - the two dialects share no base class for this
    statement = dialect.insert(_month_sum)
    return statement.on_conflict_do_update(
        index_elements=["envelope_id", "month", "account_string", "unit_id"],
        set_={name: _month_sum.c[name] + statement.excluded[name] for name in ("awarded", "committed", "paid")},
    )


_SUM_UP = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


def open_budget(session: Session, budget_id: int) -> OpenBudget:
    """Lock a budget and load its envelopes. Raises ``NotFound``."""
    return _opened(session, _LOCK, {"budget": budget_id})


def open_budget_of(session: Session, envelope_id: int) -> OpenBudget:
    """Lock the budget that an envelope is part of and load its envelopes. Raises ``NotFound``."""
    return _opened(session, _LOCK_OF, {"envelope": envelope_id})


def _opened(session: Session, lock: Select[*tuple[Any, ...]], which: dict[str, int]) -> OpenBudget:
    connection = session.connection()
    found = connection.execute(lock, which).one_or_none()
    if found is None:
        raise NotFound
    # Only a statement that begins after the lock was taken sees what the one before has left.
    envelopes = connection.execute(_ENVELOPES, {"budget": found.id}).all()
    return OpenBudget(
        id=found.id,
        plan_id=found.plan_id,
        source_id=found.source_id,
        citizen_id=found.citizen_id,
        unit_id=found.unit_id,
        period=Period(found.first_day, found.last_day),
        grace_days=found.grace_days,
        ended=bool(found.ended),
        entries=found.entries,
        envelopes=tuple(_opened_envelope(row) for row in envelopes),
    )


def _opened_envelope(row: Any) -> OpenEnvelope:  # noqa: ANN401 - a row of _ENVELOPES
    facts = Envelope(row.id, row.kind, Balance(row.available, row.committed, row.paid))
    return OpenEnvelope(facts, row.account_string, row.item_id, row.line_kind)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why money moves: the day it happened, what it belongs to, and the place in the record."""

    link: Link
    occurred_on: date
    purchase_id: int | None = None
    delivery_id: int | None = None


def post(session: Session, budget: OpenBudget, transfers: Sequence[Transfer], cause: Cause) -> list[dict[str, Any]]:
    """Prepare the rows of some transfers and write what may be written before the event: balances and sums.

    In a budget whose course has ended, what comes back goes on to its source at once. Returns the entry rows
    for ``write_entries``, which comes after the event they belong to.
    """
    transfers = budget.settled(transfers)
    rows = [_row(budget, number, transfer, cause) for number, transfer in enumerate(transfers, budget.entries + 1)]
    _move_balances(session, budget, transfers)
    _add_to_sums(session, budget, rows, transfers)
    session.connection().execute(_COUNT, {"budget": budget.id, "to_entries": budget.entries + len(rows)})
    return rows


def as_rows(rows: Iterable[dict[str, Any]]) -> list[list[str | None]]:
    """Write entry rows as text for the event's digest."""
    return [as_text(_entry, row) for row in rows]


def write_entries(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Append entries to the ledger; their event is there already."""
    if rows:
        session.connection().execute(_POST, rows)


def _row(budget: OpenBudget, number: int, transfer: Transfer, cause: Cause) -> dict[str, Any]:
    return {
        "budget_id": budget.id,
        "number": number,
        "kind": transfer.kind,
        "from_envelope": transfer.from_envelope,
        "to_envelope": transfer.to_envelope,
        "oere": transfer.amount,
        "occurred_on": cause.occurred_on,
        "month": month_of(cause.occurred_on),
        "account_string": budget.envelope(flow(transfer).envelope).account_string,
        "unit_id": budget.unit_id,
        "purchase_id": cause.purchase_id,
        "delivery_id": cause.delivery_id,
        "undoes": transfer.undoes,
        "chain_id": cause.link.chain_id,
        "seq": cause.link.seq,
    }


def _move_balances(session: Session, budget: OpenBudget, transfers: Iterable[Transfer]) -> None:
    balances = {e.facts.id: e.facts.balance for e in budget.envelopes}
    touched = dict.fromkeys(envelope for transfer in transfers for envelope, _, _ in effects(transfer))
    for transfer in transfers:
        for envelope, account, change in effects(transfer):
            balances[envelope] = balances[envelope].moved(account, change)
    if touched:
        session.connection().execute(_MOVE, [_moved(envelope, balances[envelope]) for envelope in touched])


def _moved(envelope: int, balance: Balance) -> dict[str, Any]:
    return {
        "envelope": envelope,
        "to_available": balance.available,
        "to_committed": balance.committed,
        "to_paid": balance.paid,
    }


def _add_to_sums(
    session: Session, budget: OpenBudget, rows: Sequence[dict[str, Any]], transfers: Sequence[Transfer]
) -> None:
    cells: dict[tuple[int, str, str], tuple[Money, Money, Money]] = defaultdict(lambda: (ZERO, ZERO, ZERO))
    for row, transfer in zip(rows, transfers, strict=True):
        moved: Flow = flow(transfer)
        cell = (moved.envelope, row["month"], row["account_string"])
        awarded, committed, paid = cells[cell]
        cells[cell] = (awarded + moved.awarded, committed + moved.committed, paid + moved.paid)
    sums = [
        {
            "envelope_id": envelope,
            "month": month,
            "account_string": account_string,
            "unit_id": budget.unit_id,
            "awarded": awarded,
            "committed": committed,
            "paid": paid,
        }
        for (envelope, month, account_string), (awarded, committed, paid) in sorted(cells.items())
    ]
    if sums:
        connection = session.connection()
        connection.execute(_SUM_UP[connection.dialect.name], sums)
