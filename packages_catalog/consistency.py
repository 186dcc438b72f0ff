"""What the keys of one package say to each other; works on what could be read, so no fault hides another."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packages_catalog.values import EVERY
from planner.domain.bounds import MOST_WEEKS, DelivererKind
from planner.domain.package import Deliverer

_LAY = {Deliverer.PEER: DelivererKind.PEER, Deliverer.VOLUNTEER: DelivererKind.VOLUNTEER}


def _of(part: object, key: str) -> Any:  # noqa: ANN401 - a part is a domain value, or a mapping when it has faults
    return part.get(key) if isinstance(part, Mapping) else getattr(part, key, None)


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


def bounds_in_doubt(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    bounds, phases = data.get("bounds"), data.get("phases", ())
    activities = [activity for phase in phases for activity in _of(phase, "activities") or ()]
    if bounds is None or not activities:
        return
    own: dict[str, set[object]] = {
        "modes": {str(_of(activity, "mode")) for activity in activities},
        "deliverers": {_LAY.get(_of(activity, "deliverer"), DelivererKind.PROFESSIONAL) for activity in activities},
    }
    for key, natural in own.items():
        if (listed := _of(bounds, key)) and not natural & {str(code) for code in listed}:
            yield "bounds", f"None of {key} is how the package's own activities are."


def variants_in_doubt(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    codes = [_of(variant, "code") for variant in data.get("variants", ())]
    if len(set(codes)) < len(codes):
        yield "variants", "Names the same thing twice."
    for named in {code for step in data.get("tariffs", ()) if (code := _of(step, "variant"))} - set(codes):
        yield "tariffs", f"Unknown variant {named!r}."


def steps_out_of_order(tariffs: Sequence[object]) -> Iterator[str]:
    by_whom: dict[tuple[str, str], list[object]] = {}
    for step in tariffs:
        holder = " ".join(str(part) for key in ("deliverer", "variant") if (part := _of(step, key)))
        by_whom.setdefault((_of(step, "region") or "", holder), []).append(step)
    if by_whom and ("", "") not in by_whom:
        yield "Only prices with a region: nobody else would have one."
    for (region, deliverer), steps in by_whom.items():
        where = (f" in region {region}" if region else "") + (f" for {deliverer}" if deliverer else "")
        days = [day for step in steps if (day := _of(step, "first_day"))]
        if days != sorted(days):
            yield f"Not in order of their first day{where}."
        if len(set(days)) < len(days):
            yield f"Two on the same day{where}."
        if len({unit for step in steps if (unit := _of(step, "unit"))}) > 1:
            yield f"Two units{where}; all price steps of a package have the same."
