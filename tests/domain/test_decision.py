"""What an award is called, and which awards are refused."""

import pytest

from planner.domain import decision
from planner.domain.decision import AboveCeiling, Asked, AwardBelowPlan, Outcome, ReasonsMissing
from planner.domain.money import Money

ASKED = Asked(indicative=Money.kroner(30_000), needed=Money.kroner(12_000), ceiling=Money.kroner(50_000))


@pytest.mark.parametrize(
    ("kroner", "reasons", "expected"),
    [
        pytest.param("30000.00", "", Outcome.GRANTED, id="as expected"),
        pytest.param("45000.00", "", Outcome.GRANTED, id="more than expected"),
        pytest.param("50000.00", "", Outcome.GRANTED, id="the ceiling itself"),
        pytest.param("29999.99", "Fordi.", Outcome.GRANTED_IN_PART, id="an øre less, with reasons"),
        pytest.param("12000.00", "Fordi.", Outcome.GRANTED_IN_PART, id="exactly what the plan needs"),
    ],
)
def test_the_outcome_follows_from_what_was_expected(kroner: str, reasons: str, expected: Outcome) -> None:
    assert decision.outcome(Money.kroner(kroner), ASKED, reasons) is expected


@pytest.mark.parametrize(
    ("kroner", "reasons", "refusal"),
    [
        pytest.param("29999.99", "", ReasonsMissing, id="less without reasons"),
        pytest.param("29999.99", " \n ", ReasonsMissing, id="reasons of nothing but blanks"),
        pytest.param("11999.99", "Fordi.", AwardBelowPlan, id="less than the plan needs"),
        pytest.param("50000.01", "", AboveCeiling, id="above the ceiling"),
    ],
)
def test_an_award_that_cannot_stand_is_refused(kroner: str, reasons: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        decision.outcome(Money.kroner(kroner), ASKED, reasons)


def test_a_kind_of_budget_without_a_ceiling_has_none() -> None:
    asked = Asked(indicative=Money.kroner(10), needed=Money.kroner(5))

    assert decision.outcome(Money.kroner(9_000_000), asked, "") is Outcome.GRANTED
