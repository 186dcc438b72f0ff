"""A caseworker opens a course for a citizen, and ends one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from planner import clock
from planner.domain import authority
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.money import Money
from planner.domain.people import RoleKind, TieKind, User
from planner.domain.period import Period, add_months
from planner.domain.plan import PlanAction
from planner.models.person import Person, PersonNumber, RoleRow, TieRow
from planner.models.plan import Plan, PlanVersion
from planner.models.rule import BudgetTemplate
from planner.usecases import funding, ledger, record, versions
from planner.usecases.numbers import SealedNumber
from planner.usecases.transaction import Key, transaction

LONGEST_NAME = 100
LONGEST_MONTHS = 60


class TemplateOver(DomainError):
    """The budget template does not hold on the course's first day, or not any more."""

    code = "template_over"


class CourseTooLong(DomainError):
    """The template, or the house, allows fewer months than the period has."""

    code = "course_too_long"

    def __init__(self, months: int) -> None:
        super().__init__(months)
        self.months = months


class AboveTemplate(DomainError):
    """The expected amount is above the template's ceiling."""

    code = "above_template"

    def __init__(self, ceiling: Money) -> None:
        super().__init__(ceiling)
        self.ceiling = ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCitizen:
    """Somebody who is not known yet: the name they go by, and what is known besides."""

    called: str
    full_name: str = ""
    number: SealedNumber | None = None
    phone: str = ""
    language: str = "da"
    protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is opened: unit, template, expected amount, days, and the person who helps with the money."""

    unit_id: int
    template_id: int
    indicative: Money
    period: Period
    support_person_id: int | None = None
    weekly_minutes: int | None = None


def open_course(citizen: int | NewCitizen, course: Course, *, by: User, at: datetime, key: Key | None = None) -> int:
    """Open a course and return the plan's id; the citizen sees the expected amount before planning.

    A number that is known already finds its person. Raises ``NotFound`` outside the caseworker's units,
    ``TemplateOver``, ``CourseTooLong``, ``AboveTemplate``, ``AboutYourself``, ``AboutKin`` and ``NoWords``.
    """
    with transaction(key, by) as session:
        if course.unit_id not in by.units(RoleKind.CASEWORKER):
            raise NotFound
        _check_template(session, course)
        today = clock.local(at).date()
        citizen_id = _known(session, citizen, by) if isinstance(citizen, int) else _added(session, citizen, today)
        authority.check_distance(by.powers(course.unit_id), citizen_id)
        plan_id = _new_plan(session, citizen_id, course, by, at)
        _tie(session, citizen_id, by.id, TieKind.CASEWORKER, today)
        if course.support_person_id is not None:
            _check_helper(session, course.support_person_id, citizen_id)
            _tie(session, citizen_id, course.support_person_id, TieKind.SUPPORT_PERSON, today)
        facts: dict[str, int | str] = {
            "plan": plan_id,
            "unit": course.unit_id,
            "template": course.template_id,
            "oere": course.indicative.oere,
            "first_day": course.period.first_day.isoformat(),
            "last_day": course.period.last_day.isoformat(),
        }
        happened = Happened(EventKind.COURSE_OPENED, facts, with_id=course.support_person_id)
        record.about_citizen(session, citizen_id, happened, by=by, at=at, key=key)
        return plan_id


def end_course(plan_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """End a course before its time: what is set aside is released, and what is free goes back to its source.

    Raises ``NotNow`` while a version waits for its answer, ``AboutYourself``, ``AboutKin`` and ``NotFound``.
    """
    with transaction(key, by) as session:
        plan = versions.in_unit(session, plan_id, by)
        authority.check_distance(by.powers(plan.unit_id), plan.citizen_id)
        versions.move(session, plan, PlanAction.END, by=by, at=at)
        budgets = funding.locked_budgets(session, plan.id)
        link = record.open_link(session, record.CITIZEN, plan.citizen_id)
        rows = funding.wind_up(session, budgets, ledger.Cause(link, clock.local(at).date()))
        happened = Happened(EventKind.COURSE_ENDED, {"plan": plan.id})
        record.write(session, link, happened, by=by, at=at, key=key, for_id=plan.citizen_id, rows=ledger.as_rows(rows))
        ledger.write_entries(session, rows)


def _check_template(session: Session, course: Course) -> None:
    template = session.get(BudgetTemplate, course.template_id)
    if template is None:
        raise NotFound
    if course.period.first_day < template.first_day or (
        template.last_day is not None and course.period.first_day > template.last_day
    ):
        raise TemplateOver
    months = min(template.months or LONGEST_MONTHS, LONGEST_MONTHS)
    if course.period.last_day >= add_months(course.period.first_day, months):
        raise CourseTooLong(months)
    if template.ceiling_oere is not None and course.indicative > template.ceiling_oere:
        raise AboveTemplate(template.ceiling_oere)


def _known(session: Session, citizen_id: int, by: User) -> int:
    """Find a citizen of the caseworker's units; anybody else looks like an unknown id."""
    units = by.units(RoleKind.CASEWORKER)
    roles = select(RoleRow.person_id).where(RoleRow.kind == RoleKind.CITIZEN, RoleRow.unit_id.in_(units))
    plans = select(Plan.citizen_id).where(Plan.unit_id.in_(units))
    found = select(Person.id).where(Person.id == citizen_id, or_(Person.id.in_(roles), Person.id.in_(plans)))
    if session.scalar(found) is None:
        raise NotFound
    return citizen_id


def _check_helper(session: Session, person_id: int, citizen_id: int) -> None:
    if person_id == citizen_id or session.get(Person, person_id) is None:
        raise NotFound


def _added(session: Session, citizen: NewCitizen, today: date) -> int:
    called = checked_words(citizen.called, LONGEST_NAME)
    if citizen.number is not None:
        known = select(PersonNumber.person_id).where(PersonNumber.lookup == citizen.number.lookup)
        if (person_id := session.scalar(known)) is not None:
            _ensure_citizen(session, person_id, today)
            return person_id
    values = {
        "called": called,
        "full_name": citizen.full_name.strip()[:LONGEST_NAME] or None,
        "phone": citizen.phone.strip()[:40] or None,
        "language": citizen.language,
        "protected": citizen.protected,
        "epoch": 0,
    }
    person_id = session.scalars(insert(Person).values(values).returning(Person.id)).one()
    _ensure_citizen(session, person_id, today)
    if citizen.number is not None:
        number = {"kind": "cpr", "cipher": citizen.number.cipher, "lookup": citizen.number.lookup}
        session.execute(insert(PersonNumber).values(person_id=person_id, first_day=today, **number))
    return person_id


def _ensure_citizen(session: Session, person_id: int, today: date) -> None:
    """Give somebody the citizen's role unless they have it; who works here may need help as well."""
    valid = (RoleRow.first_day <= today, or_(RoleRow.last_day.is_(None), RoleRow.last_day >= today))
    role = select(RoleRow.id).where(RoleRow.person_id == person_id, RoleRow.kind == RoleKind.CITIZEN, *valid)
    if session.scalar(role.limit(1)) is None:
        session.execute(insert(RoleRow).values(person_id=person_id, kind=RoleKind.CITIZEN, first_day=today))


def _new_plan(session: Session, citizen_id: int, course: Course, by: User, at: datetime) -> int:
    values = {
        "citizen_id": citizen_id,
        "unit_id": course.unit_id,
        "template_id": course.template_id,
        "indicative_oere": course.indicative,
        "first_day": course.period.first_day,
        "last_day": course.period.last_day,
        "weekly_minutes": course.weekly_minutes,
        "opened_by": by.id,
        "opened_at": at,
        "lock_version": 0,
    }
    plan_id = session.scalars(insert(Plan).values(values).returning(Plan.id)).one()
    session.execute(insert(PlanVersion).values(plan_id=plan_id, number=1))
    return plan_id


def _tie(session: Session, citizen_id: int, person_id: int, kind: TieKind, today: date) -> None:
    values = {"citizen_id": citizen_id, "person_id": person_id, "kind": kind, "scope": "plan", "first_day": today}
    known = select(TieRow.id).where(
        TieRow.citizen_id == citizen_id,
        TieRow.person_id == person_id,
        TieRow.kind == kind,
        TieRow.last_day.is_(None),
    )
    if session.scalar(known) is None:
        session.execute(insert(TieRow).values(values))
