"""Goals: own words are kept as they are, and where a goal stands follows from its days."""

from datetime import date

import pytest

from planner.domain.goal import GoalDays, GoalState, NoWords, TooManyWords, checked_words

DAY = date(2026, 5, 11)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Ro på  ", "Ro på"),
        ("to\nlinjer", "to\nlinjer"),
        ("æøå 🌱 <b>", "æøå 🌱 <b>"),
        ("a\0b", "ab"),
        ("a\ud800b", "ab"),
    ],
)
def test_words_are_kept_but_for_what_no_database_can_keep(text: str, kept: str) -> None:
    assert checked_words(text) == kept


@pytest.mark.parametrize("text", ["", " \n\t", "\0", "\ud800", "\0 \0"])
def test_nothing_is_no_words(text: str) -> None:
    with pytest.raises(NoWords):
        checked_words(text)


def test_words_up_to_the_longest_fit_and_one_more_does_not() -> None:
    assert checked_words("x" * 10, 10) == "x" * 10
    with pytest.raises(TooManyWords) as refused:
        checked_words("x" * 11, 10)
    assert (refused.value.length, refused.value.longest) == (11, 10)


@pytest.mark.parametrize(
    ("paused", "ended", "state"),
    [
        (None, None, GoalState.ACTIVE),
        (DAY, None, GoalState.PAUSED),
        (None, DAY, GoalState.PUT_AWAY),
        (DAY, DAY, GoalState.PUT_AWAY),
    ],
)
def test_a_goal_stands_where_its_days_say(paused: date | None, ended: date | None, state: GoalState) -> None:
    assert GoalDays(DAY, paused, ended).state is state
