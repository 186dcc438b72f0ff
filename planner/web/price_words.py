"""What is wrong with a price list, in words: the fault, where it stands, and what to do about it."""

from flask_babel import gettext

from planner.domain.price_fault import PriceFault, Wrong
from planner.web.wording import N_

_SENTENCES: dict[Wrong, str] = {
    Wrong.TOO_LARGE: N_("The file is larger than %(found)s MB. Split the list into several files."),
    Wrong.UNPACKS_TOO_LARGE: N_("The workbook becomes far too large when it is unpacked. Save only the list itself."),
    Wrong.NO_TABLE: N_("This is no workbook with sheets. Save the list as XLSX or CSV."),
    Wrong.BROKEN: N_("The workbook cannot be read. Open it in a spreadsheet, and save it as XLSX once more."),
    Wrong.BAD_LETTERS: N_("The letters of the file cannot be read. Save it as CSV in UTF-8, or as XLSX."),
    Wrong.BAD_QUOTES: N_("A quotation mark is not closed. Look at this row and those before it."),
    Wrong.EMPTY: N_("There is nothing to read here."),
    Wrong.TOO_MANY_ROWS: N_("There are more than %(found)s rows, or something stands far below the list. Take it out."),
    Wrong.NO_SHEET: N_("There is no sheet of that name. There are: %(found)s."),
    Wrong.WHICH_SHEET: N_("Say which sheet holds the list. There are: %(found)s."),
    Wrong.NO_COLUMN: N_("There is no column with this heading. The mapping asks for it."),
    Wrong.TWO_COLUMNS: N_("Two columns have this heading. Give one of them another."),
    Wrong.OTHER_HEAD_ROW: N_("The headings stand in this row. Write header_row = %(found)s in the mapping."),
    Wrong.TWO_HEAD_ROWS: N_(
        "This row looks like headings, too. Say in the mapping with header_row or first_row what begins where."
    ),
    Wrong.FORMULA: N_("A formula stands here. Paste its value instead."),
    Wrong.MERGED: N_("The cells %(found)s are merged. Split them, and fill in each."),
    Wrong.CELL_ERROR: N_("The spreadsheet shows an error here: %(found)s."),
    Wrong.MISSING: N_("Nothing stands here. Fill it in."),
    Wrong.BAD_TEXT: N_("This cannot be read as words: “%(found)s”."),
    Wrong.BAD_ID: N_("No id can be made of “%(found)s”. Use letters and digits, in at most five parts."),
    Wrong.BAD_AMOUNT: N_("“%(found)s” is no amount. Write it with at most two decimals, and not below zero."),
    Wrong.TWO_AMOUNTS: N_("“%(found)s” could be two amounts. Say in the mapping what decimals are written with."),
    Wrong.MIXED_DECIMALS: N_("Decimals are written in another way here than in most rows of the column."),
    Wrong.BAD_DAY: N_("“%(found)s” is no day. Write it as 2026-01-31 or 31.01.2026."),
    Wrong.TWO_DAYS: N_("“%(found)s” could be two days. Say in the mapping with slashes what comes first."),
    Wrong.BAD_FLAG: N_("“%(found)s” is neither yes nor no."),
    Wrong.UNKNOWN_UNIT: N_("The mapping does not say what the unit “%(found)s” is."),
    Wrong.UNKNOWN_CATEGORY: N_("The mapping does not say what the category “%(found)s” is."),
    Wrong.ENDS_BEFORE_START: N_("The last day lies before the first."),
    Wrong.NO_PRICE: N_("There is no price that holds everywhere."),
    Wrong.DUPLICATE: N_("This id has a price from the same day in row %(found)s, too."),
    Wrong.SAME_ID: N_("Its id becomes the same as that of “%(found)s”. Change one of them."),
    Wrong.OVERLAP: N_("The price in row %(found)s still holds on the first day of this one."),
    Wrong.GAP: N_("There are days without a price between row %(found)s and this one."),
    Wrong.TWO_UNITS: N_("Rows of the same id have different units. Another one has: %(found)s."),
    Wrong.NO_BASE: N_("The usual variant is missing: %(found)s."),
    Wrong.TOO_MANY_STEPS: N_("This would be %(found)s price steps or variants. At most 60 fit: map fewer places."),
    Wrong.OTHERS_ID: N_("A package of the catalogue has the id “%(found)s” already. Choose another prefix."),
}


def sentence(fault: PriceFault) -> str:
    """Say what is wrong in the language that is spoken."""
    return gettext(_SENTENCES[fault.wrong], found=fault.found)


def line(fault: PriceFault) -> str:
    """Say in one line of English where a fault stands and what it is."""
    row = f"row {fault.row}" if fault.row else ""
    where = ", ".join(part for part in (fault.sheet, row, fault.column) if part)
    said = _SENTENCES[fault.wrong] % {"found": fault.found}
    return f"{where}: {said}" if where else said
