"""Using money: a purchase, its page, money back from a shop, and taking a mistake back."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.event import Facts
from planner.domain.ledger import DearerThanSetAside
from planner.domain.money import Money
from planner.domain.people import RoleKind
from planner.domain.purchase import PurchaseKind
from planner.domain.standing import Stage
from planner.queries import home, money, movements
from planner.queries import purchases as queries
from planner.queries.money import OwnBudget, PlanMoney, Pot
from planner.queries.movements import Movement, Posting
from planner.queries.purchases import OwnPurchase
from planner.usecases import purchases
from planner.web.actions import attempt
from planner.web.citizen import blueprint
from planner.web.citizen.buying import PurchaseForm, RefundForm, TakeBackForm
from planner.web.citizen.standing import Standing, standing
from planner.web.filters import kr
from planner.web.names import buyer_name, category_name, move_name, pot_name, purchase_name, way_name

_ID = "<int(max=2147483647):purchase_id>"


@dataclass(frozen=True, slots=True)
class Choice:
    """A pot one can buy from, with what is left in it, under the budget it belongs to."""

    pot: Pot
    name: str
    left: Money
    budget: OwnBudget
    chosen: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One move of money behind a purchase, in words."""

    posting: Posting
    name: str
    pot: str


@blueprint.get("/purchases/new")
@readers(RoleKind.CITIZEN)
def use_money() -> str:
    """Offer what can be bought from, with what is left in it; or say why nothing can be bought now."""
    return _buying_page(PurchaseForm())


@blueprint.post("/purchases/new")
@readers(RoleKind.CITIZEN)
def buy() -> ResponseReturnValue:
    """Record a purchase; dearer than set aside is asked about on the same page."""
    form = PurchaseForm()
    return attempt(form, lambda: _record(form), lambda: _buying_page(form), done=_receipt)


@blueprint.get(f"/purchases/{_ID}")
@readers(RoleKind.CITIZEN)
def purchase(purchase_id: int) -> str:
    """Show a purchase with all that happened to it."""
    found, plan, budget = _own(purchase_id)
    names = {pot.id: pot_name(pot) for pot in budget.pots}
    today = clock.today()
    return render_template(
        "citizen/purchase.html",
        purchase=found,
        title=_title(found, budget),
        pot=names[found.pot_id],
        left=next(pot.balance.committed for pot in budget.pots if pot.id == found.pot_id),
        facts=(category_name(found.category), way_name(found.paid_with), buyer_name(found.bought_by)),
        steps=_steps(movements.postings_of(purchase_id), names),
        movement=_movement(found),
        own=current_user().id,
        plan=plan,
        balance=budget.balance,
        open=budget.stage(today) in {Stage.RUNNING, Stage.GRACE},
    )


@blueprint.get(f"/purchases/{_ID}/money-back")
@readers(RoleKind.CITIZEN)
def money_back(purchase_id: int) -> str:
    """Ask how much came back, and when."""
    return _money_back_page(purchase_id, RefundForm())


@blueprint.post(f"/purchases/{_ID}/money-back")
@readers(RoleKind.CITIZEN)
def refund(purchase_id: int) -> ResponseReturnValue:
    """Record money that came back; it becomes free money."""
    form = RefundForm()
    here = url_for("citizen.purchase", purchase_id=purchase_id)

    def act() -> str:
        key = form.request_key()
        recorded = purchases.refund(purchase_id, *form.back(), by=current_user(), at=clock.now(), key=key)
        flash(gettext("The money is back with you. You now have %(free)s free.", free=kr(recorded.free)))
        return here

    return attempt(form, act, lambda: _money_back_page(purchase_id, form), done=lambda _facts: here)


@blueprint.get(f"/purchases/{_ID}/take-back")
@readers(RoleKind.CITIZEN)
def mistake(purchase_id: int) -> str:
    """Ask once more before a purchase is taken back."""
    return _take_back_page(purchase_id, TakeBackForm())


@blueprint.post(f"/purchases/{_ID}/take-back")
@readers(RoleKind.CITIZEN)
def take_back(purchase_id: int) -> ResponseReturnValue:
    """Take a purchase back that was written down by mistake."""
    form = TakeBackForm()
    here = url_for("citizen.purchase", purchase_id=purchase_id)

    def act() -> str:
        key = form.request_key()
        recorded = purchases.take_back(purchase_id, by=current_user(), at=clock.now(), key=key)
        flash(gettext("It is taken back. You now have %(free)s free.", free=kr(recorded.free)))
        return here

    return attempt(form, act, lambda: _take_back_page(purchase_id, form), done=lambda _facts: here)


def _record(form: PurchaseForm) -> str:
    try:
        recorded = purchases.record(
            form.pot_id(),
            form.bought(),
            dearer_agreed=form.agreed(),
            last=form.last.data,
            by=current_user(),
            at=clock.now(),
            key=form.request_key(),
        )
    except DearerThanSetAside as dearer:
        form.ask(dearer)
        raise
    flash(gettext("It is written down. You now have %(free)s free.", free=kr(recorded.free)))
    return url_for("citizen.purchase", purchase_id=recorded.purchase_id)


def _receipt(facts: Facts) -> str:
    return url_for("citizen.purchase", purchase_id=facts["purchase"])


def _buying_page(form: PurchaseForm) -> str:
    today = clock.today()
    plans = money.of_citizen(current_user().id)
    budgets = [plan.own for plan in plans if plan.own is not None]
    choices = [
        Choice(pot, pot_name(pot), pot.left, budget, pot.id == form.pot.data)
        for budget in budgets
        for pot in budget.pots
        if (pot.buyable and budget.stage(today) in {Stage.RUNNING, Stage.GRACE}) or pot.id == form.pot.data
    ]
    plan = money.current(plans, today)
    return render_template(
        "citizen/purchase_new.html",
        form=form,
        choices=sorted(choices, key=lambda choice: (-choice.budget.id, choice.pot.item_id is None)),
        several=len({choice.budget.id for choice in choices}) > 1,
        goals=home.goals(current_user().id) if choices else (),
        plan=plan,
        purse=_purse(plan),
    )


def _purse(plan: PlanMoney | None) -> Standing | None:
    return standing(plan.own, {}, clock.today()) if plan and plan.own else None


def _own(purchase_id: int) -> tuple[OwnPurchase, PlanMoney, OwnBudget]:
    citizen_id = current_user().id
    found = queries.of_citizen(citizen_id, purchase_id)
    for plan in money.of_citizen(citizen_id) if found else ():
        for budget in plan.budgets:
            if found and found.budget_id == budget.id:
                return found, plan, budget
    raise NotFound


def _money_back_page(purchase_id: int, form: RefundForm) -> str:
    found, _, budget = _own(purchase_id)
    return render_template("citizen/purchase_money_back.html", form=form, purchase=found, title=_title(found, budget))


def _take_back_page(purchase_id: int, form: TakeBackForm) -> str:
    found, _, budget = _own(purchase_id)
    return render_template("citizen/purchase_take_back.html", form=form, purchase=found, title=_title(found, budget))


def _title(found: OwnPurchase, budget: OwnBudget) -> str:
    pot = next(pot_name(pot) for pot in budget.pots if pot.id == found.pot_id)
    what = purchase_name(found.words, found.category, pot)
    return gettext("Money back: %(what)s", what=what) if found.kind is PurchaseKind.REFUND else what


def _movement(found: OwnPurchase) -> Movement | None:
    return movements.movement(found.budget_id, found.number, current_user().id)


def _steps(postings: Sequence[Posting], names: dict[int, str]) -> list[Step]:
    return [Step(one, move_name(one.transfer.kind), names[_at_home(one)]) for one in postings]


def _at_home(posting: Posting) -> int:
    """Find the pot that an entry is told about; every entry behind a purchase stays inside the budget."""
    assert posting.transfer.to_envelope
    return posting.transfer.to_envelope
