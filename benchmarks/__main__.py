"""The command: measures what is named, or everything, prints a line for each result, and ends 1 when one misses."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from benchmarks import commit, composing, history, mix, overview, pages, places, post, prices, search, suggestions
from benchmarks.ground import Ground, Size
from benchmarks.rounds import Result

Measure = Callable[[Ground], Iterator[Result]]

FAMILIES: dict[Measure, tuple[str, ...]] = {
    commit.measure: ("commit_us", "commit_us_postgresql"),
    mix.measure: ("mix",),
    suggestions.measure: ("suggest_growth",),
    prices.measure: ("import_rows",),
    composing.measure: ("add_line",),
    pages.measure: ("home", "money"),
    history.measure: ("history_home", "history_money", "history_purchase"),
    post.on_sqlite: ("post_sqlite",),
    post.on_postgresql: ("post_postgresql",),
    overview.by_hand: ("overview_sql",),
    overview.growth: ("overview_growth",),
    search.growth: ("search_growth",),
}
"""What can be measured, and the names of its results."""

NAMES = tuple(name for names in FAMILIES.values() for name in names)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 when every bar is kept, 1 when one is missed, 2 when something is missing here."""
    told = _parser().parse_args(arguments)
    size = Size(many=1_000_000) if told.million else Size()
    try:
        with places.folder() as folder:
            return report(results(Ground(folder, size), frozenset(told.names or NAMES)))
    except places.PartMissing as missing:
        print(f"benchmarks: {missing}", file=sys.stderr)
        return 2


def results(ground: Ground, wanted: frozenset[str]) -> Iterator[Result]:
    """Measure what is wanted, family by family."""
    for measure, names in FAMILIES.items():
        if wanted & set(names):
            yield from (result for result in measure(ground) if result.name in wanted)


def report(found: Iterable[Result]) -> int:
    """Print a line for each result; 0 when every bar is kept, 1 when one is missed."""
    kept = True
    for result in found:
        print(result.line(), flush=True)
        kept = kept and result.ok
    return 0 if kept else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev bench", description="Prints a line of JSON for every result.")
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*NAMES, []], help=f"any of {', '.join(NAMES)}")
    parser.add_argument("--million", action="store_true", help="a history of a million entries, not of 100,000")
    return parser


if __name__ == "__main__":
    sys.exit(main())
