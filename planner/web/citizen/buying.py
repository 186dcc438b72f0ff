"""The forms for using money: a purchase, money back from a shop, taking a mistake back."""

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, Field, HiddenField, SelectField, TextAreaField
from wtforms.validators import Optional

from planner import clock
from planner.domain.ledger import DearerThanSetAside
from planner.domain.money import Money
from planner.domain.purchase import Bought, BoughtBy, Category, PaidWith
from planner.usecases.purchases import LONGEST_NOTE
from planner.web.forms import ActionForm, DayField, MoneyField, required, text_optional
from planner.web.names import buyer_name, category_name, way_name

_LARGEST_ID = 2**31 - 1


class IdField(Field):
    """The id of something on the page. Whether it exists and may be used is for the use case to say."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            self.data = _read_id(valuelist[0])


def _read_id(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:11]) <= _LARGEST_ID:
        return int(text[:11])
    raise ValueError(lazy_gettext("Choose one from the list."))


class CodeField(SelectField):
    """One of an enumeration's codes, under its names."""

    def __init__(
        self, label: str, codes: type[StrEnum], called: Callable[[Any], str], *, empty: str = "", **options: object
    ) -> None:
        super().__init__(label, coerce=lambda code: codes(code) if code else None, **options)
        self._codes, self._called, self._empty = codes, called, empty

    def iter_choices(self) -> Iterator[tuple[str, str, bool, dict[str, str]]]:
        if self._empty:
            yield "", self._empty, self.data is None, {}
        for code in self._codes:
            yield code.value, self._called(code), code is self.data, {}

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = self.coerce(valuelist[0]) if valuelist else None
        except ValueError as fault:
            raise ValueError(lazy_gettext("Choose one from the list.")) from fault

    def pre_validate(self, form: object) -> None:
        """Leave it to the enumeration, which knows its codes."""


class PurchaseForm(ActionForm):
    """What was bought. ``asked`` is the question that was on the page, so that a yes is a yes to that amount."""

    pot = IdField(lazy_gettext("What is it for?"), [required()])
    amount = MoneyField(lazy_gettext("What did it cost?"), [required()])
    occurred_on = DayField(lazy_gettext("Which day did you buy it?"), [required()], default=clock.today)
    words = TextAreaField(lazy_gettext("What was it? (you may leave it empty)"), text_optional(LONGEST_NOTE))
    category = CodeField(
        lazy_gettext("What kind of thing?"),
        Category,
        category_name,
        empty=lazy_gettext("Not chosen"),
        validators=[Optional()],
    )
    paid_with = CodeField(lazy_gettext("How was it paid?"), PaidWith, way_name, default=PaidWith.CARD)
    bought_by = CodeField(lazy_gettext("Who bought it?"), BoughtBy, buyer_name, default=BoughtBy.MYSELF)
    goal = IdField(lazy_gettext("Does it help with something you want?"), [Optional()])
    last = BooleanField(lazy_gettext("It was the last one. What is left becomes free."))
    asked = HiddenField()
    dearer_agreed = BooleanField()
    dearer: DearerThanSetAside | None = None

    def bought(self) -> Bought:
        """Say what was bought as the use case wants to be told."""
        assert self.amount.data
        assert self.occurred_on.data
        return Bought(
            amount=self.amount.data,
            occurred_on=self.occurred_on.data,
            category=self.category.data or Category.OTHER,
            paid_with=self.paid_with.data or PaidWith.CARD,
            bought_by=self.bought_by.data or BoughtBy.MYSELF,
            words=self.words.data or "",
            goal_id=self.goal.data,
        )

    def pot_id(self) -> int:
        """Say what it is bought from."""
        assert self.pot.data
        return int(self.pot.data)

    def agreed(self) -> bool:
        """Tell whether the person said yes to the very purchase that is sent now."""
        return bool(self.dearer_agreed.data) and self.asked.data == self._question()

    def ask(self, dearer: DearerThanSetAside) -> None:
        """Put the question on the page."""
        self.dearer, self.asked.data = dearer, self._question()

    def _question(self) -> str:
        return f"{self.pot.data}:{self.amount.data}"


class RefundForm(ActionForm):
    """Money that came back from a shop."""

    amount = MoneyField(lazy_gettext("How much came back?"), [required()])
    occurred_on = DayField(lazy_gettext("Which day did it come back?"), [required()], default=clock.today)

    def back(self) -> tuple[Money, date]:
        """Say how much came back, and when."""
        assert self.amount.data
        assert self.occurred_on.data
        return self.amount.data, self.occurred_on.data


class TakeBackForm(ActionForm):
    """Nothing but the yes."""
