"""The rows of a price list, read one by one: what each says, or its faults by column."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from marshmallow import ValidationError

from packages_catalog import values
from planner.domain.money import Money
from planner.domain.package import PriceUnit, Words
from planner.domain.price_fault import PriceFault, PriceListFaults, Wrong
from planner.domain.price_list import Item, identifier, named
from planner.domain.price_mapping import EVERYWHERE, ColumnMapping, Decimals, FlagMeaning, Pattern, plain
from planner.exchange import price_cells as cells
from planner.exchange.price_cells import Unreadable, Value, empty, remembered
from planner.exchange.price_tables import PriceTable

MOST_FAULTS: Final = 1_000
"""So many faults are enough: the rest of the file is not read for more."""

Reached = Callable[[int, int], None]
"""Is told how many rows are read, and of about how many."""

_EVERY = 500


@dataclass(frozen=True, slots=True)
class _Fact:
    """Where a fact of an item stands in a row, and how it is read; a place below zero has none."""

    place: int
    column: str
    read: Callable[[Value], Any]
    needed: bool


class RowReader:
    """Reads the rows of one table; keeps which faults were found and what can only be judged at the end."""

    def __init__(self, mapping: ColumnMapping, table: PriceTable) -> None:
        self.mapping, self.table = mapping, table
        self.faults: list[PriceFault] = []
        self.rows = self.skipped = 0
        self._signs: dict[str, dict[Decimals, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._patterns = mapping.patterns()
        self._regions = sorted(region for column in mapping.prices for region in column.regions)
        self._marked = remembered(cells.marked)
        self._words = {plain(word): word for word in mapping.variants.base} if mapping.variants else {}
        self._nameable: dict[tuple[str, ...], bool] = {}
        self._facts = tuple(self._how())

    def _how(self) -> Iterator[_Fact]:
        """Say for each fact of an item where it stands and how it is read."""
        columns, variants = self.mapping.columns, self.mapping.variants
        day = remembered(partial(cells.day, slashes=self.mapping.slashes))
        yield self._fact(variants.group if variants else columns.id, self._read_id)
        yield self._fact(columns.name, cells.text)
        yield self._fact(columns.name_en, cells.text)
        yield self._fact(columns.category, remembered(self._read_pattern))
        yield self._fact(columns.unit, remembered(self._read_unit))
        yield self._fact(columns.first_day, day)
        yield self._fact(columns.last_day, day, needed=False)
        for column in variants.columns if variants else ():
            yield self._fact(column, remembered(self._read_word), needed=False)

    def _fact(self, column: str, read: Callable[[Value], Any], *, needed: bool = True) -> _Fact:
        return _Fact(self.table.places.get(column, -1), column, read, needed=needed and bool(column))

    def items(self, reached: Reached | None) -> Iterator[Item]:
        """Read row after row; a row with a fault gives none."""
        for number, row in self.table.rows():
            if self.rows == 0 and self._second_head(row):
                raise PriceListFaults([PriceFault.at(number, "", Wrong.TWO_HEAD_ROWS)])
            self.rows += 1
            if reached and self.rows % _EVERY == 0:
                reached(self.rows, self.table.expected)
            before = len(self.faults)
            item = self._item(number, row)
            if item is not None and len(self.faults) == before:
                yield item
            if len(self.faults) >= MOST_FAULTS:
                return

    def mixed(self) -> Iterator[PriceFault]:
        """Name the amounts that use another decimal sign than most of their column."""
        for column, signs in self._signs.items():
            if len(signs) > 1:
                for row in min(signs.values(), key=len):
                    yield PriceFault.at(row, column, Wrong.MIXED_DECIMALS)

    def _second_head(self, row: Sequence[Value]) -> bool:
        """Tell whether the first row below the headings holds headings, too: words where prices and days should be."""
        columns = self.mapping.columns
        typed = [price.column for price in self.mapping.prices]
        typed += [column for column in (columns.first_day, columns.last_day) if column]
        found = [row[self.table.places[column]] for column in typed]
        words = [value for value in found if isinstance(value, str) and not any(sign.isdigit() for sign in value)]
        return self.mapping.first_row is None and len(words) == len(found) and all(word.strip() for word in words)

    def _item(self, row: int, found: Sequence[Value]) -> Item | None:
        """Read an item of a row; nothing when the row is to be skipped or has a fault."""
        marks = [flag.means for flag in self.mapping.flags if self._flagged(row, found, flag.column)]
        if FlagMeaning.SKIP in marks:
            self.skipped += 1
            return None
        said = [self._said(row, found, fact) for fact in self._facts]
        (written, package_id), name, english, pattern, unit, first, last = (said[0] or ("", ""), *said[1:7])
        pattern, unit = pattern or self.mapping.other, unit or self.mapping.unit
        first = first or self._list_begins(row)
        prices = self._prices(row, found)
        variant = self._variant(row, said[7:])
        if first and last and last < first:
            self._fault(row, self.mapping.columns.last_day, Wrong.ENDS_BEFORE_START, last)
        if pattern is None or unit is None or first is None or (self.faults and self.faults[-1].row == row):
            return None
        return Item(
            row=row,
            id=package_id,
            written=written,
            name=Words(name, english or name),
            pattern=pattern,
            unit=unit,
            first_day=first,
            last_day=last,
            prices=prices,
            variant=variant,
            marks=tuple(mark.value for mark in marks),
        )

    def _said(self, row: int, found: Sequence[Value], fact: _Fact) -> Any:  # noqa: ANN401 - what the fact's reader makes of it
        value = found[fact.place] if fact.place >= 0 else None
        if empty(value):
            if fact.needed:
                self._fault(row, fact.column, Wrong.MISSING)
            return None
        try:
            return fact.read(value)
        except Unreadable as refused:
            self._fault(row, fact.column, refused.wrong, refused.found)
            return None

    def _flagged(self, row: int, found: Sequence[Value], column: str) -> bool:
        try:
            return self._marked(found[self.table.places[column]])
        except Unreadable as refused:
            self._fault(row, column, refused.wrong, refused.found)
            return False

    def _list_begins(self, row: int) -> date | None:
        """Take the first day of the whole list; a row that says itself that it never begins is at fault."""
        column = self.mapping.columns.first_day
        if column and not self._faulty(row, column):
            self._fault(row, column, Wrong.BAD_DAY, cells.OPEN)
        return self.mapping.first_day

    def _fault(self, row: int, column: str, wrong: Wrong, found: object = "") -> None:
        self.faults.append(PriceFault.at(row, column, wrong, found))

    def _faulty(self, row: int, column: str) -> bool:
        return any(fault.row == row and fault.column == column for fault in self.faults[-20:])

    def _read_unit(self, value: Value) -> PriceUnit:
        word = cells.text(value)
        if (unit := self.mapping.units.get(plain(word))) is None:
            raise Unreadable(Wrong.UNKNOWN_UNIT, word)
        return unit

    def _read_pattern(self, value: Value) -> Pattern:
        word = cells.text(value)
        if (pattern := self._patterns.get(plain(word), self.mapping.other)) is None:
            raise Unreadable(Wrong.UNKNOWN_CATEGORY, word)
        return pattern

    def _read_id(self, value: Value) -> tuple[str, str]:
        written = cells.text(value)
        made = f"{self.mapping.prefix}-{identifier([written])}"
        if not _is_identifier(made):
            raise Unreadable(Wrong.BAD_ID, written)
        return written, made

    def _prices(self, row: int, found: Sequence[Value]) -> dict[str, Money]:
        """Read the prices of a row; a region without one of its own has the one that holds everywhere."""
        prices: dict[str, Money] = {}
        for column in self.mapping.prices:
            value = found[self.table.places[column.column]]
            if not empty(value) and (amount := self._amount(row, column.column, value)) is not None:
                prices.update(dict.fromkeys(column.regions, amount))
        everywhere = prices.get(EVERYWHERE)
        if everywhere is None:
            usual = next(column.column for column in self.mapping.prices if not column.municipalities)
            if not self._faulty(row, usual):
                self._fault(row, usual, Wrong.NO_PRICE)
            return prices
        return {region: prices.get(region, everywhere) for region in self._regions}

    def _amount(self, row: int, column: str, value: Value) -> Money | None:
        try:
            amount, sign = cells.amount(value, self.mapping.decimals)
        except Unreadable as refused:
            self._fault(row, column, refused.wrong, refused.found)
            return None
        if sign is not None:
            self._signs[column][sign].append(row)
        return amount

    def _variant(self, row: int, words: Sequence[str | None]) -> tuple[str, ...]:
        """Say what tells a row apart from others of its package; an empty cell means the usual."""
        variants = self.mapping.variants
        if variants is None:
            return ()
        said = tuple(word or base for word, base in zip(words, variants.base, strict=True))
        if said not in self._nameable:
            unusual = named(said, self.mapping)
            self._nameable[said] = not unusual or _is_identifier(identifier(unusual))
        if not self._nameable[said]:
            self._fault(row, variants.columns[0], Wrong.BAD_ID, ", ".join(said))
        return said

    def _read_word(self, value: Value) -> str:
        """Read a word of a variant; written with other capitals it is the same."""
        word = " ".join(cells.text(value).split())
        return self._words.setdefault(plain(word), word)


def _is_identifier(text: str) -> bool:
    try:
        values.identifier(text)
    except ValidationError:
        return False
    return True
