"""Tables as files for spreadsheets: CSV as Danish spreadsheets read it, and XLSX; no text ever becomes a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

from planner.domain.money import Money

Cell = str | int | Money | date | None

# A spreadsheet takes a text that begins like this for a formula, also behind spaces and in full width.
_RISKY = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_LONGEST_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class Table:
    """What goes into a file: a name, column heads, rows, and the control totals as the last row."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    totals: Sequence[Cell] = ()


def to_csv(table: Table) -> bytes:
    """Write a table with semicolons, decimal commas and a byte order mark, as Danish spreadsheets expect it."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(head) for head in table.heads])
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    if table.totals:
        writer.writerow([_written(cell) for cell in table.totals])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(table: Table) -> bytes:
    """Write a table as a workbook: text as text, amounts as numbers in kroner, days as days."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_sheet_name(table.name))
    formats = {
        Money: book.add_format({"num_format": "#,##0.00"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    strong = book.add_format({"bold": True})
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, strong)
    last = 0
    for last, row in enumerate(table.rows, 1):
        _write_row(sheet, last, row, formats)
    if table.totals:
        _write_row(sheet, last + 1, table.totals, formats)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.heads) - 1, 16)
    book.close()
    return content.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, Money):
        return str(cell).replace(".", ",")
    if isinstance(cell, str):
        return _harmless(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _harmless(text: str) -> str:
    """Keep a text on one line, and put an apostrophe before what could be taken for a formula."""
    line = _BREAKS.sub(" ", text)
    return f"'{line}" if _RISKY.match(line) else line


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, row: Sequence[Cell], formats: dict[type, object]
) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, Money):
            sheet.write_number(number, column, Decimal(cell.oere).scaleb(-2), formats[Money])
        elif isinstance(cell, date):
            sheet.write_datetime(number, column, cell, formats[date])
        elif isinstance(cell, int):
            sheet.write_number(number, column, cell)
        elif cell is not None:
            sheet.write_string(number, column, cell)


def _sheet_name(name: str) -> str:
    return "".join(letter if letter not in "[]:*?/\\'" else " " for letter in name)[:_LONGEST_SHEET_NAME] or "1"
