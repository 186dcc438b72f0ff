"""How amounts and days look: written by hand for speed, and exactly as the general way would write them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.money import Money
from planner.web import filters
from planner.web.language import spoken
from tests.days import MONDAY, on

pytestmark = pytest.mark.only_sqlite


@pytest.fixture(params=["da", "en"])
def language(request: pytest.FixtureRequest, app: Flask):
    with app.test_request_context(), force_locale(request.param):
        yield request.param


def test_every_amount_looks_as_the_general_way_writes_it(language: str) -> None:
    @given(st.integers(-(10**11), 10**11))
    def check(oere: int) -> None:
        expected = format_decimal(Decimal(oere).scaleb(-2), "#,##0.00", locale=language)
        assert filters.figure(Money(oere)) == expected
        assert expected.replace("-", "−") in filters.kr_exact(Money(oere))

    check()


def test_oere_are_shown_only_where_there_are_any(language: str) -> None:
    whole, broken = filters.kr(Money(123_400)), filters.kr(Money(123_450))

    assert whole == {"da": "1.234\u00a0kr.", "en": "DKK\u00a01,234"}[language]
    assert broken == {"da": "1.234,50\u00a0kr.", "en": "DKK\u00a01,234.50"}[language]


def test_running_text_never_promises_more_than_there_is(language: str) -> None:
    assert filters.kr_whole(Money(99_999)) == filters.kr(Money(99_900))


def test_days_look_as_the_general_way_writes_them(language: str) -> None:
    with on(MONDAY):
        for days in range(-400, 400):
            value = MONDAY + timedelta(days)
            year = "" if value.year == MONDAY.year else " y"
            pattern = f"d. MMMM{year}" if language == "da" else f"d MMMM{year}"
            assert filters.day(value).replace("\u00a0", " ") == format_date(value, pattern, locale=language)


@pytest.mark.parametrize(("called", "first"), [("Bo Madsen", "Bo"), ("Bo", "Bo"), (" Anne  Lund", "Anne"), ("", "")])
def test_people_are_greeted_by_their_first_name(called: str, first: str) -> None:
    assert filters.first_name(called) == first


def test_a_language_that_is_forced_for_a_while_counts_for_amounts_too(app: Flask) -> None:
    with app.test_request_context():
        assert spoken() == "da"
        with force_locale("en"):
            assert filters.kr(Money(100)) == "DKK\u00a01"
        assert filters.kr(Money(100)) == "1\u00a0kr."


def test_templates_fill_words_in_without_obeying_them(app: Flask) -> None:
    page = app.jinja_env.from_string(
        '{{ _("%(what)s", what=typed) }} {{ _("Used") }} {{ ngettext("%(num)s week", "%(num)s weeks", 2) }}'
    )

    with app.test_request_context():
        assert page.render(typed="<b>Bo</b>") == "&lt;b&gt;Bo&lt;/b&gt; Brugt 2 uger"
        with force_locale("en"):
            assert page.render(typed="Bo") == "Bo Used 2 weeks"
        assert page.render(typed="Bo") == "Bo Brugt 2 uger"


def test_a_month_on_an_axis_is_short(language: str) -> None:
    assert filters.short_month(date(2026, 5, 1)) == {"da": "maj", "en": "May"}[language]
    assert filters.short_month(date(2026, 10, 1)) == {"da": "okt", "en": "Oct"}[language]
