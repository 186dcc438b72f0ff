"""Local packages: what is published never changes, and nobody takes an id from the files."""

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from flask import Flask

from packages_catalog.faults import CatalogueFaults
from packages_catalog.shape import dump
from packages_catalog.stored import revived
from planner import clock
from planner.domain.event import EventKind
from planner.domain.money import Money
from planner.domain.package import Package
from planner.domain.plan import PackageGone
from planner.models.base import db
from planner.models.offer import LocalPackage, PackageDraft
from planner.models.plan import PlanLine
from planner.models.record import Event
from planner.models.rule import PackageVersion
from planner.queries import mix, offers, plans, verify
from planner.queries.affected import Affected, affected
from planner.usecases import packages
from planner.usecases.package_drafts import DraftChanged
from planner.usecases.packages import IdTaken, Published
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories
from tests.catalogue.local import local_package
from tests.factories import Town
from tests.record.attack import unguarded
from tests.web.editors import make_editor


@pytest.fixture
def town(in_app: Flask, now: datetime) -> Town:
    return factories.make_town()


def rows() -> list[tuple[str, str, int]]:
    db.session.remove()
    found = db.session.scalars(db.select(LocalPackage).order_by(LocalPackage.package_id))
    return [(row.package_id, row.digest, row.edition) for row in found]


def events(kind: EventKind) -> list[Event]:
    db.session.remove()
    return list(db.session.scalars(db.select(Event).where(Event.kind == kind).order_by(Event.seq)))


def test_what_is_published_is_stored_as_a_version_that_reads_back_equal(in_app: Flask, now: datetime) -> None:
    package = local_package()

    assert packages.publish_many([package], by=None, at=now) == Published(added=1, changed=0, same=0)

    stored = db.session.get_one(PackageVersion, (package.id, package.digest))
    assert stored.origin == "local"
    assert revived(stored.content, stored.digest) == package
    assert rows() == [(package.id, package.digest, 1)]


def test_publishing_the_same_twice_changes_nothing_and_writes_no_second_event(in_app: Flask, now: datetime) -> None:
    package = local_package()
    packages.publish_many([package], by=None, at=now)

    assert packages.publish_many([package], by=None, at=now) == Published(added=0, changed=0, same=1)

    assert rows() == [(package.id, package.digest, 1)]
    assert len(events(EventKind.PACKAGES_PUBLISHED)) == 1


def test_a_changed_package_is_a_new_version_and_the_old_one_stays(in_app: Flask, now: datetime) -> None:
    old, new, other = local_package(), local_package(name="Havebad om vinteren"), local_package("kor", "Kor")
    packages.publish_many([old], by=None, at=now)

    assert packages.publish_many([new, other], by=None, at=now) == Published(added=1, changed=1, same=0)

    assert rows() == [(new.id, new.digest, 2), (other.id, other.digest, 2)]
    stored = db.session.get_one(PackageVersion, (old.id, old.digest))
    assert revived(stored.content, stored.digest) == old


def test_one_event_of_the_house_says_how_many_and_holds_no_words(in_app: Flask, now: datetime) -> None:
    packages.publish_many([local_package(), local_package("kor", "Kor")], by=None, at=now)

    (event,) = events(EventKind.PACKAGES_PUBLISHED)
    assert {name: event.facts[name] for name in ("added", "changed", "same", "edition")} == {
        "added": 2,
        "changed": 0,
        "same": 0,
        "edition": 1,
    }
    assert "Havebad" not in str(event.facts)


@pytest.mark.parametrize("taken", [["cti"], ["kor", "cti"], ["kor", "kor"]])
def test_an_id_of_the_files_or_one_that_stands_twice_is_refused_and_nothing_is_kept(
    in_app: Flask, now: datetime, taken: list[str]
) -> None:
    with pytest.raises(IdTaken, match=taken[-1]):
        packages.publish_many([local_package(identifier) for identifier in taken], by=None, at=now)

    assert rows() == []


def test_a_relation_to_a_package_that_nobody_has_is_a_fault_named_by_id_and_key(in_app: Flask, now: datetime) -> None:
    lonely = local_package(needs=("ingen-har-den",), excludes=("havebad",))

    with pytest.raises(CatalogueFaults) as refused:
        packages.publish_many([lonely, local_package("kor", needs=("havebad", "cti"))], by=None, at=now)

    assert [(fault.file, fault.key) for fault in refused.value.faults] == [
        ("havebad", "excludes"),
        ("havebad", "needs"),
    ]
    assert rows() == []


def test_sending_the_same_request_twice_publishes_once(in_app: Flask, now: datetime) -> None:
    key = Key(str(uuid4()), "body")
    packages.publish_many([local_package()], by=None, at=now, key=key)

    with pytest.raises(AlreadyDone):
        packages.publish_many([local_package(name="Andet")], by=None, at=now, key=key)

    assert [edition for *_, edition in rows()] == [1]


def test_a_draft_keeps_what_cannot_be_read_and_its_lock_refuses_what_was_typed_on_an_old_page(
    town: Town, now: datetime
) -> None:
    birgit = factories.user(make_editor(town))
    packages.start_draft("kor", {"phases": [{"weeks": "ti"}]}, by=birgit, at=now)
    lock = db.session.get_one(PackageDraft, "kor").lock_version

    packages.save_draft("kor", {"phases": [{"weeks": "tolv"}]}, lock, by=birgit, at=now)

    with pytest.raises(DraftChanged) as refused:
        packages.save_draft("kor", {}, lock, by=birgit, at=now)
    assert refused.value.lock_version == lock + 1
    assert db.session.get_one(PackageDraft, "kor").content == {"id": "kor", "phases": [{"weeks": "tolv"}]}


def test_a_faulty_draft_is_not_published_and_stays(town: Town, now: datetime) -> None:
    birgit = factories.user(make_editor(town))
    packages.start_draft("kor", {**dump(local_package("kor")), "needs": ["kor"]}, by=birgit, at=now)
    lock = db.session.get_one(PackageDraft, "kor").lock_version

    with pytest.raises(CatalogueFaults):
        packages.publish_draft("kor", lock, offers.written(), by=birgit, at=now)

    assert rows() == []
    assert db.session.get(PackageDraft, "kor") is not None


def publish_for(town: Town, now: datetime, *changed: Package) -> None:
    packages.publish_many(list(changed), by=factories.user(make_editor(town)), at=now)


def test_a_plan_keeps_what_it_chose_to_the_ore_and_the_digest(town: Town, now: datetime) -> None:
    old = local_package()
    publish_for(town, now, old)
    bo = factories.user(town.bo)
    plan = factories.open_course(town)
    items = factories.compose(plan, bo, "havebad", catalogue=offers.catalogue())
    factories.approve(town, factories.submit(plan, bo, catalogue=offers.catalogue()))
    before = sent_line(plan, items["havebad"])
    dearer = replace(old.tariffs[-1], first_day=date(2026, 5, 1), amount=Money.kroner(9_999))

    publish_for(town, now, local_package(name="Nyt", tariffs=(*old.tariffs, dearer)))
    assert offers.catalogue()["havebad"].digest != before["package_digest"]
    assert sent_line(plan, items["havebad"]) == before

    packages.withdraw("havebad", clock.today(), by=factories.user(make_editor(town)), at=now)
    assert sent_line(plan, items["havebad"]) == before
    assert before["package_digest"] == old.digest
    assert before["cost_oere"] == Money.kroner(110)


def sent_line(plan_id: int, item_id: int) -> dict[str, object]:
    db.session.remove()
    line = db.session.get_one(PlanLine, (plan_id, 1, item_id))
    return {column.name: getattr(line, column.name) for column in PlanLine.__table__.columns}


def test_a_package_withdrawn_while_it_is_in_five_drafts_is_named_by_its_line_in_each(town: Town, now: datetime) -> None:
    publish_for(town, now, local_package())
    bo = factories.user(town.bo)
    drafts = [factories.open_course(town) for _ in range(5)]
    items = [factories.compose(one, bo, "havebad", catalogue=offers.catalogue())["havebad"] for one in drafts]
    assert affected("havebad", clock.today()) == Affected(drafts=5, waiting=0, in_force=0)

    packages.withdraw("havebad", clock.today(), by=factories.user(make_editor(town)), at=now)

    for plan, item in zip(drafts, items, strict=True):
        found = plans.own(town.bo, plan)
        assert found is not None
        told = mix.of_plan(found, 1, offers.catalogue(), clock.today()).obstacles(clock.today())
        gone = [one for one in told if isinstance(one, PackageGone)]
        assert [(one.package_id, one.item) for one in gone] == [("havebad", item)]


def test_who_is_affected_is_told_in_numbers_by_where_the_plans_stand(town: Town, now: datetime) -> None:
    publish_for(town, now, local_package())
    bo, known = factories.user(town.bo), offers.catalogue()
    for _ in range(2):
        factories.compose(factories.open_course(town), bo, "havebad", catalogue=known)
    waiting = factories.open_course(town)
    factories.compose(waiting, bo, "havebad", catalogue=known)
    factories.submit(waiting, bo, catalogue=known)
    running = factories.open_course(town)
    factories.compose(running, bo, "havebad", catalogue=known)
    factories.approve(town, factories.submit(running, bo, catalogue=known))

    assert affected("havebad", clock.today()) == Affected(drafts=2, waiting=1, in_force=1)
    assert affected("cti", clock.today()) == Affected(0, 0, 0)


def test_verification_names_a_version_that_was_changed_and_one_that_is_gone(
    in_app: Flask, now: datetime, database_url: str
) -> None:
    packages.publish_many([local_package(), local_package("kor")], by=None, at=now)
    assert list(versions_at_fault()) == []

    with unguarded(database_url) as attacker:
        attacker.run("UPDATE package_version SET content = '{}' WHERE package_id = 'kor'")
        attacker.run("DELETE FROM package_version WHERE package_id = 'havebad'")

    assert [line.partition(":")[0].split("/")[0] for line in versions_at_fault()] == [
        "package_version kor",
        "local_package havebad",
    ]


def versions_at_fault() -> list[str]:
    db.session.remove()
    return [line for check in verify.checks() if check.name.startswith("I11") for line in check.faults]
