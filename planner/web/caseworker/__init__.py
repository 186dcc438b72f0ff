"""Pages: for caseworkers, approvers and support persons."""

from flask import Blueprint

blueprint = Blueprint("caseworker", __name__, url_prefix="/work")

from planner.web.caseworker import courses, deliveries, plans, review  # noqa: E402 - the pages hang themselves on the blueprint

__all__ = ["blueprint", "courses", "deliveries", "plans", "review"]
