"""Verification that the record adds up: named checks, a line for every fault, and never a traceback."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from planner.models.base import db
from planner.queries.verify import agreement, chains, events, ledger, once, packages, storage
from planner.queries.verify.stream import Fault


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold, and every place where it does not."""

    name: str
    faults: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Tell whether it holds everywhere."""
        return not self.faults


_WALKS: tuple[tuple[Callable[[Connection], Iterator[Fault]], dict[str, str]], ...] = (
    (
        ledger.faults,
        {
            "I1": "balances and month sums equal the fold of the entries",
            "I2": "nothing is overdrawn at any time, and no entry is missing",
        },
    ),
    (once.faults, {"I4": "nothing counts twice"}),
    (chains.faults, {"I5": "every chain is whole"}),
    (events.faults, {"I6": "every change has its event, and every event its rows"}),
    (agreement.faults, {"I9": "what is kept beside the record agrees with it"}),
    (storage.faults, {"I10": "every reference leads somewhere, and the file is whole"}),
    (packages.faults, {"I11": "what is offered and what was chosen is as it was published"}),
)
"""What walks through the tables, and the invariants that it looks after."""


def checks() -> Iterator[Check]:
    """Carry the checks out one after another; each walk sees the database as it stands at one moment."""
    for walk, names in _WALKS:
        found = list(_walked(walk, next(iter(names))))
        for invariant, name in names.items():
            yield Check(f"{invariant} {name}", tuple(line for at, line in found if at == invariant))


def run(say: Callable[[str], object]) -> bool:
    """Say how each check ends, with a line for every fault, and tell whether all hold."""
    sound = True
    for check in checks():
        say(f"{'ok   ' if check.ok else 'FAULT'} {check.name}")
        for fault in check.faults:
            say(f"      {fault}")
        sound = sound and check.ok
    return sound


def _walked(walk: Callable[[Connection], Iterator[Fault]], invariant: str) -> Iterator[Fault]:
    try:
        with _opened() as connection:
            yield from walk(connection)
    except SQLAlchemyError as failure:
        yield invariant, f"could not be looked at: {_first_line(failure)}"


@contextmanager
def _opened() -> Iterator[Connection]:
    """Open the database to look at one moment of it, while others go on writing."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection, _any_text(connection):
            yield connection
    else:
        snapshot = db.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with snapshot.connect() as connection, _thrown_away(connection):
            yield connection


@contextmanager
def _thrown_away(connection: Connection) -> Iterator[None]:
    """Use a connection no more after a failure: the tables that were being read side by side are still open on it."""
    try:
        yield
    except SQLAlchemyError as failure:
        connection.invalidate(failure)
        raise


@contextmanager
def _any_text(connection: Connection) -> Iterator[None]:
    """Let SQLite hand out bytes that are no text: somebody put them there, which is a fault and no accident."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.text_factory = partial(str, encoding="utf-8", errors="backslashreplace")
    try:
        yield
    finally:
        raw.text_factory = str


def _first_line(failure: SQLAlchemyError) -> str:
    return str(getattr(failure, "orig", None) or failure).partition("\n")[0]
