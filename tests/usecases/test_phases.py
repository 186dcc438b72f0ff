"""Phases of a line in force: handing over, and talks that close, lengthen, shorten or repeat; nothing else does."""

from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.allowed import TooLongInAll
from planner.domain.choices import Choices
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords
from planner.domain.phase import HandoverOver, NobodyTakesOver, Outcome, Taker, WeeksDoNotFit
from planner.domain.plan import PlanStatus
from planner.models.base import db
from planner.models.composing import Handover, PhaseTalk, Wish
from planner.models.plan import PlanLine
from planner.models.record import Event
from planner.queries import phases as seen
from planner.usecases import goals, phases, versions
from planner.usecases.phases import Talk, Talked
from tests import factories
from tests.factories import CATALOGUE, Town


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def running(town: Town, package: str = "cti") -> tuple[int, int]:
    """Let a package run for Bo; hand out plan and item."""
    plan, bo = factories.open_course(town, days=400, amount=60_000), factories.user(town.bo)
    item = factories.compose(plan, bo, package)[package]
    factories.approve(town, factories.submit(plan, bo), 60_000)
    return plan, item


def talk(town: Town, item: int, outcome: Outcome, phase: int = 2, by: int | None = None, **more: object) -> Talked:
    said = Talk(phase=phase, outcome=outcome, **more)
    return phases.talk(item, said, catalogue=CATALOGUE, by=factories.user(by or town.bo), at=clock.now())


def hand_over(town: Town, item: int, phase: int = 2, by: int | None = None) -> int:
    what = "Følgeskab til lægen"
    return phases.hand_over(item, phase, Taker.NETWORK, what, by=factories.user(by or town.bo), at=clock.now())


def line_of(plan: int, number: int, item: int) -> PlanLine:
    db.session.remove()
    return db.session.get_one(PlanLine, (plan, number, item))


def status(plan: int) -> PlanStatus:
    db.session.remove()
    return versions.status(db.session(), plan)


@pytest.mark.parametrize("person", ["bo", "mette", "ali"])
def test_the_citizen_the_caseworker_and_the_support_person_write_who_takes_over(town: Town, person: str) -> None:
    plan, item = running(town)

    hand_over(town, item, by=getattr(town, person))

    found = seen.of_line(plan, item)
    assert found is not None
    assert [(one.taker, one.what) for one in found.phases[1].handovers] == [(Taker.NETWORK, "Følgeskab til lægen")]


def test_nobody_else_writes_it_and_nobody_finds_a_phase_that_is_not_there(town: Town) -> None:
    _, item = running(town)

    for other in (town.lis, town.finn, town.jens):
        with pytest.raises(NotFound):
            hand_over(town, item, by=other)
    with pytest.raises(NotFound):
        hand_over(town, item, phase=5)
    with pytest.raises(NoWords):
        phases.hand_over(item, 1, Taker.ME, " ", by=factories.user(town.bo), at=clock.now())


def test_what_is_struck_out_is_gone_from_the_list_and_is_struck_once(town: Town) -> None:
    plan, item = running(town)
    handover = hand_over(town, item)

    phases.strike(handover, by=factories.user(town.ali), at=clock.now())

    found = seen.of_line(plan, item)
    assert found is not None
    assert found.phases[1].handovers == ()
    assert db.session.get_one(Handover, handover).removed_at is not None
    with pytest.raises(HandoverOver):
        phases.strike(handover, by=factories.user(town.bo), at=clock.now())


def test_cti_closes_a_phase_only_when_somebody_takes_something_over(town: Town) -> None:
    plan, item = running(town)

    with pytest.raises(NobodyTakesOver):
        talk(town, item, Outcome.CLOSE)
    assert db.session.scalars(db.select(PhaseTalk)).all() == []

    hand_over(town, item)
    talk(town, item, Outcome.CLOSE)
    found = seen.of_line(plan, item)
    assert found is not None
    assert [phase.closed for phase in found.phases] == [False, True, False, False]


def test_a_package_that_does_not_hand_over_first_closes_by_the_talk_alone(town: Town) -> None:
    plan, item = running(town, "peer-individuel")

    talk(town, item, Outcome.CLOSE, words="Vi ses i klubben.")

    found = seen.of_line(plan, item)
    assert found is not None
    assert found.phases[1].talks[0].words == "Vi ses i klubben."


def test_closing_a_phase_and_a_bad_day_change_neither_line_nor_plan(town: Town) -> None:
    plan, item = running(town)
    before = line_of(plan, 1, item).period, line_of(plan, 1, item).cost_oere
    bo = factories.user(town.bo)
    goal = goals.write("Holde fast i mit hjem", by=bo, at=clock.now())

    hand_over(town, item)
    talk(town, item, Outcome.CLOSE)
    goals.check_in(goal, 0, "Jeg drak igen.", by=bo, at=clock.now())

    assert (line_of(plan, 1, item).period, line_of(plan, 1, item).cost_oere) == before
    assert status(plan) is PlanStatus.APPROVED


def test_longer_inside_the_bounds_starts_a_draft_that_holds_it_and_what_is_in_force_stays(town: Town) -> None:
    plan, item = running(town)

    talked = talk(town, item, Outcome.LONGER, weeks=14, words="Vi er ikke færdige.")

    assert talked == Talked(2, ())
    assert Choices.of(line_of(plan, 2, item).terms).values == {"weeks.2": 14}
    assert line_of(plan, 2, item).period.weeks == 44
    assert line_of(plan, 1, item).period.weeks == 43
    assert status(plan) is PlanStatus.DRAFT


def test_once_more_repeats_the_phase_after_what_was_agreed_before(town: Town) -> None:
    plan, item = running(town)
    talk(town, item, Outcome.LONGER, weeks=14)

    talk(town, item, Outcome.AGAIN, phase=3)

    assert Choices.of(line_of(plan, 2, item).terms).values == {"weeks.2": 14, "runs.3": 2}
    assert line_of(plan, 2, item).period.weeks == 57


def test_shorter_needs_fewer_weeks_and_longer_more(town: Town) -> None:
    _, item = running(town)

    for outcome, weeks in ((Outcome.SHORTER, 13), (Outcome.LONGER, 13), (Outcome.LONGER, None), (Outcome.SHORTER, 20)):
        with pytest.raises(WeeksDoNotFit):
            talk(town, item, outcome, weeks=weeks)
    assert talk(town, item, Outcome.SHORTER, weeks=12).draft == 2


def test_beyond_the_bounds_the_draft_keeps_what_holds_and_a_wish_waits(town: Town) -> None:
    plan, item = running(town)

    talked = talk(town, item, Outcome.LONGER, weeks=30, words="Flytningen trækker ud.")

    wish = db.session.get_one(Wish, talked.wishes[0])
    assert (wish.part, wish.wanted, wish.words) == ("weeks.2", "30", "Flytningen trækker ud.")
    assert Choices.of(line_of(plan, 2, item).terms).values == {}


def test_longer_than_the_package_may_be_is_refused_and_nothing_is_written(town: Town) -> None:
    plan, item = running(town, "individuel-82b")

    with pytest.raises(TooLongInAll):
        talk(town, item, Outcome.LONGER, phase=2, weeks=40)
    db.session.remove()

    assert db.session.scalars(db.select(PhaseTalk)).all() == []
    assert status(plan) is PlanStatus.APPROVED


def test_a_helper_writes_the_talk_down_and_the_citizen_changes_the_plan(town: Town) -> None:
    plan, item = running(town)

    assert talk(town, item, Outcome.LONGER, weeks=14, by=town.mette) == Talked(None, ())

    assert status(plan) is PlanStatus.APPROVED
    found = seen.of_line(plan, item)
    assert found is not None
    assert (found.phases[1].talks[0].weeks, found.phases[1].talks[0].by) == (14, "Mette Kjær")


def test_the_phases_of_a_line_have_the_days_of_their_runs(town: Town) -> None:
    plan, item = running(town)

    found = seen.of_line(plan, item)

    assert found is not None
    first = found.line.period.first_day
    assert [phase.days[0].first_day for phase in found.phases] == [
        first + timedelta(weeks=weeks) for weeks in (0, 4, 17, 30)
    ]
    assert found.current(first + timedelta(weeks=5)) == 2


def test_every_talk_and_handover_is_in_the_record(town: Town) -> None:
    _, item = running(town)
    handover = hand_over(town, item)
    phases.strike(handover, by=factories.user(town.bo), at=clock.now())
    talk(town, item, Outcome.LONGER, weeks=14)

    kinds = [event.kind for event in db.session.scalars(db.select(Event).order_by(Event.seq))]
    assert {EventKind.HANDOVER_WRITTEN, EventKind.HANDOVER_STRUCK, EventKind.PHASE_TALKED} <= set(kinds)
    assert kinds.count(EventKind.PLAN_REVISED) == 1
