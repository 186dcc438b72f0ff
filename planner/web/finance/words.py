"""Names for what finance sees: figures, rows and moves of money; a budget is a number and never a person."""

from flask_babel import gettext

from planner.domain.ledger import Balance, EntryKind
from planner.domain.purchase import Category
from planner.queries import offers
from planner.queries.finance import FREE_MONEY, OWN_LINE, Figures, Grouping
from planner.queries.postings import Measure
from planner.web.filters import month, words
from planner.web.names import category_name
from planner.web.wording import N_

_MEASURES = {
    Measure.GRANTED: N_("Granted"),
    Measure.COMMITTED: N_("Committed"),
    Measure.SPENT: N_("Spent"),
    Measure.FREE: N_("Free"),
}
_GROUPINGS = {Grouping.PACKAGE: N_("Package"), Grouping.MONTH: N_("Month"), Grouping.ACCOUNT: N_("Account")}
_TITLES = {Grouping.PACKAGE: N_("Packages"), Grouping.MONTH: N_("Months"), Grouping.ACCOUNT: N_("Accounts")}
_MOVES = {
    EntryKind.AWARD: N_("Granted"),
    EntryKind.RETURN: N_("Returned to the source"),
    EntryKind.COMMIT: N_("Committed"),
    EntryKind.RELEASE: N_("Released"),
    EntryKind.PAY: N_("Paid"),
    EntryKind.REVERSE: N_("Payment reversed"),
    EntryKind.REFUND: N_("Refunded"),
}


def pseudonym(budget_id: int) -> str:
    """Name a budget without naming anybody: ``B-0042``."""
    return f"B-{budget_id:04d}"


def figures_of(balance: Balance) -> Figures:
    """Say of one budget, or of a part of it, what finance says of many."""
    return Figures(granted=balance.total, committed=balance.committed, spent=balance.paid)


def measure_name(measure: Measure) -> str:
    """Name a figure."""
    return gettext(_MEASURES[measure])


def grouping_name(grouping: Grouping) -> str:
    """Name what the rows are."""
    return gettext(_GROUPINGS[grouping])


def grouping_title(grouping: Grouping) -> str:
    """Name the rows together."""
    return gettext(_TITLES[grouping])


def finance_move(kind: EntryKind) -> str:
    """Name a move of money as accountants do."""
    return gettext(_MOVES[kind])


def row_name(key: str, grouping: Grouping = Grouping.PACKAGE) -> str:
    """Name a row of the overview: a package, own lines together, the free money, a month or an account string."""
    if grouping is Grouping.MONTH:
        return month(key)
    if grouping is Grouping.ACCOUNT:
        return key
    if key in {OWN_LINE, FREE_MONEY}:
        return gettext("Own lines") if key == OWN_LINE else gettext("The free money")
    package = offers.catalogue().get(key)
    return words(package.name) if package else key


def part_name(key: str, category: str | None) -> str:
    """Name a part of one budget; an own line by its category, because its title is the citizen's own words."""
    if key == OWN_LINE and category in set(Category):
        return gettext("Own line: %(category)s", category=category_name(Category(category)))
    return gettext("Own line") if key == OWN_LINE else row_name(key)
