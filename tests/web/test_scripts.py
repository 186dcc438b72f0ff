"""Scripts that people may write: sixty in one field and one in every field, shown as text wherever they come up (T31)."""

from collections.abc import Iterator

import pytest

from tests.forms import form_to, links, send
from tests.payloads import SCRIPTS, live_parts, shows
from tests.visitor import Visitor
from tests.web.access import Scene
from tests.web.filled import FORMS

MOST_PAGES = 150
PEOPLE = ("bo", "mette", "karen", "ali", "jens", "asta")


def pages(visitor: Visitor, limit: int = MOST_PAGES) -> Iterator[tuple[str, str]]:
    """Follow every link of a person's pages, and hand out (address, page) of each."""
    found, left = {"/"}, ["/"]
    while left and limit:
        address = left.pop(0)
        answer = visitor.get(address)
        limit -= 1
        if answer.status_code in {302, 303}:
            new = [answer.location]
        elif answer.mimetype == "text/html":
            yield address, answer.text
            new = links(answer.text)
        else:
            continue
        left += [link for link in new if link not in found and not link.startswith("/packages")]
        found |= set(new)


def script(field: str) -> str:
    """A script that tells which field it came from and breaks out of where words stand."""
    return f"\"'></textarea><script>alert('{field} æ')</script>"


def test_a_script_in_every_field_is_text_on_every_page(scene: Scene) -> None:
    written = {}
    for filled in FORMS:
        if filled.texts:
            visitor = scene.visitor(filled.who)
            scripts = {name: script(f"{filled.action[-40:]} {name}"[-40:]) for name in filled.texts}
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
            seen |= {name for name, text in written.items() if shows(page, text)}

    assert set(written) - seen == set()


def test_sixty_scripts_in_one_field_are_text_on_every_page(scene: Scene) -> None:
    bo = scene.visitor("bo")
    for each in SCRIPTS:
        new = form_to(bo.get("/me/goals/new").text, "/me/goals")

        assert send(bo, new, words=each).status_code == 303

    seen = set()
    for person in ("bo", "mette"):
        for address, page in pages(scene.visitor(person)):
            assert live_parts(page) == [], f"{person} {address}"
            seen |= {each for each in SCRIPTS if each not in seen and shows(page, each)}

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
    for person, address in (("bo", "/me/plan/{draft}/compose"), ("mette", "/work/"), ("jens", "/finance/postings")):
        asked = dict.fromkeys(("words", "q", "show", "page", "by", "month", "package", "budget", "before"), text)
        answer = scene.visitor(person).get(scene.place.address(address), query_string=asked)

        assert answer.status_code in {200, 404}
        assert live_parts(answer.text) == []
