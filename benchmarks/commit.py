"""What a commit costs on this disk: one row updated and committed, on each engine."""

from collections.abc import Iterator
from contextlib import closing
from time import perf_counter

from benchmarks import places
from benchmarks.ground import Ground
from benchmarks.replay import Plain
from benchmarks.rounds import WARM_UP, Result, plain
from planner.usecases import standard


def measure(ground: Ground) -> Iterator[Result]:
    """Measure on SQLite, and on PostgreSQL where it is."""
    yield plain("commit_us", "us", _commits(places.sqlite_url(ground.folder / "commit.db"), ground.size.repeat))
    with places.postgresql() as server:
        yield plain("commit_us_postgresql", "us", _commits(server.create("commit"), ground.size.repeat))


def _commits(url: str, repeat: int) -> list[float]:
    with places.app_on(url) as app, app.app_context():
        standard.establish("Havneby Kommune")
    with closing(Plain(url)) as other:
        return [_commit(other, number) for number in range(WARM_UP + repeat)][WARM_UP:]


def _commit(other: Plain, number: int) -> float:
    start = perf_counter()
    other.begin()
    other.run(f"UPDATE setting SET value = {other.mark}", (str(number),))
    other.connection.commit()
    return (perf_counter() - start) * 1_000_000
