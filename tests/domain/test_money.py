"""Amounts: whole øre, one rounding rule, and a strict reading of what a Dane types."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.money import LARGEST_OERE, ZERO, Money, UnreadableAmount, read_danish

OERE = st.integers(-(10**11), 10**11)
PAYABLE = st.integers(1, LARGEST_OERE)


def written(oere: int) -> str:
    """Write an amount as Danes do, independently of the code that reads it."""
    return f"{oere // 100:,}".replace(",", ".") + f",{oere % 100:02d}"


@pytest.mark.parametrize(
    ("text", "oere"),
    [
        ("1", 100),
        ("1234", 123_400),
        ("1.234", 123_400),
        ("1.234,5", 123_450),
        ("1.234,50", 123_450),
        ("1234,05", 123_405),
        ("0,01", 1),
        ("0,5", 50),
        ("007", 700),
        (" 12,50 ", 1_250),
        ("12,50 kr.", 1_250),
        ("12,50kr", 1_250),
        ("1.234,50\u00a0kr.", 123_450),
        ("999.999.999,99", LARGEST_OERE),
    ],
)
def test_danish_notation_is_read(text: str, oere: int) -> None:
    assert read_danish(text) == Money(oere)


@pytest.mark.parametrize(
    "text",
    [
        "1,234.50",
        "1e3",
        "1E+3",
        "NaN",
        "nan",
        "Infinity",
        "-5",
        "+5",
        "−5",
        "0",
        "0,00",
        "12,345",
        "１２",  # full-width digits
        "١٢",  # Arabic digits
        "1" + "0" * 15,
        "1.000.000.000",
        "1000000000",
        "",
        " ",
        "kr.",
        "abc",
        "1.23",
        "12.34.567",
        "1.2345",
        "1,,5",
        "1,",
        ",5",
        ".5",
        "1 234",
        "1_000",
        "0x10",
        "5 EUR",
        "$5",
        "1,5,0",
        "1\n2",
        "12,50\u0000",
        "½",
        "'5",
        "=5",
    ],
)
def test_what_could_mean_two_amounts_or_none_is_refused(text: str) -> None:
    with pytest.raises(UnreadableAmount):
        read_danish(text)


@given(PAYABLE)
def test_an_amount_written_in_danish_reads_as_itself(oere: int) -> None:
    assert read_danish(written(oere)) == Money(oere)


@given(st.text(max_size=20))
def test_any_text_is_an_amount_within_bounds_or_refused(text: str) -> None:
    try:
        amount = read_danish(text)
    except UnreadableAmount:
        return
    assert ZERO < amount <= Money(LARGEST_OERE)


@given(st.from_regex(r"[0-9.,]{1,12}", fullmatch=True))
def test_only_thousands_are_grouped_and_only_two_decimals_are_read(text: str) -> None:
    try:
        amount = read_danish(text)
    except UnreadableAmount:
        return
    whole, _, part = text.partition(",")
    assert len(part) <= 2
    assert all(len(group) == 3 for group in whole.split(".")[1:])
    assert amount == Money(int(whole.replace(".", "")) * 100 + int(f"{part:0<2}"))


@given(OERE)
def test_an_amount_written_for_machines_reads_as_itself(oere: int) -> None:
    assert Money.kroner(str(Money(oere))) == Money(oere)


@pytest.mark.parametrize("text", ["12", "12.5", "12.345", "12,50", "1e2", "", "--1.00", "+1.00", "１.00", " 1.00"])
def test_an_amount_from_a_file_has_exactly_two_decimals(text: str) -> None:
    with pytest.raises(UnreadableAmount):
        Money.kroner(text)


def test_whole_kroner_are_a_hundred_oere() -> None:
    assert Money.kroner(12) == Money.kroner("12.00") == Money(1200)


@given(OERE, OERE, OERE)
def test_sums_do_not_depend_on_order(a: int, b: int, c: int) -> None:
    assert (Money(a) + Money(b)) + Money(c) == Money(c) + (Money(b) + Money(a)) == Money.sum(map(Money, (b, c, a)))


@given(OERE, OERE)
def test_a_difference_makes_up_for_what_is_missing(a: int, b: int) -> None:
    assert Money(b) + (Money(a) - Money(b)) == Money(a)
    assert Money(a) - Money(b) == -(Money(b) - Money(a))


def test_nothing_adds_up_to_zero() -> None:
    assert Money.sum([]) == ZERO
    assert not ZERO
    assert Money(-1)


@given(OERE, OERE)
def test_amounts_sort_by_size(a: int, b: int) -> None:
    assert (Money(a) < Money(b)) == (a < b)


@given(OERE, st.fractions(-1000, 1000, max_denominator=10_000))
def test_a_share_is_rounded_half_an_oere_away_from_zero(oere: int, factor: Fraction) -> None:
    exact = oere * factor
    rounded = Money(oere).times(factor).oere
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@pytest.mark.parametrize(
    ("oere", "factor", "expected"),
    [
        (1, Fraction(1, 2), 1),
        (3, Fraction(1, 2), 2),
        (-1, Fraction(1, 2), -1),
        (-3, Fraction(1, 2), -2),
        (1, Fraction(49, 100), 0),
        (100, Fraction(1, 3), 33),
        (100, Fraction(2, 3), 67),
        (125, Fraction(1, 10), 13),
        (100, 3, 300),
    ],
)
def test_the_rounding_rule_by_example(oere: int, factor: Fraction | int, expected: int) -> None:
    assert Money(oere).times(factor) == Money(expected)


@given(OERE, st.integers(-999, 999))
def test_rounding_agrees_with_decimal_arithmetic(oere: int, percent: int) -> None:
    exact = Decimal(oere) * percent / 100
    expected = Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))

    assert Money(oere).times(Fraction(percent, 100)) == expected


@given(OERE, st.integers(-1000, 1000))
def test_whole_quantities_are_never_rounded(oere: int, quantity: int) -> None:
    assert Money(oere).times(quantity) == Money(oere * quantity)


def test_a_number_is_not_an_amount() -> None:
    with pytest.raises(AttributeError):
        Money(1) + 1
    with pytest.raises(TypeError):
        Money(1) * 2
