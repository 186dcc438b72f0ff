"""What the keys of one package say to each other; works on what could be read, so no fault hides another."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packages_catalog.values import EVERY

MOST_WEEKS = 260


def _of(part: object, key: str) -> Any:  # noqa: ANN401 - a part is a domain value, or a mapping when it has faults
    return part.get(key) if isinstance(part, Mapping) else getattr(part, key)


def limits_crossed(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    weeks = sum(_of(phase, "weeks") or 0 for phase in data.get("phases", ()))
    if weeks > data.get("max_weeks", MOST_WEEKS):
        yield "phases", f"The phases last {weeks} weeks together, longer than allowed."
    if data.get("min_age", 0) > data.get("max_age", 120):
        yield "max_age", "Lies below min_age."
    if sorted(bounds := data.get("price_range", ())) != list(bounds):
        yield "price_range", "Write the lowest amount first."


def lists_in_doubt(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("excludes", "needs", "combines", "chime", "assumed"):
        named = data.get(key, ())
        if len(set(named)) < len(named):
            yield key, "Names the same thing twice."
        if EVERY in named and len(named) > 1:
            yield key, f'Write "{EVERY}" alone, or ids.'


def steps_out_of_order(tariffs: Sequence[object]) -> Iterator[str]:
    by_region: dict[str, list[object]] = {}
    for step in tariffs:
        by_region.setdefault(_of(step, "region") or "", []).append(step)
    if by_region and "" not in by_region:
        yield "Only prices with a region: nobody else would have one."
    for region, steps in by_region.items():
        where = f" in region {region}" if region else ""
        days = [day for step in steps if (day := _of(step, "first_day"))]
        if days != sorted(days):
            yield f"Not in order of their first day{where}."
        if len(set(days)) < len(days):
            yield f"Two on the same day{where}."
        if len({unit for step in steps if (unit := _of(step, "unit"))}) > 1:
            yield f"Two units{where}; all price steps of a package have the same."
