"""Pages: the citizen's own pages."""

from flask import Blueprint

blueprint = Blueprint("citizen", __name__, url_prefix="/me")

from planner.web.citizen import (  # noqa: E402 - the pages hang themselves on the blueprint
    away,
    calendar,
    chime,
    choices,
    compose,
    goals,
    home,
    limits,
    lines,
    money,
    more,
    paper,
    phases,
    plan,
    purchases,
    record,
    rungs,
    sending,
    suggestions,
    tries,
)

__all__ = [
    "away",
    "blueprint",
    "calendar",
    "chime",
    "choices",
    "compose",
    "goals",
    "home",
    "limits",
    "lines",
    "money",
    "more",
    "paper",
    "phases",
    "plan",
    "purchases",
    "record",
    "rungs",
    "sending",
    "suggestions",
    "tries",
]
