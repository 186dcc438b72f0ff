"""Mixes without a name: found by their code alone, for thirty days, leaving nothing about anybody."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from planner import clock
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.money import Money
from planner.domain.package import LineKind, Rung
from planner.domain.people import User
from planner.domain.plan import NotNow
from planner.domain.private_code import ALPHABET, Vault, read
from planner.domain.private_mix import Thing, dump, load, tried
from planner.models.base import db
from planner.models.composing import PrivateMix
from planner.models.plan import Goal, LineGoal, PlanItem, PlanLine
from planner.models.record import Event
from planner.usecases import composing, goals, private_mixes
from planner.usecases.private_mixes import CodeUnknown, NothingToClaim, NothingToTry
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.statements import counted

VAULT = Vault(b"a secret of the tests, longer than any", 4)
KEY = "9c5fe2a7-3b1d-4a52-8a55-0c2a0c7f3d11"
CODE = VAULT.code_of(KEY)


def things() -> list[Thing]:
    day = clock.today()
    choir = Thing(first_day=day, weeks=10, title="Koret på havnen", minutes=120, rung=Rung.COMMUNITY)
    bike = Thing(first_day=day, weeks=1, title="En cykel", amount=Money.kroner(1_200))
    return [tried(CATALOGUE["cti"], day), tried(CATALOGUE["mbsr"], day + timedelta(14)), choir, bike]


def rows() -> list[PrivateMix]:
    db.session.remove()
    return list(db.session.scalars(db.select(PrivateMix)))


@pytest.fixture
def kept(in_app: Flask, now: datetime) -> str:
    private_mixes.keep(VAULT.digest(CODE), things(), at=now)
    return VAULT.digest(CODE)


def test_a_code_has_at_least_sixty_bits_and_is_read_however_it_is_written() -> None:
    codes = {VAULT.code_of(str(number)) for number in range(2_000)}

    assert len(codes) == 2_000
    assert len(ALPHABET) ** 16 >= 2**60
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert set("".join(codes)) == {*ALPHABET, "-"}
    written = f" {CODE.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert read(written) == read(CODE)
    assert VAULT.digest(written) == VAULT.digest(CODE)


def test_a_digest_is_keyed_slow_and_gives_nothing_away() -> None:
    assert CODE not in VAULT.digest(CODE)
    assert Vault(b"another secret", 4).digest(CODE) != VAULT.digest(CODE)
    assert Vault(VAULT.secret, 5).digest(CODE) != VAULT.digest(CODE)
    assert "secret" not in repr(VAULT)


def test_a_mix_is_read_back_equal() -> None:
    assert load(dump(things())) == tuple(things())


def test_what_is_kept_is_opened_with_its_code_and_holds_nothing_but_the_mix(kept: str, now: datetime) -> None:
    opened = private_mixes.open_kept(kept, at=now)

    assert opened.things == tuple(things())
    assert opened.last_day == clock.today() + timedelta(30)
    (row,) = rows()
    assert {column.name for column in PrivateMix.__table__.columns} == {"code_digest", "content", "last_day"}
    assert row.code_digest == kept
    assert CODE not in str(row.content)


def test_nothing_is_recorded_about_whoever_keeps_opens_and_forgets(in_app: Flask, now: datetime) -> None:
    events = db.select(db.func.count()).select_from(Event)
    before = db.session.scalar(events)
    digest = VAULT.digest(CODE)

    private_mixes.keep(digest, things(), at=now)
    private_mixes.open_kept(digest, at=now)
    private_mixes.keep_again(digest, things()[:1], at=now)
    private_mixes.forget(digest, at=now)

    db.session.remove()
    assert db.session.scalar(events) == before
    assert rows() == []


def test_the_same_form_sent_twice_keeps_one_mix_under_one_code(kept: str, now: datetime) -> None:
    again = VAULT.digest(VAULT.code_of(KEY))

    private_mixes.keep(again, things()[:2], at=now)

    assert again == kept
    assert len(rows()) == 1
    assert private_mixes.open_kept(kept, at=now).things == tuple(things()[:2])


def test_nothing_is_no_mix(in_app: Flask, now: datetime) -> None:
    with pytest.raises(NothingToTry):
        private_mixes.keep(VAULT.digest(CODE), [], at=now)


def test_a_mix_is_opened_on_its_last_day_and_never_after_it(kept: str, now: datetime) -> None:
    last = now + timedelta(days=30)

    assert private_mixes.open_kept(kept, at=last).things

    with pytest.raises(CodeUnknown):
        private_mixes.open_kept(kept, at=last + timedelta(days=1))
    assert rows() == []


@pytest.mark.parametrize("act", ["keep", "open"])
def test_what_is_over_is_removed_whenever_another_is_kept_or_opened(act: str, kept: str, now: datetime) -> None:
    later, other = now + timedelta(days=31), VAULT.digest("another code")

    if act == "keep":
        private_mixes.keep(other, things(), at=later)
    else:
        with pytest.raises(CodeUnknown):
            private_mixes.open_kept(other, at=later)

    assert kept not in [row.code_digest for row in rows()]


def test_keeping_again_starts_the_thirty_days_anew_but_makes_no_code(kept: str, now: datetime) -> None:
    later = now + timedelta(days=20)

    again = private_mixes.keep_again(kept, things()[:1], at=later)

    assert again.last_day == clock.local(later).date() + timedelta(30)
    with pytest.raises(CodeUnknown):
        private_mixes.keep_again(VAULT.digest("1234"), things(), at=later)
    assert len(rows()) == 1


def test_a_mix_is_forgotten_with_its_code(kept: str, now: datetime) -> None:
    with pytest.raises(CodeUnknown):
        private_mixes.forget(VAULT.digest("1234"), at=now)
    assert len(rows()) == 1

    private_mixes.forget(kept, at=now)

    assert rows() == []


def test_a_thousand_guesses_open_nothing_and_go_the_same_way_as_a_code_that_is_over(kept: str, now: datetime) -> None:
    over = VAULT.digest("over")
    private_mixes.keep(over, things(), at=now - timedelta(days=31))
    ways: dict[str, set[tuple[str, ...]]] = {"guess": set(), "over": set(), "empty": set()}

    def way(digest: str) -> tuple[str, ...]:
        with counted() as statements, pytest.raises(CodeUnknown) as refused:
            private_mixes.open_kept(digest, at=now)
        return (*statements, str(refused.value))

    ways["over"].add(way(over))
    ways["empty"].add(way(VAULT.digest("")))
    for number in range(1_000):
        ways["guess"].add(way(VAULT.digest(f"{number:016}")))

    assert ways["guess"] == ways["over"] == ways["empty"]
    assert len(ways["guess"]) == 1
    assert private_mixes.open_kept(kept, at=now).things


@pytest.fixture
def town(in_app: Flask, now: datetime) -> Iterator[Town]:
    return factories.make_town()


@pytest.fixture
def bo(town: Town) -> User:
    return factories.user(town.bo)


def claim(bo: User, plan_id: int, mix: list[Thing], *chosen: int, key: Key | None = None) -> private_mixes.Claimed:
    private_mixes.keep(VAULT.digest(CODE), mix, at=clock.now())
    return private_mixes.claim(VAULT.digest(CODE), plan_id, chosen, catalogue=CATALOGUE, by=bo, at=clock.now(), key=key)


def lines_of(plan_id: int) -> list[PlanLine]:
    db.session.remove()
    return list(db.session.scalars(db.select(PlanLine).filter_by(plan_id=plan_id).order_by(PlanLine.item_id)))


def test_a_citizen_claims_a_mix_into_their_draft_and_it_is_forgotten(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)

    claimed = claim(bo, plan_id, things(), 0, 1, 2, 3)

    lines = lines_of(plan_id)
    assert [line.item_id for line in lines] == list(claimed.items)
    assert [line.kind for line in lines] == [
        LineKind.ALLOCATED_SERVICE, LineKind.BUDGET_ITEM, LineKind.CIVIL_FREE, LineKind.OWN_LINE,
    ]  # fmt: skip
    assert lines[1].first_day == clock.today() + timedelta(14)
    assert lines[2].terms["rung"] == "community"
    titles = db.session.scalars(db.select(PlanItem.title).filter_by(plan_id=plan_id).order_by(PlanItem.id))
    assert list(titles) == [None, None, "Koret på havnen", "En cykel"]
    assert rows() == []
    added = db.session.scalars(db.select(Event.facts).where(Event.kind == EventKind.LINE_ADDED)).all()
    assert [facts["item"] for facts in added] == list(claimed.items)


def test_days_are_fitted_into_the_plan(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town, days=70)
    early = replace(tried(CATALOGUE["mbsr"], clock.today()), first_day=clock.today() - timedelta(90))
    late = Thing(first_day=clock.today() + timedelta(400), weeks=5, title="Kor")

    claim(bo, plan_id, [early, late, tried(CATALOGUE["cti"], clock.today())], 0, 1, 2)

    period = factories.Period(clock.today(), clock.today() + timedelta(69))
    assert all(period.covers(line.period) for line in lines_of(plan_id))
    assert lines_of(plan_id)[0].period == factories.Period.of_weeks(clock.today(), CATALOGUE["mbsr"].weeks)


def test_what_is_in_the_plan_already_or_gone_is_named_and_the_rest_is_put_in(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)
    factories.compose(plan_id, bo, "mbsr")
    gone = replace(tried(CATALOGUE["cti"], clock.today()), package_id="findes-ikke")

    claimed = claim(bo, plan_id, [*things(), gone], 0, 1, 4)

    assert len(claimed.items) == 1
    assert [thing.package_id for thing in claimed.already] == ["mbsr"]
    assert claimed.gone == (gone,)


def test_help_behind_an_open_door_is_never_put_on_a_person_whatever_was_chosen(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)
    mix = [tried(CATALOGUE["stof-anonym"], clock.today()), tried(CATALOGUE["akuttilbud"], clock.today())]

    with pytest.raises(NothingToClaim):
        claim(bo, plan_id, mix, 0, 1)

    assert lines_of(plan_id) == []
    assert "stof-anonym" not in str(db.session.scalars(db.select(Event.facts)).all())
    assert len(rows()) == 1


def test_what_was_not_chosen_is_left_out(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)

    claim(bo, plan_id, things(), 2, 17)

    assert [line.kind for line in lines_of(plan_id)] == [LineKind.CIVIL_FREE]


def test_a_claimed_line_serves_the_one_goal_there_is(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)
    goals.write("Sove om natten", by=bo, at=clock.now())

    claim(bo, plan_id, things(), 0)

    served = db.session.scalars(db.select(LineGoal.goal_id)).all()
    assert served == db.session.scalars(db.select(Goal.id)).all()


def test_claiming_twice_is_done_once(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)
    key = Key(KEY, "the same body")
    claim(bo, plan_id, things(), 0, 1, key=key)

    with pytest.raises(AlreadyDone):
        private_mixes.claim(VAULT.digest(CODE), plan_id, (0, 1), catalogue=CATALOGUE, by=bo, at=clock.now(), key=key)

    assert len(lines_of(plan_id)) == 2


def test_a_claim_can_be_taken_back_as_one_change(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)
    factories.compose(plan_id, bo, "act")
    claim(bo, plan_id, things(), 0, 1, 2)
    lock = factories.seen_prices(plan_id)[0]

    composing.undo(plan_id, lock, by=bo, at=clock.now())

    assert [line.package_id for line in lines_of(plan_id)] == ["act"]


def test_nobody_else_claims_into_a_plan_not_even_who_helps_with_it(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)

    for helper in (town.mette, town.ali):
        with pytest.raises(NotFound):
            claim(factories.user(helper), plan_id, things(), 0)

    assert lines_of(plan_id) == []


@pytest.mark.parametrize("change", [lambda plan, _lis: plan + 999, lambda _plan, lis: lis])
def test_nobody_claims_into_a_plan_that_is_not_theirs(change: Callable[[int, int], int], town: Town, bo: User) -> None:
    plan_id = change(factories.open_course(town), factories.open_course(town, citizen=town.lis))

    with pytest.raises(NotFound):
        claim(bo, plan_id, things(), 0)

    assert len(rows()) == 1


def test_a_sent_plan_takes_nothing_in(town: Town, bo: User) -> None:
    plan_id = factories.open_course(town)
    factories.compose(plan_id, bo, "mbsr")
    factories.submit(plan_id, bo)

    with pytest.raises(NotNow):
        claim(bo, plan_id, things(), 0)

    assert len(rows()) == 1
