"""Price lists: choose a file and how it is read, look at what it would change, and take it in."""

import hashlib
from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import InputRequired, ValidationError

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import Conflict
from planner.domain.people import RoleKind
from planner.domain.price_fault import MOST_SHOWN, PriceFault, PriceListFaults
from planner.domain.price_mapping import ColumnMapping
from planner.exchange import price_lists as lists
from planner.exchange import price_mapping
from planner.exchange.price_lists import PriceList
from planner.exchange.price_tables import LARGEST_FILE
from planner.queries import price_lists as queries
from planner.queries.price_lists import PutAside
from planner.usecases import price_lists as taking
from planner.usecases.publishing import Published
from planner.web.actions import attempt
from planner.web.editor import blueprint
from planner.web.forms import ActionForm, required
from planner.web.paging import wanted_page
from planner.web.price_words import sentence

LONGEST_FILE_NAME = 120
EXAMPLES = 20
_FORM_AROUND_A_FILE = 64 * 1024


class ListForm(ActionForm):
    """A price list: the file, and the mapping it is read by."""

    mapping = SelectField(lazy_gettext("How it is read"), [required()])
    file = FileField(lazy_gettext("The list"))

    def offer(self) -> "ListForm":
        """Fill the choices with the mappings that are saved."""
        self.mapping.choices = [SelectChoice(str(each.id), each.name) for each in queries.mappings()]
        return self

    def validate_file(self, field: FileField) -> None:
        """Ask for a file; one that is empty is looked at like any other."""
        if not field.data or not field.data.filename:
            raise ValidationError(gettext("Choose the file with the list."))


class TakeForm(ActionForm):
    """The list that was looked at, by its digest."""

    digest = HiddenField(validators=[InputRequired()])


@blueprint.url_value_preprocessor
def _let_a_file_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let one address take more than a form: the guard has not looked yet, but nothing is read before it has."""
    if endpoint == "editor.look_at_price_list":
        request.max_content_length = LARGEST_FILE + _FORM_AROUND_A_FILE


@blueprint.get("/prices")
@readers(RoleKind.CATALOGUE_EDITOR)
def price_lists() -> str:
    """Ask for a list, and show the mappings and what was taken in before."""
    return _page(ListForm(formdata=None).offer(), ())


@blueprint.post("/prices")
@readers(RoleKind.CATALOGUE_EDITOR)
def look_at_price_list() -> ResponseReturnValue:
    """Read a list; without a fault it is put aside, and what it would change is shown."""
    form, by, at = ListForm().offer(), current_user(), clock.now()
    faults: list[PriceFault] = []

    def act() -> str:
        content = form.file.data.stream.read(LARGEST_FILE + 1)
        saved = queries.mapping(int(form.mapping.data))
        if saved is None:
            raise Conflict
        try:
            lists.read(BytesIO(content), price_mapping.read(saved.toml))
        except PriceListFaults as refused:
            faults.extend(refused.faults)
            raise
        name = form.file.data.filename[-LONGEST_FILE_NAME:]
        taking.put_aside(content, name, hashlib.sha256(content).hexdigest(), saved.name, by=by, at=at)
        return url_for(".price_list")

    return attempt(form, act, lambda: _page(form, faults), done=lambda _facts: url_for(".price_list"))


@blueprint.get("/prices/list")
@readers(RoleKind.CATALOGUE_EDITOR)
def price_list() -> ResponseReturnValue:
    """Show what the list that was put aside would change."""
    aside = queries.put_aside(current_user().id)
    if aside is None:
        return redirect(url_for(".price_lists"))
    return _look(aside, TakeForm(formdata=None, digest=aside.file_digest))


@blueprint.post("/prices/list")
@readers(RoleKind.CATALOGUE_EDITOR)
def take_price_list() -> ResponseReturnValue:
    """Take the list in that was looked at: all of it."""
    form, by, at = TakeForm(), current_user(), clock.now()
    aside = queries.put_aside(by.id)
    to = url_for(".price_lists")

    def act() -> str:
        if aside is None or aside.file_digest != form.digest.data:
            raise Conflict
        mapping, found = _read(aside)
        offered = taking.Offered(listed=found.listed, known=mapping.known, prefix=mapping.prefix)
        source = taking.Source(
            file_name=aside.file_name, file_digest=aside.file_digest, mapping=aside.mapping, rows=found.rows
        )
        _say(taking.take_in(offered, source, by=by, at=at, key=form.request_key()))
        return to

    return attempt(form, act, lambda: _again(aside, form), done=lambda _facts: to)


def _say(published: Published) -> None:
    if published.added or published.changed:
        flash(
            gettext(
                "The list is taken in: %(added)s new, %(changed)s changed, %(same)s as before.",
                added=published.added,
                changed=published.changed,
                same=published.same,
            )
        )
    else:
        flash(gettext("The list says what is published already. Nothing was changed."))


def _read(aside: PutAside) -> tuple[ColumnMapping, PriceList]:
    saved = queries.mapping_named(aside.mapping)
    if saved is None:
        raise Conflict
    mapping = price_mapping.read(saved.toml)
    return mapping, lists.read(BytesIO(aside.content), mapping)


def _again(aside: PutAside | None, form: TakeForm) -> str:
    """Show the list that is put aside now, with what was refused; without one, ask for a list."""
    if aside is not None:
        return _look(aside, form)
    fresh = ListForm(formdata=None).offer()
    fresh.refuse(form.refusal)
    return _page(fresh, ())


def _look(aside: PutAside, form: TakeForm) -> str:
    mapping, found = _read(aside)
    seen = queries.compare(found.listed, mapping.known, mapping.prefix)
    return render_template(
        "editor/price_list.html", aside=aside, found=found, seen=seen, form=form, most=EXAMPLES, steps=_changed_steps
    )


def _changed_steps(change: queries.Change) -> list[Any]:
    """List the usual price steps of a package that a list adds or changes."""
    known = set(change.before.tariffs_of(""))
    return [step for step in change.after.tariffs_of("") if step not in known]


def _page(form: ListForm, faults: Any) -> str:  # noqa: ANN401 - a list that is filled while the form is carried out
    shown = [(fault, sentence(fault)) for fault in faults[:MOST_SHOWN]]
    return render_template(
        "editor/price_lists.html",
        form=form,
        faults=shown,
        fault_count=len(faults),
        mappings=queries.mappings(),
        imports=queries.imports(wanted_page()),
        megabytes=LARGEST_FILE // 1024 // 1024,
        heading=ngettext("%(num)s fault in the list", "%(num)s faults in the list", len(faults)),
    )
