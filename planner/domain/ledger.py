"""The ledger: every øre of a budget is in exactly one account, and only transfers move it.

Award brings money from the source to *available*, return takes it back there. Commit sets available money
aside (*committed*), release gives it back. Pay moves committed money to *paid*, reverse takes that back.
Refund moves paid money to available: money from a shop, a fact with its own day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.errors import DomainError
from planner.domain.money import ZERO, Money


class Account(StrEnum):
    """Where money can stand; the source is outside the budget."""

    SOURCE = "source"
    AVAILABLE = "available"
    COMMITTED = "committed"
    PAID = "paid"


class EntryKind(StrEnum):
    """The seven ways money moves."""

    AWARD = "award"
    RETURN = "return"
    COMMIT = "commit"
    RELEASE = "release"
    PAY = "pay"
    REVERSE = "reverse"
    REFUND = "refund"


class EnvelopeKind(StrEnum):
    """The parts of a budget: one for each plan item, the free money, and the reserve."""

    ITEM = "item"
    FREE = "free"
    RESERVE = "reserve"


MOVES: dict[EntryKind, tuple[Account, Account]] = {
    EntryKind.AWARD: (Account.SOURCE, Account.AVAILABLE),
    EntryKind.RETURN: (Account.AVAILABLE, Account.SOURCE),
    EntryKind.COMMIT: (Account.AVAILABLE, Account.COMMITTED),
    EntryKind.RELEASE: (Account.COMMITTED, Account.AVAILABLE),
    EntryKind.PAY: (Account.COMMITTED, Account.PAID),
    EntryKind.REVERSE: (Account.PAID, Account.COMMITTED),
    EntryKind.REFUND: (Account.PAID, Account.AVAILABLE),
}


class BudgetExceeded(DomainError):
    """There is not that much left; ``available`` is what could be used."""

    code = "budget_exceeded"

    def __init__(self, amount: Money, available: Money) -> None:
        super().__init__(amount, available)
        self.amount = amount
        self.available = available


class DearerThanSetAside(DomainError):
    """The purchase costs more than is set aside for the line; agree to take the rest from the free money."""

    code = "dearer_than_set_aside"

    def __init__(self, amount: Money, set_aside: Money, free: Money) -> None:
        super().__init__(amount, set_aside, free)
        self.amount = amount
        self.set_aside = set_aside
        self.free = free

    @property
    def from_free(self) -> Money:
        """Tell how much would come from the free money."""
        return self.amount - self.set_aside


class AlreadyTakenBack(DomainError):
    """Nothing is left to take back: that has been done before."""

    code = "already_taken_back"


class RefundTooLarge(DomainError):
    """More is coming back than was paid and not yet refunded."""

    code = "refund_too_large"

    def __init__(self, amount: Money, left: Money) -> None:
        super().__init__(amount, left)
        self.amount = amount
        self.left = left


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands in the three accounts of one envelope or of a whole budget."""

    available: Money = ZERO
    committed: Money = ZERO
    paid: Money = ZERO

    @property
    def total(self) -> Money:
        """Add the three up: for a budget, the amount that was awarded."""
        return self.available + self.committed + self.paid

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(self.available + other.available, self.committed + other.committed, self.paid + other.paid)

    def moved(self, account: Account, amount: Money) -> "Balance":
        """Return the balance after an amount (negative: taken out) in one account."""
        return Balance(
            self.available + amount if account is Account.AVAILABLE else self.available,
            self.committed + amount if account is Account.COMMITTED else self.committed,
            self.paid + amount if account is Account.PAID else self.paid,
        )

    @property
    def sound(self) -> bool:
        """Tell whether no account is overdrawn."""
        return min(self.available, self.committed, self.paid) >= ZERO


@dataclass(frozen=True, slots=True)
class Transfer:
    """A move of a positive amount between envelopes; ``undoes`` is the number of an entry it takes back."""

    kind: EntryKind
    amount: Money
    from_envelope: int | None
    to_envelope: int | None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry of the ledger as it was written."""

    number: int
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class Envelope:
    """One part of a budget with its balance."""

    id: int
    kind: EnvelopeKind
    balance: Balance


@dataclass(frozen=True, slots=True)
class Flow:
    """What a transfer adds to the sums of one envelope: awarded, committed and paid."""

    envelope: int
    awarded: Money
    committed: Money
    paid: Money


def effects(transfer: Transfer) -> Iterator[tuple[int, Account, Money]]:
    """Yield (envelope, account, change) for both ends of a transfer inside the budget."""
    source, target = MOVES[transfer.kind]
    if transfer.from_envelope is not None:
        yield transfer.from_envelope, source, -transfer.amount
    if transfer.to_envelope is not None:
        yield transfer.to_envelope, target, transfer.amount


def fold(transfers: Iterable[Transfer], start: Mapping[int, Balance] | None = None) -> dict[int, Balance]:
    """Replay transfers in order into balances by envelope. Never refuses: the checks stand before it."""
    balances = dict(start or {})
    for transfer in transfers:
        for envelope, account, change in effects(transfer):
            balances[envelope] = balances.get(envelope, Balance()).moved(account, change)
    return balances


def flow(transfer: Transfer) -> Flow:
    """Say which envelope's month sums a transfer belongs to, and by how much."""
    amount = transfer.amount
    envelope = transfer.from_envelope if transfer.kind in _FROM_SIDE else transfer.to_envelope
    assert envelope is not None
    awarded, committed, paid = _FLOWS[transfer.kind]
    return Flow(envelope, *(Money(amount.oere * sign) for sign in (awarded, committed, paid)))


_FROM_SIDE = frozenset({EntryKind.RETURN, EntryKind.RELEASE, EntryKind.PAY, EntryKind.REVERSE, EntryKind.REFUND})
_FLOWS: dict[EntryKind, tuple[int, int, int]] = {
    EntryKind.AWARD: (1, 0, 0),
    EntryKind.RETURN: (-1, 0, 0),
    EntryKind.COMMIT: (0, 1, 0),
    EntryKind.RELEASE: (0, -1, 0),
    EntryKind.PAY: (0, -1, 1),
    EntryKind.REVERSE: (0, 1, -1),
    EntryKind.REFUND: (0, 0, -1),
}


def award(amount: Money, before: Money, free: Envelope) -> tuple[Transfer, ...]:
    """Bring what was awarded ``before`` to the new amount: award the difference, or return it."""
    change = amount - before
    if change > ZERO:
        return (Transfer(EntryKind.AWARD, change, None, free.id),)
    if change < ZERO:
        return (give_back(-change, free),)
    return ()


def give_back(amount: Money, free: Envelope) -> Transfer:
    """Give available money back to its source. Raises ``BudgetExceeded``."""
    if amount > free.balance.available:
        raise BudgetExceeded(amount, free.balance.available)
    return Transfer(EntryKind.RETURN, amount, free.id, None)


def commit(amount: Money, free: Envelope, to: Envelope) -> Transfer:
    """Set available money aside. Raises ``BudgetExceeded``."""
    if amount > free.balance.available:
        raise BudgetExceeded(amount, free.balance.available)
    return Transfer(EntryKind.COMMIT, amount, free.id, to.id)


def settle(costs: Sequence[tuple[Envelope, Money]], free: Envelope) -> tuple[Transfer, ...]:
    """Bring each line's commitment to cost − paid: first release what is too much, then commit what lacks.

    ``free`` is the free envelope after the award. A line that costs less than was paid keeps what was paid.
    Raises ``BudgetExceeded`` when the free money does not cover the commitments.
    """
    released: list[Transfer] = []
    wanted: list[tuple[Envelope, Money]] = []
    available = free.balance.available
    for envelope, cost in costs:
        lacking = cost - envelope.balance.committed - envelope.balance.paid
        too_much = min(-lacking, envelope.balance.committed)
        if too_much > ZERO:
            released.append(Transfer(EntryKind.RELEASE, too_much, envelope.id, free.id))
            available += too_much
        elif lacking > ZERO:
            wanted.append((envelope, lacking))
    total = Money.sum(amount for _, amount in wanted)
    if total > available:
        raise BudgetExceeded(total, available)
    return (*released, *(Transfer(EntryKind.COMMIT, amount, free.id, to.id) for to, amount in wanted))


def wind_up(balances: Mapping[int, Balance], free_id: int) -> tuple[Transfer, ...]:
    """End a budget: release what is set aside in any envelope, and return everything that is free to its source."""
    released = [
        Transfer(EntryKind.RELEASE, balance.committed, envelope, free_id)
        for envelope, balance in balances.items()
        if balance.committed > ZERO
    ]
    left = balances[free_id].available + Money.sum(transfer.amount for transfer in released)
    return (*released, Transfer(EntryKind.RETURN, left, free_id, None)) if left > ZERO else tuple(released)


def pay_from_line(
    amount: Money, line: Envelope, free: Envelope, *, dearer_agreed: bool = False, last: bool = False
) -> tuple[Transfer, ...]:
    """Pay from what is set aside for a line.

    Dearer than set aside: raises ``DearerThanSetAside`` until agreed, then takes the rest from the free money.
    ``last`` says it was the last one: what is left on the line becomes free. Raises ``BudgetExceeded``.
    """
    set_aside = line.balance.committed
    paid = Transfer(EntryKind.PAY, amount, line.id, line.id)
    if amount > set_aside:
        lacking = amount - set_aside
        if lacking > free.balance.available:
            raise BudgetExceeded(amount, set_aside + free.balance.available)
        if not dearer_agreed:
            raise DearerThanSetAside(amount, set_aside, free.balance.available)
        return (Transfer(EntryKind.COMMIT, lacking, free.id, line.id), paid)
    if last and amount < set_aside:
        return (paid, Transfer(EntryKind.RELEASE, set_aside - amount, line.id, free.id))
    return (paid,)


def pay_from_free(amount: Money, free: Envelope) -> tuple[Transfer, ...]:
    """Pay from the free money: set aside and pay in one breath. Raises ``BudgetExceeded``."""
    return (commit(amount, free, free), Transfer(EntryKind.PAY, amount, free.id, free.id))


def refund(amount: Money, paid_left: Money, envelope: Envelope, free: Envelope) -> Transfer:
    """Take money back from a shop into the free money. Raises ``RefundTooLarge``."""
    left = min(paid_left, envelope.balance.paid)
    if amount > left:
        raise RefundTooLarge(amount, left)
    return Transfer(EntryKind.REFUND, amount, envelope.id, free.id)


def take_back(entries: Sequence[Posted], free: Envelope) -> tuple[Transfer, ...]:
    """Take a mistake back: every entry of the purchase, delivery or refund undone, the last one first.

    What "the last one" released is set aside again as far as the free money reaches. Money that came back
    from a shop is taken out of the free money again: raises ``BudgetExceeded`` when it has been used.
    """
    return tuple(transfer for entry in reversed(entries) for transfer in _undone(entry, free))


def _undone(entry: Posted, free: Envelope) -> Iterator[Transfer]:
    old = entry.transfer
    if old.kind is EntryKind.PAY:
        yield Transfer(EntryKind.REVERSE, old.amount, old.from_envelope, old.to_envelope, entry.number)
    elif old.kind is EntryKind.COMMIT:
        yield Transfer(EntryKind.RELEASE, old.amount, old.to_envelope, old.from_envelope, entry.number)
    elif old.kind is EntryKind.RELEASE:
        again = min(old.amount, free.balance.available)
        if again > ZERO:
            yield Transfer(EntryKind.COMMIT, again, old.to_envelope, old.from_envelope, entry.number)
    elif old.kind is EntryKind.REFUND:
        if old.amount > free.balance.available:
            raise BudgetExceeded(old.amount, free.balance.available)
        yield Transfer(EntryKind.COMMIT, old.amount, old.to_envelope, old.from_envelope)
        yield Transfer(EntryKind.PAY, old.amount, old.from_envelope, old.from_envelope, entry.number)
