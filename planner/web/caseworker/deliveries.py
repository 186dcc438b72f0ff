"""What granted services have delivered: recorded by the caseworker or the support person, and taken back."""

from collections.abc import Mapping

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import SelectChoice, SelectField

from planner import clock
from planner.access import current_user, readers, shows
from planner.domain.delivery import DeliveryPart
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind, TieKind
from planner.queries import deliveries as queries
from planner.queries import objections, offers
from planner.queries.deliveries import Delivering, Service
from planner.usecases import deliveries
from planner.web.actions import attempt
from planner.web.caseworker import blueprint
from planner.web.filters import day, kr, month, words
from planner.web.forms import ActionForm, DayField, required
from planner.web.names import part_name
from planner.web.paging import wanted_page


class DeliveryForm(ActionForm):
    """What a service delivered, and on which day."""

    # A part that was delivered meanwhile is no choice any more, and the use case says so better than the form could.
    which = SelectField(lazy_gettext("What was delivered"), validate_choice=False)
    day = DayField(lazy_gettext("On which day"), [required()])


@blueprint.get("/plans/<int(max=2147483647):plan_id>/deliveries", endpoint="deliveries")
@readers(RoleKind.CASEWORKER, TieKind.SUPPORT_PERSON, purpose="deliver")
def show_deliveries(plan_id: int) -> str:
    """Show what the services of a plan have delivered, and what can be recorded."""
    return _page(plan_id)


@blueprint.post("/plans/<int(max=2147483647):plan_id>/deliveries/<int(max=2147483647):item_id>")
@readers(RoleKind.CASEWORKER, TieKind.SUPPORT_PERSON, purpose="deliver")
def record_delivery(plan_id: int, item_id: int) -> ResponseReturnValue:
    """Record a delivery and pay it."""
    service = next((each for each in _found(plan_id).services if each.item == item_id), None)
    if service is None:
        raise NotFound
    form, by, at = _form(service, fresh=False), current_user(), clock.now()
    to = url_for(".deliveries", plan_id=plan_id)

    def act() -> str:
        assert form.day.data is not None
        which = form.which.data if "which" in form else ""
        deliveries.deliver(item_id, which, form.day.data, by=by, at=at, key=form.request_key())
        flash(gettext("It is recorded and paid. The citizen can see it."))
        return to

    return attempt(form, act, lambda: _page(plan_id, {item_id: form}), done=lambda _facts: to)


@blueprint.post("/plans/<int(max=2147483647):plan_id>/deliveries/<int(max=2147483647):delivery_id>/take-back")
@readers(RoleKind.CASEWORKER, TieKind.SUPPORT_PERSON, purpose="deliver")
def take_back_delivery(plan_id: int, delivery_id: int) -> ResponseReturnValue:
    """Take back what was recorded by mistake."""
    form, by, at = ActionForm(), current_user(), clock.now()
    to = url_for(".deliveries", plan_id=plan_id)

    def act() -> str:
        deliveries.take_back(delivery_id, by=by, at=at, key=form.request_key())
        flash(gettext("It is taken back, and the money is set aside again."))
        return to

    return attempt(form, act, lambda: _page(plan_id, refused=form), done=lambda _facts: to)


def _found(plan_id: int) -> Delivering:
    found = queries.delivering(plan_id, current_user(), clock.today())
    if found is None:
        raise NotFound
    return found


def _page(plan_id: int, typed: Mapping[int, DeliveryForm] | None = None, refused: ActionForm | None = None) -> str:
    found, by = _found(plan_id), current_user()
    shows([found.citizen_id])
    forms = {service.item: _form(service) for service in found.services if service.open} | dict(typed or {})
    works_here = by.has(RoleKind.CASEWORKER)
    return render_template(
        "caseworker/deliveries.html",
        found=found,
        forms_of=forms,
        refused=refused or next(iter((typed or {}).values()), None),
        recorded=queries.recorded(plan_id, wanted_page()),
        objections=objections.listed(by, 1, plan_id).rows if works_here else (),
        works_here=works_here,
        button=lambda: ActionForm(formdata=None),
        title_of=title_of,
        part_name=part_name,
        session=DeliveryPart.SESSION,
    )


def _form(service: Service, *, fresh: bool = True) -> DeliveryForm:
    """Make the form of one service; its fields carry the item, because a page has several."""
    today = clock.today()
    first = service.due[0].period.last_day if service.due else service.period.last_day
    more = {"formdata": None, "day": min(today, first)} if fresh else {}
    form = DeliveryForm(prefix=f"service{service.item}", **more)
    if service.way is DeliveryPart.SESSION:
        del form.which
    else:
        form.which.choices = [SelectChoice(part.which, _choice(service, part.which)) for part in service.due]
    return form


def _choice(service: Service, which: str) -> str:
    part = next(part for part in service.due if part.which == which)
    if part.part is DeliveryPart.MONTH:
        return gettext("%(part)s, %(amount)s", part=month(which), amount=kr(part.amount))
    return gettext(
        "phase %(number)s, %(first)s to %(last)s, %(amount)s",
        number=which,
        first=day(part.period.first_day),
        last=day(part.period.last_day),
        amount=kr(part.amount),
    )


def title_of(package_id: str | None, title: str | None) -> str:
    """Name a line by its package in the language that is spoken, else by its own title."""
    package = offers.catalogue().get(package_id) if package_id else None
    return words(package.name) if package else (title or package_id or "")
