"""Scripts that people may write: sixty in one field and one in every field, shown as text wherever they come up (T31)."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest

from tests.forms import form_to, links, send
from tests.payloads import SCRIPTS, live_parts, shows, text_of
from tests.visitor import Visitor
from tests.web.access import Scene
from tests.web.filled import FORMS

ALIKE = 8
PEOPLE = ("bo", "mette", "karen", "ali", "jens", "asta", "birgit")


def pages(visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Follow the links of a person's pages, a few of those that differ in numbers only, and hand out each page."""
    alike: Counter[str] = Counter()
    left, found = ["/"], {"/"}
    while left:
        address = left.pop(0)
        alike[_shape(address)] += 1
        if alike[_shape(address)] > ALIKE:
            continue
        answer = visitor.get(address)
        new = [answer.location] if answer.location else links(answer.text) if answer.mimetype == "text/html" else []
        if answer.mimetype == "text/html" and not answer.location:
            yield address, answer.text
        left += [link for link in new if link not in found and not link.startswith("/packages")]
        found |= set(new)


def _shape(address: str) -> str:
    return re.sub(r"[0-9]+|=[^&]*", "", address)


def script(number: int) -> str:
    """Write a script that tells which field it came from, breaks out of where words stand, and fits every field."""
    return f"\"'></textarea><script>{number}</script>"


def test_a_script_in_every_field_is_text_on_every_page(scene: Scene) -> None:
    written, numbers = {}, count(1000)
    for filled in FORMS:
        if filled.texts:
            visitor = scene.visitor(filled.who)
            scripts = {name: script(next(numbers)) for name in filled.texts}
            form = filled.form(visitor, scene.place)
            answer = visitor.post(form.action, data=form.filled(**{**filled.words(scene.place), **scripts}))

            assert answer.status_code in {200, 303}, str(filled)
            assert live_parts(answer.text) == []
            if filled.changes:
                written.update({f"{filled} {name}": text for name, text in scripts.items()})

    seen = set()
    for person in PEOPLE:
        for address, page in pages(scene.visitor(person)):
            assert live_parts(page) == [], f"{person} {address}"
            shown = text_of(page)
            seen |= {name for name, text in written.items() if text in shown}

    assert sorted(set(written) - seen) == []


def test_sixty_scripts_in_one_field_are_text_on_every_page(scene: Scene) -> None:
    bo = scene.visitor("bo")
    for each in SCRIPTS:
        new = form_to(bo.get("/me/goals/new").text, "/me/goals")

        assert send(bo, new, words=each).status_code == 303

    seen = set()
    for person in ("bo", "mette"):
        for address, page in pages(scene.visitor(person)):
            assert live_parts(page) == [], f"{person} {address}"
            shown = text_of(page)
            seen |= {each for each in SCRIPTS if each in shown}

    assert set(SCRIPTS) - seen == set()


def test_a_refused_form_shows_each_script_as_text(scene: Scene) -> None:
    bo = scene.visitor("bo")
    for each in SCRIPTS:
        form = form_to(bo.get("/me/purchases/new").text, "/me/purchases/new")
        answer = send(bo, form, amount=each, words=each, occurred_on=each, pot=each, category=each, asked=each)

        assert answer.status_code == 422
        assert live_parts(answer.text) == []
        assert shows(answer.text, each)


@pytest.mark.parametrize("text", SCRIPTS[::6])
def test_a_script_in_an_address_is_text(text: str, scene: Scene) -> None:
    for person, address in (("bo", "/me/plan/{draft}/compose"), ("mette", "/desk/"), ("jens", "/finance/postings")):
        asked = dict.fromkeys(("words", "q", "show", "page", "by", "month", "package", "budget", "before"), text)
        answer = scene.visitor(person).get(scene.place.address(address), query_string=asked)

        assert answer.status_code in {200, 404}
        assert live_parts(answer.text) == []
