"""Forms, which answer whether what was typed is readable, keep it, and hand out what was meant."""

import json
import re
from datetime import date
from typing import Any
from uuid import uuid4

from flask import abort, request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp, StopValidation, ValidationError
from wtforms.widgets import TextInput

from planner.access import body_digest
from planner.domain.money import Money, UnreadableAmount, read_danish
from planner.usecases.transaction import Key
from planner.web.filters import typed

KEY_FORM = r"^[0-9a-f-]{36}$"


class ActionForm(FlaskForm):
    """A form that changes something: it carries a key made when it was shown, so that sending twice does it once."""

    key = HiddenField(default=lambda: str(uuid4()), validators=[InputRequired(), Regexp(KEY_FORM)])
    refusal: str = ""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own signature
        """Refuse fields that are not of this form (reliability T14) before reading the others."""
        known = {field.name for field in self} | {field.id for field in self}
        if unknown := {name for name in request.form if name not in known and name.split("-")[0] not in known}:
            abort(400, description=f"unknown field: {min(unknown)[:40]}")
        return bool(super().validate(extra_validators))

    def request_key(self) -> Key:
        """Hand out the idempotency key with a digest of what was sent and to where."""
        body = [
            [name, request.form.getlist(name)] for name in sorted(request.form) if name not in {"key", "csrf_token"}
        ]
        return Key(self.key.data, body_digest(json.dumps([request.path, body], ensure_ascii=False)))

    def refuse(self, sentence: str) -> None:
        """Keep a refusal of the rules, to stand on top of the form; what was typed stays."""
        self.refusal = sentence

    def problems(self) -> list[tuple[str, str]]:
        """List (field id, sentence) of everything that could not be read, for the summary on top."""
        return [(field.id, _about(field, error)) for field in self for error in _flat(field.errors)]


def _about(field: Field, error: object) -> str:
    """Say which field a sentence is about, because the summary stands far from it."""
    label = "" if isinstance(field, HiddenField) else str(field.label.text).partition(" (")[0]
    if not label:
        return str(error)
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"


def _flat(errors: Any) -> list[Any]:  # noqa: ANN401 - nested forms nest their errors
    if isinstance(errors, dict):
        return [error for nested in errors.values() for error in _flat(nested)]
    return [error for entry in errors for error in (_flat(entry) if isinstance(entry, list | dict) else [entry])]


class MoneyField(StringField):
    """An amount in Danish notation; keeps the raw text for showing it again."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw, self.data = (valuelist[0] if valuelist else ""), None
        if not self.raw.strip():
            return
        try:
            self.data = read_danish(self.raw)
        except UnreadableAmount as fault:
            raise ValueError(lazy_gettext("Write the amount as 1.234,50. It must be more than 0 kr.")) from fault

    def _value(self) -> str:
        if getattr(self, "raw", ""):
            return self.raw
        return typed(self.data) if isinstance(self.data, Money) else ""


class DayField(Field):
    """A day as a browser's date field sends it (``2026-05-12``) or as Danes write it (``12.5.2026``)."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw, self.data = (valuelist[0] if valuelist else ""), None
        if self.raw.strip():
            self.data = read_day(self.raw.strip())

    def _value(self) -> str:
        if getattr(self, "raw", ""):
            return self.raw
        return self.data.isoformat() if isinstance(self.data, date) else ""


_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[./-](?P<month>[0-9]{1,2})[./-](?P<year>[0-9]{4})", re.ASCII)


def read_day(text: str) -> date:
    """Read a day as ``2026-05-12`` or ``12.5.2026``. Raises ``ValueError`` with the sentence to show."""
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        pass
    raise ValueError(lazy_gettext("Write the day as 12.05.2026."))


_HOURS = re.compile(r"(?P<whole>[0-9]{1,2})(?P<half>½|[,.]5)?")
_HOUR = 60


class HoursField(StringField):
    """Hours a week, whole or half: ``7``, ``7,5``; hands out minutes."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw, self.data = (valuelist[0] if valuelist else ""), None
        if not self.raw.strip():
            return
        found = _HOURS.fullmatch(self.raw.strip())
        minutes = int(found["whole"]) * _HOUR + (_HOUR // 2 if found["half"] else 0) if found else 0
        if not 0 < minutes <= 7 * 24 * _HOUR:
            raise ValueError(lazy_gettext("Write the hours as 7 or 7,5."))
        self.data = minutes

    def _value(self) -> str:
        if getattr(self, "raw", ""):
            return self.raw
        return f"{self.data / _HOUR:g}".replace(".", ",") if isinstance(self.data, int) else ""


def text_required(most: int) -> list[Any]:
    """Validate a text that must be there, up to so many characters."""
    return [
        InputRequired(lazy_gettext("Write something here.")),
        Length(max=most, message=lazy_gettext("That is too long. At most %(max)d characters fit.")),
    ]


def text_optional(most: int) -> list[Any]:
    """Validate a text that may be empty, up to so many characters."""
    return [Optional(), Length(max=most, message=lazy_gettext("That is too long. At most %(max)d characters fit."))]


class _Required(InputRequired):
    """Something was filled in, and more than blanks: an amount of one space is no amount."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        super().__call__(form, field)
        if field.data is None and not field.errors:
            raise StopValidation(self.message)


def required() -> InputRequired:
    """Validate that something was filled in or chosen."""
    return _Required(lazy_gettext("Fill this in."))


class AtLeast:
    """Validate that a day is not before another field's day."""

    def __init__(self, other: str) -> None:
        self.other = other

    def __call__(self, form: FlaskForm, field: Field) -> None:
        first = form[self.other].data
        if isinstance(first, date) and isinstance(field.data, date) and field.data < first:
            raise ValidationError(lazy_gettext("The last day must not be before the first."))
