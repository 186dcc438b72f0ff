"""The table of a price list, whatever file it came in: its headings, and its rows by the columns that are read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final, Protocol

from planner.domain.price_fault import PriceFault, PriceListFaults, Wrong
from planner.domain.price_mapping import ColumnMapping
from planner.exchange import delimited, workbooks
from planner.exchange.price_cells import Bad, Row, Value, empty

LARGEST_FILE: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 500
_ROWS_LOOKED_AT: Final = 20
_WORKBOOK = b"PK\x03\x04"


class _Source(Protocol):
    """Rows of one sheet from a row on, as many columns as are asked for; and which cells are merged."""

    @property
    def name(self) -> str:
        """Name the sheet."""

    @property
    def last_row(self) -> int:
        """Tell about how far the rows go."""

    def rows(self, first: int, width: int) -> Iterator[Row]:
        """Yield numbered rows."""

    def merged(self) -> Sequence[workbooks.Merge]:
        """List the merged cells."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    book: workbooks.Workbook
    name: str

    @property
    def last_row(self) -> int:
        return self.book.about(self.name).last_row

    def rows(self, first: int, width: int) -> Iterator[Row]:
        return self.book.rows(self.name, first, self.last_row, width)

    def merged(self) -> Sequence[workbooks.Merge]:
        return sorted(self.book.about(self.name).merges, key=lambda merge: (merge.first_row, merge.words))


@dataclass(frozen=True, slots=True)
class _Text:
    file: delimited.Delimited
    name: str = ""

    @property
    def last_row(self) -> int:
        return self.file.lines

    def rows(self, first: int, width: int) -> Iterator[Row]:
        for number, cells in self.file.rows(first):
            yield number, cells[:width]

    def merged(self) -> Sequence[workbooks.Merge]:
        return ()


@dataclass(frozen=True, slots=True)
class PriceTable:
    """A table whose headings were found: where each column stands, and how to get at the rows below."""

    source: _Source
    places: Mapping[str, int]
    first_row: int

    @property
    def sheet(self) -> str:
        """Name the sheet; empty for a text file."""
        return self.source.name

    @property
    def expected(self) -> int:
        """Tell about how many rows there are to read."""
        return max(self.source.last_row - self.first_row + 1, 1)

    def rows(self) -> Iterator[Row]:
        """Yield the rows in which one of the columns that are read holds something, each as wide as is needed."""
        width = max(self.places.values()) + 1
        blank: list[Value] = [None] * width
        first, *_ = places = tuple(self.places.values())
        # A workbook says beforehand how far it goes; the lines of a text are counted as they come.
        last = self.source.last_row if isinstance(self.source, _Sheet) else 0
        for number, cells in self.source.rows(self.first_row, width):
            if max(number, last) >= self.first_row + MOST_ROWS:
                raise _refused(Wrong.TOO_MANY_ROWS, self.sheet, row=max(number, last), found=MOST_ROWS)
            whole = [*cells, *blank[len(cells) :]] if len(cells) < width else cells
            if not empty(whole[first]) or any(not empty(whole[place]) for place in places):
                yield number, whole

    def merges(self) -> Iterator[PriceFault]:
        """Name merged cells in or below the headings that touch a column that is read."""
        for merge in self.source.merged():
            touched = [h for h, place in self.places.items() if merge.first_column <= place + 1 <= merge.last_column]
            if touched and merge.last_row >= self.first_row - 1:
                yield PriceFault.at(merge.first_row, touched[0], Wrong.MERGED, merge.words)


@contextmanager
def opened(file: IO[bytes], mapping: ColumnMapping, sheet: str = "") -> Iterator[PriceTable]:
    """Open a file and find the headings that a mapping names. Raises ``PriceListFaults``.

    The file is refused before it is read when it is larger than ``LARGEST_FILE``.
    """
    if file.seek(0, 2) > LARGEST_FILE:
        raise _refused(Wrong.TOO_LARGE, found=LARGEST_FILE // 1024 // 1024)
    file.seek(0)
    if file.read(len(_WORKBOOK)) == _WORKBOOK:
        with workbooks.opened(file) as book:
            yield _found(_Sheet(book, _chosen(book.sheets, sheet or mapping.sheet)), mapping)
    else:
        text = delimited.opened(file, mapping.headings, mapping.header_row or 1)
        yield _found(_Text(text), mapping)


def _chosen(sheets: tuple[str, ...], wanted: str) -> str:
    if wanted and wanted not in sheets:
        raise _refused(Wrong.NO_SHEET, wanted, found=", ".join(sheets))
    if not wanted and len(sheets) != 1:
        raise _refused(Wrong.WHICH_SHEET, found=", ".join(sheets))
    return wanted or sheets[0]


def _found(source: _Source, mapping: ColumnMapping) -> PriceTable:
    """Find each heading once in the row that the mapping names, and say where else they stand if they are not there."""
    header = mapping.header_row or 1
    top = _top(source)
    heads = [_heading(value) for value in top.get(header, ())]
    if not any(heads):
        raise _refused(Wrong.EMPTY, source.name, row=header)
    faults = [
        PriceFault(source.name, header, heading, Wrong.TWO_COLUMNS if heading in heads else Wrong.NO_COLUMN)
        for heading in mapping.headings
        if heads.count(heading) != 1
    ]
    if faults:
        raise PriceListFaults(_elsewhere(source.name, top, mapping.headings) or faults)
    places = {heading: heads.index(heading) for heading in mapping.headings}
    return PriceTable(source, places, mapping.first_row or header + 1)


def _top(source: _Source) -> dict[int, Sequence[Value]]:
    return dict(islice(source.rows(1, _MOST_COLUMNS), _ROWS_LOOKED_AT))


def _elsewhere(sheet: str, top: Mapping[int, Sequence[Value]], headings: tuple[str, ...]) -> list[PriceFault]:
    """Find the row near the top in which every heading stands, when the mapping named another."""
    for number, cells in top.items():
        if all([_heading(value) for value in cells].count(heading) == 1 for heading in headings):
            return [PriceFault(sheet, number, "", Wrong.OTHER_HEAD_ROW, str(number))]
    return []


def _heading(value: Value) -> str:
    return "" if value is None or isinstance(value, Bad) else " ".join(str(value).split())


def _refused(wrong: Wrong, sheet: str = "", *, row: int = 0, found: object = "") -> PriceListFaults:
    return PriceListFaults([PriceFault(sheet, row, "", wrong, str(found))])
