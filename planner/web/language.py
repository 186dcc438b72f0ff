"""Danish unless somebody chose English; the same choice for dates, money and words."""

from typing import Any

from flask import Flask, g, session
from flask_babel import Babel, get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from planner.config import CHECKOUT
from planner.usecases.people import LANGUAGES

AREAS = (
    *("shared", "public", "money", "progress", "plan", "choices", "composing", "paper", "trying"),
    *("caseworker", "finance", "administrator", "editor", "prices", "api"),
)


def install(app: Flask) -> None:
    """Let Babel look the words up, area by area, and tell templates which language is spoken."""
    folders = [str(CHECKOUT / "planner" / "translations" / area) for area in AREAS]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(folders)
    Babel(app, locale_selector=chosen, timezone_selector=lambda: "Europe/Copenhagen", default_locale="da")
    _teach_templates(app)


def _teach_templates(app: Flask) -> None:
    """Give templates their words by a short way: a page says dozens, and the general way costs ten times as much."""
    known: dict[str, Any] = {}
    plain: dict[tuple[str, str], Markup] = {}

    def words(language: str) -> Any:  # noqa: ANN401 - Babel's translations carry no types
        if language not in known:
            known[language] = get_translations()
        return known[language]

    @pass_eval_context
    def say(context: EvalContext, text: str, **variables: object) -> str:
        language = spoken()
        if not variables and (language, text) in plain and context.autoescape:
            return plain[language, text]
        said = _filled(words(language).ugettext(text), variables, context)
        if not variables and isinstance(said, Markup):
            plain[language, text] = said
        return said

    @pass_eval_context
    def say_many(context: EvalContext, one: str, many: str, number: int, **variables: object) -> str:
        return _filled(words(spoken()).ungettext(one, many, number), {"num": number, **variables}, context)

    app.jinja_env.globals.update(_=say, gettext=say, ngettext=say_many)


def _filled(text: str, variables: dict[str, object], context: EvalContext) -> str:
    words = Markup(text) if context.autoescape else text  # noqa: S704 - our own words; what is filled in is escaped
    return words % variables if "%" in text else words


def chosen() -> str:
    """Tell the language of this visit: the signed-in person's, else the visit's own choice, else Danish."""
    user = g.get("user")
    wanted = user.language if user is not None else session.get("language", "da")
    return wanted if wanted in LANGUAGES else "da"


def spoken() -> str:
    """Tell the language the answer is written in: ``da`` or ``en``."""
    # Babel keeps the choice of a request, or a language that is forced for a while, in one place; looking there
    # first, and only once through the proxy, is what makes a page with a hundred amounts quick.
    try:
        kept = g._get_current_object().get("_flask_babel")  # noqa: SLF001 - the documented way past the proxy
    except RuntimeError:
        return "da"
    locale = getattr(kept, "babel_locale", None) or get_locale()
    return "en" if locale is not None and locale.language == "en" else "da"
