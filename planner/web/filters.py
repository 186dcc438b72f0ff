"""How money, days, moments and hours look to a person; templates compute nothing."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import gettext, ngettext

from planner import clock
from planner.domain.money import Money
from planner.domain.package import Words
from planner.domain.period import first_day_of
from planner.web.language import spoken

_HALF = Decimal("0.5")


def install(app: Flask) -> None:
    """Make the filters known to templates, with strict undefined names."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - needed here only

    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for filter_ in (kr, kr_exact, figure, day, short_day, weekday, moment, clock_time, month, hours, words, weeks, pct):
        app.jinja_env.filters[filter_.__name__] = filter_


def kr(amount: Money) -> str:
    """Show an amount for reading: ``1.234 kr.``, with øre only where there are any."""
    return _kroner(amount, "#,##0" if amount.oere % 100 == 0 else "#,##0.00")


def kr_exact(amount: Money) -> str:
    """Show an amount to the øre: ``1.234,50 kr.``."""
    return _kroner(amount, "#,##0.00")


def figure(amount: Money) -> str:
    """Show the bare number to the øre, for a column whose head names the unit and for input fields."""
    return str(format_decimal(Decimal(amount.oere).scaleb(-2), "#,##0.00", locale=spoken()))


def _kroner(amount: Money, pattern: str) -> str:
    number = format_decimal(Decimal(amount.oere).scaleb(-2), pattern, locale=spoken()).replace("-", "−")
    return f"DKK\u00a0{number}" if spoken() == "en" else f"{number}\u00a0kr."


def day(value: date) -> str:
    """Show a day in running text: ``12. maj``, with the year when it is not this one."""
    same_year = value.year == clock.today().year
    if spoken() == "en":
        return str(format_date(value, "d MMMM" if same_year else "d MMMM y", locale="en"))
    return str(format_date(value, "d. MMMM" if same_year else "d. MMMM y", locale="da")).replace(". ", ".\u00a0", 1)


def short_day(value: date) -> str:
    """Show a day in a table: ``12.05.2026``."""
    return value.strftime("%d/%m/%Y") if spoken() == "en" else value.strftime("%d.%m.%Y")


def weekday(value: date) -> str:
    """Show a day with its weekday: ``tirsdag den 12. maj``."""
    name = format_date(value, "EEEE", locale=spoken())
    return f"{name} {day(value)}" if spoken() == "en" else f"{name} den {day(value)}"


def moment(value: datetime) -> str:
    """Show a moment on Danish clocks: ``12. maj kl. 9.14``."""
    local = clock.local(value)
    return gettext("%(day)s at %(time)s", day=day(local.date()), time=clock_time(value))


def clock_time(value: datetime) -> str:
    """Show the time of day on Danish clocks: ``9.14``."""
    local = clock.local(value)
    return str(format_time(local, "H:mm" if spoken() == "en" else "H.mm", locale=spoken()))


def month(value: str) -> str:
    """Show a month named ``YYYY-MM``: ``maj 2026``."""
    return str(format_date(first_day_of(value), "MMMM y", locale=spoken()))


def hours(minutes: int) -> str:
    """Show a length of time in hours, to the quarter: ``2½ timer``."""
    quarters = round(minutes / 15)
    whole, rest = divmod(quarters, 4)
    part = ("", "¼", "½", "¾")[rest]
    shown = f"{whole or ''}{part}" or "0"
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if quarters <= 4 else 2, hours=shown)  # noqa: PLR2004


def weeks(count: int) -> str:
    """Show a number of weeks."""
    return ngettext("%(num)s week", "%(num)s weeks", count)


def words(value: Words) -> str:
    """Show words in the language that is spoken."""
    return value[spoken()]


def pct(number: float) -> str:
    """Write a share for a chart's attribute: two decimals, a point and ``%``."""
    return f"{number:.2f}%"
