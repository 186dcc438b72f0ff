"""The form of a draft: every part of a package as one field, and the buttons that add, take out and move rows."""

from collections.abc import Mapping
from copy import deepcopy
from http import HTTPStatus
from typing import Any

from flask import abort
from wtforms import Field, IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput, TextInput

from planner.web.editor.parts import Part, Typed
from planner.web.editor.plain import MOST_ROWS, Fields, gathered
from planner.web.editor.sections import PARTS
from planner.web.forms import ActionForm

_ACTS = frozenset({"add", "remove", "up"})


class PartField(Field):
    """One part of a package; its data is the plain value of everything typed in it."""

    widget = TextInput()

    def __init__(self, part: Part, **more: Any) -> None:  # noqa: ANN401 - what WTForms hands to every field
        super().__init__(label=part.label, **more)
        self.part = part

    def process(self, formdata: Fields | None, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ANN401, ARG002 - WTForms' own signature
        self.process_errors: list[str] = []
        self.errors: list[str] = []
        self.raw_data = None
        self.data = gathered([self.part], formdata).get(self.part.key) if formdata else None


class DraftForm(ActionForm):
    """Everything typed in a draft, the lock it was opened with, and which button was pressed."""

    lock = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=0)])
    do = StringField()

    def content(self) -> dict[str, object]:
        """Hand out what was typed as plain values."""
        return {part.key: self[part.key].data for part in PARTS if self[part.key].data is not None}


for _part in PARTS:
    setattr(DraftForm, _part.key, PartField(_part))


def turned(content: Mapping[str, object], pressed: str) -> tuple[dict[str, object], str]:
    """Add, take out or move a row as the pressed button says; hand out the content and the name of where to go on.

    A button is ``add.phases-0-activities``, ``remove.phases-1`` or ``up.phases-1``; any other changes nothing.
    """
    act, _, name = pressed.partition(".")
    changed = deepcopy(dict(content))
    if act not in _ACTS:
        return changed, ""
    steps = name.split("-")
    if act == "add":
        rows = _rows(changed, steps)
        if len(rows) < MOST_ROWS:
            rows.append({})
        return changed, f"{name}-{len(rows) - 1}"
    rows, number = _rows(changed, steps[:-1]), _number(steps[-1])
    if act == "remove" and number < len(rows):
        del rows[number]
    if act == "up" and 0 < number < len(rows):
        rows[number - 1 : number + 1] = [rows[number], rows[number - 1]]
        return changed, "-".join([*steps[:-1], str(number - 1)])
    return changed, "-".join(steps[:-1])


def _rows(content: dict[str, Any], steps: list[str]) -> list[Any]:
    """Find the list that a name leads to, making what is not there yet; a name that leads nowhere is no button."""
    parts: Mapping[str, Part] = {part.key: part for part in PARTS}
    inside: Any = content
    for place, step in enumerate(steps):
        if step.isdigit():
            inside = inside[int(step)] if int(step) < len(inside) else abort(HTTPStatus.BAD_REQUEST)
            continue
        part = parts.get(step)
        if part is None or part.typed is not Typed.ROWS:
            abort(HTTPStatus.BAD_REQUEST)
        parts = {below.key: below for below in part.parts}
        inside = inside.setdefault(step, [])
        if place == len(steps) - 1:
            found: list[Any] = inside
            return found
    return abort(HTTPStatus.BAD_REQUEST)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else abort(HTTPStatus.BAD_REQUEST)
