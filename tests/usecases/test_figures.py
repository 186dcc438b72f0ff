"""Figures are set by administrators, for days to come, and every value keeps its days."""

from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.errors import NotFound
from planner.domain.goal import NoWords
from planner.models.base import db
from planner.queries import figures as looked_up
from planner.usecases import figures
from planner.usecases.figures import FigureTooEarly, FigureUnreadable, Setting
from tests import factories
from tests.factories import Town


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def change(town: Town, code: str, value: int, *, days: int = 0, source: str = "Byrådet", whose: int = 0) -> None:
    day = clock.today() + timedelta(days=days)
    setting = Setting(value=value, first_day=day, source=source, assumed=False)
    figures.change(code, setting, by=factories.user(whose or town.asta), at=clock.now())


def value(code: str, *, days: int = 0) -> int:
    db.session.remove()
    return looked_up.on(clock.today() + timedelta(days=days))[code].value


def test_each_value_holds_until_the_next_one_begins(town: Town) -> None:
    change(town, "mentor_months", 9, days=10)
    change(town, "mentor_months", 12, days=20)

    assert [value("mentor_months", days=day) for day in (0, 9, 10, 19, 20, 900)] == [6, 6, 9, 9, 12, 12]


def test_the_past_is_not_changed(town: Town) -> None:
    with pytest.raises(FigureTooEarly):
        change(town, "mentor_months", 9, days=-1)

    assert value("mentor_months") == 6


@pytest.mark.parametrize(
    ("code", "wrong"), [("suggestions", 2), ("suggestions", -1), ("mentor_months", -1), ("mentor_months", 2**31)]
)
def test_a_value_that_means_nothing_is_refused(code: str, wrong: int, town: Town) -> None:
    with pytest.raises(FigureUnreadable):
        change(town, code, wrong)


def test_a_figure_needs_a_source_and_an_administrator_and_a_name_that_is_known(town: Town) -> None:
    with pytest.raises(NoWords):
        change(town, "mentor_months", 9, source=" ")
    for other in (town.bo, town.mette, town.jens):
        with pytest.raises(NotFound):
            change(town, "mentor_months", 9, whose=other)
    with pytest.raises(NotFound):
        change(town, "findes_ikke", 9)
