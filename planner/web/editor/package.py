"""One package for its editors: where it stands, its versions, what changed between them, and a draft to begin."""

import re
from unicodedata import normalize

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Regexp
from wtforms.widgets import HiddenInput

from packages_catalog.shape import dump
from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.package import Package
from planner.domain.people import RoleKind
from planner.queries import editing, offers
from planner.queries.affected import affected
from planner.usecases import packages
from planner.web.actions import attempt
from planner.web.editor import blueprint
from planner.web.editor.differences import changes
from planner.web.forms import ActionForm, text_optional, text_required

LONGEST_ID, LONGEST_NAME = 100, 120
PACKAGE = "/packages/<package_id>"
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class NewPackage(ActionForm):
    """A package to begin: its name, the id it keeps, and the package it is to be like."""

    called = StringField(lazy_gettext("Name"), text_required(LONGEST_NAME))
    ident = StringField(
        lazy_gettext("Id"),
        [
            *text_optional(LONGEST_ID),
            Regexp(
                r"[a-z0-9]{1,40}(-[a-z0-9]{1,40}){0,5}\Z",
                message=lazy_gettext("An id has small letters, digits and single hyphens."),
            ),
        ],
    )
    like = StringField(lazy_gettext("Begin as a copy of"), text_optional(LONGEST_ID))


class LockForm(ActionForm):
    """A button that acts on a draft as it was when the page was opened."""

    lock = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


def published(package_id: str) -> Package:
    """Find any package by its id, of the house or of the files. Raises ``NotFound``."""
    found = offers.written().get(package_id)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/packages/new")
@readers(RoleKind.CATALOGUE_EDITOR)
def new() -> str:
    """Ask for the name of a new package."""
    like = offers.written().get(request.args.get("like", ""))
    return _new_page(NewPackage(formdata=None, like=like.id if like else ""))


@blueprint.post("/packages")
@readers(RoleKind.CATALOGUE_EDITOR)
def create() -> ResponseReturnValue:
    """Begin a draft, empty or as a copy."""
    form, by, at = NewPackage(), current_user(), clock.now()
    ident = form.ident.data or identifier(form.called.data or "")
    to = url_for(".draft", package_id=ident or "-")

    def act() -> str:
        content = _copied(form.like.data or "") | {"name": {"da": form.called.data}}
        packages.start_draft(ident, content, by=by, at=at, key=form.request_key(), new=True)
        return to

    return attempt(form, act, lambda: _new_page(form), done=lambda _facts: to)


@blueprint.get(PACKAGE)
@readers(RoleKind.CATALOGUE_EDITOR)
def package(package_id: str) -> str:
    """Show where a package stands, who has it, and its versions with what changed from one to the next."""
    found, draft = offers.written().get(package_id), editing.draft(package_id)
    if found is None and draft is None:
        raise NotFound
    return render_template(
        "editor/package.html",
        package=found,
        package_id=package_id,
        local=package_id in offers.local(),
        draft=draft,
        today=clock.today(),
        affected=affected(package_id, clock.today()),
        versions=editing.versions(package_id),
        form=ActionForm(formdata=None),
        drop=LockForm(formdata=None, lock=draft.lock_version if draft else None),
    )


@blueprint.get(f"{PACKAGE}/versions/<digest>")
@readers(RoleKind.CATALOGUE_EDITOR)
def version(package_id: str, digest: str) -> str:
    """Show what a published version changed."""
    found = editing.version(package_id, digest)
    if found is None:
        raise NotFound
    before = dump(found.before) if found.before else {}
    return render_template("editor/version.html", version=found, changes=changes(before, dump(found.package)))


@blueprint.post(f"{PACKAGE}/draft")
@readers(RoleKind.CATALOGUE_EDITOR)
def change(package_id: str) -> ResponseReturnValue:
    """Begin a draft from the published version; one that is there already is gone on with."""
    form, by, at = ActionForm(), current_user(), clock.now()
    content, to = plain(published(package_id)), url_for(".draft", package_id=package_id)

    def act() -> str:
        packages.start_draft(package_id, content, by=by, at=at, key=form.request_key())
        return to

    return attempt(form, act, lambda: package(package_id), done=lambda _facts: to)


@blueprint.post("/drafts/<package_id>/removal")
@readers(RoleKind.CATALOGUE_EDITOR)
def drop(package_id: str) -> ResponseReturnValue:
    """Throw a draft away."""
    form, by, at = LockForm(), current_user(), clock.now()
    to = url_for(".packages")

    def act() -> str:
        packages.drop_draft(package_id, form.lock.data, by=by, at=at, key=form.request_key())
        flash(gettext("The draft is thrown away."))
        return to

    return attempt(form, act, lambda: package(package_id), done=lambda _facts: to)


def identifier(called: str) -> str:
    """Suggest an id for a name: small letters and digits, words with hyphens between them, at most six."""
    plain_letters = normalize("NFKD", called.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "-".join(word[:40] for word in re.findall(r"[a-z0-9]+", plain_letters)[:6])


def plain(found: Package) -> dict[str, object]:
    """Write a package as a draft begins with it: without its id and without the day it was withdrawn."""
    return {key: value for key, value in dump(found).items() if key not in {"id", "withdrawn_on"}}


def _copied(like: str) -> dict[str, object]:
    return plain(published(like)) if like else {}


def _new_page(form: NewPackage) -> str:
    return render_template("editor/new.html", form=form, like=offers.written().get(form.like.data or ""))
