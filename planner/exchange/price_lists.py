"""A price list as a file and a mapping, read whole: what it offers, or every fault by row and column."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO

from packages_catalog import reader
from planner.domain.price_fault import PriceFault, PriceListFaults, Wrong
from planner.domain.price_list import Item, Listed, compose
from planner.domain.price_mapping import ColumnMapping
from planner.exchange import price_tables
from planner.exchange.price_rows import Reached, RowReader


@dataclass(frozen=True, slots=True)
class PriceList:
    """What a file offers: packages in its order, how many rows they came from, and how many it said to skip."""

    listed: tuple[Listed, ...]
    rows: int
    skipped: int


def read(file: IO[bytes], mapping: ColumnMapping, *, sheet: str = "", reached: Reached | None = None) -> PriceList:
    """Read a price list. Raises ``PriceListFaults`` with every fault, and then nothing of it is used.

    ``reached`` is told now and then how far it is.
    """
    with _uncollected():
        return _read(file, mapping, sheet, reached)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the collector of circles rest: there are none among rows, and looking for them doubles the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(file: IO[bytes], mapping: ColumnMapping, sheet: str, reached: Reached | None) -> PriceList:
    with price_tables.opened(file, mapping, sheet) as table:
        rows = RowReader(mapping, table)
        faults: list[PriceFault] = []
        items: list[Item] = []
        try:
            items += rows.items(reached)
            faults += [*table.merges(), *rows.mixed()]
        except PriceListFaults as refused:
            faults += refused.faults
    composed = compose(items, mapping)
    # Where a row cannot be read, that another one misses it says nothing new.
    follow = {Wrong.NO_BASE, Wrong.GAP} if rows.faults else set()
    faults += [*rows.faults, *(fault for fault in composed.faults if fault.wrong not in follow)]
    faults += _taken(composed.listed, mapping)
    if not items and not faults and not rows.skipped:
        faults = [PriceFault.at(table.first_row, "", Wrong.EMPTY)]
    if faults:
        raise PriceListFaults(replace(fault, sheet=fault.sheet or table.sheet) for fault in faults)
    return PriceList(tuple(composed.listed), rows.rows, rows.skipped)


def _taken(listed: Sequence[Listed], mapping: ColumnMapping) -> Iterator[PriceFault]:
    """Name ids that packages of the catalogue's own files have."""
    others = reader.identifiers()
    for one in listed:
        if one.package.id in others:
            yield PriceFault.at(one.row, mapping.columns.id, Wrong.OTHERS_ID, one.package.id)
