"""A catalogue that a test edits, put into the app for as long as the test runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask

from packages_catalog.reader import Catalogue
from packages_catalog.shape import sealed
from planner.domain.money import Money


@contextmanager
def edited(app: Flask, package_id: str, **more: object) -> Iterator[None]:
    """Let one package be different meanwhile."""
    before: Catalogue = app.extensions["catalogue"]
    packages = {**before, package_id: sealed(replace(before[package_id], **more))}
    app.extensions["catalogue"] = Catalogue(packages.values())
    try:
        yield
    finally:
        app.extensions["catalogue"] = before


@contextmanager
def crowded(app: Flask, package_id: str, times: int) -> Iterator[None]:
    """Let the catalogue hold one package that many times, and nothing else, meanwhile."""
    before: Catalogue = app.extensions["catalogue"]
    alone = replace(before[package_id], combines=(), excludes=(), needs=())
    app.extensions["catalogue"] = Catalogue(
        sealed(replace(alone, id=f"{package_id}-{number:03}")) for number in range(times)
    )
    try:
        yield
    finally:
        app.extensions["catalogue"] = before


@contextmanager
def priced(app: Flask, package_id: str, kroner: int) -> Iterator[None]:
    """Let one package cost something else meanwhile."""
    step = app.extensions["catalogue"][package_id].tariffs[0]
    with edited(app, package_id, tariffs=(replace(step, amount=Money.kroner(kroner)),)):
        yield
