"""Every text in code and templates has Danish words with the same placeholders, and none of them is a guess."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO

from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po

from tests.project.tree import ROOT, files

_KEYWORDS = DEFAULT_KEYWORDS | {
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "_l": None,
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]")

Key = tuple[str, str]


def _texts_of(name: str) -> Iterator[tuple[Key, str]]:
    method = "python" if name.endswith(".py") else "jinja2.ext:babel_extract"
    source = BytesIO((ROOT / name).read_bytes())
    options = {"encoding": "utf-8", "silent": "false"}
    for line, message, _, context in extract(method, source, _KEYWORDS, (), options):
        for text in (message,) if isinstance(message, str) else message[:1]:
            if text:
                yield (context or "", text), f"{name}:{line}"


@cache
def used() -> dict[Key, str]:
    """Find every text that is shown, with the first place where it stands."""
    found: dict[Key, str] = {}
    for name in files():
        if (name.startswith("planner/") and name.endswith(".py")) or name.startswith("templates/"):
            for key, place in _texts_of(name):
                found.setdefault(key, place)
    return found


@cache
def danish() -> dict[Key, Message]:
    """Read every Danish translation; where two areas translate the same text, both are looked at."""
    words: dict[Key, Message] = {}
    for name in files():
        if re.fullmatch(r"planner/translations/.*\bda/LC_MESSAGES/\w+\.po", name):
            with (ROOT / name).open("rb") as file:
                for message in read_po(file, locale="da", abort_invalid=True):
                    for text in (message.id if isinstance(message.id, tuple) else (message.id,))[:1]:
                        if text:
                            words[message.context or "", text] = message
    return words


def _forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def test_every_text_has_danish_words() -> None:
    words = danish()
    wordless = [
        f"{place}: {key[1]!r}"
        for key, place in used().items()
        if key not in words or not all(form.strip() for form in _forms(words[key]))
    ]

    assert used()
    assert wordless == []


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in danish().values() if message.fuzzy] == []


def test_a_translation_says_the_same_figures_and_names() -> None:
    different = [
        (message.id, form)
        for message in danish().values()
        for form in _forms(message)
        if form
        and set(_PLACEHOLDER.findall(form))
        != set(_PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[-1]))
    ]

    assert different == []
