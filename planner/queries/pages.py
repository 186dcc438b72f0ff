"""Lists in pages: which page was meant, however wild the number, and how many there are."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")

LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Slice:
    """The place of one page in a list of so many rows; a number beyond the last page means the last."""

    total: int
    size: int
    wanted: int = 1

    def __post_init__(self) -> None:
        assert 0 < self.size <= LARGEST_PAGE

    @property
    def pages(self) -> int:
        """Count the pages; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def number(self) -> int:
        """Tell which page is shown."""
        return min(max(1, self.wanted), self.pages)

    @property
    def offset(self) -> int:
        """Tell how many rows come before it."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, and where it stands."""

    rows: tuple[Row, ...]
    place: Slice
