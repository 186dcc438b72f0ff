"""Adjusting a package of the draft: inside the bounds it counts at once, beyond them it is a wish."""

from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.adjustment import Wanted
from planner.domain.allowed import BeyondBounds, TooLongInAll
from planner.domain.choices import Choices
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.law import AgeOutside, TooLongByLaw
from planner.domain.money import Money
from planner.domain.plan import LineChanged, LineOutsidePlan, NotNow, PackagesExclude
from planner.models.base import db
from planner.models.composing import Wish
from planner.models.person import Person
from planner.models.plan import PlanLine, PlanVersion
from planner.models.record import Chain, Event
from planner.usecases import choices, composing, plans
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories
from tests.days import on
from tests.factories import CATALOGUE, Town

KEY = Key("0f6bd8a4-4a5b-4a38-9a53-0c3f0f1f3f20", "body")


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def line_of(plan_id: int, item: int, number: int | None = None) -> PlanLine:
    db.session.remove()
    newest = db.select(PlanVersion.number).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number.desc())
    return db.session.get_one(PlanLine, (plan_id, number or db.session.scalar(newest.limit(1)), item))


def choose(town: Town, plan_id: int, item: int, words: str = "", start: int = 0, **parts: int | str) -> tuple[int, ...]:
    """Let Bo choose; ``weeks_2=13`` is the part ``weeks.2``, ``start`` is in days from the line's first day."""
    values = {part.replace("_", "."): value for part, value in parts.items()}
    first = line_of(plan_id, item).first_day + timedelta(days=start)
    wanted = Wanted(values, first, words)
    return choices.choose(plan_id, item, wanted, catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())


def kinds() -> list[str]:
    db.session.remove()
    own = db.select(Event).join(Chain, Chain.id == Event.chain_id).where(Chain.kind == "citizen")
    return [event.kind for event in db.session.scalars(own.order_by(Event.seq))]


def draft(town: Town, *packages: str, **course: object) -> tuple[int, dict[str, int]]:
    plan_id = factories.open_course(town, **{"days": 400, **course})
    return plan_id, factories.compose(plan_id, factories.user(town.bo), *packages)


def test_weeks_inside_the_bounds_move_the_end_and_the_price_that_follows_the_weeks(town: Town) -> None:
    plan_id, items = draft(town, "bostoette-video")
    item = items["bostoette-video"]
    first = line_of(plan_id, item).first_day

    assert choose(town, plan_id, item, weeks_1=39, mode="phone") == ()

    line = line_of(plan_id, item)
    assert (line.first_day, line.last_day) == (first, first + timedelta(weeks=39, days=-1))
    assert Choices.of(line.terms).values == {"weeks.1": 39, "mode": "phone"}
    assert factories.seen_prices(plan_id)[1][item] == Money.kroner(15_600)
    assert kinds()[-1] == EventKind.LINE_CHANGED


def test_what_was_chosen_is_sent_and_frozen_with_its_phases_and_price(town: Town) -> None:
    plan_id, items = draft(town, "bostoette-video")
    choose(town, plan_id, items["bostoette-video"], weeks_1=13)

    sent = factories.submit(plan_id, factories.user(town.bo))

    line = line_of(plan_id, items["bostoette-video"], sent.number)
    assert line.cost_oere == Money.kroner(5_200)
    assert line.terms["phases"][0]["weeks"] == 13
    assert line.terms["choices"] == {"weeks.1": 13}


def test_a_line_in_force_that_is_adjusted_is_priced_anew_and_the_plan_in_force_stays(town: Town) -> None:
    plan_id, items = draft(town, "cti", amount=60_000)
    bo, item = factories.user(town.bo), items["cti"]
    factories.approve(town, factories.submit(plan_id, bo), 60_000)
    plans.revise(plan_id, by=bo, at=clock.now())

    choose(town, plan_id, item, runs_4=2)

    assert line_of(plan_id, item).package_digest is None
    assert line_of(plan_id, item).period.weeks == 56
    assert line_of(plan_id, item, 1).package_digest is not None
    assert line_of(plan_id, item, 1).period.weeks == 43


def test_what_was_sent_otherwise_adjusted_and_taken_back_is_priced_live_again(town: Town) -> None:
    plan_id, items = draft(town, "cti", "peer-individuel", amount=60_000)
    bo, item, other = factories.user(town.bo), items["cti"], items["peer-individuel"]
    factories.approve(town, factories.submit(plan_id, bo), 60_000)
    plans.revise(plan_id, by=bo, at=clock.now())
    choose(town, plan_id, item, mode="video")
    sent = factories.submit(plan_id, bo)
    plans.withdraw(plan_id, sent.number, by=bo, at=clock.now())

    plans.revise(plan_id, by=bo, at=clock.now())

    assert line_of(plan_id, item).package_digest is None
    assert line_of(plan_id, item).terms["choices"] == {"mode": "video"}
    assert line_of(plan_id, other).package_digest is not None


def test_beyond_the_bounds_nothing_is_saved_until_somebody_says_why(town: Town) -> None:
    plan_id, items = draft(town, "cti")

    with pytest.raises(BeyondBounds) as refused:
        choose(town, plan_id, items["cti"], weeks_3=26, weeks_1=6)

    assert [(over.part, over.wanted) for over in refused.value.over] == [("weeks.3", 26)]
    assert Choices.of(line_of(plan_id, items["cti"]).terms) == Choices()
    assert db.session.scalars(db.select(Wish)).all() == []


def test_with_words_what_is_beyond_becomes_a_wish_and_the_plan_holds_what_is_inside(town: Town) -> None:
    plan_id, items = draft(town, "cti")

    [wish_id] = choose(town, plan_id, items["cti"], "Jeg flytter to gange i år.", weeks_3=26, weeks_1=6)

    wish = db.session.get_one(Wish, wish_id)
    assert (wish.part, wish.wanted, wish.words, wish.granted) == ("weeks.3", "26", "Jeg flytter to gange i år.", None)
    assert Choices.of(line_of(plan_id, items["cti"]).terms).values == {"weeks.1": 6}
    assert kinds()[-2:] == [EventKind.LINE_CHANGED, EventKind.WISH_MADE]


def test_a_new_wish_about_the_same_part_takes_the_place_of_the_open_one(town: Town) -> None:
    plan_id, items = draft(town, "cti")
    [first] = choose(town, plan_id, items["cti"], "Det tager tid.", weeks_3=26)

    [second] = choose(town, plan_id, items["cti"], "Det tager mere tid.", weeks_3=30)

    db.session.remove()
    assert db.session.get_one(Wish, first).withdrawn_at is not None
    assert db.session.get_one(Wish, second).withdrawn_at is None


def test_a_plan_with_an_open_wish_can_be_sent(town: Town) -> None:
    plan_id, items = draft(town, "cti", amount=60_000)
    choose(town, plan_id, items["cti"], "Det tager tid.", weeks_3=26)

    sent = factories.submit(plan_id, factories.user(town.bo))

    assert line_of(plan_id, items["cti"], sent.number).period.weeks == 43


def test_a_start_later_than_the_package_allows_is_a_wish_and_outside_the_plan_it_is_refused(town: Town) -> None:
    plan_id, items = draft(town, "cti")
    first = line_of(plan_id, items["cti"]).first_day

    with pytest.raises(BeyondBounds):
        choose(town, plan_id, items["cti"], start=7 * 20)
    with pytest.raises(LineOutsidePlan):
        choose(town, plan_id, items["cti"], start=500)
    choose(town, plan_id, items["cti"], start=7 * 13)
    assert line_of(plan_id, items["cti"]).first_day == first + timedelta(weeks=13)


def test_days_somebody_chose_by_hand_stay_as_long_when_only_the_way_of_meeting_changes(town: Town) -> None:
    plan_id, items = draft(town, "bostoette-video")
    item, bo = items["bostoette-video"], factories.user(town.bo)
    line = line_of(plan_id, item)
    by_hand = type(line.period)(line.first_day, line.first_day + timedelta(days=99))
    composing.change_days(plan_id, item, by_hand, catalogue=CATALOGUE, by=bo, at=clock.now())

    choose(town, plan_id, item, mode="phone")

    assert line_of(plan_id, item).period == by_hand


def test_moving_a_line_keeps_the_length_that_was_chosen(town: Town) -> None:
    plan_id, items = draft(town, "bostoette-video")
    item = items["bostoette-video"]
    choose(town, plan_id, item, weeks_1=13)

    composing.move(plan_id, item, 2, catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())

    assert line_of(plan_id, item).period.weeks == 13


def test_phases_longer_together_than_the_law_lets_the_package_be_are_no_wish(town: Town) -> None:
    plan_id, items = draft(town, "individuel-82b")

    with pytest.raises(TooLongInAll):
        choose(town, plan_id, items["individuel-82b"], "Jeg vil gerne.", weeks_1=6, weeks_2=23)


def test_a_page_that_shows_what_is_not_there_any_more_overwrites_nothing(town: Town) -> None:
    plan_id, items = draft(town, "cti")
    bo, first = factories.user(town.bo), line_of(plan_id, items["cti"]).first_day
    wanted = Wanted({"weeks.1": 6}, first)

    with pytest.raises(LineChanged):
        choices.choose(plan_id, items["cti"], wanted, catalogue=CATALOGUE, stamp="0" * 16, by=bo, at=clock.now())


def test_only_who_composes_the_plan_adjusts_it_and_only_a_draft(town: Town) -> None:
    plan_id, items = draft(town, "cti", amount=60_000)
    wanted = Wanted({"weeks.1": 6}, line_of(plan_id, items["cti"]).first_day)

    for other in (town.lis, town.finn, town.jens):
        with pytest.raises(NotFound):
            choices.choose(plan_id, items["cti"], wanted, catalogue=CATALOGUE, by=factories.user(other), at=clock.now())
    factories.submit(plan_id, factories.user(town.bo))
    with pytest.raises(NotNow):
        choose(town, plan_id, items["cti"], weeks_1=6)


def test_a_free_line_has_nothing_to_adjust(town: Town) -> None:
    plan_id = factories.open_course(town)
    items = factories.compose(plan_id, factories.user(town.bo), own=("Cykel",))

    with pytest.raises(NotFound):
        choose(town, plan_id, items["Cykel"])


def test_the_same_form_sent_twice_is_done_once(town: Town) -> None:
    plan_id, items = draft(town, "cti")
    bo = factories.user(town.bo)
    wanted = Wanted({"weeks.3": 26}, line_of(plan_id, items["cti"]).first_day, "Det tager tid.")
    choices.choose(plan_id, items["cti"], wanted, catalogue=CATALOGUE, by=bo, at=clock.now(), key=KEY)

    with pytest.raises(AlreadyDone):
        choices.choose(plan_id, items["cti"], wanted, catalogue=CATALOGUE, by=bo, at=clock.now(), key=KEY)

    assert len(db.session.scalars(db.select(Wish)).all()) == 1


def test_an_excluded_pair_from_two_tabs_is_refused_when_sent_naming_both(town: Town) -> None:
    plan_id, _ = draft(town, "cti", "bostoette-85-individuel", amount=200_000)

    with pytest.raises(PackagesExclude) as refused:
        factories.submit(plan_id, factories.user(town.bo))

    assert set(refused.value.packages) == {"cti", "bostoette-85-individuel"}


def test_help_that_rests_on_82_b_alone_lasts_at_most_six_months(town: Town) -> None:
    with on():
        plan_id, items = draft(town, "individuel-82b")
        item, bo = items["individuel-82b"], factories.user(town.bo)
        line = line_of(plan_id, item)
        longer = type(line.period)(line.first_day, line.first_day + timedelta(days=200))
        composing.change_days(plan_id, item, longer, catalogue=CATALOGUE, by=bo, at=clock.now())

        with pytest.raises(TooLongByLaw) as refused:
            factories.submit(plan_id, bo)

    assert (refused.value.months, refused.value.paragraph, refused.value.renewable) == (6, "82 b", False)


def test_a_package_for_another_age_is_refused_and_an_unknown_birthday_is_only_asked_about(town: Town) -> None:
    plan_id, _ = draft(town, "move-individuel")
    bo = db.session.get_one(Person, town.bo)
    bo.born = clock.today() - timedelta(days=365 * 40)
    db.session.commit()

    with pytest.raises(AgeOutside) as refused:
        factories.submit(plan_id, factories.user(town.bo))
    assert (refused.value.lowest, refused.value.highest) == (15, 25)

    db.session.get_one(Person, town.bo).born = None
    db.session.commit()
    assert factories.submit(plan_id, factories.user(town.bo)).number == 1
