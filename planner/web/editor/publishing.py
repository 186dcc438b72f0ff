"""Publishing a draft and withdrawing a package: what changes and who is affected stand before the button."""

from dataclasses import dataclass
from datetime import date

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from packages_catalog.faults import CatalogueFaults
from packages_catalog.fitting import fitted
from packages_catalog.shape import dump
from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.money import Money
from planner.domain.package import Package
from planner.domain.people import RoleKind
from planner.queries import offers
from planner.queries.affected import affected
from planner.queries.editing import Draft
from planner.queries.packages import Place, home_region, offer
from planner.usecases import packages
from planner.web.actions import attempt
from planner.web.editor import blueprint
from planner.web.editor.boxes import problems
from planner.web.editor.differences import changes
from planner.web.editor.drafts import ADDRESS, draft_of
from planner.web.editor.package import PACKAGE, LockForm, published
from planner.web.filters import day
from planner.web.forms import ActionForm, DayField, required
from planner.web.public.catalogue import page as public_page


class WithdrawForm(ActionForm):
    """The day from which nobody can choose the package."""

    day = DayField(lazy_gettext("Nobody can choose it from"), [required()])


@dataclass(frozen=True, slots=True)
class Prices:
    """What the whole course costs today: as it is published, and as the draft says; nothing without a price."""

    before: Money | None
    after: Money | None


@blueprint.get(f"{ADDRESS}/preview")
@readers(RoleKind.CATALOGUE_EDITOR)
def preview(package_id: str) -> ResponseReturnValue:
    """Show the draft as citizens would see it; with faults it has no page yet."""
    found = draft_of(package_id)
    try:
        package = fitted(found.content, offers.written())
    except CatalogueFaults as refused:
        return render_template("editor/faulty.html", draft=found, problems=problems(refused.faults))
    return public_page(package, preview=True)


@blueprint.get(f"{ADDRESS}/difference")
@readers(RoleKind.CATALOGUE_EDITOR)
def difference(package_id: str) -> str:
    """Show what publishing would change, in prices and key by key."""
    found = draft_of(package_id)
    return _difference(found, LockForm(formdata=None, lock=found.lock_version))


@blueprint.post(f"{ADDRESS}/publication")
@readers(RoleKind.CATALOGUE_EDITOR)
def publish(package_id: str) -> ResponseReturnValue:
    """Make the draft a version that never changes."""
    form, by, at = LockForm(), current_user(), clock.now()
    to = url_for(".package", package_id=package_id)

    def act() -> str:
        others = offers.written()
        packages.publish_draft(package_id, form.lock.data, others, by=by, at=at, key=form.request_key())
        flash(gettext("The package is published. Everybody can choose it now."))
        return to

    return attempt(form, act, lambda: _difference(draft_of(package_id), form), done=lambda _facts: to)


@blueprint.get(f"{PACKAGE}/withdrawal")
@readers(RoleKind.CATALOGUE_EDITOR)
def withdrawal(package_id: str) -> str:
    """Show who has the package, and ask for the day."""
    return _withdrawal(_local(package_id), WithdrawForm(formdata=None, day=clock.today()))


@blueprint.post(f"{PACKAGE}/withdrawal")
@readers(RoleKind.CATALOGUE_EDITOR)
def withdraw(package_id: str) -> ResponseReturnValue:
    """Let nobody choose the package from a day on."""
    found, form, by, at = _local(package_id), WithdrawForm(), current_user(), clock.now()
    to = url_for(".package", package_id=package_id)

    def act() -> str:
        on = _chosen(form)
        packages.withdraw(package_id, on, by=by, at=at, key=form.request_key())
        flash(gettext("Nobody can choose the package from %(day)s on. Plans that have it keep it.", day=day(on)))
        return to

    return attempt(form, act, lambda: _withdrawal(found, form), done=lambda _facts: to)


@blueprint.post(f"{PACKAGE}/offer")
@readers(RoleKind.CATALOGUE_EDITOR)
def offer_again(package_id: str) -> ResponseReturnValue:
    """Offer a withdrawn package again, as it was published last."""
    found, form, by, at = _local(package_id), ActionForm(), current_user(), clock.now()
    to = url_for(".package", package_id=package_id)

    def act() -> str:
        packages.offer_again(package_id, by=by, at=at, key=form.request_key())
        flash(gettext("The package is offered again."))
        return to

    return attempt(form, act, lambda: _withdrawal(found, WithdrawForm(formdata=None)), done=lambda _facts: to)


def _chosen(form: WithdrawForm) -> date:
    """Give the day that the form holds once it is valid."""
    assert isinstance(form.day.data, date)
    return form.day.data


def _local(package_id: str) -> Package:
    """Find a package of the house; those of the files are withdrawn by their files. Raises ``NotFound``."""
    if package_id not in offers.local():
        raise NotFound
    return published(package_id)


def _difference(found: Draft, form: LockForm) -> str:
    before = dump(found.published) if found.published else {}
    before.pop("withdrawn_on", None)
    try:
        package, faults = fitted(found.content, offers.written()), []
    except CatalogueFaults as refused:
        package, faults = None, problems(refused.faults)
    return render_template(
        "editor/difference.html",
        draft=found,
        form=form,
        problems=faults,
        changes=changes(before, found.content),
        prices=Prices(_price(found.published), _price(package)),
        affected=affected(found.package_id, clock.today()),
    )


def _price(package: Package | None) -> Money | None:
    return offer(package, clock.today(), Place(region=home_region())).cost if package else None


def _withdrawal(found: Package, form: WithdrawForm) -> str:
    return render_template(
        "editor/withdrawal.html", package=found, form=form, affected=affected(found.id, clock.today())
    )
