"""The course that a page is about: the citizen's current one, another of their own, or one somebody helps with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, url_for

from packages_catalog.reader import Catalogue
from planner.access import current_user, shows
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind, TieKind
from planner.domain.plan import PlanStatus
from planner.queries import offers, plans
from planner.queries.plans import PlanSummary
from planner.web.citizen import blueprint

ID = "int(max=2147483647)"
PLAN = f"/plan/<{ID}:plan_id>"
COMPOSERS = (TieKind.SUPPORT_PERSON, RoleKind.CASEWORKER, RoleKind.CITIZEN)
"""Who puts a plan together: the citizen, and who helps them with it. Only the citizen sends it."""

ON_A_SHEET = frozenset(
    f"citizen.{page}"
    for page in (
        *("compose", "add_package", "remove_line", "move_line", "line", "change_line", "aim_line"),
        *("own_line", "add_own_line", "unpaid_line", "add_unpaid_line", "undo", "choices", "choose"),
        *("suggestions", "take_suggestion"),
    )
)
"""Pages that write on the draft or, with ``?try=2`` in their address, on a try; the addresses among them keep it."""


@dataclass(frozen=True, slots=True)
class Course:
    """A plan, and the citizen's others; the citizen's current one has addresses without its id.

    ``helping`` tells that somebody else than the citizen looks. ``trial`` is the try that is looked at (1 to 5).
    """

    plan: PlanSummary
    current: bool
    others: tuple[PlanSummary, ...]
    helping: bool = False
    trial: int = 0

    @property
    def number(self) -> int:
        """The version that is written on: below zero for a try."""
        return -self.trial or self.plan.number

    @property
    def open(self) -> bool:
        """Tell whether its lines can be changed."""
        return self.trial > 0 or self.plan.status is PlanStatus.DRAFT

    def address(self, page: str, anchor: str | None = None, **more: Any) -> str:  # noqa: ANN401 - any value of an address
        """Find the address of a page about this course."""
        return url_for(f"citizen.{page}", plan_id=None if self.current else self.plan.id, _anchor=anchor, **more)

    def exact(self, page: str, anchor: str | None = None, **more: Any) -> str:  # noqa: ANN401 - as above
        """Find the address of a page that always names its plan."""
        return url_for(f"citizen.{page}", plan_id=self.plan.id, _anchor=anchor, **more)

    def on_try(self, number: int) -> str:
        """Find the address on which a try is composed."""
        there: dict[str, Any] = {"plan_id": self.plan.id, "try": number}
        return url_for("citizen.compose", **there)


@blueprint.url_defaults
def _stay_on_the_sheet(endpoint: str, values: dict[str, Any]) -> None:
    """Let the addresses of the pages of a try lead to the same try."""
    trial = wanted_try() if request else 0
    if endpoint in ON_A_SHEET and trial:
        values.setdefault("try", trial)


def wanted_try() -> int:
    """Read which try an address is about; 0 is the plan itself."""
    said = request.args.get("try", "")
    return int(said) if said in {"1", "2", "3", "4", "5"} else 0


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


def wanted(plan_id: int | None, today: date) -> Course | None:
    """Find the course, and the try of it, that somebody composes; nothing when none was opened for them yet.

    Raises ``NotFound`` for everybody who neither is the citizen nor helps them.
    """
    trial, by = wanted_try(), current_user()
    if plan_id is not None:
        theirs = plans.composed(plan_id, by.units(RoleKind.CASEWORKER), by.citizens(TieKind.SUPPORT_PERSON))
        if theirs is not None and theirs.citizen_id != by.id:
            return Course(theirs, current=False, others=(), helping=True, trial=trial)
    own = course_of(plan_id, today)
    return Course(own.plan, own.current, own.others, trial=trial) if own else None


def composed(plan_id: int | None, today: date) -> Course:
    """Find the course that somebody composes. Raises ``NotFound`` when there is none."""
    found = wanted(plan_id, today)
    if found is None:
        raise NotFound
    return found


def draw(template: str, course: Course, **more: Any) -> str:  # noqa: ANN401 - whatever a template needs
    """Draw a page about a course, and say whose data it shows."""
    shows([course.plan.citizen_id])
    return render_template(template, course=course, plan=course.plan, **more)


def catalogue() -> Catalogue:
    """Give the catalogue of the day."""
    return offers.catalogue()
