"""Scales from 0 to 10 as native radios, and the five questions about one's life in our own words."""

from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectChoice

from planner.domain.chime import HIGHEST, LOWEST
from planner.domain.package import Chime
from planner.web.wording import N_

NUMBERS = {str(number): number for number in range(LOWEST, HIGHEST + 1)}

QUESTIONS: dict[Chime, str] = {
    Chime.CONNECTEDNESS: N_("There are people I can count on"),
    Chime.HOPE: N_("There is something I look forward to"),
    Chime.IDENTITY: N_("I can be the one I am"),
    Chime.MEANING: N_("There is something in my days that matters to me"),
    Chime.EMPOWERMENT: N_("I have a say in what is about me"),
}
"""Worded by us for the five processes of recovery; not the items of any instrument."""


def scale(label: str) -> RadioField:
    """Make a field for a number from 0 to 10; it is skipped until a number is chosen."""
    return RadioField(
        label,
        choices=[*map(SelectChoice, NUMBERS), SelectChoice("", lazy_gettext("No number"))],
        default="",
        invalid_choice_message=lazy_gettext("Choose a number from 0 to 10."),
    )


def questions() -> dict[Chime, str]:
    """Ask in the language that is spoken."""
    return {process: gettext(question) for process, question in QUESTIONS.items()}
