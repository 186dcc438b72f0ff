"""What if: tries beside a plan change nothing in it until one is kept."""

import pytest
from flask import Flask

from planner import clock
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords
from planner.domain.plan import DraftChanged, NotNow, NotYourPart, PlanStatus
from planner.models.base import db
from planner.models.composing import DraftBefore, Trial
from planner.models.plan import Plan, PlanVersion
from planner.models.record import Event
from planner.usecases import composing, courses, plans, trials, versions
from planner.usecases.trials import TooManyTries
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.usecases.test_composing import lock, own, sheet


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def draft(town: Town) -> int:
    plan_id = factories.open_course(town, amount=90_000)
    factories.compose(plan_id, factories.user(town.bo), "cti", "mbsr", own=("Cykel",))
    return plan_id


def make(plan_id: int, town: Town, name: str = "Uden CTI") -> int:
    return trials.make(plan_id, name, by=factories.user(town.bo), at=clock.now())


def without(plan_id: int, package_id: str, town: Town, trial: int) -> None:
    item = next(row[0] for row in sheet(plan_id, -trial) if row[2] == package_id)
    composing.remove_line(plan_id, item, trial=trial, by=factories.user(town.bo), at=clock.now())


def keep(plan_id: int, town: Town, trial: int = 1, by: int = 0) -> None:
    trials.keep(plan_id, trial, lock(plan_id), by=factories.user(by or town.bo), at=clock.now())


def status(plan_id: int) -> PlanStatus:
    db.session.remove()
    found = versions.status(db.session(), plan_id)
    db.session.remove()
    return found


def numbers(plan_id: int) -> list[int]:
    db.session.remove()
    wanted = db.select(PlanVersion.number).filter_by(plan_id=plan_id).order_by(PlanVersion.number)
    return list(db.session.scalars(wanted))


def kinds() -> list[EventKind]:
    db.session.remove()
    return list(db.session.scalars(db.select(Event.kind).order_by(Event.chain_id, Event.seq)))


def test_a_try_is_a_copy_and_what_is_changed_in_it_leaves_the_plan_alone(town: Town, draft: int) -> None:
    before = sheet(draft)
    trial = make(draft, town)
    assert sheet(draft, -trial) == before

    without(draft, "cti", town, trial)
    composing.add_package(
        draft, "peer-gruppe", catalogue=CATALOGUE, trial=trial, by=factories.user(town.bo), at=clock.now()
    )

    assert sheet(draft) == before
    assert {row[2] for row in sheet(draft, -trial)} == {"mbsr", "peer-gruppe", None}
    assert EventKind.LINE_REMOVED not in kinds()
    assert kinds().count(EventKind.TRY_CHANGED) == 2


def test_keeping_a_try_makes_the_draft_exactly_like_it_and_can_be_undone(town: Town, draft: int) -> None:
    before = sheet(draft)
    trial = make(draft, town)
    without(draft, "cti", town, trial)
    wanted = sheet(draft, -trial)

    keep(draft, town, trial)

    assert sheet(draft) == wanted
    assert numbers(draft) == [1]
    assert kinds()[-1] is EventKind.TRY_KEPT
    composing.undo(draft, lock(draft), by=factories.user(town.bo), at=clock.now())
    assert sheet(draft) == before


def test_a_try_beside_a_plan_in_force_starts_a_change_when_it_is_kept(town: Town) -> None:
    plan = factories.run_plan(town, "peer-individuel", own=("Gardiner",))
    held = sheet(plan.plan_id)
    trial = make(plan.plan_id, town)
    without(plan.plan_id, "peer-individuel", town, trial)
    assert status(plan.plan_id) is PlanStatus.APPROVED

    keep(plan.plan_id, town, trial)

    assert status(plan.plan_id) is PlanStatus.DRAFT
    assert sheet(plan.plan_id) == held
    assert [row[2] for row in sheet(plan.plan_id, 2)] == [None]
    assert numbers(plan.plan_id) == [1, 2]


def test_only_the_citizen_starts_a_change_by_keeping_a_try(town: Town) -> None:
    plan = factories.run_plan(town, own=("Gardiner",))
    trial = make(plan.plan_id, town)

    with pytest.raises(NotYourPart):
        keep(plan.plan_id, town, trial, by=town.ali)

    assert numbers(plan.plan_id) == [-1, 1]


def test_a_plan_that_waits_can_be_tried_beside_but_the_try_is_not_kept_before_it_is_back(
    town: Town, draft: int
) -> None:
    factories.submit(draft, factories.user(town.bo))
    trial = make(draft, town)
    without(draft, "cti", town, trial)

    with pytest.raises(NotNow):
        keep(draft, town, trial)

    plans.withdraw(draft, 1, by=factories.user(town.bo), at=clock.now())
    keep(draft, town, trial)
    assert {row[2] for row in sheet(draft, 2)} == {"mbsr", None}


def test_sending_and_deciding_go_on_while_there_are_tries(town: Town, draft: int) -> None:
    make(draft, town)

    sent = factories.submit(draft, factories.user(town.bo))
    factories.approve(town, sent, amount=90_000, by=town.karen)

    assert (sent.number, status(draft)) == (1, PlanStatus.APPROVED)


def test_five_tries_are_enough(town: Town, draft: int) -> None:
    assert [make(draft, town, f"Prøve {n}") for n in range(1, 6)] == [1, 2, 3, 4, 5]
    with pytest.raises(TooManyTries):
        make(draft, town)

    trials.discard(draft, 2, by=factories.user(town.bo), at=clock.now())

    assert make(draft, town) == 2


def test_a_try_that_is_thrown_away_leaves_nothing_but_its_events(town: Town, draft: int) -> None:
    before = sheet(draft)
    trial = make(draft, town)
    without(draft, "cti", town, trial)

    trials.discard(draft, trial, by=factories.user(town.bo), at=clock.now())

    db.session.remove()
    assert db.session.scalars(db.select(Trial)).all() == []
    assert db.session.scalars(db.select(DraftBefore).filter_by(number=-trial)).all() == []
    assert sheet(draft) == before
    assert sheet(draft, -trial) == []
    assert kinds()[-1] is EventKind.TRY_DISCARDED


def test_a_change_of_a_try_is_undone_in_the_try(town: Town, draft: int) -> None:
    trial, before = make(draft, town), sheet(draft)
    without(draft, "cti", town, trial)

    composing.undo(draft, lock(draft), trial=trial, by=factories.user(town.bo), at=clock.now())

    assert sheet(draft, -trial) == before


def test_one_line_of_a_try_is_put_back_as_it_is_in_the_plan(town: Town, draft: int) -> None:
    trial, before = make(draft, town), sheet(draft)
    bo = factories.user(town.bo)
    item = next(row[0] for row in before if row[2] == "mbsr")
    composing.move(draft, item, 2, catalogue=CATALOGUE, trial=trial, by=bo, at=clock.now())
    without(draft, "cti", town, trial)
    added = composing.add_own_line(draft, own("Kor", 300), trial=trial, by=bo, at=clock.now())

    for wanted in (item, added):
        trials.put_back(draft, trial, wanted, by=bo, at=clock.now())

    assert sheet(draft, -trial) == [row for row in before if row[2] != "cti"]


def test_a_try_that_was_changed_in_another_window_is_not_kept_unseen(town: Town, draft: int) -> None:
    trial, seen = make(draft, town), lock(draft)
    without(draft, "cti", town, trial)

    with pytest.raises(DraftChanged):
        trials.keep(draft, trial, seen, by=factories.user(town.bo), at=clock.now())


@pytest.mark.parametrize("number", [0, 1, 6, -1])
def test_what_is_no_try_is_not_found(town: Town, draft: int, number: int) -> None:
    bo = factories.user(town.bo)
    for act in (
        lambda: trials.discard(draft, number, by=bo, at=clock.now()),
        lambda: trials.put_back(draft, number, 1, by=bo, at=clock.now()),
    ):
        with pytest.raises(NotFound):
            act()
    assert status(draft) is PlanStatus.DRAFT


def test_a_try_has_a_name(town: Town, draft: int) -> None:
    with pytest.raises(NoWords):
        make(draft, town, "  ")


def test_nothing_is_tried_beside_a_plan_that_has_ended(town: Town) -> None:
    plan = factories.run_plan(town)
    courses.end_course(plan.plan_id, by=factories.user(town.mette), at=clock.now())

    with pytest.raises(NotNow):
        make(plan.plan_id, town)
    db.session.remove()
    assert db.session.get_one(Plan, plan.plan_id) is not None
