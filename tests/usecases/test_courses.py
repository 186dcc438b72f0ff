"""Opening a course: for whom, under which rules; and ending one."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from planner import clock
from planner.config import DEVELOPMENT_PERSONAL_KEY
from planner.domain.authority import AboutKin, AboutYourself
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import NoWords
from planner.domain.ledger import Balance
from planner.domain.money import ZERO, Money
from planner.domain.people import RoleKind, TieKind
from planner.domain.period import Period, add_months
from planner.domain.plan import NotNow, NotYourPart
from planner.models.base import db
from planner.models.budget import Envelope
from planner.models.person import Person, PersonNumber, RoleRow, TieRow
from planner.models.plan import Plan
from planner.models.record import Event
from planner.models.rule import BudgetTemplate
from planner.usecases import courses, people, plans, purchases
from planner.usecases.courses import AboveTemplate, Course, CourseTooLong, NewCitizen, TemplateOver
from planner.usecases.numbers import UnreadableNumber, seal, shown
from planner.usecases.transaction import AlreadyDone, Key
from tests import factories
from tests.factories import Town

if TYPE_CHECKING:
    from flask import Flask

CPR = "610180-4001"
KEY = Key("0b9f1c2e-3d4a-4b5c-8d6e-7f8091a2b3c4", "a" * 64)


@pytest.fixture
def town(in_app: "Flask") -> Town:
    return factories.make_town()


def course(town: Town, template: str = "full", **more: object) -> Course:
    template_id = db.session.scalars(db.select(BudgetTemplate.id).where(BudgetTemplate.code == template)).one()
    db.session.remove()
    start = clock.today()
    opened = Course(
        unit_id=town.north,
        template_id=template_id,
        indicative=Money.kroner(20_000),
        period=Period(start, start + timedelta(100)),
    )
    return replace(opened, **more)


def open_(town: Town, citizen: int | NewCitizen, by: int | None = None, **more: object) -> int:
    key = more.pop("key", None)
    opened = course(town, **more)
    return courses.open_course(citizen, opened, by=factories.user(by or town.mette), at=clock.now(), key=key)


def rows(table: type) -> list:
    db.session.remove()
    return list(db.session.scalars(db.select(table)))


def test_a_new_citizen_gets_a_name_a_role_and_an_adviser(town: Town) -> None:
    plan_id = open_(town, NewCitizen(called=" Rie ", full_name="Rikke Ditlev", phone="11 22 33 44", protected=True))

    plan = db.session.get_one(Plan, plan_id)
    rie = db.session.get_one(Person, plan.citizen_id)
    assert (rie.called, rie.full_name, rie.phone, rie.protected) == ("Rie", "Rikke Ditlev", "11 22 33 44", True)
    assert factories.user(rie.id).has(RoleKind.CITIZEN)
    assert rie.id in factories.user(town.mette).citizens(TieKind.CASEWORKER)


def test_the_citizen_sees_the_expected_amount_before_planning(town: Town) -> None:
    plan_id = open_(town, town.bo, weekly_minutes=450)

    plan = db.session.get_one(Plan, plan_id)
    assert (plan.indicative_oere, plan.weekly_minutes) == (Money.kroner(20_000), 450)


def test_a_number_is_stored_only_sealed(town: Town) -> None:
    open_(town, NewCitizen(called="Rie", number=seal(CPR, DEVELOPMENT_PERSONAL_KEY)))

    (stored,) = rows(PersonNumber)
    assert shown(stored.cipher, DEVELOPMENT_PERSONAL_KEY) == "610180-••••"
    written = repr([vars(row) for table in (Person, PersonNumber, Plan, Event) for row in rows(table)])
    assert "6101804001" not in written.replace("-", "")


def test_a_number_that_is_known_finds_its_person(town: Town) -> None:
    first = open_(town, NewCitizen(called="Rie", number=seal(CPR, DEVELOPMENT_PERSONAL_KEY)))
    again = open_(town, NewCitizen(called="Rikke", number=seal("6101804001", DEVELOPMENT_PERSONAL_KEY)))

    plans_ = {plan.id: plan.citizen_id for plan in rows(Plan)}
    assert plans_[first] == plans_[again]
    assert [person.called for person in rows(Person)].count("Rikke") == 0


def test_somebody_who_works_here_can_need_help_as_well(town: Town) -> None:
    number = seal(CPR, DEVELOPMENT_PERSONAL_KEY)
    plan_id = open_(town, NewCitizen(called="Rie", number=number))
    rie = db.session.get_one(Plan, plan_id).citizen_id
    with db.session.begin_nested():
        db.session.execute(db.delete(RoleRow).where(RoleRow.person_id == rie))
    db.session.commit()

    open_(town, NewCitizen(called="Rie", number=number))

    assert factories.user(rie).has(RoleKind.CITIZEN)


@pytest.mark.parametrize("text", ["610180", "610180-40011", "613280-4001", "xxxxxx-4001"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(UnreadableNumber):
        seal(text, DEVELOPMENT_PERSONAL_KEY)


def test_a_citizen_needs_a_name(town: Town) -> None:
    with pytest.raises(NoWords):
        open_(town, NewCitizen(called=" "))


@pytest.mark.parametrize("person", ["jens", "asta", "ali", "finn"])
def test_somebody_who_is_no_citizen_of_ones_units_looks_unknown(person: str, town: Town) -> None:
    with pytest.raises(NotFound):
        open_(town, getattr(town, person))


def test_a_citizen_of_another_unit_looks_unknown(town: Town) -> None:
    with pytest.raises(NotFound):
        open_(town, town.bo, by=town.finn, unit_id=town.south)


def test_a_citizen_with_a_plan_in_ones_unit_is_known(town: Town) -> None:
    plan_id = open_(town, NewCitizen(called="Rie"))

    assert open_(town, db.session.get_one(Plan, plan_id).citizen_id, by=town.sanne) > plan_id


@pytest.mark.parametrize("who", ["karen", "finn", "asta", "bo"])
def test_only_the_caseworkers_of_a_unit_open_courses_there(who: str, town: Town) -> None:
    with pytest.raises(NotFound):
        open_(town, NewCitizen(called="Rie"), by=getattr(town, who))


def test_nobody_opens_a_course_for_themselves_or_their_own(town: Town) -> None:
    now = clock.now()
    role = people.NewRole(kind=RoleKind.CITIZEN, unit_id=town.north, first_day=clock.today())
    people.give_role(town.mette, role, by=None, at=now)
    people.make_tie(town.bo, town.mette, TieKind.RELATIVE, by=None, at=now)

    with pytest.raises(AboutYourself):
        open_(town, town.mette)
    with pytest.raises(AboutKin):
        open_(town, town.bo)


def test_the_support_person_is_tied_and_told_in_the_event(town: Town) -> None:
    open_(town, town.bo, support_person_id=town.ali)

    assert town.bo in factories.user(town.ali).citizens(TieKind.SUPPORT_PERSON)
    assert [event.with_id for event in rows(Event) if event.kind is EventKind.COURSE_OPENED] == [town.ali]


def test_a_second_course_makes_no_second_tie(town: Town) -> None:
    open_(town, town.bo, support_person_id=town.ali)
    open_(town, town.bo, support_person_id=town.ali)

    assert len([tie for tie in rows(TieRow) if tie.person_id == town.ali]) == 1


def test_nobody_supports_themselves(town: Town) -> None:
    with pytest.raises(NotFound):
        open_(town, town.bo, support_person_id=town.bo)


@pytest.mark.parametrize(
    ("template", "months", "longer", "refused"),
    [
        pytest.param("drawing", 15, 0, False, id="the whole length"),
        pytest.param("drawing", 15, 1, True, id="a day more"),
        pytest.param("full", 60, 0, False, id="five years, where nothing else is said"),
        pytest.param("full", 60, 1, True, id="more than five years"),
    ],
)
def test_a_course_is_no_longer_than_its_kind_of_budget(
    template: str, months: int, longer: int, refused: bool, town: Town
) -> None:
    start = clock.today()
    period = Period(start, add_months(start, months) + timedelta(longer - 1))

    if refused:
        with pytest.raises(CourseTooLong):
            open_(town, town.bo, template=template, period=period)
    else:
        assert open_(town, town.bo, template=template, period=period)


def test_the_expected_amount_is_at_most_the_ceiling(town: Town) -> None:
    assert open_(town, town.bo, template="drawing", indicative=Money.kroner(50_000))
    with pytest.raises(AboveTemplate):
        open_(town, town.bo, template="drawing", indicative=Money.kroner("50000.01"))


def test_a_course_begins_while_its_kind_of_budget_holds(town: Town) -> None:
    first = db.session.scalars(db.select(BudgetTemplate.first_day).where(BudgetTemplate.code == "full")).one()
    db.session.remove()

    with pytest.raises(TemplateOver):
        open_(town, town.bo, period=Period(first - timedelta(1), first + timedelta(9)))


def test_sending_the_same_form_again_opens_one_course(town: Town) -> None:
    plan_id = open_(town, NewCitizen(called="Rie"), key=KEY)

    with pytest.raises(AlreadyDone) as before:
        open_(town, NewCitizen(called="Rie"), key=KEY)

    assert before.value.facts["plan"] == plan_id
    assert len(rows(Plan)) == 1


def test_ending_a_course_gives_back_what_was_not_used(town: Town) -> None:
    plan = factories.run_plan(town, "peer-individuel")
    factories.buy(plan.envelope("Nye gardiner"), 200, factories.user(town.bo))

    courses.end_course(plan.plan_id, by=factories.user(town.mette), at=clock.now())

    left = sum((envelope.balance for envelope in rows(Envelope)), Balance())
    assert left == Balance(ZERO, ZERO, Money.kroner(200))


def test_a_course_does_not_end_while_a_plan_waits_for_its_answer(town: Town) -> None:
    plan_id = factories.open_course(town)
    factories.compose(plan_id, factories.user(town.bo), "peer-individuel")
    factories.submit(plan_id, factories.user(town.bo))

    with pytest.raises(NotNow):
        courses.end_course(plan_id, by=factories.user(town.mette), at=clock.now())


def test_a_course_that_never_became_a_plan_can_be_ended(town: Town) -> None:
    plan_id = factories.open_course(town)

    courses.end_course(plan_id, by=factories.user(town.mette), at=clock.now())

    with pytest.raises(NotNow):
        plans.revise(plan_id, by=factories.user(town.bo), at=clock.now())


def test_what_comes_back_after_the_end_goes_back_to_its_source(town: Town) -> None:
    plan = factories.run_plan(town, "peer-individuel")
    bought = factories.buy(plan.envelope("Nye gardiner"), 200, factories.user(town.bo), last=True)
    courses.end_course(plan.plan_id, by=factories.user(town.mette), at=clock.now())

    recorded = purchases.take_back(bought.purchase_id, by=factories.user(town.bo), at=clock.now())

    assert recorded.free == ZERO
    assert sum((envelope.balance for envelope in rows(Envelope)), Balance()) == Balance()


def test_only_the_units_caseworkers_end_a_course_and_never_their_own(town: Town) -> None:
    plan = factories.run_plan(town)

    with pytest.raises(NotFound):
        courses.end_course(plan.plan_id, by=factories.user(town.finn), at=clock.now())
    with pytest.raises(NotYourPart):
        courses.end_course(plan.plan_id, by=factories.user(town.karen), at=clock.now())
    people.make_tie(town.bo, town.mette, TieKind.GUARDIAN, by=None, at=clock.now())
    with pytest.raises(AboutKin):
        courses.end_course(plan.plan_id, by=factories.user(town.mette), at=clock.now())
