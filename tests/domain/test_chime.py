"""CHIME: any scale may be skipped, only 0 to 10 counts, and a mean needs all five."""

from fractions import Fraction

import pytest

from planner.domain.chime import OffTheScale, changes, checked, mean
from planner.domain.package import Chime

ALL = dict(zip(Chime, (0, 3, 5, 8, 10), strict=True))


def test_answers_come_back_in_their_order_and_may_be_missing() -> None:
    assert list(checked({Chime.EMPOWERMENT: 4, Chime.HOPE: 0})) == [Chime.HOPE, Chime.EMPOWERMENT]
    assert checked({}) == {}


@pytest.mark.parametrize("value", [-1, 11])
def test_a_number_off_the_scale_is_refused(value: int) -> None:
    with pytest.raises(OffTheScale):
        checked({Chime.HOPE: value})


def test_the_mean_is_of_all_five_or_of_none() -> None:
    assert mean(ALL) == Fraction(26, 5)
    assert all(mean({p: v for p, v in ALL.items() if p is not missing}) is None for missing in Chime)


def test_a_change_is_told_where_both_answered() -> None:
    assert changes({Chime.HOPE: 5, Chime.MEANING: 2}, {Chime.HOPE: 3, Chime.IDENTITY: 9}) == {Chime.HOPE: -2}
