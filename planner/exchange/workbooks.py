"""Workbooks of others: looked through for what would harm before a library opens them, then read row by row."""

import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import openpyxl
from openpyxl.utils.cell import column_index_from_string

from planner.domain.price_fault import PriceFault, PriceListFaults, Wrong
from planner.exchange.price_cells import Bad, Row, Value

LARGEST_UNPACKED: Final = 120 * 1024 * 1024
_LARGEST_STRINGS: Final = 24 * 1024 * 1024
_LARGEST_PART: Final = 4 * 1024 * 1024
_MOST_PARTS: Final = 500
_CHUNK: Final = 256 * 1024
_OVERLAP: Final = 256
_SHEETS: Final = "xl/worksheets/"
_STRINGS: Final = "xl/sharedStrings.xml"

_DANGEROUS = (b"<!DOCTYPE", b"<!ENTITY", b"\x00")
_REFERENCE = re.compile(rb"\br=[\"'][A-Z]{1,3}([0-9]{1,7})[\"']")
_MERGED = re.compile(rb"mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']")


@dataclass(frozen=True, slots=True)
class Merge:
    """A rectangle of cells that are shown as one; only its first cell holds anything."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int
    words: str


@dataclass(slots=True)
class Seen:
    """What a look through the raw text of a sheet found: its last row with something in it, and its merged cells.

    A ``plain`` sheet has neither formulas nor errors, so that its values can be read without looking at each cell.
    """

    last_row: int = 0
    plain: bool = True
    merges: set[Merge] = field(default_factory=set)


@dataclass(slots=True)
class Workbook:
    """An open workbook, safe to read; ``seen`` by the path of each sheet inside the file."""

    book: Any
    seen: dict[str, Seen]

    @property
    def sheets(self) -> tuple[str, ...]:
        """Name the sheets with cells, in order."""
        return tuple(sheet.title for sheet in self.book.worksheets)

    def about(self, sheet: str) -> Seen:
        """Tell what the first look found in a sheet."""
        path = self.book[sheet]._worksheet_path  # noqa: SLF001 - the only place where the library says it
        return self.seen.get(path.lstrip("/"), Seen())

    def rows(self, sheet: str, first: int, last: int, width: int | None) -> Iterator[Row]:
        """Yield rows with their numbers; columns beyond ``width`` are left out. Raises ``PriceListFaults``."""
        page = self.book[sheet]
        # What a file says about its own size is not always so, and the library would believe it.
        page.reset_dimensions()
        if last < first:
            return
        plain = self.about(sheet).plain
        found = page.iter_rows(min_row=first, max_row=last, max_col=width, values_only=plain)
        with _broken_as_fault(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, cells in enumerate(found, first):
                yield number, cells if plain else [_value(cell) for cell in cells]


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Workbook]:
    """Open a workbook read-only after a look at every part of it. Raises ``PriceListFaults``."""
    with _broken_as_fault():
        seen = _look_through(file)
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    try:
        yield Workbook(book, seen)
    finally:
        book.close()


def _value(cell: Any) -> Value:  # noqa: ANN401 - the library's cells share no class
    kind = cell.data_type
    if kind == "f":
        return Bad(Wrong.FORMULA, "")
    if kind == "e":
        return Bad(Wrong.CELL_ERROR, str(cell.value))
    value: Value = cell.value
    return value


def _look_through(file: IO[bytes]) -> dict[str, Seen]:
    with ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise _refused(Wrong.UNPACKS_TOO_LARGE)
        seen = {part.filename: _look_into(archive, part) for part in parts}
    if not any(name.startswith(_SHEETS) for name in seen):
        raise _refused(Wrong.NO_TABLE)
    return seen


def _look_into(archive: ZipFile, part: ZipInfo) -> Seen:
    """Unpack a part bit by bit, keeping nothing: its real size, nothing that grows when read, what rows it fills."""
    if part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise _refused(Wrong.BROKEN)
    xml = part.filename.endswith((".xml", ".rels"))
    most, size, tail, seen = _most(part.filename) if xml else LARGEST_UNPACKED, 0, b"", Seen()
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most or (xml and len(chunk) == _CHUNK and b"<" not in chunk):
                raise _refused(Wrong.UNPACKS_TOO_LARGE)
            piece = tail + chunk
            if xml and (b"\x00" in piece or (b"<!" in piece and any(mark in piece for mark in _DANGEROUS))):
                raise _refused(Wrong.BROKEN)
            if part.filename.startswith(_SHEETS):
                _note(seen, piece)
            tail = chunk[-_OVERLAP:]
    return seen


def _most(name: str) -> int:
    if name.startswith(_SHEETS):
        return LARGEST_UNPACKED
    return _LARGEST_STRINGS if name == _STRINGS else _LARGEST_PART


def _note(seen: Seen, piece: bytes) -> None:
    # Element names may have a prefix; nearly always they have none, and then each search is a short one.
    starts = (b"<", b":") if b":c " in piece else (b"<",)
    seen.plain = seen.plain and b't="e"' not in piece and b"='" not in piece
    seen.plain = seen.plain and not any(start + b"f" in piece for start in starts)
    for start in starts:
        value = piece.rfind(start + b"v")
        filled = max(value, *(piece.rfind(start + mark, max(value, 0)) for mark in (b"is>", b"f>", b"f ")))
        if filled >= 0:
            cell = piece.rfind(start + b"c ", 0, filled)
            if not (found := _REFERENCE.search(piece, max(cell, 0), filled)):
                raise _refused(Wrong.BROKEN)
            seen.last_row = max(seen.last_row, int(found[1]))
    if b"mergeCell " in piece:
        seen.merges.update(_merge(*found.groups()) for found in _MERGED.finditer(piece))


def _merge(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merge:
    first, last = (column_index_from_string(letters.decode()) for letters in (left, right))
    return Merge(first, int(top), last, int(bottom), f"{left.decode()}{int(top)}:{right.decode()}{int(bottom)}")


@contextmanager
def _broken_as_fault() -> Iterator[None]:
    """Turn whatever a library says about a file that is not what it seems into one readable fault."""
    try:
        yield
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as failure:
        raise _refused(Wrong.BROKEN) from failure
    except (ParseError, KeyError, IndexError, ValueError, TypeError, AttributeError) as failure:
        raise _refused(Wrong.BROKEN) from failure


def _refused(wrong: Wrong) -> PriceListFaults:
    return PriceListFaults([PriceFault("", 0, "", wrong)])
