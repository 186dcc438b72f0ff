"""The export of the catalogue: what is written is read back without a difference."""

import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest

from packages_catalog import reader, writer
from packages_catalog.shape import dump, load
from packages_catalog.stored import revived
from tests.catalogue.local import local_package

CATALOGUE = reader.read()


@pytest.mark.parametrize("package_id", CATALOGUE)
def test_a_package_is_read_back_from_its_file_with_the_same_digest(package_id: str) -> None:
    package = CATALOGUE[package_id]

    assert load(tomllib.loads(writer.toml(package))) == package


def test_a_folder_that_was_written_is_a_catalogue_without_faults(tmp_path: Path) -> None:
    assert writer.folder(CATALOGUE.values(), tmp_path) == len(CATALOGUE)

    assert reader.check(tmp_path) == ()
    assert {p.id: p.digest for p in reader.read(tmp_path).values()} == {p.id: p.digest for p in CATALOGUE.values()}


def test_the_zip_holds_one_file_a_package_and_is_always_the_same(tmp_path: Path) -> None:
    content = writer.files(CATALOGUE.values())

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    assert dict(reader.read(tmp_path)) == dict(CATALOGUE)
    assert writer.files(CATALOGUE.values()) == content


def test_the_document_holds_every_package_whole() -> None:
    said = json.loads(writer.document(CATALOGUE.values()))

    assert [load(content) for content in said["packages"]] == list(CATALOGUE.values())


def test_words_with_quotes_line_ends_and_signs_come_back_as_they_were() -> None:
    package = local_package(name="Kor \"på tværs\" – \\ 'æøå' ☀ # [x]")

    assert load(tomllib.loads(writer.toml(package))) == package


@pytest.mark.parametrize("package_id", CATALOGUE)
def test_a_version_revived_from_its_store_is_the_package_that_was_put_there(package_id: str) -> None:
    package = CATALOGUE[package_id]

    assert revived(json.loads(json.dumps(dump(package))), package.digest) == package
