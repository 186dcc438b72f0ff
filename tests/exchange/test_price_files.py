"""Files that would harm or mislead: too large, bombs, a million empty rows, other letters, broken ones."""

import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from planner.domain.price_fault import PriceListFaults, Wrong
from planner.exchange import price_lists, price_mapping
from planner.exchange.price_tables import LARGEST_FILE, MOST_ROWS
from tests import prices

MAPPING = price_mapping.read(prices.EXAMPLE.read_text("utf-8"))
SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes) -> price_lists.PriceList:
    return price_lists.read(BytesIO(content), MAPPING)


def refused(content: bytes) -> list[Wrong]:
    with pytest.raises(PriceListFaults) as error:
        read(content)
    return [fault.wrong for fault in error.value.faults]


def rewritten(content: bytes, part: str, change: object) -> bytes:
    """Write a workbook with one part changed or added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), part}:
            data = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(data) if name == part and callable(change) else data)
    return made.getvalue()


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    with file.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(200 * 1024 * 1024)

    with file.open("rb") as stream, pytest.raises(PriceListFaults) as error:
        price_lists.read(stream, MAPPING)

    assert [fault.wrong for fault in error.value.faults] == [Wrong.TOO_LARGE]


def test_a_zip_bomb_is_refused_by_what_it_says_it_becomes() -> None:
    bomb = rewritten(prices.xlsx(prices.make(1)), SHEET, lambda data: data + b" " * 200_000_000)

    assert len(bomb) < LARGEST_FILE
    assert refused(bomb) == [Wrong.UNPACKS_TOO_LARGE]


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = rewritten(prices.xlsx(prices.make(1)), SHEET, lambda data: data + b" " * 200_000_000)
    lying = bytearray(bomb)
    for found in re.finditer(rb"PK\x01\x02", bomb):
        name_length = struct.unpack_from("<H", bomb, found.start() + 28)[0]
        if bomb[found.start() + 46 : found.start() + 46 + name_length] == SHEET.encode():
            struct.pack_into("<I", lying, found.start() + 24, 5000)

    assert refused(bytes(lying)) == [Wrong.BROKEN]


@pytest.mark.parametrize(
    ("part", "size"),
    [("xl/sharedStrings.xml", 26_000_000), ("xl/styles.xml", 5_000_000), ("docProps/app.xml", 5_000_000)],
)
def test_a_part_that_would_be_held_in_memory_must_be_small(part: str, size: int) -> None:
    assert refused(rewritten(prices.xlsx(prices.make(1)), part, lambda data: data + b"<a/>" * (size // 4))) == [
        Wrong.UNPACKS_TOO_LARGE
    ]


def test_one_endless_text_is_refused() -> None:
    long = rewritten(
        prices.xlsx(prices.make(1)), SHEET, lambda data: data.replace(b"<v>", b"<v>" + b"9" * 2_000_000, 1)
    )

    assert refused(long) == [Wrong.UNPACKS_TOO_LARGE]


def test_entities_that_grow_when_read_are_refused() -> None:
    lol = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'

    def insert(data: bytes) -> bytes:
        return data.replace(b"<worksheet", lol + b"<worksheet", 1)

    assert refused(rewritten(prices.xlsx(prices.make(1)), SHEET, insert)) == [Wrong.BROKEN]


@pytest.mark.slow
def test_a_million_empty_rows_below_the_list_are_passed_over() -> None:
    rows = b"".join(b'<row r="%d" spans="1:20"><c r="A%d" s="1"/></row>' % (n, n) for n in range(7, 1_000_007))
    padded = rewritten(
        prices.xlsx(prices.make(2)), SHEET, lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")
    )

    assert read(padded).rows == 4


def test_something_far_below_the_list_is_not_overlooked() -> None:
    stray = b'<row r="1000000"><c r="A1000000"><v>7</v></c></row></sheetData>'
    content = rewritten(prices.xlsx(prices.make(2)), SHEET, lambda data: data.replace(b"</sheetData>", stray))

    assert refused(content) == [Wrong.TOO_MANY_ROWS]


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    small = rewritten(
        prices.xlsx(prices.make(3)),
        SHEET,
        lambda data: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:B2"/>', data),
    )

    assert read(small).rows == 6


def test_more_rows_than_a_list_can_have_are_refused() -> None:
    text = prices.csv(prices.make(1))
    many = text + text.splitlines(keepends=True)[-1] * (MOST_ROWS + 1)

    assert Wrong.TOO_MANY_ROWS in refused(many)


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_is_read_in_utf_8_and_windows_1252_whatever_stands_between_columns(letters: str, delimiter: str) -> None:
    listed = prices.make(1).with_column("Navn", ['Æblegrød, øl; og "ål"'.replace('"', "'")] * 2)

    found = read(prices.csv(listed, delimiter=delimiter, letters=letters))

    assert found.listed[0].package.name.da == "Æblegrød, øl; og 'ål'"
    assert found.listed[0].package.tariffs_of("101")[0].amount.oere == 32450


def test_windows_1252_behind_a_mark_of_utf_8_is_read() -> None:
    content = b"\xef\xbb\xbf" + prices.csv(prices.make(1), letters="cp1252")

    assert read(content).listed[0].package.name.da == "Madlavning i eget hjem, hold 1"


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", Wrong.EMPTY),
        (b"\n\n\n", Wrong.EMPTY),
        (b"\xff\xfea\x00b\x00", Wrong.BAD_LETTERS),
        (b"a;b\x00c", Wrong.BAD_LETTERS),
        (b"\x81\x8d\x8f", Wrong.BAD_LETTERS),
        (b"PK\x03\x04 and nothing else", Wrong.BROKEN),
        (b'title\n"Ydelsesnr.";"Navn\n', Wrong.BAD_QUOTES),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, wrong: Wrong) -> None:
    assert refused(content) == [wrong]


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("list.csv", prices.csv(prices.make(1)))

    assert refused(made.getvalue()) == [Wrong.NO_TABLE]


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_half_a_workbook_is_refused(cut: float) -> None:
    content = prices.xlsx(prices.make(20))

    assert refused(content[: int(len(content) * cut)]) == [Wrong.BROKEN]


def test_text_and_workbook_say_the_same() -> None:
    listed = prices.make(20)

    book, text = read(prices.xlsx(listed)), read(prices.csv(listed))

    assert [one.package for one in book.listed] == [one.package for one in text.listed]
