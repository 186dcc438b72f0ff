"""The form in which a package is adjusted: one field for each part of it that can be chosen or wished."""

from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from wtforms import Field, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange

from packages_catalog.phases import MOST_RUNS
from packages_catalog.vocabulary import LANGUAGES
from planner.domain.adjustment import Standing, Wanted
from planner.domain.allowed import allowed, options
from planner.domain.bounds import MOST_WEEKS
from planner.domain.choices import NUMBERS, Value, natural, parts
from planner.domain.package import Package
from planner.domain.wish import LONGEST_WORDS, START
from planner.web.adjusting import part_name, value_name
from planner.web.citizen.line_forms import Stamped
from planner.web.forms import DayField, required, text_optional

LOOK = "look"


class ChoicesForm(Stamped):
    """What somebody chooses about a package; the parts are hung in as the package has them."""

    first_day = DayField(lazy_gettext("First day"), [required()])
    words = TextAreaField(lazy_gettext("Why would you like that?"), text_optional(LONGEST_WORDS))
    do = StringField(default="save")

    @property
    def wanted(self) -> Wanted:
        """What was meant."""
        assert self.first_day.data is not None
        values = {part: field.data for part, field in self.parts if field.data not in {"", None}}
        return Wanted(values, self.first_day.data, self.words.data or "")

    @property
    def parts(self) -> list[tuple[str, Field]]:
        """Name the fields by the parts they are about, in the order of the phases."""
        return [(_part(field.name), field) for field in self if _part(field.name).partition(".")[0] in _KNOWN]

    @property
    def looking(self) -> bool:
        """Tell whether somebody only wants to see what it would come to."""
        return bool(self.do.data == LOOK)


_KNOWN = frozenset({*NUMBERS, "variant", "mode", "deliverer", "language", "place"})


def form_for(package: Package, now: Standing, **more: Any) -> ChoicesForm:  # noqa: ANN401 - WTForms' own arguments
    """Make the form of one package, with what can be chosen and what would be a wish marked as one."""
    shown = [part for part in parts(package) if _offered(package, part, now)]
    fields = {_name(part): _field(package, part, now) for part in shown}
    made = cast("type[ChoicesForm]", type("PackageForm", (ChoicesForm,), fields))
    return made(**more)


def filled(package: Package, now: Standing, stamp: str, wish: tuple[str, Value] | None = None) -> ChoicesForm:
    """Make the form as the line stands now, or as it would with one part as it was granted."""
    choices = now.choices if wish is None or wish[0] == START else now.choices.but(*wish)
    first_day = str(wish[1]) if wish is not None and wish[0] == START else now.period.first_day.isoformat()
    form = form_for(package, now, formdata=None, stamp=stamp)
    form.first_day.process_formdata([first_day])
    for part, field in form.parts:
        field.data = choices.values.get(part, natural(package, part))
    return form


def _offered(package: Package, part: str, now: Standing) -> bool:
    """Leave out what cannot be chosen at all; weeks and language can always be wished."""
    name = part.partition(".")[0]
    if name in {"weeks", "language"} or part in now.granted or part in now.choices.values:
        return True
    able = allowed(package, part)
    return bool(able.codes) or able.low < able.high


def _field(package: Package, part: str, now: Standing) -> Field:
    name, label = part.partition(".")[0], part_name(part)
    if name in {"weeks", "runs"}:
        most = MOST_WEEKS if name == "weeks" else MOST_RUNS
        wrong = lazy_gettext("Write a whole number from %(min)s to %(max)s.")
        return IntegerField(label, [required(), NumberRange(1, most, message=wrong)])
    return SelectField(label, choices=_choices(package, part, now), coerce=int if name == "rhythm" else str)


def _choices(package: Package, part: str, now: Standing) -> list[SelectChoice]:
    """List what can be chosen, then what would be a wish, marked in words."""
    able, name = allowed(package, part, now.granted), part.partition(".")[0]
    every = _every(package, name)
    inside = [value for value in every if able.holds(value)]
    plain = [SelectChoice(value, value_name(part, value, package)) for value in inside]
    wishes = [
        SelectChoice(value, gettext("%(choice)s (a wish)", choice=value_name(part, value, package)))
        for value in every
        if value not in inside
    ]
    return [*([] if name == "rhythm" else [SelectChoice("", value_name(part, "", package))]), *plain, *wishes]


def _every(package: Package, name: str) -> tuple[Value, ...]:
    if name == "variant":
        return tuple(variant.code for variant in package.variants)
    return tuple(LANGUAGES) if name == "language" else options(name)


def _name(part: str) -> str:
    return part.replace(".", "_")


def _part(name: str) -> str:
    return name.replace("_", ".") if name.partition("_")[0] in NUMBERS else name
