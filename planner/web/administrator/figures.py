"""Figures of the law and the municipality: what holds, from when, from where, and what is only assumed."""

from datetime import date

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import BooleanField, SelectChoice, SelectField, StringField
from wtforms.validators import Regexp

from planner import clock
from planner.access import current_user, readers
from planner.domain.errors import NotFound
from planner.domain.money import Money
from planner.domain.people import RoleKind
from planner.queries import figures as queries
from planner.queries.figures import Holding, Step
from planner.usecases import figures as use
from planner.web.actions import attempt
from planner.web.administrator import blueprint
from planner.web.filters import kr
from planner.web.forms import ActionForm, DayField, MoneyField, required, text_required
from planner.web.wording import N_

_NAMES = {
    "free_cap": N_("What may be chosen just because one feels like it"),
    "suggestions": N_("Suggestions for a plan are shown"),
    "sel_82b_months": N_("Support under § 82 b lasts at most"),
    "mentor_months": N_("Mentor support lasts at most, before it is renewed"),
}
_FIRST_SOURCES = frozenset(
    {
        N_("Assumed; the municipality decides what may be chosen just because one feels like it"),
        N_("The municipality's own choice"),
        N_("Serviceloven § 82 b: at most six months"),
        N_("Lov om en aktiv beskæftigelsesindsats §§ 167-171: at most six months, renewable"),
    }
)
"""Where the figures come from with which every house starts; what people write themselves is shown as it is."""

_WHOLE = Regexp(r"^[0-9]{1,9}$", message=lazy_gettext("Write a whole number."))


class FigureForm(ActionForm):
    """From when a figure has another value, and where that comes from."""

    first_day = DayField(lazy_gettext("From"), [required()])
    source = StringField(lazy_gettext("Where it comes from"), text_required(use.LONGEST_SOURCE))
    assumed = BooleanField(lazy_gettext("It is assumed"))

    @property
    def number(self) -> int:
        """Hand out the value in the figure's own unit."""
        raise NotImplementedError

    def setting(self) -> use.Setting:
        """Hand out what was meant."""
        assert self.first_day.data is not None
        source, assumed = self.source.data, bool(self.assumed.data)
        return use.Setting(value=self.number, first_day=self.first_day.data, source=source, assumed=assumed)


class AmountForm(FigureForm):
    """A figure in kroner."""

    value = MoneyField(lazy_gettext("New value"), [required()])

    @property
    def number(self) -> int:
        """Hand out øre."""
        assert isinstance(self.value.data, Money)
        return self.value.data.oere


class SwitchForm(FigureForm):
    """A figure that is on or off."""

    value = SelectField(
        lazy_gettext("New value"),
        choices=[SelectChoice("1", lazy_gettext("on")), SelectChoice("0", lazy_gettext("off"))],
    )

    @property
    def number(self) -> int:
        """Hand out 1 or 0."""
        return int(self.value.data)


class CountForm(FigureForm):
    """A figure that counts something."""

    value = StringField(lazy_gettext("New value"), [required(), _WHOLE])

    @property
    def number(self) -> int:
        """Hand out the number."""
        return int(self.value.data)


_FORMS: dict[str, type[FigureForm]] = {"oere": AmountForm, "yes": SwitchForm}


@blueprint.get("/figures")
@readers(RoleKind.ADMINISTRATOR)
def figures() -> str:
    """List every figure with the value of today, and those that come."""
    today = clock.today()
    listed = [(code, _today(steps, today), _coming(steps, today)) for code, steps in queries.history().items()]
    return render_template("administrator/figures.html", listed=listed, name=name, shown=shown, source=source)


@blueprint.get("/figures/<code>")
@readers(RoleKind.ADMINISTRATOR)
def figure(code: str) -> str:
    """Show a figure with all its values, and ask for another."""
    return _page(code)


@blueprint.post("/figures/<code>")
@readers(RoleKind.ADMINISTRATOR)
def change_figure(code: str) -> ResponseReturnValue:
    """Let a figure have another value from a day on."""
    form, by, at = _form(_steps(code)), current_user(), clock.now()
    there = url_for(".figure", code=code)

    def act() -> str:
        use.change(code, form.setting(), by=by, at=at, key=form.request_key())
        flash(gettext("The figure is set."))
        return there

    return attempt(form, act, lambda: _page(code, form), done=lambda _facts: there)


def name(code: str) -> str:
    """Name a figure; one that nobody gave a name is called by its code."""
    return gettext(_NAMES[code]) if code in _NAMES else code


def shown(holding: Holding) -> str:
    """Show a value with its unit."""
    match holding.unit:
        case "oere":
            return kr(Money(holding.value))
        case "yes":
            return gettext("on") if holding.value else gettext("off")
        case "months":
            return ngettext("%(num)s month", "%(num)s months", holding.value)
        case "weeks":
            return ngettext("%(num)s week", "%(num)s weeks", holding.value)
        case "citizens":
            return ngettext("%(num)s citizen", "%(num)s citizens", holding.value)
        case unit:
            return f"{holding.value} {unit}"


def source(holding: Holding) -> str:
    """Say where a figure comes from."""
    return gettext(holding.source) if holding.source in _FIRST_SOURCES else holding.source


def _page(code: str, form: FigureForm | None = None) -> str:
    steps = _steps(code)
    return render_template(
        "administrator/figure.html",
        code=code,
        steps=steps,
        today=_today(steps, clock.today()),
        form=form or _form(steps, filled=True),
        name=name,
        shown=shown,
        source=source,
    )


def _steps(code: str) -> list[Step]:
    found = queries.history().get(code)
    if found is None:
        raise NotFound
    return found


def _form(steps: list[Step], *, filled: bool = False) -> FigureForm:
    form = _FORMS.get(steps[0].holding.unit, CountForm)
    return form(formdata=None, first_day=clock.today()) if filled else form()


def _today(steps: list[Step], today: date) -> Step | None:
    return next((step for step in steps if step.first_day <= today), None)


def _coming(steps: list[Step], today: date) -> list[Step]:
    return [step for step in reversed(steps) if step.first_day > today]
