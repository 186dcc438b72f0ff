"""Reading amounts off pages, as a person would."""

import re

from planner.domain.money import Money

_AMOUNT = re.compile(r"−?\d{1,3}(?:\.\d{3})*(?:,\d{2})?")
_PARTS = re.compile(r'<dl class="(sum|parts|facts facts-large)">(.*?)</dl>', re.DOTALL)
_FIGURE = re.compile(r"<dd[^>]*>(.*?)</dd>", re.DOTALL)


def amount(text: str) -> Money:
    """Read the amount that a page shows."""
    found = _AMOUNT.search(re.sub(r"<[^>]*>", "", text))
    assert found, text
    whole, _, part = found[0].strip("−").replace(".", "").partition(",")
    oere = int(whole) * 100 + int(part or 0)
    return Money(-oere if found[0].startswith("−") else oere)


def parts(html: str) -> list[list[Money]]:
    """Read every place of a page that shows used, set aside and free, and often the amount below them."""
    found = []
    for kind, place in _PARTS.findall(html):
        figures = [amount(figure) for figure in _FIGURE.findall(place)]
        if kind.startswith("facts"):
            free, used, aside, whole = figures[:4]
            figures = [used, aside, free, whole]
        found.append(figures)
    return found
