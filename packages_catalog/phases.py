"""The shape of a phase with its activities, and of what may be adjusted about it and about the whole package."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow.fields import Enum, Function, List, Nested
from marshmallow.validate import Length, OneOf

from packages_catalog import values
from packages_catalog.table import Shape, WordsShape, both_ends, count, tables
from packages_catalog.vocabulary import KINDS, LANGUAGES
from planner.domain.bounds import MOST_WEEKS, RHYTHMS, Bounds, DelivererKind, Mode, Place
from planner.domain.package import Activity, Deliverer, Phase

MOST_RUNS = 6


class ActivityShape(Shape):
    """Something that happens in a phase."""

    makes = Activity
    kind = Function(deserialize=values.text, required=True, validate=OneOf(KINDS, error="Not a known kind."))
    minutes = count(1, 24 * 60, required=True)
    deliverer = Enum(Deliverer, by_value=True, required=True)
    times = count(1, 7 * MOST_WEEKS)
    every_weeks = count(1, MOST_WEEKS)
    group_size = count(1, 500)
    staff = count(1, 50)
    mode = Enum(Mode, by_value=True)

    def checks(self, _data: Mapping[str, Any], given: frozenset[str]) -> Iterator[tuple[str, str]]:
        if ("times" in given) == ("every_weeks" in given):
            yield "times", "Write either times (in the whole phase) or every_weeks."


class PhaseShape(Shape):
    """A phase: its weeks and activities, and how far both may be adjusted."""

    makes = Phase
    name = Nested(WordsShape, required=True)
    about = Nested(WordsShape)
    weeks = count(1, MOST_WEEKS, required=True)
    activities = tables(ActivityShape, 1)
    weeks_range = both_ends(1, MOST_WEEKS)
    rhythm_range = both_ends(min(RHYTHMS), max(RHYTHMS))
    most_runs = count(1, MOST_RUNS)
    handover = tables(WordsShape)

    def checks(self, data: Mapping[str, Any], _given: frozenset[str]) -> Iterator[tuple[str, str]]:
        yield from outside(data.get("weeks_range"), data.get("weeks"), "weeks_range")
        yield from outside(data.get("rhythm_range"), 100, "rhythm_range")


class BoundsShape(Shape):
    """What may be chosen for a whole package."""

    makes = Bounds
    modes = List(Enum(Mode, by_value=True), validate=Length(min=1))
    deliverers = List(Enum(DelivererKind, by_value=True), validate=Length(min=1))
    languages = List(
        Function(deserialize=values.text, validate=OneOf(LANGUAGES, error="Must be one of: {choices}.")),
        validate=Length(min=1),
    )
    places = List(Enum(Place, by_value=True), validate=Length(min=1))
    start_weeks = both_ends(0, MOST_WEEKS)

    def checks(self, data: Mapping[str, Any], _given: frozenset[str]) -> Iterator[tuple[str, str]]:
        for key in ("modes", "deliverers", "languages", "places"):
            if len(set(data.get(key, ()))) < len(data.get(key, ())):
                yield key, "Names the same thing twice."
        yield from outside(data.get("start_weeks"), None, "start_weeks")


def outside(ends: object, natural: int | None, key: str) -> Iterator[tuple[str, str]]:
    """Find ends that stand the wrong way round, or do not hold what the package itself says."""
    match ends:
        case [int(low), int(high)] if low > high:
            yield key, f"Write the lowest first: {low} is more than {high}."
        case [int(low), int(high)] if natural is not None and not low <= natural <= high:
            yield key, f"The package's own {natural} lies outside {low} to {high}."
