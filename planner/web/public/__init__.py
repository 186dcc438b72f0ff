"""Pages: without signing in: the way in, and the catalogue."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from planner.web.public import about, catalogue, front, openid  # noqa: E402 - the pages hang themselves on the blueprint

__all__ = ["about", "blueprint", "catalogue", "front", "openid"]
