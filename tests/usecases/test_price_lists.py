"""A price list is taken in whole or not at all; twice changes nothing; older prices and editors' words stay."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask

from packages_catalog.shape import dump, load
from planner import clock
from planner.domain.errors import Conflict
from planner.domain.money import Money
from planner.domain.package import Package, Words
from planner.domain.people import RoleKind, User
from planner.domain.price_mapping import ColumnMapping, Known
from planner.exchange import price_lists as lists
from planner.exchange import price_mapping
from planner.models.base import db
from planner.models.offer import LocalPackage, PriceImport, PriceUpload
from planner.models.record import Event
from planner.models.rule import PackageVersion
from planner.queries import offers, verify
from planner.queries import price_lists as queries
from planner.usecases import packages, people, price_lists, standard
from planner.usecases.publishing import IdTaken, Published
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories, prices

MAPPING = price_mapping.read(prices.EXAMPLE.read_text("utf-8"))
SOURCE = price_lists.Source(file_name="liste.xlsx", file_digest="d" * 64, mapping="Landsdækkende", rows=6)
KEY = Key("3f2b8c1e-0000-4000-8000-000000000001", "0" * 64)


@pytest.fixture
def house(in_app: Flask, now: datetime) -> datetime:
    standard.establish("Havneby Kommune")
    return now


def editor(called: str) -> User:
    """Add a catalogue editor of a unit of their own."""
    unit = people.add_unit(called, "0999", by=None, at=clock.now())
    person = people.add_person(called, by=None, at=clock.now())
    role = people.NewRole(kind=RoleKind.CATALOGUE_EDITOR, unit_id=unit, first_day=clock.today())
    people.give_role(person, role, by=None, at=clock.now())
    return factories.user(person)


def take(listed: prices.List, mapping: ColumnMapping = MAPPING, key: Key | None = None) -> Published:
    found = lists.read(BytesIO(prices.xlsx(listed)), mapping)
    offered = price_lists.Offered(listed=found.listed, known=mapping.known, prefix=mapping.prefix)
    return price_lists.take_in(offered, SOURCE, by=None, at=clock.now(), key=key)


def rows(table: type) -> int:
    count = db.session.scalar(db.select(db.func.count()).select_from(table)) or 0
    db.session.remove()
    return count


def stored(package_id: str) -> Package:
    found = offers.local()[package_id]
    db.session.remove()
    return found


def events() -> list[str]:
    found = [kind.value for kind in db.session.scalars(db.select(Event.kind).order_by(Event.chain_id, Event.seq))]
    db.session.remove()
    return [kind for kind in found if "list" in kind or "publ" in kind]


def test_a_list_is_published_with_one_import_and_its_events(house: datetime) -> None:
    assert take(prices.make(3)) == Published(3, 0, 0)

    assert (rows(LocalPackage), rows(PackageVersion), rows(PriceImport)) == (3, 3, 1)
    assert events() == ["packages_published", "price_list_taken"]
    assert stored("lp-01-00000").tariffs_of("0101")[0].amount == Money.kroner("324.50")
    assert verify.run(lambda _line: None)


def test_the_same_list_twice_changes_nothing(house: datetime) -> None:
    take(prices.make(3))
    edition = max(row.edition for row in db.session.scalars(db.select(LocalPackage)))

    assert take(prices.make(3)) == Published(0, 0, 3)

    assert (rows(PackageVersion), rows(PriceImport)) == (3, 1)
    assert max(row.edition for row in db.session.scalars(db.select(LocalPackage))) == edition


def test_a_later_list_adds_dated_steps_and_older_ones_stay(house: datetime) -> None:
    take(prices.make(3))

    assert take(prices.make(3, first_day=date(2027, 1, 1), dearer=15)) == Published(0, 3, 0)

    steps = stored("lp-01-00001").tariffs_of("0849")
    assert [(step.first_day.year, step.amount) for step in steps] == [
        (2026, Money.kroner("313.25")),
        (2027, Money.kroner("328.25")),
    ]
    assert load(dump(stored("lp-01-00001"))).tariffs


def test_an_older_list_with_an_end_leaves_later_prices_alone(house: datetime) -> None:
    take(prices.make(1, first_day=date(2027, 1, 1), dearer=15))

    take(prices.make(1).with_column("Gyldig til", [date(2026, 12, 31)] * 2))

    package = stored("lp-01-00000")
    assert [step.first_day.year for step in package.tariffs_of("")] == [2026, 2027]
    assert package.withdrawn_on is None


def test_a_region_that_a_later_list_does_not_name_follows_the_price_for_everywhere(house: datetime) -> None:
    take(prices.make(1))
    later = prices.make(1, first_day=date(2027, 1, 1), dearer=10).with_column("Hovedstaden", [None, None])

    take(later)

    steps = stored("lp-01-00000").tariffs_of("0101")
    assert [step.amount for step in steps] == [Money.kroner("324.50"), Money.kroner(310)]


def test_what_an_editor_wrote_stays_when_the_price_changes(house: datetime) -> None:
    take(prices.make(1))
    edited = replace(stored("lp-01-00000"), summary=Words("Lær at lave mad.", "Learn to cook."))
    packages.publish_many([edited], by=None, at=house)

    take(prices.make(1, dearer=5))

    assert stored("lp-01-00000").summary.da == "Lær at lave mad."
    assert stored("lp-01-00000").tariffs_of("")[0].amount == Money.kroner(305)

    take(prices.make(1, dearer=6), replace(MAPPING, known=Known.EVERYTHING))
    assert stored("lp-01-00000").summary.da == "Få støtte hjemme hos dig selv."


def test_a_package_that_was_withdrawn_stays_withdrawn(house: datetime) -> None:
    take(prices.make(2))
    birgit = editor("Birgit Vang")
    packages.withdraw("lp-01-00000", clock.today(), by=birgit, at=house)

    assert take(prices.make(2, dearer=5)) == Published(0, 1, 0)

    assert stored("lp-01-00000").withdrawn_on == clock.today()
    found = lists.read(BytesIO(prices.xlsx(prices.make(2))), MAPPING)
    assert queries.compare(found.listed, MAPPING.known, MAPPING.prefix).withdrawn == 1


def test_looking_says_what_taking_in_does(house: datetime) -> None:
    take(prices.make(2))
    listed = prices.make(3).with_cells(0, {"Øvrige landet": 999})
    found = lists.read(BytesIO(prices.xlsx(listed)), MAPPING)

    seen = queries.compare(found.listed, MAPPING.known, MAPPING.prefix)

    assert (len(seen.added), len(seen.changed), seen.same) == (1, 1, 1)
    assert rows(PackageVersion) == 2
    assert take(listed) == Published(1, 1, 1)


def test_nothing_is_kept_when_one_of_the_ids_is_taken(house: datetime) -> None:
    found = lists.read(BytesIO(prices.xlsx(prices.make(2))), MAPPING)
    first, second = found.listed
    clash = replace(second, package=replace(second.package, id="cti"))
    offered = price_lists.Offered(listed=(first, clash), known=MAPPING.known, prefix=MAPPING.prefix)

    with pytest.raises(IdTaken):
        price_lists.take_in(offered, SOURCE, by=None, at=house)

    assert (rows(LocalPackage), rows(PriceImport), events()) == (0, 0, [])


def test_the_same_request_twice_is_done_once(house: datetime) -> None:
    take(prices.make(1), key=KEY)

    with pytest.raises(AlreadyDone):
        take(prices.make(1, dearer=1), key=KEY)

    assert rows(PriceImport) == 1


def test_two_editors_do_not_overwrite_each_others_mapping(house: datetime) -> None:
    birgit = editor("Birgit Vang")
    mapping_id = price_lists.save_mapping("Liste", "a", by=birgit, at=house)
    seen = queries.mapping(mapping_id)
    assert seen is not None
    later = house + timedelta(minutes=1)

    price_lists.save_mapping("Liste", "b", (mapping_id, seen.at), by=birgit, at=later)

    with pytest.raises(Conflict):
        price_lists.save_mapping("Liste", "c", (mapping_id, seen.at), by=birgit, at=later)
    with pytest.raises(price_lists.MappingNameTaken):
        price_lists.save_mapping("Liste", "d", by=birgit, at=later)
    assert [each.toml for each in queries.mappings()] == ["b"]


def test_one_list_is_put_aside_for_each_editor_and_forgotten_after_a_day(house: datetime) -> None:
    birgit, other = editor("Birgit Vang"), editor("Ove Lind")
    for content in (b"one", b"two"):
        price_lists.put_aside(content, "liste.csv", "d" * 64, "Liste", by=birgit, at=house)

    found = queries.put_aside(birgit.id)
    assert found is not None
    assert (found.content, rows(PriceUpload)) == (b"two", 1)

    price_lists.put_aside(b"three", "liste.csv", "d" * 64, "Liste", by=other, at=house + timedelta(days=1, minutes=1))
    assert queries.put_aside(birgit.id) is None
