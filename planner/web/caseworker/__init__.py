"""Pages: for caseworkers, approvers and support persons."""

from typing import Any

from flask import Blueprint

from planner.web.staff import menu

blueprint = Blueprint("caseworker", __name__, url_prefix="/desk")


@blueprint.context_processor
def _menu() -> dict[str, Any]:
    return {"menu": menu()}


from planner.web.caseworker import courses, deliveries, objections, plans, review, supported, wishes  # noqa: E402 - the pages hang themselves on the blueprint

__all__ = ["blueprint", "courses", "deliveries", "objections", "plans", "review", "supported", "wishes"]
