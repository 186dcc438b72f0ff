"""Pages: people, roles and ties, no content."""

from flask import Blueprint

blueprint = Blueprint("administrator", __name__, url_prefix="/admin")

from planner.web.administrator import people  # noqa: E402 - the pages hang themselves on the blueprint

__all__ = ["blueprint", "people"]
