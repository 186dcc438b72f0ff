"""Private calendar addresses: of one's own plan only, five at most, and off for good once they are off."""

import pytest
from flask import Flask

from planner import clock
from planner.domain.calendar_link import digest
from planner.domain.errors import NotFound
from planner.models.base import db
from planner.models.composing import CalendarLink
from planner.queries import calendar
from planner.usecases import calendar_links
from planner.usecases.calendar_links import MOST_LINKS, TooManyLinks
from tests import factories
from tests.factories import Town


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def plan(town: Town) -> int:
    return factories.open_course(town)


def make(town: Town, plan: int, whose: int | None = None, *, named: bool = False) -> str:
    return calendar_links.make(plan, named=named, by=factories.user(whose or town.bo), at=clock.now())


def revoke(town: Town, link: int, whose: int | None = None) -> None:
    calendar_links.revoke(link, by=factories.user(whose or town.bo), at=clock.now())


def link_ids() -> list[int]:
    db.session.remove()
    return list(db.session.scalars(db.select(CalendarLink.id).order_by(CalendarLink.id)))


def test_a_token_opens_the_plan_it_was_made_for_with_the_names_that_were_chosen(town: Town, plan: int) -> None:
    plain, named = make(town, plan), make(town, plan, named=True)

    found = [calendar.feed(digest(token)) for token in (plain, named)]

    assert [(feed.plan.id, feed.named) for feed in found if feed] == [(plan, False), (plan, True)]
    assert calendar.feed(digest(plain[:-1])) is None


def test_nobody_but_the_citizen_makes_or_ends_an_address(town: Town, plan: int) -> None:
    make(town, plan)
    [link] = link_ids()

    for other in (town.lis, town.mette, town.ali):
        with pytest.raises(NotFound):
            make(town, plan, other)
        with pytest.raises(NotFound):
            revoke(town, link, other)

    assert link_ids() == [link]


def test_an_address_that_is_off_never_works_again_and_makes_room_for_another(town: Town, plan: int) -> None:
    tokens = [make(town, plan) for _ in range(MOST_LINKS)]
    with pytest.raises(TooManyLinks):
        make(town, plan)
    first = link_ids()[0]

    revoke(town, first)

    db.session.remove()
    assert calendar.feed(digest(tokens[0])) is None
    with pytest.raises(NotFound):
        revoke(town, first)
    assert calendar.feed(digest(make(town, plan))) is not None
