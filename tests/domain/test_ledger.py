"""The ledger: seven ways money moves, what each refuses, and what taking back brings back."""

import pytest

from planner.domain.ledger import (
    MOVES,
    Account,
    Balance,
    BudgetExceeded,
    DearerThanSetAside,
    EntryKind,
    Envelope,
    EnvelopeKind,
    Posted,
    RefundTooLarge,
    Transfer,
    award,
    commit,
    effects,
    flow,
    fold,
    give_back,
    pay_from_free,
    pay_from_line,
    refund,
    settle,
    take_back,
)
from planner.domain.money import ZERO, Money

FREE, LINE, OTHER = 1, 2, 3


def free(available: int, paid: int = 0) -> Envelope:
    return Envelope(FREE, EnvelopeKind.FREE, Balance(Money(available), ZERO, Money(paid)))


def line(committed: int, paid: int = 0, envelope: int = LINE) -> Envelope:
    return Envelope(envelope, EnvelopeKind.ITEM, Balance(ZERO, Money(committed), Money(paid)))


def short(transfers: "tuple[Transfer, ...]") -> list[tuple[str, int, int | None, int | None]]:
    return [(t.kind.value, t.amount.oere, t.from_envelope, t.to_envelope) for t in transfers]


def posted(*transfers: Transfer) -> tuple[Posted, ...]:
    return tuple(Posted(number, transfer) for number, transfer in enumerate(transfers, 7))


@pytest.mark.parametrize("kind", EntryKind)
def test_what_leaves_one_account_arrives_in_another(kind: EntryKind) -> None:
    source, target = MOVES[kind]

    moved = list(effects(Transfer(kind, Money(5), FREE, LINE)))

    assert moved == [(FREE, source, Money(-5)), (LINE, target, Money(5))]


@pytest.mark.parametrize("kind", EntryKind)
def test_the_month_sums_tell_the_same_as_the_accounts(kind: EntryKind) -> None:
    changes = dict.fromkeys(Account, ZERO)
    for _, account, change in effects(Transfer(kind, Money(5), FREE, FREE)):
        changes[account] += change

    moved = flow(Transfer(kind, Money(5), FREE, FREE))

    assert (moved.awarded, moved.committed, moved.paid) == (
        -changes[Account.SOURCE],
        changes[Account.COMMITTED],
        changes[Account.PAID],
    )


@pytest.mark.parametrize(
    ("kind", "belongs_to"),
    [
        (EntryKind.AWARD, FREE),
        (EntryKind.COMMIT, LINE),
        (EntryKind.RETURN, FREE),
        (EntryKind.RELEASE, LINE),
        (EntryKind.PAY, LINE),
        (EntryKind.REVERSE, LINE),
        (EntryKind.REFUND, LINE),
    ],
)
def test_a_sum_belongs_to_the_line_and_not_to_where_the_money_came_from(kind: EntryKind, belongs_to: int) -> None:
    from_free = kind in {EntryKind.AWARD, EntryKind.COMMIT, EntryKind.RETURN}
    ends = (FREE, belongs_to) if from_free else (belongs_to, FREE)

    assert flow(Transfer(kind, Money(5), *ends)).envelope == belongs_to


def test_folding_adds_up_from_where_it_starts() -> None:
    balances = fold(pay_from_free(Money(30), free(100)), {FREE: Balance(Money(100))})

    assert balances == {FREE: Balance(Money(70), ZERO, Money(30))}


@pytest.mark.parametrize(
    ("to", "before", "moves"),
    [
        (100, 0, [("award", 100, None, FREE)]),
        (100, 60, [("award", 40, None, FREE)]),
        (60, 100, [("return", 40, FREE, None)]),
        (100, 100, []),
    ],
)
def test_an_award_moves_the_difference(to: int, before: int, moves: list[object]) -> None:
    assert short(award(Money(to), Money(before), free(50))) == moves


def test_what_is_set_aside_or_used_is_not_given_back() -> None:
    assert short((give_back(Money(50), free(50)),)) == [("return", 50, FREE, None)]
    with pytest.raises(BudgetExceeded) as refused:
        award(Money(40), Money(100), free(50))
    assert (refused.value.amount, refused.value.available) == (Money(60), Money(50))


def test_only_what_is_free_is_set_aside() -> None:
    assert short((commit(Money(50), free(50), line(0)),)) == [("commit", 50, FREE, LINE)]
    with pytest.raises(BudgetExceeded):
        commit(Money(51), free(50), line(0))


@pytest.mark.parametrize(
    ("committed", "paid", "cost", "moves"),
    [
        (0, 0, 100, [("commit", 100, FREE, LINE)]),
        (100, 0, 100, []),
        (60, 30, 100, [("commit", 10, FREE, LINE)]),
        (80, 30, 100, [("release", 10, LINE, FREE)]),
        (80, 30, 20, [("release", 80, LINE, FREE)]),
        (0, 30, 20, []),
        (80, 30, 30, [("release", 80, LINE, FREE)]),
    ],
)
def test_a_line_is_settled_to_its_cost_less_what_was_paid(
    committed: int, paid: int, cost: int, moves: list[object]
) -> None:
    assert short(settle([(line(committed, paid), Money(cost))], free(100))) == moves


def test_what_one_line_gives_up_another_may_take() -> None:
    costs = [(line(0, envelope=OTHER), Money(70)), (line(60), Money(0))]

    assert short(settle(costs, free(10))) == [("release", 60, LINE, FREE), ("commit", 70, FREE, OTHER)]
    with pytest.raises(BudgetExceeded) as refused:
        settle(costs, free(9))
    assert refused.value.available == Money(69)


@pytest.mark.parametrize(
    ("amount", "more", "moves"),
    [
        (40, {}, [("pay", 40, LINE, LINE)]),
        (100, {}, [("pay", 100, LINE, LINE)]),
        (40, {"last": True}, [("pay", 40, LINE, LINE), ("release", 60, LINE, FREE)]),
        (100, {"last": True}, [("pay", 100, LINE, LINE)]),
        (130, {"dearer_agreed": True}, [("commit", 30, FREE, LINE), ("pay", 130, LINE, LINE)]),
        (150, {"dearer_agreed": True, "last": True}, [("commit", 50, FREE, LINE), ("pay", 150, LINE, LINE)]),
        (40, {"dearer_agreed": True}, [("pay", 40, LINE, LINE)]),
    ],
)
def test_a_purchase_is_paid_from_its_line(amount: int, more: dict[str, bool], moves: list[object]) -> None:
    assert short(pay_from_line(Money(amount), line(100), free(50), **more)) == moves


def test_a_purchase_dearer_than_set_aside_is_asked_about() -> None:
    with pytest.raises(DearerThanSetAside) as asked:
        pay_from_line(Money(130), line(100), free(50))

    assert (asked.value.set_aside, asked.value.free, asked.value.from_free) == (Money(100), Money(50), Money(30))


@pytest.mark.parametrize("agreed", [False, True])
def test_a_purchase_beyond_line_and_free_money_is_refused_and_not_asked_about(agreed: bool) -> None:
    with pytest.raises(BudgetExceeded) as refused:
        pay_from_line(Money(151), line(100), free(50), dearer_agreed=agreed)

    assert refused.value.available == Money(150)


def test_free_money_is_set_aside_and_paid_in_one_breath() -> None:
    assert short(pay_from_free(Money(50), free(50))) == [("commit", 50, FREE, FREE), ("pay", 50, FREE, FREE)]
    with pytest.raises(BudgetExceeded):
        pay_from_free(Money(51), free(50))


@pytest.mark.parametrize(("left", "paid", "most"), [(100, 100, 100), (60, 100, 60), (100, 60, 60)])
def test_no_more_comes_back_than_was_paid_and_is_not_back_yet(left: int, paid: int, most: int) -> None:
    assert refund(Money(most), Money(left), line(0, paid), free(0)) == Transfer(
        EntryKind.REFUND, Money(most), LINE, FREE
    )
    with pytest.raises(RefundTooLarge) as refused:
        refund(Money(most + 1), Money(left), line(0, paid), free(0))
    assert refused.value.left == Money(most)


def test_taking_back_a_purchase_from_a_line_sets_the_money_aside_again() -> None:
    entries = posted(*pay_from_line(Money(40), line(100), free(0)))

    assert take_back(entries, free(0)) == (Transfer(EntryKind.REVERSE, Money(40), LINE, LINE, 7),)


def test_taking_back_a_dearer_purchase_frees_what_came_from_the_free_money() -> None:
    entries = posted(*pay_from_line(Money(130), line(100), free(50), dearer_agreed=True))

    assert take_back(entries, free(20)) == (
        Transfer(EntryKind.REVERSE, Money(130), LINE, LINE, 8),
        Transfer(EntryKind.RELEASE, Money(30), LINE, FREE, 7),
    )


@pytest.mark.parametrize(("left", "again"), [(60, 60), (200, 60), (25, 25)])
def test_taking_back_the_last_one_sets_aside_as_far_as_the_free_money_reaches(left: int, again: int) -> None:
    entries = posted(*pay_from_line(Money(40), line(100), free(0), last=True))

    assert take_back(entries, free(left)) == (
        Transfer(EntryKind.COMMIT, Money(again), FREE, LINE, 8),
        Transfer(EntryKind.REVERSE, Money(40), LINE, LINE, 7),
    )


def test_taking_back_the_last_one_writes_no_entry_of_nothing() -> None:
    entries = posted(*pay_from_line(Money(40), line(100), free(0), last=True))

    assert take_back(entries, free(0)) == (Transfer(EntryKind.REVERSE, Money(40), LINE, LINE, 7),)


def test_taking_back_a_refund_pays_again_from_the_free_money() -> None:
    entries = posted(refund(Money(40), Money(100), line(0, 100), free(0)))

    assert take_back(entries, free(40)) == (
        Transfer(EntryKind.COMMIT, Money(40), FREE, LINE),
        Transfer(EntryKind.PAY, Money(40), LINE, LINE, 7),
    )
    with pytest.raises(BudgetExceeded):
        take_back(entries, free(39))


def test_the_three_accounts_add_up_to_the_amount() -> None:
    balance = Balance(Money(50), Money(30), Money(20))

    assert balance.total == Money(100)
    assert (balance + balance).total == Money(200)
    assert balance.sound
    assert not balance.moved(Account.COMMITTED, Money(-31)).sound
