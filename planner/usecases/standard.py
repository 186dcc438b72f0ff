"""The rules a municipality starts with: legal bases, budget templates, who pays what, account strings.

All of it is data with dates and may be changed; what nobody has decided yet is marked as assumed or to be verified.
"""

from datetime import date
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from planner.domain.money import Money
from planner.domain.package import LineKind
from planner.models.person import Setting
from planner.models.rule import AccountRule, BudgetTemplate, FundingRule, FundingSource, LegalBasisRow
from planner.usecases.transaction import transaction

_FROM = date(2020, 1, 1)

# The Danish trial of 2022-24 (lov om forsøg med personlige borgerstyrede budgetter, adopted 12 May 2022) has ended;
# its ceiling and length are the model of the second template. Which basis a live scheme has, the municipality chooses.
_BASES: tuple[dict[str, Any], ...] = (
    {
        "law": "LOCAL",
        "paragraph": "-",
        "name": "Lokal ordning, grundlaget vælges af kommunen",
        "name_en": "Local scheme, basis chosen by the municipality",
        "first_day": _FROM,
        "last_day": None,
        "complaint": "none",
        "verify": True,
    },
    {
        "law": "PBB",
        "paragraph": "2022",
        "name": "Lov om forsøg med personlige borgerstyrede budgetter (ophørt)",
        "name_en": "Trial act on personal budgets (ended)",
        "first_day": date(2022, 7, 1),
        "last_day": date(2024, 12, 31),
        "complaint": "none",
        "verify": True,
    },
)
_TEMPLATES: tuple[dict[str, Any], ...] = (
    {
        "code": "full",
        "name": "Fuldt personligt budget",
        "name_en": "Full personal budget",
        "ceiling_oere": None,
        "months": None,
    },
    {
        "code": "drawing",
        "name": "Trækningsret",
        "name_en": "Drawing right",
        "ceiling_oere": Money.kroner(50_000),
        "months": 15,
    },
)
_SOURCES: tuple[dict[str, Any], ...] = (
    {"code": "personal", "name": "Dit budget", "name_en": "Your budget", "counts_for_citizen": True},
    {"code": "service", "name": "Kommunens støtte", "name_en": "Municipal support", "counts_for_citizen": False},
)
_PAYS: dict[str, dict[LineKind, str | None]] = {
    "full": {
        LineKind.ALLOCATED_SERVICE: "personal",
        LineKind.BUDGET_ITEM: "personal",
        LineKind.OWN_LINE: "personal",
        LineKind.STATUTORY_FREE: None,
        LineKind.CIVIL_FREE: None,
    },
    "drawing": {
        LineKind.ALLOCATED_SERVICE: "service",
        LineKind.BUDGET_ITEM: "personal",
        LineKind.OWN_LINE: "personal",
        LineKind.STATUTORY_FREE: None,
        LineKind.CIVIL_FREE: None,
    },
}
# 5.38.38 grouping 005 is § 85 for mental illness in the national chart of accounts; the function for purchases of
# a personal budget was not found, so 5.72.99 (other social purposes) is assumed until finance chooses.
_ACCOUNTS: tuple[tuple[LineKind, str, bool], ...] = (
    (LineKind.ALLOCATED_SERVICE, "5.38.38.005", True),
    (LineKind.BUDGET_ITEM, "5.72.99.001", True),
    (LineKind.OWN_LINE, "5.72.99.002", True),
)


def establish(municipality: str = "") -> None:
    """Write the standard rules into a database that has none; what is there already is never overwritten."""
    with transaction() as session:
        if municipality and session.get(Setting, "municipality") is None:
            session.execute(insert(Setting).values(key="municipality", value=municipality))
        if session.scalar(select(func.count()).select_from(BudgetTemplate)):
            return
        basis = session.scalars(insert(LegalBasisRow).returning(LegalBasisRow.id), [dict(b) for b in _BASES]).all()[0]
        sources = {source["code"]: _added(session, FundingSource, source) for source in _SOURCES}
        for template in _TEMPLATES:
            dated = {"first_day": _FROM, "last_day": None, "assumed": True, "legal_basis_id": basis}
            template_id = _added(session, BudgetTemplate, {**template, **dated, "grace_days": 30, "answer_days": 21})
            for kind, code in _PAYS[template["code"]].items():
                rule = {"template_id": template_id, "line_kind": kind, "source_id": sources[code] if code else None}
                session.execute(insert(FundingRule).values(**rule, first_day=_FROM))
        for kind, account, assumed in _ACCOUNTS:
            values = {"line_kind": kind, "account_string": account, "first_day": _FROM, "assumed": assumed}
            session.execute(insert(AccountRule).values(values))


def _added(session: Session, table: Any, values: dict[str, Any]) -> int:  # noqa: ANN401 - any of the tables above
    added: int = session.scalars(insert(table).values(values).returning(table.id)).one()
    return added
