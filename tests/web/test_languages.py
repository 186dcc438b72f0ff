"""Danish pages speak Danish and English pages English; and a sentence that ends with an amount has one full stop."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from planner.config import CHECKOUT
from planner.models.base import db
from planner.models.person import Person
from tests.apps import Apps
from tests.browser.site import Site
from tests.browser.tour import STOPS
from tests.databases import Databases
from tests.days import on
from tests.demonstration import seeded
from tests.pages import sign_in
from tests.payloads import text_of

if TYPE_CHECKING:
    from flask import Flask

LONG_ENOUGH = 12
"""Shorter words may be the same in both languages, or a part of what somebody wrote."""


@pytest.fixture(scope="module")
def demo(apps: Apps, sqlite_databases: Databases) -> Iterator["Flask"]:
    url = seeded(sqlite_databases, apps, "languages")
    yield apps.on(url)
    apps.close(url)


def said() -> Iterator[tuple[str, str]]:
    """Pair what is said in English with what is said in Danish, each without what is filled in."""
    for file in sorted((CHECKOUT / "planner" / "translations").glob("*/da/LC_MESSAGES/messages.po")):
        with file.open("rb") as catalogue:
            for message in read_po(catalogue):
                if message.id:
                    pairs = zip(_forms(message.id), _forms(message.string), strict=False)
                    yield from ((_longest(english), _longest(danish)) for english, danish in pairs)


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _longest(text: str) -> str:
    return max((part.strip() for part in re.split(r"%\(\w+\)[sd]", text)), key=len)


def pages(app: "Flask", language: str) -> Iterator[tuple[str, str]]:
    """Hand out every page of the tour in a language, as text."""
    with on(), app.app_context():
        db.session.execute(db.update(Person).values(language=language))
        db.session.commit()
        site = Site("", app, language)
        for stop in STOPS:
            visitor = app.test_client()
            with visitor.session_transaction() as session:
                session["language"] = language
            if stop.who:
                sign_in(visitor, site.person(stop.who))
            page = visitor.get(site.address(stop.address, stop.who))
            yield str(stop), re.sub(r"\s+", " ", text_of(page.text))


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_page_speaks_the_other_language(language: str, demo: "Flask") -> None:
    other = {english if language == "da" else danish for english, danish in said() if english != danish}
    other = {words for words in other if len(words) >= LONG_ENOUGH} - WRITTEN_BY_PEOPLE

    found = [(stop, words) for stop, page in pages(demo, language) for words in other if words in page]

    assert found == []


WRITTEN_BY_PEOPLE = frozenset({"Jeg vil gerne", "Svar på den, som den er", "gange om ugen"})
"""What the demo's people say in words that pages also use."""


def test_no_sentence_ends_twice_after_an_amount(demo: "Flask") -> None:
    assert [stop for stop, page in pages(demo, "da") if "kr.." in page] == []
