"""The plain side: purchases that were recorded already, written again elsewhere in prepared SQL and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import PoolProxiedConnection

from planner.models.base import Base, prepare_engine

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """The rows that one purchase wrote: it was against a line, so there is one entry."""

    purchase: Row
    event: Row
    entry: Row


def written_since(connection: Connection, purchase_id: int) -> list[Written]:
    """Read the purchases after a certain one, as they are stored."""
    bought = _read(connection, "SELECT * FROM purchase WHERE id > {} ORDER BY id", purchase_id)
    entries = _read(connection, "SELECT * FROM entry WHERE purchase_id > {} ORDER BY purchase_id", purchase_id)
    events = _read(
        connection,
        "SELECT v.* FROM event v JOIN entry e ON e.chain_id = v.chain_id AND e.seq = v.seq"
        " WHERE e.purchase_id > {} ORDER BY e.purchase_id",
        purchase_id,
    )
    return [Written(*rows) for rows in zip(bought, events, entries, strict=True)]


def _read(connection: Connection, sql: str, *values: object) -> list[Row]:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    return [dict(row) for row in connection.exec_driver_sql(sql.format(mark), values).mappings()]


class Plain:
    """A connection of the driver's own, opened with the very settings the app uses."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url)
        prepare_engine(self.engine)
        self._held: PoolProxiedConnection = self.engine.raw_connection()
        self.connection: Any = self._held.driver_connection
        self.sqlite = self.engine.dialect.name == "sqlite"
        self.mark = "?" if self.sqlite else "%s"
        self._statements = _statements(self.mark)

    def write(self, rows: Written) -> None:
        """Write what one purchase wrote, in the same order and in one commit."""
        bought, event, entry = rows.purchase, rows.event, rows.entry
        purchase, move, add, number, happened, grow, post = self._statements
        self.begin()
        (purchase_id,) = self.run(purchase, [bought[name] for name in _BOUGHT]).fetchone()
        self.run(move, (entry["oere"], entry["oere"], entry["from_envelope"]))
        cell = (entry["from_envelope"], entry["month"], entry["account_string"], entry["unit_id"])
        self.run(add, (*cell, 0, -entry["oere"], entry["oere"]))
        self.run(number, (entry["number"], entry["budget_id"]))
        self.run(happened, [event[name] for name in _HAPPENED])
        self.run(grow, (event["seq"], event["hash"], event["chain_id"]))
        self.run(post, [purchase_id if name == "purchase_id" else entry[name] for name in _POSTED])
        self.connection.commit()

    def begin(self) -> None:
        """Begin to write; PostgreSQL's driver begins by itself."""
        if self.sqlite:
            self.connection.execute("BEGIN IMMEDIATE")

    def run(self, sql: str, values: Sequence[Any]) -> Any:  # noqa: ANN401 - a cursor of either driver
        """Run a statement that the driver keeps prepared."""
        if self.sqlite:
            return self.connection.execute(sql, values)
        return self.connection.execute(sql, values, prepare=True)

    def close(self) -> None:
        """Give everything back."""
        self._held.close()
        self.engine.dispose()


def _columns(table: str, but: str = "") -> list[str]:
    return [column.name for column in Base.metadata.tables[table].columns if column.name != but]


_BOUGHT, _HAPPENED, _POSTED = _columns("purchase", but="id"), _columns("event"), _columns("entry")


def _statements(mark: str) -> tuple[str, ...]:
    def insert(table: str, columns: list[str]) -> str:
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"

    sums = _columns("month_sum")
    added = ", ".join(f"{name} = month_sum.{name} + excluded.{name}" for name in sums[4:])
    return (
        f"{insert('purchase', _BOUGHT)} RETURNING id",
        f"UPDATE envelope SET committed = committed - {mark}, paid = paid + {mark} WHERE id = {mark}",
        f"{insert('month_sum', sums)} ON CONFLICT ({', '.join(sums[:4])}) DO UPDATE SET {added}",
        f"UPDATE budget SET entries = {mark} WHERE id = {mark}",
        insert("event", _HAPPENED),
        f"UPDATE chain SET length = {mark}, head = {mark} WHERE id = {mark}",
        insert("entry", _POSTED),
    )
