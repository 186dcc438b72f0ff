"""Every refusal has words of its own and a code that no other refusal has."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import packages_catalog
import planner
from planner.domain.errors import DomainError


def refusals() -> list[type[DomainError]]:
    """Import every module and collect every kind of refusal."""
    for package in (planner, packages_catalog):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return sorted(_descendants(DomainError), key=lambda refusal: refusal.__qualname__)


def _descendants(refusal: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in refusal.__subclasses__():
        if child.__module__.split(".")[0] in {"planner", "packages_catalog"}:
            yield child
        yield from _descendants(child)


def test_every_refusal_has_words() -> None:
    from planner.web.wording import explain

    speechless = [
        refusal.__qualname__
        for refusal in refusals()
        if explain.dispatch(refusal) in {explain.dispatch(object), explain.dispatch(DomainError)}
    ]

    assert speechless == []


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = Counter(vars(refusal).get("code", "") for refusal in refusals())

    assert [code for code, times in codes.items() if times > 1] == []
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)
