"""The form of a try: the whole mix stands in its fields, so that nothing has to be remembered between two pages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext, lazy_pgettext
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from planner import clock
from planner.domain.money import LARGEST_OERE, ZERO, Money
from planner.domain.package import Rung
from planner.domain.private_code import LONGEST
from planner.domain.private_mix import LONGEST_TITLE, MOST_THINGS, MOST_WEEKS, Thing
from planner.web import packages as telling
from planner.web.forms import ActionForm, DayField, MoneyField, required, text_optional

MOST_MINUTES = 7 * 24 * 60
_FARTHEST = timedelta(days=3 * 366)
_LONGEST_DO = 120

_WEEKS = lazy_gettext("Write the weeks as a whole number, from 1 to 104.")
_HOURS = lazy_gettext("Write the hours as a whole number, from 0 to 168.")
_WHOLE = re.compile(r"[0-9]{1,12}", re.ASCII)


class WholeField(IntegerField):
    """A whole number between two ends; one sentence says what it should be, whatever is wrong with it."""

    data: Any

    def __init__(self, *more: Any, ends: tuple[int, int], sentence: Any = "", **named: Any) -> None:  # noqa: ANN401 - WTForms' own arguments
        super().__init__(*more, **named)
        self.ends, self.sentence = ends, sentence

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, typed = None, valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        if not _WHOLE.fullmatch(typed) or not self.ends[0] <= int(typed) <= self.ends[1]:
            raise ValueError(self.sentence)
        self.data = int(typed)


def cleaned(text: str | None) -> str:
    """Take out what no database can keep: NUL and halves of letters; and the blanks around it."""
    return (text or "").encode(errors="ignore").decode().replace("\0", "").strip()


class NearDay:
    """Validate that a day lies within a few years of today, so that every day of the mix can be reckoned with."""

    def __call__(self, _form: Form, field: DayField) -> None:
        if isinstance(field.data, date) and abs(field.data - clock.today()) > _FARTHEST:
            raise ValidationError(lazy_gettext("Choose a day within the next three years."))


class ThingForm(Form):
    """One thing of the mix; what is not to be typed stands in hidden fields."""

    package = HiddenField(validators=[Optional(), Length(max=80)])
    title = HiddenField(validators=[Optional(), Length(max=LONGEST_TITLE)], filters=[cleaned])
    oere = WholeField(default=0, ends=(0, LARGEST_OERE), validators=[InputRequired()])
    monthly = HiddenField(validators=[Optional(), AnyOf(["1"])])
    minutes = WholeField(default=0, ends=(0, MOST_MINUTES), validators=[InputRequired()])
    rung = HiddenField(default=Rung.SELF.value, validators=[AnyOf([rung.value for rung in Rung])])
    first_day = DayField(lazy_gettext("Starts"), [required(), NearDay()])
    weeks = WholeField(lazy_gettext("Weeks"), [InputRequired(_WEEKS)], ends=(1, MOST_WEEKS), sentence=_WEEKS)

    def thing(self) -> Thing:
        """Hand out the thing that was meant; a package needs no words."""
        own = not self.package.data
        assert self.first_day.data is not None
        return Thing(
            package_id=self.package.data or "",
            title=self.title.data if own else "",
            amount=Money(self.oere.data) if own else ZERO,
            monthly=own and self.monthly.data == "1",
            minutes=self.minutes.data if own else 0,
            rung=Rung(self.rung.data),
            first_day=self.first_day.data,
            weeks=self.weeks.data,
        )


class TryForm(ActionForm):
    """The mix, what is looked for, one thing in own words to add, and what is to be done."""

    lines = FieldList(FormField(ThingForm), max_entries=MOST_THINGS)
    words = StringField()
    wish = StringField()
    rung = StringField()
    price = StringField()
    weeks = StringField()
    answer = StringField()
    anonymous = StringField()
    own_title = StringField(lazy_gettext("What is it?"), text_optional(LONGEST_TITLE), filters=[cleaned])
    own_amount = MoneyField(lazy_gettext("What does it cost?"))
    own_monthly = BooleanField(lazy_gettext("It is paid every month."))
    own_hours = WholeField(lazy_pgettext("try", "Hours a week"), [Optional()], ends=(0, 168), sentence=_HOURS)
    own_rung = SelectField(lazy_gettext("Where does it come from?"), default=Rung.NETWORK.value)
    own_weeks = WholeField(
        lazy_pgettext("try", "For how many weeks?"), [Optional()], ends=(1, MOST_WEEKS), sentence=_WEEKS
    )
    code = HiddenField(validators=[Optional(), Length(max=LONGEST)])
    do = StringField(validators=[Optional(), Length(max=_LONGEST_DO)])

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - WTForms' own arguments
        super().__init__(**more)
        self.own_rung.choices = [SelectChoice(rung.value, str(name)) for rung, name in telling.RUNGS.items()]

    def things(self) -> list[Thing]:
        """Hand out the mix that was meant; what has neither a package nor words is nothing."""
        found = (entry.form.thing() for entry in self.lines)
        return [thing for thing in found if thing.package_id or thing.title]

    def own_thing(self) -> Thing | None:
        """Hand out the thing in own words; nothing when there are none, which is said beside the field."""
        title = self.own_title.data
        if not title:
            self.own_title.errors = [lazy_gettext("Write something here.")]
            return None
        return Thing(
            title=title,
            amount=self.own_amount.data or ZERO,
            monthly=self.own_monthly.data,
            minutes=60 * (self.own_hours.data or 0),
            rung=Rung(self.own_rung.data),
            first_day=clock.today(),
            weeks=self.own_weeks.data or 1,
        )

    def problems(self) -> list[tuple[str, str]]:
        """List (field id, sentence) of everything that could not be read, line by line."""
        return [*self._problems_of_lines(), *(one for one in super().problems() if one[0] != self.lines.id)]

    def _problems_of_lines(self) -> Iterator[tuple[str, str]]:
        for entry in self.lines:
            for field in entry.form:
                yield from ((field.id, f"{field.label.text}: {error}") for error in field.errors)


def filled(form: TryForm, things: Sequence[Thing]) -> TryForm:
    """Fill a fresh form with a mix; what is looked for, the code and the key stay."""
    kept = {name: form[name].data for name in ("words", "wish", "rung", "price", "weeks", "answer", "anonymous")}
    said = {"key": form.key.data, "code": form.code.data, **kept}
    return TryForm(formdata=None, data={**said, "lines": [_said(thing) for thing in things]})


def _said(thing: Thing) -> dict[str, object]:
    return {
        "package": thing.package_id,
        "title": thing.title,
        "oere": thing.amount.oere,
        "monthly": "1" if thing.monthly else "",
        "minutes": thing.minutes,
        "rung": thing.rung.value,
        "first_day": thing.first_day,
        "weeks": thing.weeks,
    }
