"""Pages: people, roles and ties, no content."""

from typing import Any

from flask import Blueprint

from planner.web.staff import menu, role_name, tie_name

blueprint = Blueprint("administrator", __name__, url_prefix="/admin")


@blueprint.context_processor
def _menu() -> dict[str, Any]:
    return {"menu": menu(), "role_name": role_name, "tie_name": tie_name}


from planner.web.administrator import figures, people, person, rights, units  # noqa: E402 - the pages hang themselves on the blueprint

__all__ = ["blueprint", "figures", "people", "person", "rights", "units"]
