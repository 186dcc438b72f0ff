"""Danish unless somebody chose English; the same choice for dates, money and words."""

from flask import Flask, g, session
from flask_babel import Babel, get_locale

from planner.config import CHECKOUT
from planner.usecases.people import LANGUAGES

AREAS = ("shared", "public", "money", "progress", "plan", "caseworker", "finance", "administrator", "api")


def install(app: Flask) -> None:
    """Let Babel look the words up, area by area, and tell templates which language is spoken."""
    folders = [str(CHECKOUT / "planner" / "translations" / area) for area in AREAS]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(folders)
    Babel(app, locale_selector=chosen, timezone_selector=lambda: "Europe/Copenhagen", default_locale="da")


def chosen() -> str:
    """Tell the language of this visit: the signed-in person's, else the visit's own choice, else Danish."""
    user = g.get("user")
    wanted = user.language if user is not None else session.get("language", "da")
    return wanted if wanted in LANGUAGES else "da"


def spoken() -> str:
    """Tell the language the answer is written in: ``da`` or ``en``."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "da"
