"""How price lists are read: mappings, saved under a name and written as TOML."""

from datetime import datetime

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from packages_catalog.faults import CatalogueFaults
from planner import clock
from planner.access import current_user, readers
from planner.config import CHECKOUT
from planner.domain.errors import Conflict, NotFound
from planner.domain.people import RoleKind
from planner.exchange import price_mapping
from planner.queries import price_lists as queries
from planner.queries.price_lists import Mapping
from planner.usecases import price_lists as taking
from planner.web.actions import attempt
from planner.web.editor import blueprint
from planner.web.editor.faults import sentence
from planner.web.forms import ActionForm, text_required

EXAMPLE = CHECKOUT / "packages_catalog" / "mappings" / "example.toml"


class MappingForm(ActionForm):
    """A mapping: its name, its text, and when it was saved as it was seen."""

    name = StringField(lazy_gettext("Name"), text_required(taking.LONGEST_NAME))
    toml = TextAreaField(
        lazy_gettext("The mapping"),
        [
            InputRequired(lazy_gettext("Write something here.")),
            Length(
                max=price_mapping.LONGEST_MAPPING,
                message=lazy_gettext("That is too long. At most %(max)d characters fit."),
            ),
        ],
    )
    seen = HiddenField()

    def before(self, mapping_id: int) -> tuple[int, datetime]:
        """Tell which mapping is changed, and how it was seen. Raises ``Conflict`` for what no page of ours sends."""
        try:
            return mapping_id, datetime.fromisoformat(self.seen.data)
        except ValueError:
            raise Conflict from None


@blueprint.get("/prices/mappings/new")
@readers(RoleKind.CATALOGUE_EDITOR)
def new_price_mapping() -> str:
    """Begin with the example, in which every key has a word about it."""
    return _page(MappingForm(formdata=None, toml=EXAMPLE.read_text("utf-8")), None, [])


@blueprint.post("/prices/mappings/new")
@readers(RoleKind.CATALOGUE_EDITOR)
def add_price_mapping() -> ResponseReturnValue:
    """Save a new mapping."""
    return _save(MappingForm(), None)


@blueprint.get("/prices/mappings/<int(max=9223372036854775807):mapping_id>")
@readers(RoleKind.CATALOGUE_EDITOR)
def price_mapping_page(mapping_id: int) -> str:
    """Show a mapping as it was written."""
    saved = _saved(mapping_id)
    form = MappingForm(formdata=None, name=saved.name, toml=saved.toml, seen=saved.at.isoformat())
    return _page(form, saved, [])


@blueprint.post("/prices/mappings/<int(max=9223372036854775807):mapping_id>")
@readers(RoleKind.CATALOGUE_EDITOR)
def change_price_mapping(mapping_id: int) -> ResponseReturnValue:
    """Save a mapping that was changed."""
    return _save(MappingForm(), _saved(mapping_id))


def _save(form: MappingForm, saved: Mapping | None) -> ResponseReturnValue:
    by, at, to = current_user(), clock.now(), url_for(".price_lists")
    faults: list[tuple[str, str]] = []

    def act() -> str:
        text = form.toml.data.replace("\r\n", "\n")
        try:
            price_mapping.read(text)
        except CatalogueFaults as refused:
            faults.extend((fault.key, sentence(fault.reason)) for fault in refused.faults)
            raise
        before = form.before(saved.id) if saved else None
        taking.save_mapping(form.name.data.strip(), text, before, by=by, at=at, key=form.request_key())
        flash(gettext("It is saved. Choose a list, and see what it would change."))
        return to

    return attempt(form, act, lambda: _page(form, saved, faults), done=lambda _facts: to)


def _saved(mapping_id: int) -> Mapping:
    found = queries.mapping(mapping_id)
    if found is None:
        raise NotFound
    return found


def _page(form: MappingForm, saved: Mapping | None, faults: list[tuple[str, str]]) -> str:
    return render_template("editor/price_mapping.html", form=form, saved=saved, faults=faults)
