"""Chains: what is written where, about whom, and that nothing is written about looking at oneself."""

import pytest
from sqlalchemy import select

from planner import clock
from planner.domain.event import EventKind, first_head
from planner.models.base import db
from planner.models.record import Chain, Event, Reading, ReadingOf
from planner.usecases import people, readings
from planner.usecases.readings import Look
from tests import factories
from tests.ledger.history import History, write_another_goal

LOOK = Look("caseworker", None, "caseworker.plans", "case_work")


def chain(kind: str, subject: int) -> Chain | None:
    db.session.remove()
    return db.session.scalars(select(Chain).where(Chain.kind == kind, Chain.subject_id == subject)).one_or_none()


def newest_event(citizen: int) -> Event:
    found = chain("citizen", citizen)
    assert found is not None
    return db.session.get_one(Event, (found.id, found.length))


def test_a_chain_ends_in_its_last_record(history: History) -> None:
    before = chain("citizen", history.town.bo)
    write_another_goal(history.town.bo)
    after = chain("citizen", history.town.bo)

    assert before is not None
    assert after is not None
    assert after.length == before.length + 1
    assert after.head == newest_event(history.town.bo).hash != before.head


def test_each_citizen_has_a_chain_of_their_own(history: History) -> None:
    lis = chain("citizen", history.town.lis)
    write_another_goal(history.town.bo)

    now = chain("citizen", history.town.lis)
    assert lis is not None
    assert now is not None
    assert (now.length, now.head) == (lis.length, lis.head)


def test_what_another_does_for_the_citizen_says_so(history: History) -> None:
    bo, ali = history.town.bo, history.town.ali
    free = history.bo.envelope()

    factories.buy(free, 10, factories.user(bo))
    own = newest_event(bo)
    assert (own.by_id, own.for_id) == (bo, None)

    factories.buy(free, 10, factories.user(ali))
    helped = newest_event(bo)
    assert (helped.by_id, helped.for_id) == (ali, bo)


def test_facts_hold_no_words_and_no_names(history: History) -> None:
    words = ("gardiner", "cyklen", "Spise", "Bo ", "Madsen", "Mette", "arbejde", "Der kom")
    texts = [str(facts) for facts in db.session.scalars(select(Event.facts))]

    assert len(texts) > 40
    assert [text for text in texts if any(word in text for word in words)] == []


def test_what_is_about_no_citizen_stands_in_the_chain_of_the_house(history: History) -> None:
    before = chain("house", 0)
    people.add_unit("Team Øst", "0999", by=factories.user(history.town.asta), at=clock.now())
    after = chain("house", 0)

    assert before is not None
    assert after is not None
    assert after.length == before.length + 1
    assert db.session.get_one(Event, (after.id, after.length)).kind is EventKind.UNIT_ADDED


@pytest.mark.parametrize("shown", [["bo"], ["bo", "lis"], ["lis", "bo", "bo"]])
def test_a_list_is_one_reading_that_names_all_it_showed(shown: list[str], history: History) -> None:
    citizens = [getattr(history.town, name) for name in shown]

    readings.write(LOOK, citizens, by=factories.user(history.town.sanne), at=clock.now())

    sanne = chain("reader", history.town.sanne)
    assert sanne is not None
    assert sanne.length == 1
    of = select(ReadingOf.citizen_id).where(ReadingOf.chain_id == sanne.id).order_by(ReadingOf.citizen_id)
    assert list(db.session.scalars(of)) == sorted(set(citizens))


def test_looking_at_oneself_or_at_nobody_is_not_written(history: History) -> None:
    bo = factories.user(history.town.bo)

    readings.write(LOOK, [bo.id], by=bo, at=clock.now())
    readings.write(LOOK, [], by=bo, at=clock.now())

    assert chain("reader", bo.id) is None


def test_looking_at_oneself_among_others_names_the_others(history: History) -> None:
    lis = factories.user(history.town.lis)

    readings.write(LOOK, [lis.id, history.town.bo], by=lis, at=clock.now())

    own = chain("reader", lis.id)
    assert own is not None
    assert list(db.session.scalars(select(ReadingOf.citizen_id).where(ReadingOf.chain_id == own.id))) == [
        history.town.bo
    ]
    assert db.session.get_one(Reading, (own.id, 1)).hash == own.head != first_head("reader", lis.id)
