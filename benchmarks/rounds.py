"""Rounds: what is measured and what it is measured against, one after the other, in the same process and minute."""

import gc
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from time import perf_counter

ROUNDS = 41
WARM_UP = 2

Side = Callable[[], float]
"""Does one round and tells how many seconds the part took that counts; the rest is preparation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came out; ``ratio`` is the median over the pairs, ``spread`` how far their middle half lies apart."""

    name: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None
    spread: float
    bar: float | None = None
    aim: float | None = None
    ok: bool = True

    def line(self) -> str:
        """Write the result as one line of JSON."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Bar:
    """The ratio that must be kept and the one that is aimed at; throughput is ``at_least``, time is at most."""

    must: float
    aim: float
    at_least: bool = False

    def kept(self, ratio: float) -> bool:
        return ratio >= self.must if self.at_least else ratio <= self.must


def timed(work: Callable[[], object]) -> Side:
    """Make a side of a piece of work that needs no preparation."""

    def side() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return side


def pairs(ours: Side, reference: Side, rounds: int = ROUNDS) -> list[tuple[float, float]]:
    """Run both sides in turn and hand out the seconds of each pair after the warm-up."""
    gc.collect()
    # What is there by now is not looked through again and again for garbage while the time counts.
    gc.freeze()
    try:
        return [_pair(ours, reference) for _ in range(WARM_UP + rounds)][WARM_UP:]
    finally:
        gc.unfreeze()


def _pair(ours: Side, reference: Side) -> tuple[float, float]:
    gc.collect()
    first = ours()
    gc.collect()
    return first, reference()


def slower(name: str, found: Iterable[tuple[float, float]], bar: Bar, *, each: int) -> Result:
    """Say how many times as long ours took; ``each`` is the number of repetitions in a round."""
    listed = list(found)
    ratios = [ours / reference for ours, reference in listed]
    ours, other = (median(side) / each * 1000 for side in zip(*listed, strict=True))
    return _result(name, "ms", (ours, other), ratios, bar)


def throughput(name: str, found: Iterable[tuple[float, float]], bar: Bar, *, each: int) -> Result:
    """Say what part of the reference's throughput ours reached; ``each`` is the number of repetitions in a round."""
    listed = list(found)
    ratios = [reference / ours for ours, reference in listed]
    ours, other = (each / median(side) for side in zip(*listed, strict=True))
    return _result(name, "per second", (ours, other), ratios, bar)


def plain(name: str, unit: str, values: list[float]) -> Result:
    """Say what something takes by itself, without a reference."""
    return Result(name=name, value=round(median(values), 1), unit=unit, spread=_spread(values))


def _result(name: str, unit: str, sides: tuple[float, float], ratios: list[float], bar: Bar) -> Result:
    ratio = median(ratios)
    value, reference = sides
    return Result(
        name=name,
        value=round(value, 3),
        unit=unit,
        reference=round(reference, 3),
        ratio=round(ratio, 3),
        spread=_spread(ratios),
        bar=bar.must,
        aim=bar.aim,
        ok=bar.kept(ratio),
    )


def _spread(values: list[float]) -> float:
    low, _, high = quantiles(values, n=4)
    return round((high - low) / median(values), 3)
