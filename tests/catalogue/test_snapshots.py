"""A package reads back equal from a snapshot, and its digest follows the content and nothing else."""

import json
from dataclasses import replace

import pytest

from packages_catalog.faults import CatalogueFaults
from packages_catalog.reader import read
from packages_catalog.shape import dump, load
from planner.domain.package import Words
from tests.catalogue.samples import WALK

IDS = sorted(read())


@pytest.mark.parametrize("identifier", IDS)
def test_every_package_reads_back_equal_from_its_snapshot(catalogue, identifier):
    package = catalogue[identifier]

    snapshot = json.loads(json.dumps(dump(package)))

    assert load(snapshot) == package
    assert "digest" not in snapshot


def test_the_digest_does_not_depend_on_how_the_file_is_written(put):
    before = read(put(walk=WALK))["walk"].digest
    relations = 'excludes = ["rest"]\ncombines = ["swim"]\n'
    other = (
        f"# a remark\n{WALK}".replace(relations, 'combines   =   [ "swim", ]\nexcludes = ["rest"]\n')
        .replace('[name]\nda = "Gåture"\nen = "Walks"', '[name]\nen = "Walks"\nda = "G\\u00e5ture"')
        .replace('name.da = "Ture"\nname.en = "Walks"', 'name = {en = "Walks", da = "Ture"}')
        .replace("weeks = 10", "weeks = 0xA")
    )

    assert len(other) != len(WALK)
    assert read(put(walk=other))["walk"].digest == before


def test_the_order_in_which_relations_are_written_is_no_change(put):
    one = read(put(walk=WALK.replace('excludes = ["rest"]\ncombines = ["swim"]', 'combines = ["swim", "rest"]')))
    other = read(put(walk=WALK.replace('excludes = ["rest"]\ncombines = ["swim"]', 'combines = ["rest", "swim"]')))

    assert one["walk"].digest == other["walk"].digest


@pytest.mark.parametrize(
    ("instead_of", "written"),
    [
        ("weeks = 10", "weeks = 11"),
        ('amount = "110.00"', 'amount = "110.01"'),
        ('en = "Shoes"', 'en = "Boots"'),
        ("year = 2020", "year = 2021"),
        ("verify = true", "verify = true\nfirst_day = 2020-01-01"),
        ("max_weeks = 26", "withdrawn_on = 2026-01-01\nmax_weeks = 26"),
    ],
)
def test_the_digest_changes_with_any_content(put, instead_of, written):
    before = read(put(walk=WALK))["walk"].digest

    assert read(put(walk=WALK.replace(instead_of, written)))["walk"].digest != before


def test_the_digest_of_a_snapshot_is_the_digest_of_its_package(catalogue):
    assert {load(dump(package)).digest for package in catalogue.values()} == {p.digest for p in catalogue.values()}
    assert len({package.digest for package in catalogue.values()}) == 36
    assert all(len(package.digest) == 64 for package in catalogue.values())


def test_a_digest_is_written_down_so_that_a_change_of_the_code_cannot_make_new_versions_unseen(put):
    package = read(put(walk=WALK))["walk"]

    assert package.digest == "c43940aa8c3929ff3a2bf48ea315b935117825090a046cdc0444c3af7b047ea9"


def test_a_digest_in_the_mapping_is_an_unknown_key(catalogue):
    with pytest.raises(CatalogueFaults) as refused:
        load({**dump(catalogue["cti"]), "digest": "0" * 64}, "preview")

    assert [(fault.file, fault.key) for fault in refused.value.faults] == [("preview", "digest")]


def test_a_changed_package_dumps_what_was_changed(catalogue):
    renamed = replace(catalogue["cti"], name=Words("Nyt navn", "New name"))

    assert dump(renamed)["name"] == {"da": "Nyt navn", "en": "New name"}
    assert load(dump(renamed)).digest != catalogue["cti"].digest


@pytest.mark.parametrize("mapping", [{}, {"id": None}, {1: 2}, {"phases": None, "name": []}])
def test_a_mapping_from_a_form_that_holds_nothing_is_refused_and_not_an_accident(mapping):
    with pytest.raises(CatalogueFaults):
        load(mapping)
