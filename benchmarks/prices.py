"""Price lists: taking 5,000 rows in, against reading the same file with the same library and bare inserts."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl

from benchmarks import places
from benchmarks.ground import Ground
from benchmarks.rounds import Bar, Result, Side, pairs, throughput, timed
from planner import clock
from planner.exchange import price_lists, price_mapping
from planner.models.base import db
from planner.usecases import price_lists as taking
from planner.usecases import standard
from planner.usecases.publishing import Published
from tests import prices

BAR = Bar(0.5, 0.6, at_least=True)
MOST_ROUNDS = 21

_TABLE = "CREATE TABLE price (id, name, unit, first_day, last_day, everywhere, capital, north, time, row)"
_INSERT = f"INSERT INTO price VALUES ({', '.join('?' * 10)})"
_COLUMNS = (0, 2, 5, 6, 7, 8, 9, 10, 11)


def measure(ground: Ground) -> Iterator[Result]:
    """Take a list in that nobody has seen before, and read and write as many rows without knowing what they mean."""
    rows = ground.size.price_rows
    content = prices.xlsx(prices.make(rows // 2))
    rounds = min(ground.size.rounds, MOST_ROUNDS)
    with places.app_on(places.sqlite_url(ground.folder / "prices.db")) as app, app.app_context():
        standard.establish("Havneby Kommune")
        found = pairs(_ours(content, rows, ground.folder), _bare(content, rows, ground.folder), rounds)
    yield throughput("import_rows", found, BAR, each=rows)


def _ours(content: bytes, rows: int, folder: Path) -> Side:
    """Prepare a database without packages, and take the list in as the command does."""
    db.engine.dispose()
    used, empty = folder / "prices.db", folder / "prices-empty.db"
    places.copy_sqlite(used, empty)
    text = prices.EXAMPLE.read_text("utf-8")

    def side() -> float:
        db.session.remove()
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            used.with_name(f"{used.name}{ending}").unlink(missing_ok=True)
        shutil.copyfile(empty, used)
        found: list[Published] = []
        seconds = timed(lambda: found.append(_take_in(content, text)))()
        assert (found[0].added, found[0].changed, found[0].same) == (rows // 2, 0, 0)
        return seconds

    return side


def _take_in(content: bytes, text: str) -> Published:
    mapping = price_mapping.read(text)
    listed = price_lists.read(BytesIO(content), mapping)
    digest = hashlib.sha256(content).hexdigest()
    offered = taking.Offered(listed=listed.listed, known=mapping.known, prefix=mapping.prefix)
    source = taking.Source(file_name="prisliste.xlsx", file_digest=digest, mapping="example.toml", rows=listed.rows)
    return taking.take_in(offered, source, by=None, at=clock.now())


def _bare(content: bytes, rows: int, folder: Path) -> Side:
    """Read every cell of the same file with the same library, and insert ten of each row into a table without keys."""
    file = folder / "prices-bare.db"

    def work() -> None:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True)
        read = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
        book.close()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(_TABLE)
            found = ([*(_plain(cells[column]) for column in _COLUMNS), number] for number, cells in enumerate(read))
            connection.executemany(_INSERT, found)
            connection.commit()
            assert connection.execute("SELECT count(*) FROM price").fetchone() == (rows,)

    def side() -> float:
        for ending in ("", "-wal", "-shm"):
            file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)
        return timed(work)()

    return side


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
