"""Pages: money by package, month and account, never names."""

from flask import Blueprint

blueprint = Blueprint("finance", __name__, url_prefix="/finance")

from planner.web.finance import overview, postings  # noqa: E402 - the pages hang themselves on the blueprint

__all__ = ["blueprint", "overview", "postings"]
