"""The demo: a made-up municipality whose money and history are made by the use cases themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta

from packages_catalog.reader import Catalogue
from planner.demo import beside, offers, town
from planner.demo.stories import STORIES
from planner.demo.telling import Telling
from planner.usecases import people

LONG_AGO = timedelta(days=400)


def seed(catalogue: Catalogue, personal_key: str, *, at: datetime, say: Callable[[str], None]) -> None:
    """Fill an empty database with the demo's people and their history, up to the moment ``at``.

    The database is marked as a demo at the end, so that one that was broken off is never taken for whole.
    """
    made = town.build(at - LONG_AGO)
    told = {story.called: Telling(story, made, catalogue, personal_key, at) for story in STORIES}
    for number, (called, telling) in enumerate(told.items(), 1):
        say(f"  {number:2d} of {len(told)}  {called}: {telling.story.fate.value}")
        telling.tell()
    bo, omar, lately = told["Bo"], told["Omar"], at - timedelta(hours=1)
    beside.away_and_handed_over(bo.plan, bo.citizen, lately)
    beside.tried_and_wished(omar.plan, omar.citizen, catalogue, lately)
    offers.tell(made, catalogue, at)
    people.set_up({"demo": "1"})
