"""A price list like those of a nation: thousands of rows, prices by region, day and night, open ends written 9999-12-31."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

EXAMPLE = Path(__file__).parent.parent / "packages_catalog" / "mappings" / "example.toml"
"""The documented mapping; the lists made here are what it describes."""

TITLE = "Landsdækkende prisliste for støtte i hverdagen"
HEADS = (
    *("Ydelsesnr.", "Grundnr.", "Navn", "Name", "Kategori", "Enhed", "Gyldig fra", "Gyldig til"),
    *("Øvrige landet", "Hovedstaden", "Nordjylland", "Tidspunkt", "Intensitet", "Pris efter tilbud"),
    *("Aflysning", "Transport", "Uden borgeren", "Leverandør", "Konto", "Bemærkning"),
)
_PLACES = ("i eget hjem", "på cafeen", "i byen", "på arbejdet", "hos lægen", "i foreningen", "på skærm", "i naturen")
_THINGS = ("Madlavning", "Økonomi", "Følgeskab", "Træning", "Samtale", "Fællesspisning", "Transport", "Overblik")
_ENGLISH = ("Cooking", "Money matters", "Company", "Training", "Talk", "Shared meal", "Transport", "Overview")
_CATEGORIES = ("Støtte i hjemmet", "Følgeskab")
_UNITS = ("Time", "Døgn", "Måned")

Row = dict[str, Any]


@dataclass(frozen=True)
class List:
    """A list: the line above its headings, the headings, and rows by heading."""

    rows: tuple[Row, ...]
    heads: tuple[str, ...] = HEADS
    above: tuple[str, ...] = (TITLE,)

    def with_cells(self, index: int, cells: Mapping[str, Any]) -> "List":
        """Write other cells into one row (0 is the first)."""
        rows = list(self.rows)
        rows[index] = {**rows[index], **cells}
        return replace(self, rows=tuple(rows))

    def with_column(self, heading: str, values: Sequence[Any]) -> "List":
        """Write a whole column anew."""
        rows = tuple({**row, heading: value} for row, value in zip(self.rows, values, strict=True))
        return replace(self, rows=rows)

    def table(self) -> Iterator[list[Any]]:
        """Yield the lines of the file."""
        for line in self.above:
            yield [line]
        yield list(self.heads)
        for row in self.rows:
            yield [row.get(head) for head in self.heads]


def make(packages: int = 3, *, first_day: date = date(2026, 1, 1), dearer: int = 0) -> List:
    """Make a list of so many things, each by day and by night; ``dearer`` kroner more than usual."""
    return List(tuple(row for number in range(packages) for row in _two(number, first_day, dearer)))


def _two(number: int, first_day: date, dearer: int) -> Iterator[Row]:
    thing, place = number % len(_THINGS), _PLACES[number // len(_THINGS) % len(_PLACES)]
    for night in (0, 1):
        price = 300 + number % 400 + 120 * night + dearer
        yield {
            "Ydelsesnr.": f"01_{number:05d}_{night}",
            "Grundnr.": f"01_{number:05d}",
            "Navn": f"{_THINGS[thing]} {place}, hold {number + 1}",
            "Name": f"{_ENGLISH[thing]}, group {number + 1}",
            "Kategori": _CATEGORIES[number % 2],
            "Enhed": _UNITS[number % 3],
            "Gyldig fra": first_day,
            "Gyldig til": date(9999, 12, 31),
            "Øvrige landet": price,
            "Hovedstaden": price + 24.5,
            "Nordjylland": None if number % 5 == 0 else price + 12.25,
            "Tidspunkt": ("Dag", "Nat")[night],
            "Intensitet": "Normal",
            "Pris efter tilbud": "N",
            "Aflysning": "J",
            "Transport": "J",
            "Uden borgeren": "N",
            "Leverandør": "Alle",
            "Konto": 5_38_50 + number % 7,
            "Bemærkning": "Æblegrød, øllebrød og ål er ikke med i prisen",
        }


def xlsx(*lists: List, sheets: Sequence[str] = ("Priser",), formula: str = "", merge: str = "") -> bytes:
    """Write a workbook with a sheet for each list; ``formula`` and ``merge`` name cells of the first sheet."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, listed in zip(sheets, lists, strict=True):
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(listed.table()):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
    first = book.worksheets()[0]
    if formula:
        first.write_formula(formula, "=100+200", None, 300)
    if merge:
        first.merge_range(merge, "Støtte")
    book.close()
    return content.getvalue()


def csv(listed: List, *, delimiter: str = ";", letters: str = "utf-8", decimal: str = ",") -> bytes:
    """Write a text file as spreadsheets of the north do; ``utf-8-sig`` begins with a mark."""

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        if isinstance(value, int | float):
            text = f"{value:.2f}".replace(".", decimal)
        return f'"{text}"' if delimiter in text or '"' in text else text

    lines = (delimiter.join(cell(value) for value in cells) for cells in listed.table())
    return "\r\n".join((*lines, "")).encode(letters)
