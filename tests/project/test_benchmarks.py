"""What the benchmarks promise: real rows, both sides alike, safe settings, every result named and every bar kept or said."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from benchmarks import __main__ as command
from benchmarks import overview, places, post, town, visit
from benchmarks.ground import Ground, Size
from benchmarks.replay import Plain
from benchmarks.rounds import Bar, Result, pairs, slower, throughput
from planner import clock
from planner.models.base import Base, db
from planner.queries import verify
from tests.databases import PostgresDatabases

SMALL = Size(rounds=2, repeat=7, citizens=2, few=40, many=90, per_cell=4, price_rows=40)

THE_TABLE = {
    *("post_sqlite", "post_postgresql", "home", "money", "history_home", "history_money", "history_purchase"),
    *("overview_growth", "overview_sql", "mix", "commit_us", "suggest_growth"),
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("bench"), SMALL)


def rows(url: str) -> dict[str, list[tuple]]:
    """Read every table of a database, in the order of its keys."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return found


def cells_of(path: Path) -> Counter[tuple[int, str]]:
    """Count the entries of each (envelope, month)."""
    counted = "SELECT coalesce(CASE kind WHEN 'commit' THEN to_envelope ELSE from_envelope END, to_envelope), month FROM entry"
    with closing(sqlite3.connect(path)) as connection:
        return Counter(connection.execute(counted).fetchall())


def sums_of(path: Path) -> set[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT envelope_id, month, account_string, unit_id FROM month_sum"))


def test_every_row_of_the_issue_is_measured() -> None:
    assert set(command.NAMES) >= THE_TABLE


def test_bulk_purchases_stand_up_to_verification(ground: Ground) -> None:
    path = ground.budgets("verified", overview.cells(5))

    said: list[str] = []
    with places.app_on(places.sqlite_url(path)) as app, app.app_context():
        sound = verify.run(said.append)

    assert sound, said


def test_a_bulk_purchase_is_written_as_the_use_case_writes_it(tmp_path: Path) -> None:
    path = Ground(tmp_path, replace(SMALL, citizens=1)).budgets(
        "one", lambda purse: [(purse.pockets[-1], clock.local(town.NOW).date())]
    )
    with places.app_on(places.sqlite_url(path)) as app, app.app_context(), clock.at(town.NOW):
        post.Buyer(1).record()

    found = rows(places.sqlite_url(path))
    tables = Base.metadata.tables
    for name in ("purchase", "event", "entry"):
        names = [column.name for column in tables[name].columns]
        in_bulk, by_use_case = (dict(zip(names, row, strict=True)) for row in found[name][-2:])
        given = [{key for key, value in row.items() if value is not None} for row in (in_bulk, by_use_case)]
        assert given[0] == given[1], name
        assert {key: type(value) for key, value in in_bulk.items()} == {
            key: type(value) for key, value in by_use_case.items()
        }


def test_few_and_many_entries_fill_the_same_cells(ground: Ground) -> None:
    one, many = (ground.budgets(f"filled-{each}", overview.cells(each)) for each in (1, 5))

    assert cells_of(one).keys() == cells_of(many).keys()
    assert sums_of(one) == sums_of(many)
    assert set(cells_of(one).values()) == {1}
    assert set(cells_of(many).values()) == {5}
    assert len(cells_of(one)) == 10 * SMALL.citizens


def test_short_and_long_histories_fill_the_same_cells(ground: Ground) -> None:
    source = ground.settled("story", visit.SHAPE)
    short, long = (ground.spent(source, f"story-{many}", visit.spending(entries=many)) for many in (100, 400))

    assert sums_of(short) == sums_of(long)
    assert [sum(cells_of(path).values()) // 100 for path in (short, long)] == [1, 4]


def test_plain_sql_writes_the_very_same_rows_on_sqlite(ground: Ground) -> None:
    ours = ground.budgets("same", post.bought_before)
    plain = places.copy_sqlite(ours, ground.folder / "same-plain.db")
    before = rows(places.sqlite_url(ours))

    post.measure(places.sqlite_url(ours), places.sqlite_url(plain), SMALL)

    after = rows(places.sqlite_url(ours))
    assert len(after["purchase"]) > len(before["purchase"])
    assert after == rows(places.sqlite_url(plain))


def test_plain_sql_writes_the_very_same_rows_on_postgresql(
    ground: Ground, postgresql_databases: PostgresDatabases
) -> None:
    server = postgresql_databases.server
    ours = server.create("bench_ours")
    post.move(ground.budgets("source", post.bought_before), ours)
    plain = server.create("bench_plain", template="bench_ours")
    before = rows(ours)

    post.measure(ours, plain, SMALL)

    after = rows(ours)
    assert len(after["purchase"]) > len(before["purchase"])
    assert after == rows(plain)


def test_a_database_moved_to_postgresql_holds_the_same_rows(
    ground: Ground, postgresql_databases: PostgresDatabases
) -> None:
    source = ground.budgets("moved", overview.cells(2))
    url = postgresql_databases.server.create("bench_moved")

    post.move(source, url)

    assert rows(url) == rows(places.sqlite_url(source))


def test_both_sides_have_the_same_settings_indexes_and_triggers_on_sqlite(ground: Ground) -> None:
    ours = ground.budgets("settings", post.bought_before)
    other = places.copy_sqlite(ours, ground.folder / "settings-plain.db")
    asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema", "cache_size")
    made = "SELECT type, name, sql FROM sqlite_master ORDER BY name"

    with places.app_on(places.sqlite_url(ours)) as app, app.app_context(), db.engine.connect() as connection:
        app_side = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
        app_schema = [tuple(row) for row in connection.exec_driver_sql(made)]
    with closing(Plain(places.sqlite_url(other))) as plain:
        plain_side = [plain.run(f"PRAGMA {name}", ()).fetchone()[0] for name in asked]
        plain_schema = plain.run(made, ()).fetchall()

    assert app_side == plain_side
    assert app_side[:3] == ["wal", 2, 1]
    assert app_schema == plain_schema
    assert sum(kind == "trigger" for kind, _, _ in app_schema) > 10


@pytest.mark.slow
@pytest.mark.postgresql
def test_postgresql_really_writes_to_the_disk(postgresql_databases: PostgresDatabases) -> None:
    with places.postgresql() as server, closing(Plain(server.url("postgres"))) as plain:
        told = {name: plain.run(f"SHOW {name}", ()).fetchone()[0] for name in places.SAFE}

    assert told == places.SAFE
    assert told["fsync"] == "on"


def test_a_pair_is_ours_and_then_the_reference_after_a_warm_up() -> None:
    calls: list[str] = []

    def ours() -> float:
        calls.append("ours")
        return float(len(calls))

    def reference() -> float:
        calls.append("reference")
        return 0.5

    found = pairs(ours, reference, rounds=9)

    assert calls == ["ours", "reference"] * (len(calls) // 2)
    assert len(found) == 9
    assert found[0][0] > 1
    assert Size().rounds >= 9


def test_the_ratio_is_the_median_of_the_pairs() -> None:
    found = [(2.0, 1.0), (30.0, 10.0), (8.0, 1.0)]

    assert slower("x", found, Bar(3, 1), each=1).ratio == 3
    assert throughput("x", found, Bar(0.3, 1, at_least=True), each=1).ratio == 0.333


@pytest.mark.parametrize(
    ("bar", "ratio", "kept"),
    [
        (Bar(4, 2), 4.0, True),
        (Bar(4, 2), 4.01, False),
        (Bar(0.35, 1, at_least=True), 0.35, True),
        (Bar(0.35, 1, at_least=True), 0.34, False),
    ],
)
def test_time_must_be_at_most_and_throughput_at_least(bar: Bar, ratio: float, kept: bool) -> None:
    assert bar.kept(ratio) is kept


def test_the_command_ends_1_when_a_bar_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    kept = slower("kept", [(1.0, 1.0)] * 2, Bar(2, 1), each=1)
    missed = slower("missed", [(9.0, 1.0)] * 2, Bar(2, 1), each=1)

    assert command.report([kept]) == 0
    assert command.report([kept, missed, kept]) == 1

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["ok"] for line in lines] == [True, True, False, True]
    assert {"name", "value", "unit", "reference", "ratio", "spread"} <= lines[0].keys()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measure", "names"), command.FAMILIES.items(), ids=["-".join(n) for n in command.FAMILIES.values()]
)
def test_every_family_measures_what_it_names(
    measure: command.Measure, names: tuple[str, ...], tmp_path: Path, postgresql_databases: PostgresDatabases
) -> None:
    found: list[Result] = list(measure(Ground(tmp_path, SMALL)))

    assert tuple(result.name for result in found) == names
    assert all(result.value > 0 for result in found)
