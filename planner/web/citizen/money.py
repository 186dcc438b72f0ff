"""My money: what there is, whether it lasts, what it goes to, and every payment with its "that is not right"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import TextAreaField

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.ledger import EntryKind
from planner.domain.money import ZERO, Money
from planner.domain.people import RoleKind
from planner.domain.period import month_of
from planner.domain.standing import Stage, pace
from planner.exchange import spreadsheets
from planner.queries import money as queries
from planner.queries import movements
from planner.queries.money import OwnBudget, PlanMoney, Pot
from planner.queries.movements import Movement
from planner.usecases import deliveries
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.burndown import burn_down
from planner.web.citizen.standing import Mood, standing
from planner.web.citizen.statement import statement
from planner.web.forms import ActionForm, text_required
from planner.web.names import part_name, pot_name, purchase_name

_ID = "<int(max=2147483647):budget_id>"
_NUMBER = "<int(max=2147483647):number>"


class ObjectionForm(ActionForm):
    """What is not right about a payment, in the citizen's own words."""

    words = TextAreaField(lazy_gettext("What is not right?"), text_required(deliveries.LONGEST_MESSAGE))


@dataclass(frozen=True, slots=True)
class NamedPot:
    """A part of a budget under its name."""

    pot: Pot
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A movement under the name people know it by."""

    movement: Movement
    name: str
    own: bool
    address: str

    @property
    def objectable(self) -> bool:
        """Tell whether one can say that it is not right: money that went out, and was not taken back."""
        return self.movement.kind is EntryKind.PAY and not self.movement.taken_back


@blueprint.get("/money")
@readers(RoleKind.CITIZEN)
def money() -> str:
    """Show the money of the plan that runs, or what may be expected before it is approved."""
    plans = queries.of_citizen(current_user().id)
    plan = queries.current(plans, clock.today())
    if plan is None or plan.own is None:
        return render_template("citizen/money_to_come.html", plan=plan, others=_others(plans, None))
    return _page(plans, plan, plan.own)


@blueprint.get(f"/money/{_ID}")
@readers(RoleKind.CITIZEN)
def budget(budget_id: int) -> str:
    """Show the money of one of the citizen's budgets, also an earlier one or that for municipal support."""
    plans = queries.of_citizen(current_user().id)
    plan, found = _own(plans, budget_id)
    return _page(plans, plan, found)


@blueprint.get(f"/money/{_ID}/postings.csv")
@readers(RoleKind.CITIZEN)
def postings(budget_id: int) -> Response:
    """Hand out every entry of a budget as a file; its last line is what the page shows."""
    _, found = _own(queries.of_citizen(current_user().id), budget_id)
    content = spreadsheets.to_csv(statement(found, movements.postings(found.id)))
    name = gettext("my-money")
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{found.id}.csv"'
    return answer


@blueprint.get(f"/money/{_ID}/{_NUMBER}")
@readers(RoleKind.CITIZEN)
def payment(budget_id: int, number: int) -> str:
    """Show one payment, what was said about it, and the way to say that it is not right."""
    return _payment_page(budget_id, number, ObjectionForm())


@blueprint.post(f"/money/{_ID}/{_NUMBER}")
@readers(RoleKind.CITIZEN)
def object_to(budget_id: int, number: int) -> ResponseReturnValue:
    """Send the adviser a message about a payment; it stays with the payment, and so does the answer."""
    form = ObjectionForm()
    here = url_for("citizen.payment", budget_id=budget_id, number=number)

    def act() -> str:
        key = form.request_key()
        deliveries.object_to(budget_id, number, form.words.data, by=current_user(), at=clock.now(), key=key)
        flash(gettext("Your message is sent. You can see the answer here."))
        return here

    return attempt(form, act, lambda: _payment_page(budget_id, number, form), done=lambda _facts: here)


def _own(plans: Sequence[PlanMoney], budget_id: int) -> tuple[PlanMoney, OwnBudget]:
    for plan in plans:
        for found in plan.budgets:
            if found.id == budget_id:
                return plan, found
    raise NotFound


def _others(plans: Sequence[PlanMoney], shown: OwnBudget | None) -> list[OwnBudget]:
    return [found for plan in plans for found in plan.budgets if shown is None or found.id != shown.id]


def _page(plans: Sequence[PlanMoney], plan: PlanMoney, shown: OwnBudget) -> str:
    today = clock.today()
    paid = queries.paid_by_month(shown.id)
    now = standing(shown, paid, today)
    running = now.stage is Stage.RUNNING
    total, spent = now.balance.total, now.balance.paid
    drawn = now.stage not in {Stage.COMING, Stage.ENDED} and total > ZERO
    page = movements.movements(shown.id, current_user().id, _before())
    names = {pot.id: pot_name(pot) for pot in shown.pots}
    return render_template(
        "citizen/money.html",
        purse=now,
        plan=plan,
        # Where the free money is low or used, that was said above and the even plan has nothing to add.
        pace=pace(total, spent, shown.period, today) if running and shown.own and now.mood is Mood.PLAIN else None,
        estimate=_estimate(shown, paid) if running else None,
        chart=burn_down(total, queries.spent_in(paid), shown.period, today) if drawn else None,
        pots=[NamedPot(pot, names[pot.id]) for pot in shown.pots if pot.balance.total > ZERO],
        rows=_rows(names, page.rows, shown.id),
        older=page.older,
        first_page=_before() is None,
        others=_others(plans, shown),
    )


def _estimate(shown: OwnBudget, paid: queries.Paid) -> Money:
    today = clock.today()
    planned = queries.planned_from(shown.plan_id, month_of(today))
    return queries.estimate(shown, paid, planned, today)


def _before() -> int | None:
    """Read where a page of older payments begins; anything else is the newest page."""
    wanted = request.args.get("before", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 and int(wanted) > 0 else None  # noqa: PLR2004 - fits the column


def _payment_page(budget_id: int, number: int, form: ObjectionForm) -> str:
    plan, shown = _own(queries.of_citizen(current_user().id), budget_id)
    found = movements.movement(shown.id, number, current_user().id)
    if found is None:
        raise NotFound
    names = {pot.id: pot_name(pot) for pot in shown.pots}
    return render_template(
        "citizen/payment.html",
        row=_rows(names, [found], shown.id)[0],
        pot=names[found.pot_id],
        budget_id=budget_id,
        plan=plan,
        form=form,
    )


def _rows(names: Mapping[int, str], found: Sequence[Movement], budget_id: int) -> list[Row]:
    own = current_user().id
    # The addresses of a page differ only in their last number, so two are looked up and not a dozen.
    bought = url_for("citizen.purchase", purchase_id=0).removesuffix("0")
    given = url_for("citizen.payment", budget_id=budget_id, number=0).removesuffix("0")
    return [
        Row(
            one,
            _name(one, names[one.pot_id]),
            one.by_id == own,
            f"{bought}{one.purchase_id}" if one.purchase_id else f"{given}{one.number}",
        )
        for one in found
    ]


def _name(one: Movement, pot: str) -> str:
    """Name a movement: help by what was given, a purchase by the citizen's own words where there are any."""
    if one.part is not None and one.which is not None:
        return f"{pot}, {part_name(one.part, one.which)}"
    what = purchase_name(one.words, one.category, pot)
    return gettext("Money back: %(what)s", what=what) if one.kind is EntryKind.REFUND else what
