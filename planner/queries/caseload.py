"""The list of a caseworker or approver: the plans of their units, by the day an answer is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true

from planner import clock
from planner.domain.money import ZERO, Money
from planner.domain.people import RoleKind, TieKind, User
from planner.domain.plan import PlanAction, PlanStatus, fold_one
from planner.models.person import Person, RoleRow, TieRow, Unit
from planner.models.plan import Decision, Plan, PlanAct, PlanLine, PlanVersion
from planner.models.rule import BudgetTemplate, FundingSource
from planner.queries.session import reading

PAGE = 50
DECIDERS = (RoleKind.CASEWORKER, RoleKind.APPROVER)
