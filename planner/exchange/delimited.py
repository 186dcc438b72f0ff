"""Delimited text of others: which letters and which sign between columns it uses, then row by row."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from typing import IO, Final

from planner.domain.price_fault import PriceFault, PriceListFaults, Wrong
from planner.exchange.price_cells import Row

_CHUNK: Final = 256 * 1024
_DELIMITERS: Final = (";", "\t", ",")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class Delimited:
    """A text file whose letters and delimiter are known."""

    file: IO[bytes]
    letters: str
    start: int
    delimiter: str
    lines: int

    def rows(self, first: int) -> Iterator[Row]:
        """Yield rows with their numbers, counted as a spreadsheet shows them. Raises ``PriceListFaults``."""
        self.file.seek(self.start)
        text = TextIOWrapper(self.file, self.letters, newline="")
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, 1):
                if number >= first:
                    yield number, cells
        except csv.Error:
            raise PriceListFaults([PriceFault("", number + 1, "", Wrong.BAD_QUOTES)]) from None
        finally:
            text.detach()


def opened(file: IO[bytes], headings: tuple[str, ...], header_row: int) -> Delimited:
    """Find out how a text file is written; the delimiter is the one with which most headings are found."""
    letters, start, lines = _letters(file)
    tried = [Delimited(file, letters, start, delimiter, lines) for delimiter in _DELIMITERS]
    return max(tried, key=lambda one: (_found(one, headings, header_row), one.delimiter == ";"))


def _found(one: Delimited, headings: tuple[str, ...], header_row: int) -> int:
    try:
        _, cells = next(one.rows(header_row), (0, []))
    except PriceListFaults:
        return 0
    return len({" ".join(str(cell).split()) for cell in islice(cells, 1000)} & set(headings))


def _letters(file: IO[bytes]) -> tuple[str, int, int]:
    """Tell the encoding (UTF-8 when it is that throughout, else Windows-1252), where the text begins, and its lines."""
    file.seek(0)
    head = file.read(len(codecs.BOM_UTF8))
    if head.startswith(_UTF_16):
        raise _unreadable()
    start = len(head) if head == codecs.BOM_UTF8 else 0
    for letters in ("utf-8", "cp1252"):
        file.seek(start)
        if (lines := _read_as(file, letters)) is not None:
            return letters, start, lines
    raise _unreadable()


def _read_as(file: IO[bytes], letters: str) -> int | None:
    """Count the lines of a text in some letters; nothing when it is not written in them."""
    decoder = codecs.getincrementaldecoder(letters)()
    lines = 1
    try:
        while chunk := file.read(_CHUNK):
            if b"\x00" in chunk:
                raise _unreadable()
            lines += chunk.count(b"\n")
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return lines


def _unreadable() -> PriceListFaults:
    return PriceListFaults([PriceFault("", 0, "", Wrong.BAD_LETTERS)])
