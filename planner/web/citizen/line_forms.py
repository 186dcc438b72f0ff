"""The forms of one line: its days, what a free line is, and what a line is for."""

from collections.abc import Mapping
from typing import Any, Self

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional, Regexp

from planner.domain.money import ZERO, Money
from planner.domain.package import LineKind, Rung
from planner.domain.period import Period
from planner.domain.purchase import Category
from planner.queries.mix import Choice
from planner.usecases import composing
from planner.usecases.composing import Aim
from planner.web.forms import ActionForm, AtLeast, DayField, HoursField, MoneyField, required, text_required
from planner.web.names import category_name
from planner.web.packages import RUNGS

BECAUSE = "because"


class Stamped(ActionForm):
    """A form about a line as the page showed it, so that two windows never overwrite each other."""

    stamp = HiddenField(validators=[Optional(), Regexp(r"^[0-9a-f]{16}$")])


class DaysForm(Stamped):
    """The days of a line."""

    first_day = DayField(lazy_gettext("First day"), [required()])
    last_day = DayField(lazy_gettext("Last day"), [required(), AtLeast("first_day")])

    @property
    def period(self) -> Period:
        """The days that were meant."""
        first, last = self.first_day.data, self.last_day.data
        assert first is not None
        assert last is not None
        return Period(first, last)


class AimForm(Stamped):
    """What a line is for: some of the goals, or just because."""

    aims = SelectMultipleField(lazy_gettext("What is it good for?"))

    @classmethod
    def of(cls, choice: Choice, goals: Mapping[int, str]) -> Self:
        """Fill in what a line is for now."""
        chosen = [BECAUSE] if choice.because else [str(goal) for goal in choice.goals]
        return cls(formdata=None, aims=chosen).offer(goals)

    def offer(self, goals: Mapping[int, str]) -> Self:
        """Fill the choices: each goal in its own words, and the way out."""
        self.aims.choices = aim_choices(goals)
        return self

    @property
    def aim(self) -> Aim:
        """Hand out what was meant; a goal says more than just because."""
        return _aim(self.aims.data or [])


class OwnForm(DaysForm):
    """A free line in the citizen's own words that costs nobody anything."""

    title = StringField(lazy_gettext("What is it?"), text_required(composing.LONGEST_TITLE))
    rung = SelectField(lazy_gettext("Where is it from?"))
    hours = HoursField(lazy_gettext("Hours a week, about"), [Optional()])
    aims = SelectMultipleField(lazy_gettext("What is it good for?"), validate_choice=True)

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - WTForms' own arguments
        super().__init__(**more)
        rungs = [SelectChoice(rung.value, str(name)) for rung, name in RUNGS.items()]
        self.rung.choices = [SelectChoice("", gettext("I do not know")), *rungs]
        if self.rung.data is None:
            self.rung.data = ""

    def offer(self, goals: Mapping[int, str]) -> Self:
        """Fill in the goals that a new line can be for."""
        self.aims.choices = aim_choices(goals)
        return self

    def line(self) -> composing.OwnLine:
        """Hand out the line that was meant."""
        return composing.OwnLine(
            title=self.title.data,
            amount=self.price,
            monthly=self.monthly_paid,
            category=self.kind_of_thing,
            period=self.period,
            rung=Rung(self.rung.data) if self.rung.data else None,
            minutes=self.hours.data or 0,
            aim=_aim(self.aims.data or []),
        )

    @property
    def price(self) -> Money:
        """What it costs."""
        return ZERO

    @property
    def monthly_paid(self) -> bool:
        """Tell whether it is paid every month."""
        return False

    @property
    def kind_of_thing(self) -> Category:
        """What the money goes to."""
        return Category.OTHER


class PaidForm(OwnForm):
    """A free line that the citizen pays for."""

    amount = MoneyField(lazy_gettext("What does it cost?"), [required()])
    monthly = RadioField(
        lazy_gettext("How often is it paid?"),
        choices=[
            SelectChoice("once", lazy_pgettext("plan", "Once")),
            SelectChoice("monthly", lazy_pgettext("plan", "Every month")),
        ],
        default="once",
    )
    category = SelectField(lazy_gettext("What kind of thing is it?"), [required()])

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - WTForms' own arguments
        super().__init__(**more)
        self.category.choices = [SelectChoice(one.value, category_name(one)) for one in Category]

    @property
    def price(self) -> Money:
        """What it costs."""
        assert self.amount.data is not None
        amount: Money = self.amount.data
        return amount

    @property
    def monthly_paid(self) -> bool:
        """Tell whether it is paid every month."""
        return bool(self.monthly.data == "monthly")

    @property
    def kind_of_thing(self) -> Category:
        """What the money goes to."""
        return Category(self.category.data)


def filled(choice: Choice) -> DaysForm:
    """Fill a line's form in as the line stands."""
    days = {"first_day": choice.period.first_day, "last_day": choice.period.last_day}
    if choice.own is None:
        return DaysForm(formdata=None, data=days)
    said = {"title": choice.title.da, "rung": choice.rung.value if choice.rung else ""}
    said_all = {**days, **said, "hours": choice.own.minutes or None}
    if choice.kind is LineKind.CIVIL_FREE:
        return OwnForm(formdata=None, data=said_all)
    often = "monthly" if choice.own.monthly else "once"
    paid = {"amount": choice.own.amount, "category": choice.category.value, "monthly": often}
    return PaidForm(formdata=None, data={**said_all, **paid})


def aim_choices(goals: Mapping[int, str]) -> list[SelectChoice]:
    """Name what a line can be for."""
    own = [SelectChoice(str(goal), said) for goal, said in goals.items()]
    return [*own, SelectChoice(BECAUSE, gettext("Just because I feel like it"))]


def _aim(aims: list[str]) -> Aim:
    goals = frozenset(int(one) for one in aims if one != BECAUSE)
    return Aim(goals, because=BECAUSE in aims and not goals)
