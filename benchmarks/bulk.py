"""Many purchases at once: the very rows that the use case writes, with sums, balances and chain, on SQLite."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from planner.domain import event as chained
from planner.domain.event import EventKind
from planner.domain.ledger import EntryKind, EnvelopeKind
from planner.models.base import Base
from planner.usecases.record import as_text

OERE = 10
"""What every purchase costs, so that a million of them fit into a budget."""

_AT_ONCE = 20_000
_TABLES = Base.metadata.tables
_BODY = "0" * 64

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Pocket:
    """An envelope that can be paid from."""

    id: int
    kind: str
    account_string: str

    @property
    def free(self) -> bool:
        return self.kind == EnvelopeKind.FREE


@dataclass(slots=True)
class Purse:
    """A budget with its pockets and the end of its citizen's chain."""

    budget: int
    citizen: int
    unit: int
    entries: int
    chain: int
    length: int
    head: str
    pockets: list[Pocket]


Choose = Callable[[Purse], Iterable[tuple[Pocket, date]]]
"""Says which pockets of a budget pay, and on which days, in order."""


@dataclass(slots=True)
class Load:
    """Rows on their way into the database, and what they add to balances and sums."""

    connection: sqlite3.Connection
    purchase: int
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    paid: dict[tuple[Pocket, str, int], int] = field(default_factory=lambda: defaultdict(int))

    def buy(self, purse: Purse, pocket: Pocket, day: date) -> None:
        """Add one purchase with its event and entries."""
        self.purchase += 1
        purse.length += 1
        entries = [self._entry(purse, pocket, kind, day) for kind in _kinds(pocket)]
        event = self._event(purse, pocket, day, entries)
        purse.head = str(event["hash"])
        self.rows["purchase"].append(self._bought(purse, day))
        self.rows["event"].append(event)
        self.rows["entry"] += entries
        self.paid[pocket, day.isoformat()[:7], purse.unit] += OERE
        if len(self.rows["event"]) >= _AT_ONCE:
            self.flush()

    def close(self, purse: Purse) -> None:
        """Bring the counters of a budget and its chain to where its rows end."""
        self.connection.execute("UPDATE budget SET entries = ? WHERE id = ?", (purse.entries, purse.budget))
        end = (purse.length, purse.head, purse.chain)
        self.connection.execute("UPDATE chain SET length = ?, head = ? WHERE id = ?", end)

    def flush(self) -> None:
        """Write the rows; what others refer to comes first."""
        for table in ("purchase", "event", "entry"):
            _insert(self.connection, table, self.rows.pop(table, []))

    def settle(self) -> None:
        """Add what was paid to balances and month sums."""
        for (pocket, month, unit), oere in self.paid.items():
            account = "available" if pocket.free else "committed"
            move = f"UPDATE envelope SET {account} = {account} - ?, paid = paid + ? WHERE id = ?"
            self.connection.execute(move, (oere, oere, pocket.id))
            committed = 0 if pocket.free else -oere
            self.connection.execute(_SUM_UP, (pocket.id, month, pocket.account_string, unit, 0, committed, oere))

    def _entry(self, purse: Purse, pocket: Pocket, kind: EntryKind, day: date) -> Row:
        purse.entries += 1
        return {
            "budget_id": purse.budget,
            "number": purse.entries,
            "kind": kind.value,
            "from_envelope": pocket.id,
            "to_envelope": pocket.id,
            "oere": OERE,
            "occurred_on": day.isoformat(),
            "month": day.isoformat()[:7],
            "account_string": pocket.account_string,
            "unit_id": purse.unit,
            "purchase_id": self.purchase,
            "chain_id": purse.chain,
            "seq": purse.length,
        }

    def _event(self, purse: Purse, pocket: Pocket, day: date, entries: list[Row]) -> Row:
        facts = {"purchase": self.purchase, "budget": purse.budget, "envelope": pocket.id, "oere": OERE}
        event: Row = {
            "chain_id": purse.chain,
            "seq": purse.length,
            "key": f"{purse.budget:08d}-0000-4000-8000-{purse.length:012d}",
            "request_digest": _BODY,
            "kind": EventKind.PURCHASE_RECORDED.value,
            "by_id": purse.citizen,
            "at": _moment(day, purse.length),
            "facts": chained.canonical(facts),
            "rows_digest": chained.digest(as_text(_TABLES["entry"], entry) for entry in entries),
        }
        event["hash"] = chained.link(purse.head, as_text(_TABLES["event"], event, but={"hash"}))
        return event

    def _bought(self, purse: Purse, day: date) -> Row:
        return {
            "id": self.purchase,
            "citizen_id": purse.citizen,
            "kind": "purchase",
            "oere": OERE,
            "occurred_on": day.isoformat(),
            "category": "other",
            "paid_with": "card",
            "bought_by": "myself",
            "words": "Kaffe på caféen",
            "at": _moment(day, purse.length),
        }


_SUM_UP = (
    "INSERT INTO month_sum (envelope_id, month, account_string, unit_id, awarded, committed, paid)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (envelope_id, month, account_string, unit_id)"
    " DO UPDATE SET committed = committed + excluded.committed, paid = paid + excluded.paid"
)
_PURSES = (
    "SELECT b.id, p.citizen_id, p.unit_id, b.entries, c.id, c.length, c.head FROM budget b"
    " JOIN plan p ON p.id = b.plan_id JOIN chain c ON c.kind = 'citizen' AND c.subject_id = p.citizen_id ORDER BY b.id"
)
_POCKETS = (
    "SELECT e.id, e.kind, e.account_string FROM envelope e LEFT JOIN plan_item i ON i.id = e.item_id"
    " WHERE e.budget_id = ? AND (e.kind = 'free' OR i.kind IN ('own_line', 'budget_item')) ORDER BY e.id"
)


def load(connection: sqlite3.Connection, choose: Choose) -> None:
    """Write what ``choose`` says of every budget, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM purchase").fetchone()
    loading = Load(connection, last)
    for purse in purses(connection):
        for pocket, day in choose(purse):
            loading.buy(purse, pocket, day)
        loading.close(purse)
    loading.flush()
    loading.settle()
    connection.execute("COMMIT")


def purses(connection: sqlite3.Connection) -> Iterator[Purse]:
    """Find every budget."""
    for budget, citizen, unit, entries, chain, length, head in connection.execute(_PURSES).fetchall():
        pockets = [Pocket(*found) for found in connection.execute(_POCKETS, (budget,))]
        yield Purse(budget, citizen, unit, entries, chain, length, head, pockets)


def _kinds(pocket: Pocket) -> tuple[EntryKind, ...]:
    return (EntryKind.COMMIT, EntryKind.PAY) if pocket.free else (EntryKind.PAY,)


def _moment(day: date, second: int) -> str:
    """Tell a moment of the day; the seconds only keep the order."""
    return f"{day.isoformat()}T{8 + second // 3600 % 12:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000000Z"


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if rows:
        names = list(rows[0])
        places = ", ".join("?" * len(names))
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", [tuple(row.values()) for row in rows]
        )
