"""A caseworker or approver decides: approve with an award, or send the plan back with a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from planner import clock
from planner.domain import authority, decision
from planner.domain import plan as plan_rules
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.money import Money
from planner.domain.people import User
from planner.domain.plan import PlanAction, PlanChanged
from planner.domain.review import SentLine, passed_starts
from planner.models.plan import Decision, Plan, PlanAct, PlanLine
from planner.models.rule import BudgetTemplate
from planner.usecases import funding, ledger, record, versions
from planner.usecases.transaction import Key, transaction

LONGEST_REASONS = 4000


@dataclass(frozen=True, slots=True)
class Award:
    """What is decided: the citizen's amount, and reasons in plain words where it is less than expected."""

    amount: Money
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """What an approval made: the decision and the personal budget."""

    plan_id: int
    number: int
    decision_id: int


def approve(
    plan_id: int, number: int, digest: str, award: Award, *, by: User, at: datetime, key: Key | None = None
) -> Approved:
    """Approve a plan version: award its budgets and commit every line whose funding rule names a source.

    ``digest`` is the content that was read. Raises ``PlanChanged`` when it is not the newest any more,
    ``StartPassed``, ``AboutYourself``, ``AboutKin``, ``YouSubmitted``, ``OverLimit`` (the plan stands in the
    list of those whose limit suffices), ``AwardBelowPlan``, ``AboveCeiling``, ``ReasonsMissing`` and ``NotFound``.
    """
    reasons = checked_words(award.reasons, LONGEST_REASONS) if award.reasons.strip() else ""
    with transaction(key, by) as session:
        plan = versions.in_unit(session, plan_id, by)
        lines = _read_lines(session, plan, number, digest)
        versions.move(session, plan, PlanAction.APPROVE, by=by, at=at)
        today = clock.local(at).date()
        _check_starts(session, plan, lines, today)
        paying = versions.funding_rules(session, plan.template_id, today)
        services = Money.sum(line.cost_oere for line in lines if line.source_id not in {None, *paying.personal})
        _check_authority(session, plan, number, award.amount + services, by)
        outcome = decision.outcome(award.amount, _asked(session, plan, lines, paying), reasons)

        budgets = funding.open_budgets(session, plan, lines, today)
        link = record.open_link(session, record.CITIZEN, plan.citizen_id)
        rows = funding.grant(
            session, budgets, lines, award=award.amount, funding=paying, cause=ledger.Cause(link, today)
        )
        decided = _decision(session, plan, number, Award(award.amount, reasons), outcome, by=by, at=at)
        facts: dict[str, int | str] = {
            "plan": plan.id,
            "number": number,
            "digest": digest,
            "decision": decided,
            "outcome": outcome.value,
            "award": award.amount.oere,
            "services": services.oere,
        }
        happened = Happened(EventKind.PLAN_APPROVED, facts)
        record.write(session, link, happened, by=by, at=at, key=key, for_id=plan.citizen_id, rows=ledger.as_rows(rows))
        ledger.write_entries(session, rows)
        return Approved(plan.id, number, decided)


def send_back(plan_id: int, number: int, message: str, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Ask the citizen something before deciding; it is not a no, and it stops no deadline silently.

    Raises ``NoWords``, ``PlanChanged``, ``NotNow`` (also when the citizen asked for a decision as it is),
    ``AboutYourself``, ``AboutKin`` and ``NotFound``.
    """
    words = checked_words(message, LONGEST_REASONS)
    with transaction(key, by) as session:
        plan = versions.in_unit(session, plan_id, by)
        versions.expect_number(session, plan, number)
        authority.check_distance(by.powers(plan.unit_id), plan.citizen_id)
        versions.move(session, plan, PlanAction.RETURN, by=by, at=at, note=words)
        happened = Happened(EventKind.PLAN_RETURNED, {"plan": plan.id, "number": number})
        record.about_citizen(session, plan.citizen_id, happened, by=by, at=at, key=key)


def _read_lines(session: Session, plan: Plan, number: int, digest: str) -> Sequence[PlanLine]:
    version = versions.expect_number(session, plan, number)
    if version.digest != digest:
        raise PlanChanged(versions.status(session, plan.id), version.number)
    return versions.lines(session, plan, number)


def _check_starts(session: Session, plan: Plan, lines: Sequence[PlanLine], today: date) -> None:
    approved = versions.approved_items(session, plan.id)
    sent = [SentLine(versions.frozen_line(line), line.cost_oere, line.source_id) for line in lines]
    for late, offered in passed_starts(sent, approved, today, plan.period):
        raise plan_rules.StartPassed(late.item, offered)


def _check_authority(session: Session, plan: Plan, number: int, amount: Money, by: User) -> None:
    submitted = (PlanAct.plan_id == plan.id, PlanAct.number == number, PlanAct.action == PlanAction.SUBMIT)
    submitted_by = session.scalars(select(PlanAct.by_id).where(*submitted)).one()
    powers = by.powers(plan.unit_id)
    authority.check(powers, citizen_id=plan.citizen_id, submitted_by=submitted_by, amount=amount)


def _asked(session: Session, plan: Plan, lines: Sequence[PlanLine], paying: plan_rules.FundingRules) -> decision.Asked:
    costs = [(versions.frozen_line(line), line.cost_oere) for line in lines]
    needed = versions.needed_on_own_money(session, plan, costs, paying)
    return decision.Asked(plan.indicative_oere, needed, session.get_one(BudgetTemplate, plan.template_id).ceiling_oere)


def _decision(
    session: Session, plan: Plan, number: int, award: Award, outcome: decision.Outcome, *, by: User, at: datetime
) -> int:
    values = {
        "plan_id": plan.id,
        "number": number,
        "digest": versions.expect_number(session, plan, number).digest,
        "legal_basis_id": session.get_one(BudgetTemplate, plan.template_id).legal_basis_id,
        "outcome": outcome,
        "award_oere": award.amount,
        "by_id": by.id,
        "at": at,
        "reasons": award.reasons or None,
    }
    return session.execute(insert(Decision).values(values).returning(Decision.id)).scalar_one()
