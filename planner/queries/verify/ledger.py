"""I1 and I2: every entry folded again and compared with what is kept; nothing overdrawn on the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from planner.domain.ledger import Account, EntryKind, Transfer, effects, flow
from planner.domain.money import Money
from planner.models.base import Base
from planner.queries.verify.stream import Fault, Raw, as_text, at, placed, stream, together, whole

_tables = Base.metadata.tables
_budget, _envelope, _entry, _sum = (_tables[name] for name in ("budget", "envelope", "entry", "month_sum"))

_ACCOUNTS = (Account.AVAILABLE, Account.COMMITTED, Account.PAID)
_SUMS = ("awarded", "committed", "paid")
_FROM, _TO = 0, 1

_FOLDED = (
    *("budget_id", "number", "kind", "oere"),
    *("from_envelope", "to_envelope", "month", "account_string", "unit_id"),
)

Cell = tuple[str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Move:
    """What one øre of a kind of entry does: to accounts at either end, and to the sums at one end."""

    accounts: tuple[tuple[int, int, int], ...]
    end: int
    sums: tuple[int, int, int]


def _move(kind: EntryKind) -> _Move:
    """Ask the ledger's own rules, once for each kind, so that a million entries are folded with plain numbers."""
    one = Transfer(kind, Money(1), _FROM, _TO)
    moved = flow(one)
    accounts = tuple((end, _ACCOUNTS.index(account), change.oere) for end, account, change in _inside(one))
    return _Move(accounts, moved.envelope, (moved.awarded.oere, moved.committed.oere, moved.paid.oere))


def _inside(transfer: Transfer) -> Iterator[tuple[int, Account, Money]]:
    return (effect for effect in effects(transfer) if effect[1] in _ACCOUNTS)


_MOVES = {kind.value: _move(kind) for kind in EntryKind}


@dataclass(slots=True)
class _Book:
    """One budget: what is kept of it, and what its entries give."""

    budget: str | None = None
    entries: str | None = None
    number: int = 0
    balances: dict[str | None, list[int]] = field(default_factory=dict)
    sums: dict[Cell, list[int]] = field(default_factory=dict)
    kept_balances: dict[str | None, Sequence[str | None]] = field(default_factory=dict)
    kept_sums: dict[Cell, Sequence[str | None]] = field(default_factory=dict)

    def keep(self, table: str, row: Raw) -> None:
        """Remember what is kept beside the entries."""
        if table == "budget":
            self.entries = row.entries
        elif table == "envelope":
            self.kept_balances[row.id] = (row.available, row.committed, row.paid)
        else:
            cell = (row.envelope_id, row.month, row.account_string, row.unit_id)
            self.kept_sums[cell] = (row.awarded, row.committed, row.paid)

    def count(self, row: Raw) -> Iterator[Fault]:
        """Expect the next number."""
        number = whole(row.number)
        if number != self.number + 1:
            yield "I2", f"{_named(row)}: follows after number {self.number}"
        self.number = self.number + 1 if number is None else number

    def fold(self, row: Raw) -> Iterator[Fault]:
        """Add an entry to the balances and to the sums of its month."""
        move, amount = _MOVES.get(row.kind), whole(row.oere)
        if move is None or amount is None or amount <= 0:
            yield "I1", f"{_named(row)}: is no entry that the ledger knows"
            return
        ends = (row.from_envelope, row.to_envelope)
        for end, account, sign in move.accounts:
            balance = self.balances.setdefault(ends[end], [0, 0, 0])
            balance[account] += sign * amount
            if balance[account] < 0:
                left = f"{balance[account]} øre {_ACCOUNTS[account].value}"
                yield "I2", f"{_named(row)}: leaves envelope {ends[end]} with {left}"
        total = self.sums.setdefault((ends[move.end], row.month, row.account_string, row.unit_id), [0, 0, 0])
        for place, sign in enumerate(move.sums):
            total[place] += sign * amount

    def close(self) -> Iterator[Fault]:
        """Compare what the entries give with what is kept."""
        if self.entries != str(self.number):
            yield "I2", f"budget {self.budget}: counts {self.entries} entries, the last has number {self.number}"
        for envelope, kept in self.kept_balances.items():
            given = self.balances.pop(envelope, (0, 0, 0))
            yield from _different(f"envelope {envelope}", _ACCOUNTS, kept, given)
        for cell, kept in self.kept_sums.items():
            yield from _different(_cell(cell), _SUMS, kept, self.sums.pop(cell, (0, 0, 0)))
        for envelope in self.balances:
            yield "I1", f"budget {self.budget}: its entries move money of envelope {envelope}, which is not in it"
        for cell in self.sums:
            yield "I1", f"{_cell(cell)}: is missing, entries of budget {self.budget} belong to it"


def faults(connection: Connection) -> Iterator[Fault]:
    """Walk budget by budget: what is kept of it first, then its entries one by one."""
    walk = together(
        placed(connection, _budget, "id"),
        placed(connection, _envelope, "budget_id", then=["id"]),
        at(_month_sums(connection), "month_sum", 0),
        placed(connection, _entry, "budget_id", then=["number"], only=_FOLDED),
    )
    for _, rows in walk:
        book = _Book()
        for table, row in rows:
            book.budget = row.id if table == "budget" else row.budget_id
            if table == "entry":
                yield from book.count(row)
                yield from book.fold(row)
            else:
                book.keep(table, row)
        yield from book.close()


def _month_sums(connection: Connection) -> Iterator[Raw]:
    wanted = as_text((_envelope.c.budget_id, *_sum.columns))
    joined = wanted.outerjoin_from(_sum, _envelope, _envelope.c.id == _sum.c.envelope_id)
    return stream(connection, joined.order_by(_envelope.c.budget_id))


def _different(named: str, names: Iterable[str], kept: Sequence[str | None], given: Sequence[int]) -> Iterator[Fault]:
    for name, stands, folded in zip(names, kept, given, strict=True):
        if stands != str(folded):
            yield "I1", f"{named}: {name} is {stands} øre, its entries give {folded}"


def _named(row: Raw) -> str:
    return f"entry {row.budget_id}/{row.number}"


def _cell(cell: Cell) -> str:
    return f"month_sum {'/'.join(str(part) for part in cell)}"
