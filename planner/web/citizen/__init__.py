"""Pages: the citizen's own pages."""

from flask import Blueprint

blueprint = Blueprint("citizen", __name__, url_prefix="/me")

from planner.web.citizen import chime, compose, goals, home, lines, money, more, plan, purchases, record, sending  # noqa: E402 - the pages hang themselves on the blueprint

__all__ = [
    "blueprint",
    "chime",
    "compose",
    "goals",
    "home",
    "lines",
    "money",
    "more",
    "plan",
    "purchases",
    "record",
    "sending",
]
