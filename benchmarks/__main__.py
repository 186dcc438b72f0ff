"""The command: measures what is named, or everything, prints a line for each result, and ends 1 when one misses."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence

from benchmarks import commit, mix, places, post
from benchmarks.ground import Ground, Size
from benchmarks.rounds import Result

FAMILIES: dict[str, Callable[[Ground], Iterator[Result]]] = {
    "mix": mix.measure,
    "commit_us": commit.measure,
    "post_sqlite": post.on_sqlite,
    "post_postgresql": post.on_postgresql,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 when every bar is kept, 1 when one is missed, 2 when something is missing here."""
    told = _parser().parse_args(arguments)
    size = Size(many=1_000_000) if told.million else Size()
    kept = True
    try:
        with places.folder() as folder:
            ground = Ground(folder, size)
            for name in told.names or FAMILIES:
                for result in FAMILIES[name](ground):
                    print(result.line(), flush=True)
                    kept = kept and result.ok
    except places.PartMissing as missing:
        print(f"benchmarks: {missing}", file=sys.stderr)
        return 2
    return 0 if kept else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev bench", description="Prints a line of JSON for every result.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: all of {', '.join(FAMILIES)}")
    parser.add_argument("--million", action="store_true", help="histories of a million entries, not 100,000")
    return parser


if __name__ == "__main__":
    sys.exit(main())
