"""Composing: goals, lines that cost nothing, undoing, two windows at once, and somebody who helps."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner import clock
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Rung
from planner.domain.period import Period
from planner.domain.plan import DraftChanged, LineChanged, NoGoalOnLine, TooMuchJustBecause
from planner.domain.purchase import Category
from planner.models.base import db
from planner.models.composing import DraftBefore
from planner.models.plan import Decision, LineGoal, LineMonth, Plan, PlanItem, PlanLine
from planner.models.record import Event
from planner.models.rule import Figure
from planner.queries import mix as mixes
from planner.queries import plans as looked_up
from planner.queries.mix import Choice
from planner.usecases import composing, goals, plans, trials
from planner.usecases.composing import Aim, NothingToUndo, TooMuchTime
from tests import factories
from tests.factories import CATALOGUE, Town

BECAUSE = Aim(frozenset(), because=True)


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def own(title: str = "Gåtur med Karin", kroner: int = 0, **more: object) -> composing.OwnLine:
    today = clock.today()
    given: dict[str, object] = {
        "title": title,
        "amount": Money.kroner(kroner) if kroner else ZERO,
        "monthly": False,
        "category": Category.OTHER,
        "period": Period(today, today + timedelta(days=27)),
        **more,
    }
    return composing.OwnLine(**given)


def goal(town: Town, words: str = "Sove hele natten") -> int:
    return goals.write(words, by=factories.user(town.bo), at=clock.now())


def add(plan_id: int, by: int, line: composing.OwnLine) -> int:
    return composing.add_own_line(plan_id, line, by=factories.user(by), at=clock.now())


def send(plan_id: int, town: Town) -> plans.Sent:
    return factories.submit(plan_id, factories.user(town.bo))


def aims(item: int) -> set[int]:
    db.session.remove()
    return set(db.session.scalars(db.select(LineGoal.goal_id).filter_by(item_id=item)))


def sheet(plan_id: int, number: int = 1) -> list[tuple[object, ...]]:
    """Everything that stands on a sheet, with titles and goals."""
    db.session.remove()
    rows = db.session.scalars(db.select(PlanLine).filter_by(plan_id=plan_id, number=number).order_by(PlanLine.item_id))
    return [
        (
            *(row.item_id, row.kind, row.package_id, row.package_digest, row.terms, row.category, row.period),
            db.session.get_one(PlanItem, row.item_id).title,
            frozenset(
                db.session.scalars(
                    db.select(LineGoal.goal_id).filter_by(plan_id=plan_id, number=number, item_id=row.item_id)
                )
            ),
        )
        for row in rows
    ]


def choice(plan_id: int, item: int, town: Town) -> Choice:
    db.session.remove()
    plan = looked_up.own(town.bo, plan_id)
    assert plan is not None
    found = mixes.of_plan(plan, plan.number, CATALOGUE, clock.today()).choice(item)
    db.session.remove()
    assert found is not None
    return found


def lock(plan_id: int) -> int:
    db.session.remove()
    return db.session.get_one(Plan, plan_id).lock_version


def last_event() -> Event:
    db.session.remove()
    return db.session.scalars(db.select(Event).order_by(Event.seq.desc()).where(Event.by_id.is_not(None))).first()


def test_a_new_line_points_to_the_only_running_goal(town: Town) -> None:
    plan_id, only = factories.open_course(town), goal(town)

    item = add(plan_id, town.bo, own())

    assert aims(item) == {only}


def test_with_several_goals_somebody_has_to_choose(town: Town) -> None:
    plan_id, one, other = factories.open_course(town), goal(town), goal(town, "Spise med andre")
    item = add(plan_id, town.bo, own())
    assert aims(item) == set()

    with pytest.raises(NoGoalOnLine):
        send(plan_id, town)

    composing.aim_at(plan_id, item, Aim(frozenset({one, other})), by=factories.user(town.bo), at=clock.now())
    assert aims(item) == {one, other}
    send(plan_id, town)


def test_a_goal_on_pause_does_not_count_as_the_only_one(town: Town) -> None:
    plan_id, paused, running = factories.open_course(town), goal(town), goal(town, "Spise med andre")
    goals.pause(paused, by=factories.user(town.bo), at=clock.now())

    assert aims(add(plan_id, town.bo, own())) == {running}


def test_nobody_points_a_line_to_the_goal_of_somebody_else(town: Town) -> None:
    plan_id = factories.open_course(town)
    others = goals.write("Blive gift", by=factories.user(town.lis), at=clock.now())

    with pytest.raises(NotFound):
        add(plan_id, town.bo, own(aim=Aim(frozenset({others}))))


def test_just_because_is_enough_up_to_the_free_cap_and_no_further(town: Town) -> None:
    plan_id, _ = factories.open_course(town), goal(town)
    item = add(plan_id, town.bo, own("Is på havnen", 500, aim=BECAUSE))
    assert aims(item) == set()
    more = add(plan_id, town.bo, own("Is igen", 1, aim=BECAUSE))

    with pytest.raises(TooMuchJustBecause) as refusal:
        send(plan_id, town)

    assert (refusal.value.cost, refusal.value.cap) == (Money.kroner(501), Money.kroner(500))
    composing.remove_line(plan_id, more, by=factories.user(town.bo), at=clock.now())
    sent = send(plan_id, town)
    db.session.remove()
    assert db.session.get_one(PlanLine, (plan_id, sent.number, item)).terms["because"] is True


def test_a_house_without_a_cap_asks_no_such_question(town: Town) -> None:
    plan_id, _ = factories.open_course(town), goal(town)
    db.session.execute(db.delete(Figure).where(Figure.code == "free_cap"))
    db.session.commit()
    add(plan_id, town.bo, own("Is på havnen", 2_000, aim=BECAUSE))

    send(plan_id, town)


def test_what_a_line_is_for_is_frozen_with_it_and_goes_on_in_a_change(town: Town) -> None:
    plan_id, only = factories.open_course(town), goal(town)
    item = add(plan_id, town.bo, own())

    factories.approve(town, send(plan_id, town))
    plans.revise(plan_id, by=factories.user(town.bo), at=clock.now())

    assert choice(plan_id, item, town).goals == {only}


def test_what_costs_nothing_is_a_full_line_that_is_sent_and_approved_and_needs_no_money(town: Town) -> None:
    plan_id, _ = factories.open_course(town), goal(town)
    item = add(plan_id, town.bo, own(rung=Rung.NETWORK, minutes=90))

    sent = send(plan_id, town)
    factories.approve(town, sent)

    db.session.remove()
    line = db.session.get_one(PlanLine, (plan_id, sent.number, item))
    assert (line.kind, line.cost_oere, line.source_id) == (LineKind.CIVIL_FREE, ZERO, None)
    assert line.terms == {"own": {"oere": 0, "monthly": False}, "rung": "network", "minutes": 90}
    assert db.session.scalar(db.select(db.func.sum(LineMonth.oere)).filter_by(item_id=item)) == ZERO
    assert db.session.scalar(db.select(db.func.count()).select_from(Decision)) == 1


def test_an_unpaid_line_counts_in_the_week_and_stands_on_its_rung(town: Town) -> None:
    plan_id, _ = factories.open_course(town), goal(town)

    found = choice(plan_id, add(plan_id, town.bo, own(rung=Rung.NETWORK, minutes=90)), town)

    assert (found.rung, found.price, found.own.minutes) == (Rung.NETWORK, ZERO, 90)


@pytest.mark.parametrize("minutes", [-1, 7 * 24 * 60 + 1])
def test_a_week_has_no_more_time_than_a_week(town: Town, minutes: int) -> None:
    with pytest.raises(TooMuchTime):
        add(factories.open_course(town), town.bo, own(minutes=minutes))


def test_what_costs_nothing_cannot_be_made_to_cost_something_behind_its_back(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    item = add(plan_id, town.bo, own())

    with pytest.raises(NotFound):
        composing.change_own_line(plan_id, item, own(kroner=100), by=bo, at=clock.now())


def test_a_line_that_was_changed_in_another_window_is_not_overwritten(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    item = add(plan_id, town.bo, own(kroner=100))
    seen = choice(plan_id, item, town).stamp
    composing.change_own_line(plan_id, item, own("Cykel", 200), stamp=seen, by=bo, at=clock.now())
    before = sheet(plan_id)

    with pytest.raises(LineChanged):
        composing.change_own_line(plan_id, item, own("Bus", 300), stamp=seen, by=bo, at=clock.now())

    assert sheet(plan_id) == before


def test_another_line_that_was_changed_meanwhile_is_no_reason_to_refuse(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    one, other = add(plan_id, town.bo, own("Cykel", 100)), add(plan_id, town.bo, own("Bus", 100))
    seen = choice(plan_id, one, town).stamp
    composing.remove_line(plan_id, other, by=bo, at=clock.now())

    composing.change_own_line(plan_id, one, own("Cykel", 200), stamp=seen, by=bo, at=clock.now())


def changes(plan_id: int, town: Town) -> dict[str, object]:
    """Everything that can be done to a draft, as something to do and to undo."""
    who = {"by": factories.user(town.bo), "at": clock.now()}
    item = db.session.scalar(db.select(PlanLine.item_id).filter_by(plan_id=plan_id, package_id="mbsr"))
    mine = db.session.scalar(db.select(PlanLine.item_id).filter_by(plan_id=plan_id, package_id=None))
    db.session.remove()
    return {
        "add": lambda: composing.add_package(plan_id, "peer-gruppe", catalogue=CATALOGUE, **who),
        "write": lambda: composing.add_own_line(plan_id, own("Kor", 300), **who),
        "move": lambda: composing.move(plan_id, item, 2, catalogue=CATALOGUE, **who),
        "days": lambda: composing.change_days(plan_id, item, own().period, catalogue=CATALOGUE, **who),
        "reword": lambda: composing.change_own_line(plan_id, mine, own("Ny cykel", 900, rung=Rung.SELF), **who),
        "aim": lambda: composing.aim_at(plan_id, mine, BECAUSE, **who),
        "remove": lambda: composing.remove_line(plan_id, item, **who),
        "remove own": lambda: composing.remove_line(plan_id, mine, **who),
    }


@pytest.mark.only_sqlite
@given(done=st.lists(st.sampled_from(["add", "write", "move", "days", "reword", "aim"]), max_size=3), last=st.sampled_from(
    ["add", "write", "move", "days", "reword", "aim", "remove", "remove own"]
))  # fmt: skip
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_restores_the_draft_exactly_and_undoing_that_brings_it_back(
    town: Town, done: list[str], last: str
) -> None:
    plan_id, bo = factories.open_course(town, amount=90_000), factories.user(town.bo)
    factories.compose(plan_id, bo, "mbsr", own=("Cykel",))
    todo = changes(plan_id, town)
    for name in dict.fromkeys(done):
        todo[name]()
    before = sheet(plan_id)
    if last in done:
        return

    todo[last]()
    after = sheet(plan_id)
    composing.undo(plan_id, lock(plan_id), by=bo, at=clock.now())
    assert sheet(plan_id) == before

    composing.undo(plan_id, lock(plan_id), by=bo, at=clock.now())
    assert sheet(plan_id) == after


def test_undoing_writes_its_event_and_says_which_sheet(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    add(plan_id, town.bo, own())

    composing.undo(plan_id, lock(plan_id), by=bo, at=clock.now())

    found = last_event()
    assert (found.kind, found.facts) == (EventKind.CHANGE_UNDONE, {"plan": plan_id, "number": 1})


def test_what_somebody_else_changed_meanwhile_is_not_undone_unseen(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    add(plan_id, town.bo, own())
    seen = lock(plan_id)
    add(plan_id, town.ali, own("Fodbold"))

    with pytest.raises(DraftChanged):
        composing.undo(plan_id, seen, by=bo, at=clock.now())

    assert len(sheet(plan_id)) == 2


def test_there_is_nothing_to_undo_before_anything_was_done_nor_after_sending(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    with pytest.raises(NothingToUndo):
        composing.undo(plan_id, lock(plan_id), by=bo, at=clock.now())
    goal(town)
    add(plan_id, town.bo, own())

    send(plan_id, town)

    db.session.remove()
    assert db.session.scalars(db.select(DraftBefore)).all() == []


def test_undoing_leaves_a_title_that_was_read_in_a_sent_plan(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    goal(town)
    item = add(plan_id, town.bo, own("Cykel", 600))
    factories.approve(town, send(plan_id, town))
    plans.revise(plan_id, by=bo, at=clock.now())
    composing.change_own_line(plan_id, item, own("Bus", 700), by=bo, at=clock.now())

    composing.undo(plan_id, lock(plan_id), by=bo, at=clock.now())

    db.session.remove()
    assert db.session.get_one(PlanItem, item).title == "Cykel"


@pytest.mark.parametrize("who", ["mette", "ali"])
def test_an_adviser_and_a_support_person_compose_with_the_citizen_and_are_remembered(town: Town, who: str) -> None:
    plan_id = factories.open_course(town)
    helper = getattr(town, who)

    add(plan_id, helper, own())

    found = last_event()
    assert (found.kind, found.by_id, found.for_id) == (EventKind.LINE_ADDED, helper, town.bo)


@pytest.mark.parametrize("who", ["lis", "finn", "karen", "jens", "asta"])
def test_nobody_else_composes(town: Town, who: str) -> None:
    plan_id, other = factories.open_course(town), factories.user(getattr(town, who))

    for act in (
        lambda: composing.add_own_line(plan_id, own(), by=other, at=clock.now()),
        lambda: composing.undo(plan_id, 0, by=other, at=clock.now()),
        lambda: plans.set_limit(plan_id, 60, by=other, at=clock.now()),
        lambda: trials.make(plan_id, "Prøve", by=other, at=clock.now()),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_citizen_says_how_much_is_enough(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)

    plans.set_limit(plan_id, 330, by=bo, at=clock.now())

    db.session.remove()
    assert db.session.get_one(Plan, plan_id).weekly_minutes == 330
    assert last_event().facts == {"plan": plan_id, "minutes": 330}
