"""Whatever people do with a budget, in whatever order: the ledger's rules against jars of money."""

from collections.abc import Callable, Sequence

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from planner.domain import ledger
from planner.domain.errors import DomainError
from planner.domain.ledger import Balance, EntryKind, Envelope, EnvelopeKind, Posted, Transfer, effects, flow
from planner.domain.money import ZERO, Money
from tests.ledger.model import Bought, Jars, Returned

FREE = 1
LINES = (2, 3, 4)
SHARES = st.integers(1, 130) | st.sampled_from([99, 100, 101])
"""How much of what there is, in per cent: all of it, and a little too much, must happen often."""


def part(of: int, share: int) -> int:
    return max(1, of * share // 100)


class LedgerMachine(RuleBasedStateMachine):
    """Every step is done by the rules and in the jars; both must agree on whether it may be done, and on the end."""

    def __init__(self) -> None:
        super().__init__()
        self.jars = Jars(FREE, dict.fromkeys(LINES, 0))
        self.balances = {envelope: Balance() for envelope in (FREE, *LINES)}
        self.entries: list[Transfer] = []
        self.bought: list[tuple[Bought, Sequence[Posted]]] = []
        self.returned: list[tuple[Returned, Sequence[Posted]]] = []

    def envelope(self, envelope: int) -> Envelope:
        kind = EnvelopeKind.FREE if envelope == FREE else EnvelopeKind.ITEM
        return Envelope(envelope, kind, self.balances[envelope])

    @property
    def free(self) -> Envelope:
        return self.envelope(FREE)

    def post(self, transfers: Sequence[Transfer]) -> Sequence[Posted]:
        """Append entries one by one; no account may be overdrawn after any of them."""
        first = len(self.entries) + 1
        for transfer in transfers:
            self.entries.append(transfer)
            for envelope, account, change in effects(transfer):
                self.balances[envelope] = self.balances[envelope].moved(account, change)
            assert all(balance.sound for balance in self.balances.values()), transfer
        return [Posted(number, transfer) for number, transfer in enumerate(transfers, first)]

    def attempt(self, act: Callable[[], Sequence[Transfer]], *, allowed: bool) -> Sequence[Posted]:
        try:
            transfers = act()
        except DomainError:
            assert not allowed
            return ()
        assert allowed
        return self.post(transfers)

    @rule(total=st.integers(0, 20_000))
    def grant(self, total: int) -> None:
        before = self.jars.granted
        allowed = self.jars.grant(total)
        self.attempt(lambda: ledger.award(Money(total), Money(before), self.free), allowed=allowed)

    @rule(costs=st.fixed_dictionaries({line: st.integers(0, 3_000) for line in LINES}))
    def approve(self, costs: dict[int, int]) -> None:
        wanted = [(self.envelope(line), Money(cost)) for line, cost in costs.items()]
        self.attempt(lambda: ledger.settle(wanted, self.free), allowed=self.jars.settle(costs))

    @rule(
        line=st.sampled_from(LINES), share=SHARES, all_there_is=st.booleans(), agreed=st.booleans(), last=st.booleans()
    )
    def buy(self, line: int, share: int, all_there_is: bool, agreed: bool, last: bool) -> None:
        amount = part(self.jars.aside[line] + (self.jars.free if all_there_is else 0), share)
        bought = self.jars.buy(line, amount, agreed=agreed, last=last)
        posted = self.attempt(
            lambda: ledger.pay_from_line(
                Money(amount), self.envelope(line), self.free, dearer_agreed=agreed, last=last
            ),
            allowed=bought is not None,
        )
        if bought:
            self.bought.append((bought, posted))

    @rule(share=SHARES)
    def buy_from_free(self, share: int) -> None:
        amount = part(self.jars.free, share)
        bought = self.jars.buy(FREE, amount)
        posted = self.attempt(lambda: ledger.pay_from_free(Money(amount), self.free), allowed=bought is not None)
        if bought:
            self.bought.append((bought, posted))

    @precondition(lambda self: any(not bought.back for bought, _ in self.bought))
    @rule(share=SHARES, data=st.data())
    def refund(self, share: int, data: st.DataObject) -> None:
        of = data.draw(st.sampled_from([bought for bought, _ in self.bought if not bought.back]))
        amount, left = part(of.amount, share), Money(of.amount - of.returned)
        refund = self.jars.refund(of, amount)
        posted = self.attempt(
            lambda: [ledger.refund(Money(amount), left, self.envelope(of.jar), self.free)], allowed=refund is not None
        )
        if refund:
            self.returned.append((refund, posted))

    @precondition(lambda self: any(bought.can_go_back for bought, _ in self.bought))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        bought, posted = data.draw(st.sampled_from([pair for pair in self.bought if pair[0].can_go_back]))
        self.attempt(lambda: ledger.take_back(posted, self.free), allowed=self.jars.take_back(bought))

    @precondition(lambda self: any(not refund.back for refund, _ in self.returned))
    @rule(data=st.data())
    def take_refund_back(self, data: st.DataObject) -> None:
        refund, posted = data.draw(st.sampled_from([pair for pair in self.returned if not pair[0].back]))
        self.attempt(lambda: ledger.take_back(posted, self.free), allowed=self.jars.take_refund_back(refund))

    @rule()
    def end(self) -> None:
        self.post(ledger.settle([(self.envelope(line), self.envelope(line).balance.paid) for line in LINES], self.free))
        self.post(ledger.award(Money.sum(b.paid for b in self.balances.values()), Money(self.jars.granted), self.free))
        self.jars.end()

    @invariant()
    def the_accounts_hold_what_the_jars_hold(self) -> None:
        spent, aside = self.jars.spent, self.jars.aside
        assert self.balances == {
            FREE: Balance(Money(self.jars.free), ZERO, Money(spent.get(FREE, 0))),
            **{line: Balance(ZERO, Money(aside[line]), Money(spent.get(line, 0))) for line in LINES},
        }

    @invariant()
    def used_and_set_aside_and_free_add_up_to_the_amount(self) -> None:
        assert sum(balance.total.oere for balance in self.balances.values()) == self.jars.granted

    @invariant()
    def the_sums_by_envelope_are_the_balances(self) -> None:
        """I1: what finance adds up by month is what stands in the envelopes."""
        flows = [flow(transfer) for transfer in self.entries]
        for envelope, balance in self.balances.items():
            own = [moved for moved in flows if moved.envelope == envelope]
            assert Money.sum(moved.committed for moved in own) == balance.committed
            assert Money.sum(moved.paid for moved in own) == balance.paid
        assert Money.sum(moved.awarded for moved in flows) == Money(self.jars.granted)

    @invariant()
    def nothing_is_undone_twice_or_beyond_what_it_was(self) -> None:
        """I4."""
        undone = [(transfer.undoes, transfer.amount) for transfer in self.entries if transfer.undoes is not None]
        assert len({number for number, _ in undone}) == len(undone)
        assert all(amount <= self.entries[number - 1].amount for number, amount in undone)

    @invariant()
    def every_entry_moves_something(self) -> None:
        assert all(transfer.amount > ZERO for transfer in self.entries)
        assert all(t.from_envelope is not None or t.kind is EntryKind.AWARD for t in self.entries)
        assert all(t.to_envelope is not None or t.kind is EntryKind.RETURN for t in self.entries)


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
