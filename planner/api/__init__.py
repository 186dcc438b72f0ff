"""The API for machines: the same use cases and the same guard as the pages."""

from flask import Flask
from flask_smorest import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

from planner.api import budgets, documents, finance, packages, plans, purchases, refusals, session  # noqa: E402 - the endpoints hang themselves on the blueprint

__all__ = ["blueprint", "budgets", "finance", "install", "packages", "plans", "purchases", "session"]

refusals.install(blueprint)


def install(app: Flask) -> None:
    """Add the API and its documentation to the app."""
    documents.install(app, blueprint)
