"""A package of the house to publish: small, valid, and easy to make into another."""

import tomllib
from dataclasses import replace
from typing import Any

from packages_catalog.shape import load, sealed
from planner.domain.package import Package, Words
from tests.catalogue.samples import neighbour


def local_package(identifier: str = "havebad", name: str = "Havebad", **changes: Any) -> Package:
    """Make a local package; ``changes`` are fields of ``Package``."""
    made = load(tomllib.loads(neighbour(identifier)))
    return sealed(replace(made, name=Words(name, name), **changes))
