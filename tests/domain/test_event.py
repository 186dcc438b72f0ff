"""Events: what is hashed is the same everywhere, and every bit of it counts."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.event import canonical, digest, first_head, link

RECORD = ["7", "1", None, "purchase_recorded", "Æble"]
texts = st.none() | st.text(max_size=8)
rows = st.lists(texts, max_size=4)


def test_the_hash_of_a_record_is_a_plain_one_that_anybody_can_recompute() -> None:
    plain = json.dumps(["head", *RECORD], ensure_ascii=False, separators=(",", ":")).encode()

    assert link("head", RECORD) == hashlib.sha256(plain).hexdigest()


def test_values_are_written_in_one_way_only() -> None:
    assert canonical({"b": 1, "a": {"d": "æ", "c": [True, None]}}) == '{"a":{"c":[true,null],"d":"æ"},"b":1}'


@pytest.mark.parametrize("column", range(len(RECORD)))
@pytest.mark.parametrize("other", ["", "None", "x", None])
def test_every_column_counts(column: int, other: str | None) -> None:
    changed = [*RECORD[:column], other, *RECORD[column + 1 :]]

    assert (link("head", changed) == link("head", RECORD)) == (changed == RECORD)


def test_the_record_before_counts() -> None:
    assert link("one", RECORD) != link("other", RECORD)


@given(st.lists(rows, max_size=4), st.lists(rows, max_size=4))
def test_other_rows_give_another_digest(some: list[list[str | None]], others: list[list[str | None]]) -> None:
    assert (digest(some) == digest(others)) == (some == others)


def test_no_rows_have_an_empty_digest() -> None:
    assert digest([]) == digest(iter([])) == ""
    assert digest([[]]) != ""


def test_a_chain_begins_with_whose_it_is() -> None:
    heads = {first_head(kind, subject) for kind in ("citizen", "reader", "house") for subject in range(20)}

    assert len(heads) == 60
