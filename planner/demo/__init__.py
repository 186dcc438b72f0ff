"""The demo: a made-up municipality whose money and history are made by the use cases themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta

from packages_catalog.reader import Catalogue
from planner.demo import town
from planner.demo.stories import STORIES
from planner.demo.telling import Telling
from planner.usecases import people

LONG_AGO = timedelta(days=400)


def seed(catalogue: Catalogue, personal_key: str, *, at: datetime, say: Callable[[str], None]) -> None:
    """Fill an empty database with the demo's people and their history, up to the moment ``at``.

    The database is marked as a demo at the end, so that one that was broken off is never taken for whole.
    """
    made = town.build(at - LONG_AGO)
    for number, story in enumerate(STORIES, 1):
        say(f"  {number:2d} of {len(STORIES)}  {story.called}: {story.fate.value}")
        Telling(story, made, catalogue, personal_key, at).tell()
    people.set_up({"demo": "1"})
