"""The statement of a budget as a table: every entry with what it changed, and the sums that the page shows."""

from collections.abc import Iterable

from flask_babel import gettext

from planner import clock
from planner.domain.ledger import Account, Transfer, effects
from planner.domain.money import Money
from planner.exchange.spreadsheets import Cell, Table
from planner.queries.money import OwnBudget
from planner.queries.movements import Posting
from planner.web.names import move_name, pot_name

_PARTS = (Account.PAID, Account.COMMITTED, Account.AVAILABLE)


def statement(budget: OwnBudget, postings: Iterable[Posting]) -> Table:
    """Write entries as rows; the last row adds them up to used, set aside and free."""
    names = {pot.id: pot_name(pot) for pot in budget.pots}
    whole = budget.balance
    heads = (
        gettext("Number"),
        gettext("Day"),
        gettext("Written down"),
        gettext("What happened"),
        gettext("Belongs to"),
        gettext("Used"),
        gettext("Set aside"),
        gettext("Free"),
        gettext("Note"),
        gettext("Written down by"),
        gettext("Undoes number"),
    )
    totals: tuple[Cell, ...] = ("", "", "", gettext("Together"), "", whole.paid, whole.committed, whole.available)
    return Table(gettext("My money"), heads, (_row(posting, names) for posting in postings), totals)


def _row(posting: Posting, names: dict[int, str]) -> tuple[Cell, ...]:
    transfer = posting.transfer
    return (
        posting.number,
        posting.occurred_on,
        clock.local(posting.at).strftime("%Y-%m-%d %H:%M"),
        move_name(transfer.kind),
        names.get(transfer.to_envelope or transfer.from_envelope or 0, ""),
        *(_change(transfer, account) for account in _PARTS),
        posting.words or "",
        posting.by or "",
        transfer.undoes,
    )


def _change(transfer: Transfer, account: Account) -> Money:
    return Money.sum(change for _, changed, change in effects(transfer) if changed is account)
