"""The whole catalogue to take away, on the web and on the command line, read back without a difference."""

import io
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask

from packages_catalog import reader
from packages_catalog.shape import load
from planner.queries import offers
from planner.usecases import packages
from tests.catalogue.local import local_package
from tests.project.tree import ROOT
from tests.visitor import Visitor


@pytest.fixture
def published(in_app: Flask, now: datetime) -> None:
    """Publish two packages of the house; one bars another from the files, and one is going to be withdrawn."""
    going = local_package("kor", "Kor", withdrawn_on=date(2026, 12, 31))
    packages.publish_many([local_package(excludes=("cti",)), going], by=None, at=now)


def digests(found: dict[str, object]) -> dict[str, str]:
    return {name: package.digest for name, package in found.items()}


def test_the_files_in_the_zip_are_the_catalogue_of_the_day(published: None, client: Visitor, tmp_path: Path) -> None:
    answer = client.get("/packages/export.zip")

    assert answer.headers["Content-Disposition"] == "attachment; filename=packages.zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        archive.extractall(tmp_path)
    assert digests(reader.read(tmp_path)) == digests(offers.catalogue())


def test_the_document_is_the_catalogue_of_the_day_also_after_the_next_publication(
    published: None, client: Visitor, now: datetime
) -> None:
    for name in ("Havebad", "Vinterbad"):
        packages.publish_many([local_package(name=name)], by=None, at=now)

        said = client.get("/packages/export.json").json

        assert {one["id"]: load(one).digest for one in said["packages"]} == digests(offers.catalogue())


def planner(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("planner")
    environment = {**os.environ, "DATABASE_URL": url, "APP_ENV": "development"}
    return subprocess.run([command, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.only_sqlite
def test_the_command_writes_a_folder_that_the_check_finds_nothing_wrong_with(
    published: None, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "ud"

    written = planner(database_url, "catalogue", "export", str(folder))
    checked = planner(database_url, "catalogue", "check", str(folder))

    assert (written.returncode, written.stderr) == (0, "")
    assert checked.returncode == 0
    assert checked.stdout.startswith(f"{len(offers.catalogue())} packages, 0 faults")
    assert digests(reader.read(folder)) == digests(offers.catalogue())

    again = planner(database_url, "catalogue", "export", str(folder))
    assert again.returncode == 2
    assert "is not an empty folder" in again.stderr
