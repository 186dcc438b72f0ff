"""The citizen composes and sends: what a draft takes, what is frozen, and what a change keeps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from packages_catalog.reader import Catalogue
from packages_catalog.shape import sealed
from planner import clock
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords, TooManyWords
from planner.domain.mix import NoPrice
from planner.domain.money import ZERO, Money
from planner.domain.period import Period
from planner.domain.plan import (
    EmptyPlan,
    LineOutsidePlan,
    MixTooDear,
    NeedMissing,
    NoGoal,
    NotNow,
    PackageGone,
    PackagesExclude,
    PlanChanged,
    PlanStatus,
    PriceChanged,
    StartPassed,
)
from planner.domain.purchase import Category
from planner.models.base import db
from planner.models.plan import LineMonth, Plan, PlanAct, PlanItem, PlanLine, PlanVersion
from planner.models.record import Event
from planner.models.rule import PackageVersion
from planner.queries import plans as looked_up
from planner.usecases import composing, decisions, goals, plans, versions
from planner.usecases.transaction import AlreadyDone, Key, KeyReused
from tests import factories
from tests.days import on
from tests.factories import CATALOGUE, Town

KEY = Key("0f6bd8a4-4a5b-4a38-9a53-0c3f0f1f3f10", "body")


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


def changed(package_id: str, **more: object) -> Catalogue:
    """The catalogue as somebody edited one of its packages."""
    packages = {**CATALOGUE, package_id: sealed(replace(CATALOGUE[package_id], **more))}
    return Catalogue(packages.values())


def dearer(package_id: str, kroner: int) -> Catalogue:
    step = CATALOGUE[package_id].tariffs[0]
    return changed(package_id, tariffs=(replace(step, amount=Money.kroner(kroner)),))


def without(package_id: str) -> Catalogue:
    return Catalogue(package for package in CATALOGUE.values() if package.id != package_id)


def own(
    title: str = "Cykel", kroner: int = 600, days: tuple[int, int] = (0, 30), monthly: bool = False
) -> composing.OwnLine:
    first, last = (clock.today() + timedelta(days=n) for n in days)
    return composing.OwnLine(
        title=title, amount=Money.kroner(kroner), monthly=monthly, category=Category.HOME, period=Period(first, last)
    )


def status(plan_id: int) -> PlanStatus:
    db.session.remove()
    return versions.status(db.session(), plan_id)


def lines(plan_id: int) -> dict[str, PlanLine]:
    db.session.remove()
    session = db.session()
    plan = session.get_one(Plan, plan_id)
    return {row.package_id or title: row for row, title in versions.titled(session, versions.lines(session, plan))}


def kinds() -> list[EventKind]:
    db.session.remove()
    return list(db.session.scalars(db.select(Event.kind).order_by(Event.chain_id, Event.seq)))


def add(
    plan_id: int, package_id: str, by: int, *, catalogue: Catalogue = CATALOGUE, first_day: date | None = None
) -> int:
    user = factories.user(by)
    return composing.add_package(plan_id, package_id, first_day, catalogue=catalogue, by=user, at=clock.now())


def send(plan_id: int, town: Town, catalogue: Catalogue = CATALOGUE, **more: object) -> plans.Sent:
    lock, seen = factories.seen_prices(plan_id)
    given: dict[str, object] = {"lock_version": lock, "seen": seen, **more}
    return plans.submit(plan_id, catalogue=catalogue, by=factories.user(town.bo), at=clock.now(), **given)


def test_a_package_starts_today_and_runs_its_own_weeks(town: Town) -> None:
    plan_id = factories.open_course(town)

    add(plan_id, "peer-gruppe", town.bo)

    assert lines(plan_id)["peer-gruppe"].period == Period.of_weeks(clock.today(), 11)


def test_a_package_starts_with_the_plan_when_that_is_later(town: Town) -> None:
    first = clock.today() + timedelta(days=40)
    plan_id = factories.open_course(town, first_day=first)

    add(plan_id, "peer-gruppe", town.bo)

    assert lines(plan_id)["peer-gruppe"].first_day == first


@pytest.mark.parametrize("package_id", ["findes-ikke", "recovery-cafe", "la2", "fit", "stof-anonym"])
def test_what_is_unknown_or_no_line_of_a_plan_cannot_be_put_in(town: Town, package_id: str) -> None:
    plan_id = factories.open_course(town)

    with pytest.raises(PackageGone):
        add(plan_id, package_id, town.bo)

    assert lines(plan_id) == {}


def test_a_package_withdrawn_since_yesterday_cannot_be_put_in(town: Town) -> None:
    plan_id = factories.open_course(town)

    with pytest.raises(PackageGone):
        add(plan_id, "mbsr", town.bo, catalogue=changed("mbsr", withdrawn_on=clock.today() - timedelta(days=1)))


def test_a_package_is_in_a_plan_once(town: Town) -> None:
    plan_id = factories.open_course(town)
    add(plan_id, "mbsr", town.bo)

    with pytest.raises(composing.AlreadyInPlan):
        add(plan_id, "mbsr", town.bo)


def test_a_package_taken_out_and_put_back_is_the_same_item(town: Town) -> None:
    plan_id = factories.open_course(town)
    item = add(plan_id, "mbsr", town.bo)
    composing.remove_line(plan_id, item, by=factories.user(town.bo), at=clock.now())

    assert add(plan_id, "mbsr", town.bo) == item


@pytest.mark.parametrize("days", [(-1, 10), (0, 180), (200, 210)])
def test_days_outside_the_plan_are_refused_at_once(town: Town, days: tuple[int, int]) -> None:
    plan_id = factories.open_course(town, days=180)
    item, bo = add(plan_id, "mbsr", town.bo), factories.user(town.bo)
    free = composing.add_own_line(plan_id, own(), by=bo, at=clock.now())
    before = {name: row.period for name, row in lines(plan_id).items()}

    for refused in (
        lambda: composing.add_own_line(plan_id, own(days=days), by=bo, at=clock.now()),
        lambda: composing.change_own_line(plan_id, free, own(days=days), by=bo, at=clock.now()),
        lambda: composing.change_days(plan_id, item, own(days=days).period, catalogue=CATALOGUE, by=bo, at=clock.now()),
    ):
        with pytest.raises(LineOutsidePlan):
            refused()

    assert {name: row.period for name, row in lines(plan_id).items()} == before


@pytest.mark.parametrize(("title", "refusal"), [("  ", NoWords), ("x" * 101, TooManyWords)])
def test_a_free_line_needs_a_title_that_fits(town: Town, title: str, refusal: type[Exception]) -> None:
    plan_id = factories.open_course(town)

    with pytest.raises(refusal):
        composing.add_own_line(plan_id, own(title), by=factories.user(town.bo), at=clock.now())


def test_a_line_is_moved_by_weeks_and_stays_in_the_plan(town: Town) -> None:
    plan_id = factories.open_course(town, days=84)
    item, bo = add(plan_id, "peer-gruppe", town.bo), factories.user(town.bo)
    today = clock.today()

    composing.move(plan_id, item, 1, catalogue=CATALOGUE, by=bo, at=clock.now())
    composing.move(plan_id, item, 1, catalogue=CATALOGUE, by=bo, at=clock.now())

    assert lines(plan_id)["peer-gruppe"].period == Period(today + timedelta(days=14), today + timedelta(days=83))


def test_a_new_line_is_never_moved_into_the_past(town: Town) -> None:
    plan_id = factories.open_course(town)
    item = add(plan_id, "mbsr", town.bo)

    composing.move(plan_id, item, -1, catalogue=CATALOGUE, by=factories.user(town.bo), at=clock.now())

    assert lines(plan_id)["mbsr"].first_day == clock.today()


def test_the_title_of_a_sent_free_line_stays_what_was_read(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    item = factories.compose(plan_id, bo, own=("Cykel",))["Cykel"]
    factories.submit(plan_id, bo)
    plans.withdraw(plan_id, 1, by=bo, at=clock.now())
    plans.revise(plan_id, by=bo, at=clock.now())

    composing.change_own_line(plan_id, item, own("Noget andet", kroner=700), by=bo, at=clock.now())

    assert lines(plan_id)["Cykel"].terms == {"own": {"oere": 70_000, "monthly": False}}


def test_only_the_citizen_sends_and_others_cannot_even_see_the_plan(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    item = factories.compose(plan_id, bo, "mbsr")["mbsr"]
    lock, seen = factories.seen_prices(plan_id)

    for other in (town.lis, town.finn, town.karen):
        who = {"by": factories.user(other), "at": clock.now()}
        for act in (
            lambda who: composing.add_package(plan_id, "cti", catalogue=CATALOGUE, **who),
            lambda who: composing.add_own_line(plan_id, own(), **who),
            lambda who: composing.change_days(plan_id, item, own().period, catalogue=CATALOGUE, **who),
            lambda who: composing.move(plan_id, item, 1, catalogue=CATALOGUE, **who),
            lambda who: composing.remove_line(plan_id, item, **who),
            lambda who: plans.submit(plan_id, lock, seen, catalogue=CATALOGUE, **who),
            lambda who: plans.withdraw(plan_id, 1, **who),
            lambda who: plans.insist(plan_id, 1, **who),
            lambda who: plans.revise(plan_id, **who),
        ):
            with pytest.raises(NotFound):
                act(who)

    assert list(lines(plan_id)) == ["mbsr"]
    assert status(plan_id) is PlanStatus.DRAFT


def test_who_helps_to_compose_neither_sends_nor_takes_back_nor_starts_anew(town: Town) -> None:
    plan_id = factories.open_course(town)
    factories.compose(plan_id, factories.user(town.bo), "mbsr")
    lock, seen = factories.seen_prices(plan_id)

    for helper in (town.mette, town.ali):
        who = {"by": factories.user(helper), "at": clock.now()}
        for act in (
            lambda who: plans.submit(plan_id, lock, seen, catalogue=CATALOGUE, **who),
            lambda who: plans.withdraw(plan_id, 1, **who),
            lambda who: plans.insist(plan_id, 1, **who),
            lambda who: plans.revise(plan_id, **who),
        ):
            with pytest.raises(NotFound):
                act(who)

    assert status(plan_id) is PlanStatus.DRAFT


def test_a_line_of_another_plan_cannot_be_reached_through_one_s_own(town: Town) -> None:
    mine, theirs = factories.open_course(town), factories.open_course(town, citizen=town.lis)
    item = add(theirs, "mbsr", town.lis)
    bo = factories.user(town.bo)

    with pytest.raises(NotFound):
        composing.remove_line(mine, item, by=bo, at=clock.now())
    with pytest.raises(NotFound):
        composing.change_own_line(mine, item, own(), by=bo, at=clock.now())

    assert list(lines(theirs)) == ["mbsr"]


def test_a_package_line_has_no_free_amount(town: Town) -> None:
    plan_id = factories.open_course(town)
    item = add(plan_id, "mbsr", town.bo)

    with pytest.raises(NotFound):
        composing.change_own_line(plan_id, item, own(kroner=1), by=factories.user(town.bo), at=clock.now())


def test_the_same_form_twice_adds_one_line_and_other_words_under_its_key_are_refused(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    item = composing.add_own_line(plan_id, own(), by=bo, at=clock.now(), key=KEY)

    with pytest.raises(AlreadyDone) as before:
        composing.add_own_line(plan_id, own(), by=bo, at=clock.now(), key=KEY)
    with pytest.raises(KeyReused):
        composing.add_own_line(plan_id, own(), by=bo, at=clock.now(), key=replace(KEY, body="andet"))

    assert before.value.facts["item"] == item
    assert list(lines(plan_id)) == ["Cykel"]


def test_sending_freezes_names_days_and_prices(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    factories.compose(plan_id, bo, "peer-individuel", "alkohol-faseforloeb", own=("Cykel",))

    sent = factories.submit(plan_id, bo)

    frozen = lines(plan_id)
    assert db.session.get_one(PlanVersion, (plan_id, 1)).digest
    assert frozen["peer-individuel"].cost_oere == Money.kroner(4_600)
    assert frozen["peer-individuel"].terms["name"] == {
        "da": "Individuelt peer-følgeskab",
        "en": CATALOGUE["peer-individuel"].name.en,
    }
    assert frozen["alkohol-faseforloeb"].source_id is None
    assert frozen["Cykel"].source_id == frozen["peer-individuel"].source_id is not None
    for row in frozen.values():
        months = db.session.scalars(
            db.select(LineMonth.oere).where(LineMonth.item_id == row.item_id, LineMonth.number == sent.number)
        )
        assert Money.sum(months) == row.cost_oere
    assert kinds()[-1] is EventKind.PLAN_SUBMITTED


def test_no_word_of_the_citizen_is_frozen(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    factories.compose(plan_id, bo, own=("Hemmelig cykel",))
    factories.submit(plan_id, bo)

    row = lines(plan_id)["Hemmelig cykel"]

    assert "Hemmelig" not in f"{row.title}{row.terms}"


def test_a_package_version_is_written_the_first_time_it_is_sent_and_only_then(town: Town) -> None:
    for citizen in (town.bo, town.lis):
        user = factories.user(citizen)
        plan_id = factories.open_course(town, citizen=citizen)
        factories.compose(plan_id, user, "mbsr")
        assert citizen == town.lis or not db.session.scalars(db.select(PackageVersion)).all()
        db.session.remove()
        factories.submit(plan_id, user)

    assert [row.digest for row in db.session.scalars(db.select(PackageVersion))] == [CATALOGUE["mbsr"].digest]


def _prepared(town: Town, plan_id: int) -> None:
    factories.compose(plan_id, factories.user(town.bo), "mbsr", own=("Cykel",))


def test_an_empty_plan_is_not_sent(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    goals.write("Sove", by=bo, at=clock.now())

    with pytest.raises(EmptyPlan):
        send(plan_id, town)


def test_a_plan_without_a_goal_is_not_sent(town: Town) -> None:
    plan_id = factories.open_course(town)
    add(plan_id, "mbsr", town.bo)

    with pytest.raises(NoGoal):
        send(plan_id, town)


def test_a_price_that_changed_since_the_page_was_shown_is_told_with_both_prices(town: Town) -> None:
    plan_id = factories.open_course(town)
    _prepared(town, plan_id)
    item = lines(plan_id)["mbsr"].item_id

    with pytest.raises(PriceChanged) as refused:
        send(plan_id, town, dearer("mbsr", 1_700))

    assert refused.value.changed == ((item, Money.kroner(1_600), Money.kroner(1_700)),)
    assert status(plan_id) is PlanStatus.DRAFT


def test_a_line_that_was_not_on_the_page_is_not_sent(town: Town) -> None:
    plan_id = factories.open_course(town)
    _prepared(town, plan_id)

    with pytest.raises(PriceChanged):
        send(plan_id, town, seen={})


def test_a_package_withdrawn_meanwhile_is_not_sent(town: Town) -> None:
    plan_id = factories.open_course(town)
    _prepared(town, plan_id)

    with pytest.raises(PackageGone):
        send(plan_id, town, changed("mbsr", withdrawn_on=clock.today()))
    with pytest.raises(PackageGone):
        send(plan_id, town, without("mbsr"))


def test_a_package_without_a_price_is_not_sent(town: Town) -> None:
    plan_id = factories.open_course(town)
    _prepared(town, plan_id)
    later = replace(CATALOGUE["mbsr"].tariffs[0], first_day=clock.today() + timedelta(days=1))

    with pytest.raises(NoPrice):
        send(plan_id, town, changed("mbsr", tariffs=(later,)))


def test_a_start_that_passed_while_it_waited_as_a_draft_is_not_sent(town: Town) -> None:
    plan_id = factories.open_course(town)
    _prepared(town, plan_id)

    with clock.shifted(timedelta(days=2)), pytest.raises(StartPassed):
        send(plan_id, town)


def test_packages_that_exclude_each_other_are_not_sent_on_the_same_days(town: Town) -> None:
    plan_id = factories.open_course(town, amount=200_000)
    _prepared(town, plan_id)
    add(plan_id, "cti", town.bo)
    add(plan_id, "act", town.bo)

    with pytest.raises(PackagesExclude):
        send(plan_id, town)


def test_a_package_is_not_sent_without_what_it_needs(town: Town) -> None:
    plan_id = factories.open_course(town)
    _prepared(town, plan_id)

    with pytest.raises(NeedMissing) as refused:
        send(plan_id, town, changed("mbsr", needs=("cti",)))

    assert refused.value.package_id == "cti"


def test_a_mix_may_cost_the_whole_amount_and_no_more(town: Town) -> None:
    plan_id, bo = factories.open_course(town, amount=1_000), factories.user(town.bo)
    factories.compose(plan_id, bo, "alkohol-faseforloeb")
    item = composing.add_own_line(plan_id, own(kroner=1_001), by=bo, at=clock.now())

    with pytest.raises(MixTooDear):
        send(plan_id, town)
    composing.change_own_line(plan_id, item, own(kroner=1_000), by=bo, at=clock.now())

    assert send(plan_id, town).number == 1


def test_support_beside_the_amount_does_not_count_in_a_drawing_right(town: Town) -> None:
    plan_id, bo = factories.open_course(town, template="drawing", amount=1_000), factories.user(town.bo)
    factories.compose(plan_id, bo, "cti", own=("Cykel",))

    assert send(plan_id, town).number == 1


def test_a_draft_changed_in_another_window_is_not_sent(town: Town) -> None:
    plan_id = factories.open_course(town)
    _prepared(town, plan_id)
    lock, seen = factories.seen_prices(plan_id)
    add(plan_id, "peer-gruppe", town.bo)

    with pytest.raises(PlanChanged):
        send(plan_id, town, lock_version=lock, seen=seen)


def test_a_sent_plan_takes_no_change_until_it_is_taken_back_and_opened_again(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    _prepared(town, plan_id)
    sent = send(plan_id, town)

    with pytest.raises(NotNow):
        add(plan_id, "peer-gruppe", town.bo)
    plans.withdraw(plan_id, sent.number, by=bo, at=clock.now())
    with pytest.raises(NotNow):
        add(plan_id, "peer-gruppe", town.bo)
    plans.revise(plan_id, by=bo, at=clock.now())
    add(plan_id, "peer-gruppe", town.bo)

    assert set(lines(plan_id)) == {"mbsr", "Cykel", "peer-gruppe"}
    assert status(plan_id) is PlanStatus.DRAFT


def test_after_a_question_the_citizen_can_ask_for_a_decision_as_it_is(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    _prepared(town, plan_id)
    send(plan_id, town)
    decisions.send_back(plan_id, 1, "Hvornår?", by=factories.user(town.mette), at=clock.now())

    plans.insist(plan_id, 1, "Nu", by=bo, at=clock.now())

    assert status(plan_id) is PlanStatus.INSISTED
    with pytest.raises(NotNow):
        decisions.send_back(plan_id, 1, "Igen?", by=factories.user(town.mette), at=clock.now())
    assert [act.note for act in db.session.scalars(db.select(PlanAct).order_by(PlanAct.id))] == [None, "Hvornår?", "Nu"]


@pytest.mark.parametrize("act", [plans.withdraw, plans.insist])
def test_what_was_read_is_what_is_answered(town: Town, act: object) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    _prepared(town, plan_id)
    send(plan_id, town)

    with pytest.raises(PlanChanged):
        act(plan_id, 2, by=bo, at=clock.now())


def test_a_change_keeps_what_was_approved_at_its_price_and_prices_the_rest_anew(town: Town) -> None:
    running = factories.run_plan(town, "mbsr", "peer-individuel")
    bo, item = factories.user(town.bo), running.items["peer-individuel"]
    plans.revise(running.plan_id, by=bo, at=clock.now())
    kept = lines(running.plan_id)
    assert kept["mbsr"].package_digest == CATALOGUE["mbsr"].digest

    days = Period.of_weeks(clock.today(), 20)
    composing.change_days(running.plan_id, item, days, catalogue=CATALOGUE, by=bo, at=clock.now())

    assert lines(running.plan_id)["peer-individuel"].package_digest is None
    assert lines(running.plan_id)["mbsr"].package_digest is not None
    frozen = db.session.get_one(PlanLine, (running.plan_id, 1, item))
    assert frozen.package_digest == CATALOGUE["peer-individuel"].digest


def test_days_that_were_sent_and_never_approved_are_priced_anew_in_the_next_version(town: Town) -> None:
    running = factories.run_plan(town, "mbsr")
    plan_id, bo, item = running.plan_id, factories.user(town.bo), running.items["mbsr"]
    plans.revise(plan_id, by=bo, at=clock.now())
    later = Period.of_weeks(clock.today() + timedelta(days=7), 9)
    composing.change_days(plan_id, item, later, catalogue=CATALOGUE, by=bo, at=clock.now())
    factories.submit(plan_id, bo)
    plans.withdraw(plan_id, 2, by=bo, at=clock.now())

    plans.revise(plan_id, by=bo, at=clock.now())

    assert lines(plan_id)["mbsr"].period == later
    assert lines(plan_id)["mbsr"].package_digest is None


def test_a_change_that_was_put_away_leaves_what_holds_and_the_next_one_starts_from_there(town: Town) -> None:
    running = factories.run_plan(town, "mbsr")
    plan_id, bo = running.plan_id, factories.user(town.bo)
    before = lines(plan_id)
    plans.revise(plan_id, by=bo, at=clock.now())
    add(plan_id, "peer-gruppe", town.bo)

    plans.withdraw(plan_id, 2, by=bo, at=clock.now())

    found = looked_up.own(town.bo, plan_id)
    assert found.put_away
    assert found.award is not None
    plans.revise(plan_id, by=bo, at=clock.now())
    assert set(lines(plan_id)) == set(before)


def test_a_line_in_force_whose_package_is_withdrawn_is_kept_and_cannot_be_priced_anew(town: Town) -> None:
    running = factories.run_plan(town, "mbsr")
    plan_id, bo, item = running.plan_id, factories.user(town.bo), running.items["mbsr"]
    gone = changed("mbsr", withdrawn_on=clock.today())
    plans.revise(plan_id, by=bo, at=clock.now())

    with pytest.raises(PackageGone):
        composing.change_days(plan_id, item, Period.of_weeks(clock.today(), 3), catalogue=gone, by=bo, at=clock.now())
    with pytest.raises(PackageGone):
        composing.move(plan_id, item, 1, catalogue=gone, by=bo, at=clock.now())

    assert send(plan_id, town, gone).number == 2


def test_a_line_in_force_may_have_begun_when_the_change_is_sent(town: Town) -> None:
    running = factories.run_plan(town, "mbsr")
    with clock.shifted(timedelta(days=20)):
        bo = factories.user(town.bo)
        plans.revise(running.plan_id, by=bo, at=clock.now())
        add(running.plan_id, "peer-gruppe", town.bo)

        assert send(running.plan_id, town).number == 2


def test_an_award_of_nothing_is_the_amount_and_not_what_was_expected(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    factories.compose(plan_id, bo, "alkohol-faseforloeb")
    sent = factories.submit(plan_id, bo)
    nothing = decisions.Award(ZERO, "Du får hjælpen gratis.")
    digest = factories.digest_of(plan_id, sent.number)
    decisions.approve(plan_id, sent.number, digest, nothing, by=factories.user(town.mette), at=clock.now())
    plans.revise(plan_id, by=bo, at=clock.now())
    add(plan_id, "mbsr", town.bo)

    with pytest.raises(MixTooDear):
        send(plan_id, town)
    found = looked_up.current(town.bo, clock.today())
    assert found is not None
    assert found.frame == ZERO


def test_every_change_of_a_draft_raises_its_lock_version_and_writes_one_event(town: Town) -> None:
    plan_id, bo = factories.open_course(town), factories.user(town.bo)
    before = kinds()
    item = add(plan_id, "peer-gruppe", town.bo)
    free = composing.add_own_line(plan_id, own(), by=bo, at=clock.now())
    composing.move(plan_id, item, 1, catalogue=CATALOGUE, by=bo, at=clock.now())
    composing.change_own_line(plan_id, free, own(kroner=5), by=bo, at=clock.now())
    composing.remove_line(plan_id, item, by=bo, at=clock.now())

    assert kinds()[len(before) :] == [
        EventKind.LINE_ADDED,
        EventKind.LINE_ADDED,
        EventKind.LINE_CHANGED,
        EventKind.LINE_CHANGED,
        EventKind.LINE_REMOVED,
    ]
    assert db.session.get_one(Plan, plan_id).lock_version == 5
    assert db.session.get_one(PlanItem, item).package_id == "peer-gruppe"


def test_the_day_is_the_day_in_denmark(town: Town) -> None:
    with on(date(2026, 5, 11)):
        plan_id = factories.open_course(town, first_day=date(2026, 5, 1))
    just_after_midnight = clock.local(clock.now()).replace(2026, 5, 12, 0, 30, 0, 0)

    composing.add_package(plan_id, "mbsr", catalogue=CATALOGUE, by=factories.user(town.bo), at=just_after_midnight)

    assert lines(plan_id)["mbsr"].first_day == date(2026, 5, 12)
