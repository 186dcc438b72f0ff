"""How money, days, moments and hours look to a person; templates compute nothing."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from flask import Flask
from flask_babel import gettext, ngettext

from planner import clock
from planner.domain.money import Money
from planner.domain.package import Words
from planner.domain.period import first_day_of
from planner.web.language import spoken

_DATES_KEPT = 4096


def install(app: Flask) -> None:
    """Make the filters known to templates, with strict undefined names."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - needed here only

    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for filter_ in (*_OF_MONEY, *_OF_TIME, words, first_name, pct):
        app.jinja_env.filters[filter_.__name__] = filter_


def kr(amount: Money) -> str:
    """Show an amount for reading: ``1.234 kr.``, with øre only where there are any."""
    return _kroner(amount, exact=amount.oere % 100 != 0)


def kr_whole(amount: Money) -> str:
    """Show an amount in running text, without its øre; never more than there is."""
    return _kroner(Money(amount.oere // 100 * 100), exact=False)


def kr_exact(amount: Money) -> str:
    """Show an amount to the øre: ``1.234,50 kr.``."""
    return _kroner(amount, exact=True)


def figure(amount: Money) -> str:
    """Show the bare number to the øre, for a column whose head names the unit."""
    return _number(amount, "-", spoken(), exact=True)


def typed(amount: Money) -> str:
    """Write an amount the way forms read it: in Danish notation, whatever language the page speaks."""
    return _number(amount, "-", "da", exact=True).removesuffix(",00")


def _kroner(amount: Money, *, exact: bool) -> str:
    language = spoken()
    number = _number(amount, "−", language, exact=exact)
    return f"DKK\u00a0{number}" if language == "en" else f"{number}\u00a0kr."


def _number(amount: Money, minus: str, language: str, *, exact: bool) -> str:
    """Write a number by hand: a page shows dozens, and the general way through a pattern costs ten times as much."""
    kroner, oere = divmod(abs(amount.oere), 100)
    number = f"{kroner:,}.{oere:02d}" if exact else f"{kroner:,}"
    sign = minus if amount.oere < 0 else ""
    return sign + (number if language == "en" else number.translate(_DANISH_MARKS))


_DANISH_MARKS = str.maketrans(",.", ".,")


def day(value: date) -> str:
    """Show a day in running text: ``12. maj``, with the year when it is not this one."""
    pattern = "d MMMM" if value.year == clock.today().year else "d MMMM y"
    if spoken() == "en":
        return _date(value, pattern, "en")
    return _date(value, pattern.replace("d ", "d. "), "da").replace(". ", ".\u00a0", 1)


@lru_cache(maxsize=_DATES_KEPT)
def _date(value: date, pattern: str, language: str) -> str:
    return str(format_date(value, pattern, locale=language))


def short_day(value: date) -> str:
    """Show a day in a table: ``12.05.2026``."""
    return value.strftime("%d/%m/%Y") if spoken() == "en" else value.strftime("%d.%m.%Y")


def weekday(value: date) -> str:
    """Show a day with its weekday: ``tirsdag den 12. maj``."""
    name = _date(value, "EEEE", spoken())
    return f"{name} {day(value)}" if spoken() == "en" else f"{name} den {day(value)}"


def moment(value: datetime) -> str:
    """Show a moment on Danish clocks: ``12. maj kl. 9.14``."""
    local = clock.local(value)
    return gettext("%(day)s at %(time)s", day=day(local.date()), time=clock_time(value))


def day_of(value: datetime) -> str:
    """Show only the day of a moment on Danish clocks: ``12. maj``."""
    return day(clock.local(value).date())


def clock_time(value: datetime) -> str:
    """Show the time of day on Danish clocks: ``9.14``."""
    local = clock.local(value)
    return f"{local.hour}{':' if spoken() == 'en' else '.'}{local.minute:02d}"


def month(value: str) -> str:
    """Show a month named ``YYYY-MM``: ``maj 2026``."""
    return _date(first_day_of(value), "MMMM y", spoken())


def short_month(value: date) -> str:
    """Show a month beside the axis of a chart: ``maj``."""
    return _date(value, "MMM", spoken()).rstrip(".")


def hours(minutes: int) -> str:
    """Show a length of time in hours, to the quarter: ``2½ timer``."""
    quarters = round(minutes / 15)
    whole, rest = divmod(quarters, 4)
    part = ("", "¼", "½", "¾")[rest]
    shown = f"{whole or ''}{part}" or "0"
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if 0 < quarters <= 4 else 2, hours=shown)  # noqa: PLR2004


def weeks(count: int) -> str:
    """Show a number of weeks."""
    return ngettext("%(num)s week", "%(num)s weeks", count)


def words(value: Words) -> str:
    """Show words in the language that is spoken."""
    return value[spoken()]


def first_name(called: str) -> str:
    """Show the first of the names somebody goes by."""
    return called.split(maxsplit=1)[0] if called.strip() else called


def pct(number: float) -> str:
    """Write a share for a chart's attribute: two decimals, a point and ``%``."""
    return f"{number:.2f}%"


_OF_MONEY = (kr, kr_whole, kr_exact, figure)
_OF_TIME = (day, day_of, short_day, weekday, moment, clock_time, month, short_month, hours, weeks)
