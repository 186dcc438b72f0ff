"""Writing a draft: field by field, kept as it was typed, with every fault beside its field."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from packages_catalog.fitting import faults_of
from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.people import RoleKind
from planner.queries import editing, offers
from planner.queries.editing import Draft
from planner.usecases import packages
from planner.web.actions import attempt
from planner.web.editor import blueprint
from planner.web.editor.boxes import boxes, by_name, problems
from planner.web.editor.differences import changes
from planner.web.editor.form import DraftForm, turned
from planner.web.editor.plain import in_order
from planner.web.editor.sections import PARTS, SECTIONS
from planner.web.filters import clock_time

ADDRESS = "/drafts/<package_id>"
_NEXT = {"preview": "editor.preview", "publish": "editor.difference"}


def draft_of(package_id: str) -> Draft:
    """Find a draft. Raises ``NotFound``."""
    found = editing.draft(package_id)
    if found is None:
        raise NotFound
    return found


@blueprint.get(ADDRESS)
@readers(RoleKind.CATALOGUE_EDITOR)
def draft(package_id: str) -> str:
    """Show a draft as it was typed, and what is wrong with it."""
    found = draft_of(package_id)
    return _page(found, DraftForm(formdata=None, lock=found.lock_version), dict(found.content))


@blueprint.post(ADDRESS)
@readers(RoleKind.CATALOGUE_EDITOR)
def save_draft(package_id: str) -> ResponseReturnValue:
    """Keep what was typed, whatever is wrong with it; then go on where the button says."""
    found, form = editing.draft(package_id), DraftForm()
    before = found.content if found else {}
    typed, place = turned(in_order(PARTS, form.content(), before), form.do.data or "")
    to = url_for(_NEXT.get(form.do.data or "", "editor.draft"), package_id=package_id, _anchor=place or None)

    def act() -> str:
        lock = _lock(form)
        packages.save_draft(package_id, typed, lock, by=current_user(), at=clock.now(), key=form.request_key())
        flash(gettext("Saved at %(time)s.", time=clock_time(clock.now())))
        return to

    return attempt(form, act, lambda: _page(draft_of(package_id), form, typed), done=lambda _facts: to)


def _lock(form: DraftForm) -> int:
    """Tell with which lock to save: the one the page was opened with, or the one somebody saw and goes beyond."""
    act, _, over = (form.do.data or "").partition(".")
    return int(over) if act == "over" and over.isdigit() else int(form.lock.data)


def _page(found: Draft, form: DraftForm, content: dict[str, object]) -> str:
    faults = faults_of({**content, "id": found.package_id}, offers.written())
    named = by_name(faults)
    quicker = form.lock.data is not None and int(form.lock.data) != found.lock_version
    return render_template(
        "editor/draft.html",
        draft=found,
        form=form,
        problems=problems(faults),
        sections=[(section, boxes(section.parts, content, named)) for section in SECTIONS],
        theirs=changes(content, found.content) if quicker else None,
    )
