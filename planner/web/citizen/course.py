"""The citizen's course that a page is about: the current one, or another of their own by its id."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app, url_for

from packages_catalog.reader import Catalogue
from planner.access import current_user
from planner.domain.errors import NotFound
from planner.queries import plans
from planner.queries.plans import PlanSummary

ID = "int(max=2147483647)"
PLAN = f"/plan/<{ID}:plan_id>"


@dataclass(frozen=True, slots=True)
class Course:
    """A plan of the citizen's own, and the others; the current one has addresses without its id."""

    plan: PlanSummary
    current: bool
    others: tuple[PlanSummary, ...]

    def address(self, page: str, anchor: str | None = None, **more: Any) -> str:  # noqa: ANN401 - any value of an address
        """Find the address of a page about this course."""
        return url_for(f"citizen.{page}", plan_id=None if self.current else self.plan.id, _anchor=anchor, **more)


def course_of(plan_id: int | None, today: date) -> Course | None:
    """Find the course a page is about; nothing when none was opened yet. Raises ``NotFound`` for others' plans."""
    own = plans.of_citizen(current_user().id)
    current = plans.choose(own, today)
    wanted = current if plan_id is None else next((plan for plan in own if plan.id == plan_id), None)
    if wanted is None:
        if plan_id is not None:
            raise NotFound
        return None
    others = tuple(plan for plan in own if plan.id != wanted.id)
    return Course(wanted, current is not None and wanted.id == current.id, others)


def own_course(plan_id: int | None, today: date) -> Course:
    """Find the course a form is about. Raises ``NotFound`` when there is none."""
    found = course_of(plan_id, today)
    if found is None:
        raise NotFound
    return found


def catalogue() -> Catalogue:
    """Give the catalogue that was read at the start."""
    found: Catalogue = current_app.extensions["catalogue"]
    return found
