"""What a price list may look like, what becomes of it, and that everything in doubt is refused by row and column."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from packages_catalog import shape
from packages_catalog.faults import CatalogueFaults
from planner.domain.money import Money
from planner.domain.package import PriceUnit
from planner.domain.price_fault import PriceListFaults, Wrong
from planner.domain.price_mapping import ColumnMapping
from planner.exchange import price_lists, price_mapping
from tests import prices

TEXT = prices.EXAMPLE.read_text("utf-8")
MAPPING = price_mapping.read(TEXT)
FROM, TO, EVERYWHERE = "Gyldig fra", "Gyldig til", "Øvrige landet"


def mapped(**changes: str) -> ColumnMapping:
    """Read the example with other values; an empty one takes the key out."""
    lines = TEXT.splitlines()
    for key, value in changes.items():
        place = next(number for number, line in enumerate(lines) if line.startswith(f"{key} ="))
        lines[place] = f"{key} = {value}" if value else ""
    return price_mapping.read("\n".join(lines))


def read(content: bytes, mapping: ColumnMapping = MAPPING, sheet: str = "") -> price_lists.PriceList:
    return price_lists.read(BytesIO(content), mapping, sheet=sheet)


def faults(content: bytes, mapping: ColumnMapping = MAPPING, sheet: str = "") -> list[tuple[int, str, Wrong]]:
    with pytest.raises(PriceListFaults) as refused:
        read(content, mapping, sheet)
    return [(fault.row, fault.column, fault.wrong) for fault in refused.value.faults]


def test_rows_that_differ_only_by_day_and_night_are_one_package_with_a_variant() -> None:
    found = read(prices.xlsx(prices.make(2)))

    assert (found.rows, found.skipped) == (4, 0)
    first, second = (one.package for one in found.listed)
    assert (first.id, first.name.da, first.name.en) == (
        "lp-01-00000",
        "Madlavning i eget hjem, hold 1",
        "Cooking, group 1",
    )
    assert [variant.name.da for variant in first.variants] == ["Nat"]
    assert [step.amount for step in first.tariffs_of("")] == [Money.kroner(300)]
    assert [step.amount for step in first.tariffs if step.variant == "nat" and not step.region] == [Money.kroner(420)]
    assert second.tariffs_of("0849")[0].amount == Money.kroner("313.25")


def test_a_region_without_a_price_of_its_own_has_the_one_for_everywhere() -> None:
    package = read(prices.xlsx(prices.make(1))).listed[0].package

    assert {step.region for step in package.tariffs} == {"", "101", "147", "157"}
    assert package.tariffs_of("0849")[0].amount == package.tariffs_of("")[0].amount
    assert package.tariffs_of("0101")[0].amount == Money.kroner("324.50")


def test_what_a_list_gives_has_the_shape_of_a_package_file() -> None:
    for one in read(prices.xlsx(prices.make(40))).listed:
        assert shape.load(shape.dump(one.package)) == shape.sealed(one.package)


def test_phases_of_a_list_are_assumed_and_a_legal_basis_is_to_be_verified() -> None:
    package = read(prices.xlsx(prices.make(1))).listed[0].package

    assert package.assumed == ("minutes", "phases", "rhythm", "weeks")
    assert package.legal_bases[0].verify
    assert package.evidence == ()


def test_other_days_of_the_same_thing_are_price_steps() -> None:
    listed = prices.make(1).with_column(TO, [date(2026, 12, 31)] * 2)
    later = prices.make(1, first_day=date(2027, 1, 1), dearer=20)

    (one,) = read(prices.xlsx(prices.List((*listed.rows, *later.rows)))).listed

    assert [(step.first_day.year, step.amount) for step in one.package.tariffs_of("")] == [
        (2026, Money.kroner(300)),
        (2027, Money.kroner(320)),
    ]
    assert (one.first_day, one.last_day, one.package.withdrawn_on) == (date(2026, 1, 1), None, None)


def test_what_ends_without_another_price_is_withdrawn_the_day_after() -> None:
    listed = prices.make(1).with_column(TO, [date(2026, 6, 30)] * 2)

    assert read(prices.xlsx(listed)).listed[0].package.withdrawn_on == date(2026, 7, 1)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(date(9999, 12, 31), id="a day"),
        pytest.param("9999-12-31", id="text"),
        pytest.param("31.12.9999", id="Danish text"),
        pytest.param(99991231, id="a number"),
        pytest.param(2958465, id="the number of a spreadsheet"),
        pytest.param(None, id="empty"),
        pytest.param("  ", id="blank"),
    ],
)
def test_an_open_end_is_written_in_many_ways(written: Any) -> None:
    listed = prices.make(1).with_column(TO, [written] * 2)

    assert read(prices.xlsx(listed)).listed[0].last_day is None


@pytest.mark.parametrize(
    "written", [date(2026, 2, 1), "2026-02-01", "01.02.2026", "1-2-2026", "01/02/2026", 20260201, "20260201", 46054]
)
def test_a_day_is_written_in_many_ways(written: Any) -> None:
    listed = prices.make(1).with_column(FROM, [written] * 2)

    assert read(prices.xlsx(listed)).listed[0].first_day == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("01/02/2026", Wrong.TWO_DAYS),
        ("2026-02-30", Wrong.BAD_DAY),
        ("snart", Wrong.BAD_DAY),
        (12, Wrong.BAD_DAY),
        (date(9999, 12, 31), Wrong.BAD_DAY),
        (None, Wrong.MISSING),
    ],
)
def test_a_first_day_in_doubt_is_refused(written: Any, wrong: Wrong) -> None:
    listed = prices.make(1).with_column(FROM, [date(2026, 1, 1), written])

    assert faults(prices.xlsx(listed), mapped(slashes="")) == [(4, FROM, wrong)]


@pytest.mark.parametrize(
    ("written", "decimals", "kroner"),
    [
        (450, '","', "450.00"),
        (450.5, '","', "450.50"),
        (0.1 + 0.2, '","', "0.30"),
        ("1.234,50", '","', "1234.50"),
        ("1.234", '","', "1234.00"),
        ("1 234,5 kr.", '","', "1234.50"),
        ("1,234.50", '"."', "1234.50"),
        ("1,234", '"."', "1234.00"),
        ("1234,50", "", "1234.50"),
        ("1.234.567", "", "1234567.00"),
        ("12.50", "", "12.50"),
        (0, '","', "0.00"),
    ],
)
def test_amounts_are_read_exactly(written: Any, decimals: str, kroner: str) -> None:
    listed = prices.make(1).with_cells(0, {EVERYWHERE: written})

    assert read(prices.xlsx(listed), mapped(decimals=decimals)).listed[0].package.tariffs[0].amount == Money.kroner(
        kroner
    )


@pytest.mark.parametrize(
    ("written", "decimals", "wrong"),
    [
        ("1.234", "", Wrong.TWO_AMOUNTS),
        ("1,234", "", Wrong.TWO_AMOUNTS),
        ("1234.50", '","', Wrong.BAD_AMOUNT),
        ("12,345", '","', Wrong.BAD_AMOUNT),
        ("-12", '","', Wrong.BAD_AMOUNT),
        (-12, '","', Wrong.BAD_AMOUNT),
        (12.345, '","', Wrong.BAD_AMOUNT),
        ("1e3", '","', Wrong.BAD_AMOUNT),
        ("１２", '","', Wrong.BAD_AMOUNT),
        ("efter aftale", '","', Wrong.BAD_AMOUNT),
        (True, '","', Wrong.BAD_AMOUNT),
        (None, '","', Wrong.NO_PRICE),
    ],
)
def test_an_amount_in_doubt_is_refused(written: Any, decimals: str, wrong: Wrong) -> None:
    listed = prices.make(1).with_cells(1, {EVERYWHERE: written})

    assert faults(prices.xlsx(listed), mapped(decimals=decimals)) == [(4, EVERYWHERE, wrong)]


def test_decimal_comma_and_point_in_one_column_are_refused_at_the_rarer_one() -> None:
    listed = prices.make(2).with_column(EVERYWHERE, ["100,50", "200,50", "300.50", "400,50"])

    assert faults(prices.xlsx(listed), mapped(decimals="")) == [(5, EVERYWHERE, Wrong.MIXED_DECIMALS)]


def test_a_formula_is_refused_at_its_cell_also_where_its_value_is_known() -> None:
    assert faults(prices.xlsx(prices.make(2), formula="I4")) == [(4, EVERYWHERE, Wrong.FORMULA)]


def test_a_formula_in_a_column_that_is_not_read_does_no_harm() -> None:
    assert read(prices.xlsx(prices.make(2), formula="T4")).rows == 4


@pytest.mark.parametrize(("merge", "column"), [("E3:E4", "Kategori"), ("I3:J3", "Øvrige landet"), ("S6:T6", "")])
def test_merged_cells_are_refused_where_they_are_read(merge: str, column: str) -> None:
    content = prices.xlsx(prices.make(2), merge=merge)

    if column:
        assert (3, column, Wrong.MERGED) in faults(content)
    else:
        assert read(content).rows == 4


def test_a_merged_title_above_the_headings_does_no_harm() -> None:
    assert read(prices.xlsx(prices.make(2), merge="A1:F1")).rows == 4


def test_headings_in_another_row_than_the_mapping_says_are_named() -> None:
    assert faults(prices.xlsx(prices.make(1)), mapped(header_row="")) == [(2, "", Wrong.OTHER_HEAD_ROW)]


def test_a_second_row_of_headings_is_refused_unless_the_mapping_says_where_rows_begin() -> None:
    listed = prices.make(1)
    units = {head: f"({head.lower()})" for head in prices.HEADS}
    doubled = prices.List((units, *listed.rows))

    assert faults(prices.xlsx(doubled)) == [(3, "", Wrong.TWO_HEAD_ROWS)]

    told = price_mapping.read(TEXT.replace("header_row = 2", "header_row = 2\nfirst_row = 4\n#"))
    assert read(prices.xlsx(doubled), told).rows == 2


@pytest.mark.parametrize(
    ("heads", "wrong"),
    [
        (tuple("Andet" if head == "Enhed" else head for head in prices.HEADS), Wrong.NO_COLUMN),
        (tuple("Enhed" if head == "Konto" else head for head in prices.HEADS), Wrong.TWO_COLUMNS),
    ],
)
def test_a_heading_that_is_missing_or_stands_twice_is_refused(heads: tuple[str, ...], wrong: Wrong) -> None:
    listed = prices.List(prices.make(1).rows, heads=heads)

    assert faults(prices.xlsx(listed)) == [(2, "Enhed", wrong)]


def test_the_same_id_twice_on_the_same_day_is_refused_with_the_other_row() -> None:
    listed = prices.make(2)
    twice = prices.List((*listed.rows, listed.rows[0]))

    with pytest.raises(PriceListFaults) as refused:
        read(prices.xlsx(twice))

    (fault,) = refused.value.faults
    assert (fault.sheet, fault.row, fault.column, fault.wrong, fault.found) == (
        "Priser",
        7,
        "Ydelsesnr.",
        Wrong.DUPLICATE,
        "3",
    )


def test_two_ids_that_become_the_same_are_refused() -> None:
    listed = prices.make(1).with_cells(1, {"Grundnr.": "01 00000"})

    assert (4, "Ydelsesnr.", Wrong.SAME_ID) in faults(prices.xlsx(listed))


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [(date(2026, 6, 1), date(2026, 6, 30), Wrong.OVERLAP), (date(2026, 9, 1), date(2026, 6, 30), Wrong.GAP)],
)
def test_steps_that_overlap_or_leave_a_gap_are_refused(first: date, last: date, wrong: Wrong) -> None:
    listed = prices.make(1)
    row = {**listed.rows[0], TO: last}
    later = {**listed.rows[0], FROM: first}

    found = faults(prices.xlsx(prices.List((row, listed.rows[1], later))))

    assert found == [(5, FROM, wrong)]


def test_other_things_that_rows_of_one_package_say_against_each_other() -> None:
    listed = prices.make(1)

    assert faults(prices.xlsx(listed.with_cells(1, {"Enhed": "Døgn"}))) == [(4, "Enhed", Wrong.TWO_UNITS)]
    assert faults(prices.xlsx(prices.List(listed.rows[1:]))) == [(3, "Tidspunkt", Wrong.NO_BASE)]
    assert faults(prices.xlsx(listed.with_cells(0, {TO: date(2025, 1, 1)}))) == [(3, TO, Wrong.ENDS_BEFORE_START)]


@pytest.mark.parametrize(
    ("column", "written", "wrong"),
    [
        ("Enhed", "kilo", Wrong.UNKNOWN_UNIT),
        ("Kategori", "Blomster", Wrong.UNKNOWN_CATEGORY),
        ("Pris efter tilbud", "måske", Wrong.BAD_FLAG),
        ("Navn", None, Wrong.MISSING),
        ("Navn", "skjult\u200btegn", Wrong.BAD_TEXT),
        ("Navn", "x" * 1001, Wrong.BAD_TEXT),
        ("Grundnr.", "–", Wrong.BAD_ID),
        ("Grundnr.", "a-b-c-d-e-f-g", Wrong.BAD_ID),
        ("Tidspunkt", "§§", Wrong.BAD_ID),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(column: str, written: Any, wrong: Wrong) -> None:
    found = faults(prices.xlsx(prices.make(2).with_cells(3, {column: written})))

    assert (6, column, wrong) in found


def test_a_marked_row_is_left_out() -> None:
    listed = prices.make(2).with_column("Pris efter tilbud", ["nej", "N", "ja", "X"])

    found = read(prices.xlsx(listed))

    assert (found.rows, found.skipped, len(found.listed)) == (4, 2, 1)


def test_an_id_of_the_catalogues_own_files_is_refused() -> None:
    listed = prices.make(1).with_column("Grundnr.", ["gruppe"] * 2)

    assert faults(prices.xlsx(listed), mapped(prefix='"peer"')) == [(3, "Ydelsesnr.", Wrong.OTHERS_ID)]


def test_numbers_may_stand_where_ids_are_meant() -> None:
    listed = prices.make(1).with_column("Grundnr.", [1011, 1011])

    assert read(prices.xlsx(listed)).listed[0].package.id == "lp-1011"


def test_the_sheet_must_be_said_when_there_are_several() -> None:
    book = prices.xlsx(prices.make(1), prices.make(2), sheets=("Forside", "Takster"))

    assert faults(book, mapped(sheet="")) == [(0, "", Wrong.WHICH_SHEET)]
    assert faults(book) == [(0, "", Wrong.NO_SHEET)]
    assert read(book, sheet="Takster").rows == 4


def test_every_fault_is_named_at_once_up_to_a_thousand() -> None:
    listed = prices.make(700).with_column("Enhed", ["kilo"] * 1400)

    assert len(faults(prices.xlsx(listed))) == 1000


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda text: text.replace("municipalities = [", "# [").replace("# [", "municipalities = [", 1),
            id="everywhere twice",
        ),
        pytest.param(lambda text: text.replace('prefix = "lp"', 'prefix = "Æ"'), id="prefix"),
        pytest.param(lambda text: text.replace('kind = "budget_item"', 'kind = "gift"'), id="kind"),
        pytest.param(lambda text: text.replace("weeks = 26", "weeks = 400"), id="weeks"),
        pytest.param(lambda text: text.replace('"101"', '"0101"'), id="municipality"),
        pytest.param(lambda text: text.replace('base = ["Dag", "Normal"]', 'base = ["Dag"]'), id="base"),
        pytest.param(lambda text: text.replace('means = "skip"', 'means = "steal"'), id="flag"),
        pytest.param(lambda text: text.replace('source = "Lands', 'extra = 1\nsource = "Lands'), id="unknown key"),
        pytest.param(
            lambda text: text.replace('rung = "services"', 'rung = "services"\nid = "mine"'), id="own of item"
        ),
        pytest.param(lambda text: text + "=", id="not TOML"),
        pytest.param(lambda text: "#" * 70_000 + text, id="too long"),
    ],
)
def test_a_mapping_with_a_fault_is_refused_by_key(change: Callable[[str], str]) -> None:
    with pytest.raises(CatalogueFaults) as refused:
        price_mapping.read(change(TEXT))

    assert refused.value.faults


def test_the_documented_mapping_says_what_its_words_say() -> None:
    assert MAPPING.units == {
        "time": PriceUnit.SESSION,
        "pr. gang": PriceUnit.SESSION,
        "døgn": PriceUnit.DAY,
        "måned": PriceUnit.MONTH,
    }
    assert [price.municipalities for price in MAPPING.prices] == [(), ("101", "147", "157"), ("849", "851")]
    assert {plain: pattern.common["chime"][0] for plain, pattern in MAPPING.patterns().items()} == {
        "støtte i hjemmet": "empowerment",
        "hjemmestøtte": "empowerment",
        "følgeskab": "connectedness",
    }
