"""The catalogue of the day: what the house publishes is there at once, beside the files, in every process."""

from datetime import datetime

import pytest
from flask import Flask

from planner.models.base import db
from planner.queries import offers, people
from planner.usecases import packages
from tests.catalogue.local import local_package
from tests.statements import counted


@pytest.fixture
def published(in_app: Flask, now: datetime) -> None:
    packages.publish_many([local_package()], by=None, at=now)


def test_without_local_packages_the_catalogue_is_the_files(in_app: Flask) -> None:
    assert dict(offers.catalogue()) == dict(offers.files())


def test_a_published_package_is_in_the_catalogue_at_once(published: None) -> None:
    assert offers.catalogue()["havebad"] == local_package()
    assert set(offers.catalogue()) == {*offers.files(), "havebad"}


def test_another_process_sees_a_new_version_without_being_told(published: None, now: datetime) -> None:
    assert offers.catalogue()["havebad"].name.da == "Havebad"
    packages.publish_many([local_package(name="Vinterbad")], by=None, at=now)

    assert offers.catalogue()["havebad"].name.da == "Vinterbad"


def test_asking_often_costs_nothing_beside_what_every_page_asks_anyway(published: None) -> None:
    offers.catalogue()
    db.session.remove()

    with counted() as statements:
        people.settings()
        before = len(statements)
        for _ in range(5):
            offers.catalogue()

    assert len(statements) == before


def test_an_exclusion_holds_on_both_sides_whoever_wrote_it(in_app: Flask, now: datetime) -> None:
    packages.publish_many([local_package(excludes=("cti",))], by=None, at=now)

    assert "havebad" in offers.catalogue()["cti"].excludes
    assert offers.catalogue()["cti"].digest != offers.files()["cti"].digest
    assert offers.catalogue()["havebad"].digest == local_package(excludes=("cti",)).digest
