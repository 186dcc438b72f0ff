"""Pages: money by package, month and account, never names."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext

from planner.web.finance import words
from planner.web.staff import MenuItem, menu

blueprint = Blueprint("finance", __name__, url_prefix="/finance")


@blueprint.context_processor
def _shared() -> dict[str, Any]:
    overview_here = request.endpoint in {"finance.overview", "finance.estimates"}
    places = [
        MenuItem(gettext("Overview"), url_for("finance.overview"), overview_here),
        MenuItem(gettext("Postings"), url_for("finance.postings"), not overview_here),
    ]
    return {"menu": [*places, *(place for place in menu() if place.address != places[0].address)], "names": words}


from planner.web.finance import budgets, overview, postings  # noqa: E402 - the pages hang themselves on the blueprint

__all__ = ["blueprint", "budgets", "overview", "postings"]
