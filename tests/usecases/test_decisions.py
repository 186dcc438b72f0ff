"""Deciding a plan: what an approval makes, and everything that makes it impossible."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from planner import clock
from planner.domain.authority import AboutKin, AboutYourself, OverLimit, YouSubmitted
from planner.domain.decision import AboveCeiling, AwardBelowPlan, Outcome, ReasonsMissing
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords
from planner.domain.ledger import Balance
from planner.domain.money import ZERO, Money
from planner.domain.people import RoleKind, TieKind
from planner.domain.plan import NotNow, PlanChanged, PlanStatus, StartPassed
from planner.models.base import db
from planner.models.budget import Budget, Envelope
from planner.models.plan import Decision, PlanAct, PlanLine
from planner.models.record import Event
from planner.models.rule import FundingSource
from planner.usecases import decisions, people, plans, versions
from planner.usecases.decisions import Award
from planner.usecases.plans import Sent
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories
from tests.days import noon
from tests.factories import Town

if TYPE_CHECKING:
    from flask import Flask

KEY = Key("0b9f1c2e-3d4a-4b5c-8d6e-7f8091a2b3c4", "a" * 64)


@pytest.fixture
def town(in_app: "Flask") -> Town:
    return factories.make_town()


@pytest.fixture
def sent(town: Town) -> Sent:
    return send(town)


def send(town: Town, *packages: str, own: tuple[str, ...] = ("Nye gardiner",), **course: object) -> Sent:
    plan_id = factories.open_course(town, **course)
    bo = factories.user(town.bo)
    factories.compose(plan_id, bo, *packages, own=own)
    return factories.submit(plan_id, bo)


def decide(sent: Sent, by: int, kroner: int | str = 30_000, reasons: str = "", **more: object) -> None:
    digest = factories.digest_of(sent.plan_id, sent.number)
    award = Award(Money.kroner(kroner), reasons)
    decisions.approve(sent.plan_id, sent.number, digest, award, by=factories.user(by), at=clock.now(), **more)


def balances() -> dict[str, Balance]:
    db.session.remove()
    rows = db.session.execute(
        db.select(FundingSource.code, Envelope)
        .join(Budget, Budget.source_id == FundingSource.id)
        .join(Envelope, Envelope.budget_id == Budget.id)
    )
    found: dict[str, Balance] = {}
    for code, envelope in rows:
        found[code] = found.get(code, Balance()) + envelope.balance
    return found


def status(sent: Sent) -> PlanStatus:
    db.session.remove()
    return versions.status(db.session(), sent.plan_id)


def test_an_approval_awards_the_amount_and_sets_every_paid_line_aside(town: Town) -> None:
    sent = send(town, "peer-individuel", "alkohol-faseforloeb")

    decide(sent, town.mette)

    lines = db.session.scalars(db.select(PlanLine).where(PlanLine.source_id.is_not(None))).all()
    cost = Money.sum(line.cost_oere for line in lines)
    assert cost > Money.kroner(600)
    assert balances() == {"personal": Balance(Money.kroner(30_000) - cost, cost, ZERO)}
    assert status(sent) is PlanStatus.APPROVED


def test_free_by_law_help_is_never_approved_nor_drawn(town: Town) -> None:
    decide(send(town, "alkohol-faseforloeb", own=()), town.mette)

    assert balances() == {"personal": Balance(Money.kroner(30_000), ZERO, ZERO)}


def test_a_drawing_right_pays_services_from_a_budget_of_their_own(town: Town) -> None:
    sent = send(town, "peer-individuel", template="drawing")
    service = db.session.scalars(db.select(PlanLine.cost_oere).where(PlanLine.package_id.is_not(None))).one()

    decide(sent, town.mette)

    assert balances() == {
        "personal": Balance(Money.kroner(29_400), Money.kroner(600), ZERO),
        "service": Balance(ZERO, service, ZERO),
    }


def test_the_approval_is_one_event_in_the_citizens_record(town: Town, sent: Sent) -> None:
    decide(sent, town.mette)

    event = db.session.scalars(db.select(Event).where(Event.kind == EventKind.PLAN_APPROVED)).one()
    assert (event.by_id, event.for_id) == (town.mette, town.bo)
    assert (event.facts["award"], event.facts["outcome"]) == (3_000_000, "granted")


def test_sending_the_same_approval_again_does_nothing(town: Town, sent: Sent) -> None:
    decide(sent, town.mette, key=KEY)

    with pytest.raises(AlreadyDone):
        decide(sent, town.mette, key=KEY)
    assert len(db.session.scalars(db.select(Decision)).all()) == 1


def test_a_second_approval_moves_only_what_changed(town: Town) -> None:
    plan = factories.run_plan(town)
    bo = factories.user(town.bo)
    factories.buy(plan.envelope("Nye gardiner"), 200, bo)
    plans.revise(plan.plan_id, by=bo, at=clock.now())
    factories.compose(plan.plan_id, bo, own=("Cykel",))
    again = factories.submit(plan.plan_id, bo)

    decide(again, town.mette, 25_000, "Du har brugt mindre, end vi troede.")

    assert balances() == {"personal": Balance(Money.kroner(23_800), Money.kroner(1_000), Money.kroner(200))}


def test_a_plan_that_was_sent_anew_is_not_decided_by_what_was_read(town: Town, sent: Sent) -> None:
    bo = factories.user(town.bo)
    plans.withdraw(sent.plan_id, sent.number, by=bo, at=clock.now())
    plans.revise(sent.plan_id, by=bo, at=clock.now())
    newer = factories.submit(sent.plan_id, bo)

    with pytest.raises(PlanChanged) as refused:
        decide(sent, town.mette)

    assert refused.value.number == newer.number
    assert balances() == {}


def test_other_content_than_was_read_is_not_decided(town: Town, sent: Sent) -> None:
    award = Award(Money.kroner(30_000))

    with pytest.raises(PlanChanged):
        decisions.approve(sent.plan_id, sent.number, "0" * 64, award, by=factories.user(town.mette), at=clock.now())


@pytest.mark.parametrize("after", ["approve", "withdraw", "ask"])
def test_a_plan_that_does_not_wait_is_not_decided(after: str, town: Town, sent: Sent) -> None:
    if after == "approve":
        decide(sent, town.karen)
    elif after == "withdraw":
        plans.withdraw(sent.plan_id, sent.number, by=factories.user(town.bo), at=clock.now())
    else:
        decisions.send_back(sent.plan_id, sent.number, "Hvornår?", by=factories.user(town.karen), at=clock.now())

    with pytest.raises(NotNow):
        decide(sent, town.mette)


def test_what_is_above_ones_limit_stays_for_somebody_whose_limit_suffices(town: Town, sent: Sent) -> None:
    with pytest.raises(OverLimit):
        decide(sent, town.sanne)
    assert status(sent) is PlanStatus.SUBMITTED

    decide(sent, town.karen)

    assert status(sent) is PlanStatus.APPROVED


def test_services_beside_the_citizens_amount_count_towards_the_limit(town: Town) -> None:
    sent = send(town, "cti", template="drawing", amount=20_000, days=400)

    with pytest.raises(OverLimit) as refused:
        decide(sent, town.mette, 20_000)
    assert refused.value.amount > Money.kroner(60_000)
    decide(sent, town.karen, 20_000)


def test_nobody_decides_about_themselves(town: Town) -> None:
    now = clock.now()
    people.give_role(
        town.bo,
        people.NewRole(
            kind=RoleKind.CASEWORKER, unit_id=town.north, limit=Money.kroner(99_999), first_day=clock.today()
        ),
        by=None,
        at=now,
    )
    sent = send(town)

    with pytest.raises(AboutYourself):
        decide(sent, town.bo)
    with pytest.raises(AboutYourself):
        decisions.send_back(sent.plan_id, sent.number, "Hm?", by=factories.user(town.bo), at=now)


@pytest.mark.parametrize("kind", [TieKind.RELATIVE, TieKind.SUPPORT_PERSON])
def test_nobody_decides_about_somebody_they_are_close_to(kind: TieKind, town: Town, sent: Sent) -> None:
    people.make_tie(town.bo, town.mette, kind, by=None, at=clock.now())

    with pytest.raises(AboutKin):
        decide(sent, town.mette)
    with pytest.raises(AboutKin):
        decisions.send_back(sent.plan_id, sent.number, "Hm?", by=factories.user(town.mette), at=clock.now())


def test_nobody_decides_what_they_sent(town: Town, sent: Sent) -> None:
    with db.session.begin():
        db.session.execute(db.update(PlanAct).values(by_id=town.mette))
    db.session.remove()

    with pytest.raises(YouSubmitted):
        decide(sent, town.mette)


@pytest.mark.parametrize("stranger", ["finn", "jens", "asta", "ali", "lis"])
def test_a_plan_of_another_unit_or_role_looks_unknown(stranger: str, town: Town, sent: Sent) -> None:
    with pytest.raises(NotFound):
        decide(sent, getattr(town, stranger))
    with pytest.raises(NotFound):
        decisions.send_back(
            sent.plan_id, sent.number, "Hm?", by=factories.user(getattr(town, stranger)), at=clock.now()
        )


def test_a_start_day_that_has_passed_is_refused_with_new_days(town: Town, sent: Sent) -> None:
    tomorrow = noon(clock.today() + timedelta(1))

    with clock.at(tomorrow), pytest.raises(StartPassed) as refused:
        decide(sent, town.mette)

    assert refused.value.offered.first_day == tomorrow.date()


def test_help_that_waits_for_no_decision_may_have_begun(town: Town) -> None:
    sent = send(town, "alkohol-faseforloeb", own=())

    with clock.at(noon(clock.today() + timedelta(3))):
        decide(sent, town.mette)

    assert status(sent) is PlanStatus.APPROVED


@pytest.mark.parametrize(
    ("kroner", "reasons", "refusal"),
    [
        pytest.param(29_999, "", ReasonsMissing, id="less without reasons"),
        pytest.param(599, "Fordi.", AwardBelowPlan, id="less than the plan needs"),
    ],
)
def test_an_award_that_cannot_stand_makes_nothing(
    kroner: int, reasons: str, refusal: type[Exception], town: Town, sent: Sent
) -> None:
    with pytest.raises(refusal):
        decide(sent, town.mette, kroner, reasons)

    assert balances() == {}
    assert status(sent) is PlanStatus.SUBMITTED


def test_a_smaller_award_with_reasons_is_a_yes_in_part(town: Town, sent: Sent) -> None:
    decide(sent, town.mette, 29_999, "Du bad selv om lidt mindre.")

    decided = db.session.scalars(db.select(Decision)).one()
    assert (decided.outcome, decided.reasons) == (Outcome.GRANTED_IN_PART, "Du bad selv om lidt mindre.")


def test_no_award_is_above_the_ceiling_of_the_kind_of_budget(town: Town) -> None:
    sent = send(town, template="drawing")

    with pytest.raises(AboveCeiling):
        decide(sent, town.karen, "50000.01")


def test_a_question_sends_the_plan_back_with_its_words(town: Town, sent: Sent) -> None:
    decisions.send_back(
        sent.plan_id, sent.number, " Kan kurset begynde i juni? ", by=factories.user(town.mette), at=clock.now()
    )

    assert status(sent) is PlanStatus.RETURNED
    assert db.session.scalars(db.select(PlanAct).order_by(PlanAct.id.desc())).first().note == (
        "Kan kurset begynde i juni?"
    )


def test_a_question_needs_words(town: Town, sent: Sent) -> None:
    with pytest.raises(NoWords):
        decisions.send_back(sent.plan_id, sent.number, " ", by=factories.user(town.mette), at=clock.now())


def test_after_svar_paa_den_som_den_er_the_plan_can_only_be_decided(town: Town, sent: Sent) -> None:
    mette = factories.user(town.mette)
    decisions.send_back(sent.plan_id, sent.number, "Er du sikker?", by=mette, at=clock.now())
    plans.insist(sent.plan_id, sent.number, by=factories.user(town.bo), at=clock.now())

    with pytest.raises(NotNow):
        decisions.send_back(sent.plan_id, sent.number, "Helt sikker?", by=mette, at=clock.now())
    decide(sent, town.mette)

    assert status(sent) is PlanStatus.APPROVED
