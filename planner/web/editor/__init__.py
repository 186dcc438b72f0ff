"""Pages: the catalogue as its editors run it, and the way for everybody who is signed in to propose a package."""

from typing import Any

from flask import Blueprint

from planner.web.staff import menu

blueprint = Blueprint("editor", __name__, url_prefix="/editor")
proposing = Blueprint("proposing", __name__, url_prefix="/proposals")


@blueprint.context_processor
@proposing.context_processor
def _menu() -> dict[str, Any]:
    return {"menu": menu()}


from planner.web.editor import (  # noqa: E402 - the pages hang themselves on the blueprint
    drafts,
    package,
    packages,
    price_lists,
    price_mappings,
    proposals,
    publishing,
)

__all__ = [
    "blueprint",
    "drafts",
    "package",
    "packages",
    "price_lists",
    "price_mappings",
    "proposals",
    "proposing",
    "publishing",
]
