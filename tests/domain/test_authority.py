"""Who may decide: up to one's limit, never about oneself or one's own, never what one sent."""

from contextlib import nullcontext

import pytest

from planner.domain import authority
from planner.domain.authority import AboutKin, AboutYourself, OverLimit, Powers, YouSubmitted
from planner.domain.money import ZERO, Money
from planner.domain.people import Role, RoleKind, Tie, TieKind, User

BO, METTE, KAREN = 7, 1, 3


def caseworker(limit: int = 50_000, *ties: Tie, units: frozenset[int] = frozenset({10})) -> User:
    return User(METTE, "Mette", roles=(Role(RoleKind.CASEWORKER, units, Money.kroner(limit)),), ties=ties)


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        pytest.param(Money.kroner("49999.99"), None, id="an øre below the limit"),
        pytest.param(Money.kroner(50_000), None, id="the limit itself"),
        pytest.param(Money.kroner("50000.01"), OverLimit, id="an øre above"),
    ],
)
def test_the_limit_is_the_last_amount_that_may_be_decided(amount: Money, refusal: type[Exception] | None) -> None:
    with pytest.raises(refusal) if refusal else nullcontext():
        authority.check(caseworker().powers(10), citizen_id=BO, submitted_by=BO, amount=amount)


def test_over_the_limit_names_both_figures() -> None:
    with pytest.raises(OverLimit) as refused:
        authority.check(caseworker(5).powers(10), citizen_id=BO, submitted_by=BO, amount=Money.kroner(6))

    assert (refused.value.amount, refused.value.limit) == (Money.kroner(6), Money.kroner(5))


def test_nobody_decides_about_themselves() -> None:
    with pytest.raises(AboutYourself):
        authority.check(caseworker().powers(10), citizen_id=METTE, submitted_by=BO, amount=ZERO)


@pytest.mark.parametrize("kind", [kind for kind in TieKind if kind is not TieKind.CASEWORKER])
def test_nobody_decides_about_somebody_they_are_close_to(kind: TieKind) -> None:
    with pytest.raises(AboutKin):
        authority.check(caseworker(50_000, Tie(kind, BO)).powers(10), citizen_id=BO, submitted_by=BO, amount=ZERO)


def test_being_the_adviser_is_no_bar() -> None:
    authority.check(
        caseworker(50_000, Tie(TieKind.CASEWORKER, BO)).powers(10), citizen_id=BO, submitted_by=BO, amount=ZERO
    )


def test_being_close_to_somebody_else_is_no_bar() -> None:
    authority.check(
        caseworker(50_000, Tie(TieKind.RELATIVE, 8)).powers(10), citizen_id=BO, submitted_by=BO, amount=ZERO
    )


def test_nobody_decides_what_they_sent() -> None:
    with pytest.raises(YouSubmitted):
        authority.check(caseworker().powers(10), citizen_id=BO, submitted_by=METTE, amount=ZERO)


def test_a_limit_holds_only_in_the_units_of_its_role() -> None:
    assert caseworker(50_000).limit(10) == Money.kroner(50_000)
    assert caseworker(50_000).limit(11) == ZERO


def test_the_highest_limit_of_several_roles_counts_and_other_roles_give_none() -> None:
    unit = frozenset({10})
    both = User(
        KAREN,
        "Karen",
        roles=(
            Role(RoleKind.CASEWORKER, unit, Money.kroner(5)),
            Role(RoleKind.APPROVER, unit, Money.kroner(9)),
            Role(RoleKind.FINANCE, unit, Money.kroner(99)),
        ),
    )

    assert both.powers(10) == Powers(KAREN, Money.kroner(9), frozenset())
