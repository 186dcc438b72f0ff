"""What a citizen chose about a package within its bounds; a variant is an attribute, not another package."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.package import Package


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen; nothing chosen is the package as the catalogue describes it."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Choices":
        """Read what a line's terms say was chosen."""
        return cls(dict(terms.get("choices", {})))


def adjusted(package: Package, choices: Choices) -> Package:
    """Give the package as it was chosen: price, load, months and end follow from it by the same rules."""
    assert not choices.values, "nothing can be chosen yet"
    return package
