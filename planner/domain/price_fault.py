"""What is wrong with a price list: where it stands, why it cannot be taken, and what was found there."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.errors import DomainError

MOST_SHOWN = 200
"""So many faults are shown at once, with how many there are in all."""

_LONGEST = 60


class Wrong(StrEnum):
    """Why a file, a column or a cell cannot be taken; the sentences stand with the pages."""

    TOO_LARGE = "too_large"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    NO_TABLE = "no_table"
    BROKEN = "broken"
    BAD_LETTERS = "bad_letters"
    BAD_QUOTES = "bad_quotes"
    EMPTY = "empty"
    TOO_MANY_ROWS = "too_many_rows"
    NO_SHEET = "no_sheet"
    WHICH_SHEET = "which_sheet"
    NO_COLUMN = "no_column"
    TWO_COLUMNS = "two_columns"
    OTHER_HEAD_ROW = "other_head_row"
    TWO_HEAD_ROWS = "two_head_rows"
    FORMULA = "formula"
    MERGED = "merged"
    CELL_ERROR = "cell_error"
    MISSING = "missing"
    BAD_TEXT = "bad_text"
    BAD_ID = "bad_id"
    BAD_AMOUNT = "bad_amount"
    TWO_AMOUNTS = "two_amounts"
    MIXED_DECIMALS = "mixed_decimals"
    BAD_DAY = "bad_day"
    TWO_DAYS = "two_days"
    BAD_FLAG = "bad_flag"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_CATEGORY = "unknown_category"
    ENDS_BEFORE_START = "ends_before_start"
    NO_PRICE = "no_price"
    DUPLICATE = "duplicate"
    SAME_ID = "same_id"
    OVERLAP = "overlap"
    GAP = "gap"
    TWO_UNITS = "two_units"
    NO_BASE = "no_base"
    TOO_MANY_STEPS = "too_many_steps"
    OTHERS_ID = "others_id"


@dataclass(frozen=True, order=True, slots=True)
class PriceFault:
    """One thing to put right: ``row`` counts as a spreadsheet does (0: the file), ``column`` is the heading."""

    sheet: str
    row: int
    column: str
    wrong: Wrong
    found: str = ""

    @classmethod
    def at(cls, row: int, column: str, wrong: Wrong, found: object = "") -> "PriceFault":
        """Name a fault of a place; the sheet is filled in by whoever knows it."""
        return cls("", row, column, wrong, shown(found))


class PriceListFaults(DomainError):
    """A price list that cannot be taken in, with every fault at once; nothing of it was kept."""

    code = "price_list_faults"

    def __init__(self, faults: Iterable[PriceFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(len(self.faults))


def shown(found: object) -> str:
    """Show what stood in a cell: printable and short, whatever somebody wrote there."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(found)[: _LONGEST + 1])
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
