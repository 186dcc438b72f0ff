"""Files for spreadsheets: read back by another program they hold the same, and no text is ever a formula."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.money import Money
from planner.exchange.spreadsheets import Table, to_csv, to_xlsx

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STARTS = st.sampled_from(
    ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", ";=", " =", "\ufeff@", "'=", '"=']
)
_DANGEROUS = st.builds("".join, st.tuples(_STARTS, st.text(max_size=12)))
_HARMLESS = "=+-@\t\r\n＝＋－＠"


def table(*rows: tuple[object, ...], totals: tuple[object, ...] = ()) -> Table:
    return Table("Ark", ("A", "B"), rows, totals)  # type: ignore[arg-type]


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_cells(content: bytes) -> Iterator[tuple[str, str | None, bool]]:
    """Yield (type, value, is a formula) of every cell."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        names = book.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            root = ET.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(part.text or "" for part in item.iter(f"{_MAIN}t")) for item in root]
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        for cell in sheet.iter(f"{_MAIN}c"):
            value = cell.findtext(f"{_MAIN}v")
            kind = cell.get("t", "n")
            text = shared[int(value)] if kind == "s" and value is not None else value
            yield kind, text, cell.find(f"{_MAIN}f") is not None


def test_amounts_have_a_decimal_comma_and_days_are_days() -> None:
    content = to_csv(table((Money(-123_456), date(2026, 5, 12)), ("Ærø; ø", 3), totals=("I alt", Money(5))))

    assert read_csv(content) == [["A", "B"], ["-1234,56", "2026-05-12"], ["Ærø; ø", "3"], ["I alt", "0,05"]]


@given(st.lists(_DANGEROUS | st.text(max_size=20), min_size=1, max_size=30))
@settings(max_examples=170)
def test_no_text_in_a_csv_begins_a_formula_or_a_row(texts: list[str]) -> None:
    kept = [text.replace("\0", "") for text in texts]

    rows = read_csv(to_csv(table(*((text, Money(-1)) for text in kept))))

    assert len(rows) == len(kept) + 1
    for cell, amount in rows[1:]:
        assert amount == "-0,01"
        assert cell.strip(" \u00a0\ufeff\u200b")[:1] not in set(_HARMLESS)


@given(st.lists(_DANGEROUS, min_size=1, max_size=10))
@settings(max_examples=25)
def test_no_cell_of_a_workbook_is_a_formula_and_amounts_are_numbers(texts: list[str]) -> None:
    cells = list(read_cells(to_xlsx(table(*((text, Money(-150)) for text in texts)))))

    assert not any(formula for _, _, formula in cells)
    assert [(kind, value) for kind, value, _ in cells if kind == "n"] == [("n", "-1.50")] * len(texts)
    assert sum(kind == "s" for kind, _, _ in cells) == 2 + len(texts)


def test_the_totals_are_the_last_row_of_a_workbook() -> None:
    cells = list(read_cells(to_xlsx(table(("x", Money(100)), ("y", Money(205)), totals=("I alt", Money(305))))))

    assert [value for _, value, _ in cells][-2:] == ["I alt", "3.05"]


def test_a_name_that_no_sheet_can_have_is_made_one() -> None:
    content = to_xlsx(Table("a/b:c*d?e[f]g'h" * 5, ("A",), [("x",)]))

    with zipfile.ZipFile(BytesIO(content)) as book:
        name = ET.fromstring(book.read("xl/workbook.xml")).find(f"{_MAIN}sheets/{_MAIN}sheet")
    assert name is not None
    assert len(name.get("name", "")) == 31
