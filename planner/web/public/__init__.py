"""Pages: without signing in: the way in, the catalogue, and trying things out without a name."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from planner.web.public import (  # noqa: E402 - the pages hang themselves on the blueprint
    about,
    calendar,
    catalogue,
    claiming,
    comparing,
    export,
    front,
    openid,
    opening,
    trying,
)

__all__ = [
    "about",
    "blueprint",
    "calendar",
    "catalogue",
    "claiming",
    "comparing",
    "export",
    "front",
    "openid",
    "opening",
    "trying",
]
