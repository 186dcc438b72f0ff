"""Who is signed in, and the token for what changes something."""

from typing import Any

from flask import g
from flask_wtf.csrf import generate_csrf

from planner.access import everybody
from planner.api import blueprint
from planner.api.schemas import SessionSchema
from planner.domain.people import User


@blueprint.get("/session", tags=["session"])
@everybody
@blueprint.response(200, SessionSchema)
def show_session() -> dict[str, Any]:
    """Show who is signed in, and hand out the token that unsafe requests need."""
    user: User | None = g.user
    return {
        "csrf_token": generate_csrf(),
        "person_id": user.id if user else None,
        "called": user.called if user else None,
        "roles": sorted({role.kind.value for role in user.roles}) if user else [],
        "ties": sorted({tie.kind.value for tie in user.ties}) if user else [],
    }
