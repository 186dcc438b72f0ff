"""The OpenAPI document and the page that shows it, from files of our own origin and without inline script."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Flask, Response, jsonify
from flask_smorest import Api

from planner.access import everybody
from planner.api.schemas import RefusalSchema

_SETTINGS = {
    "API_TITLE": "Planner",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_SWAGGER_UI_PATH": "/docs",
    "OPENAPI_SWAGGER_UI_URL": "/api/ui/",
}
_ABOUT = """Own plan, budget and purchases for citizens; figures without names for finance; the catalogue for everybody.

Sign in on the web pages: the session's cookie is also the API's. What changes something needs `X-CSRF-Token` (from
`GET /api/v1/session`) and an `Idempotency-Key` of your own making: the same key and body by the same person gets the
same answer again, with the header `Idempotent-Replay: true`. Amounts are text in kroner with two decimals, days are
`YYYY-MM-DD`, months `YYYY-MM`. A refusal is `{"code": "…"}` with the facts of the refusal beside it."""


_GROUPS = {
    "session": "Who is signed in",
    "catalogue": "Care packages, for everybody",
    "plan": "Your own plans",
    "budget": "Your own money",
    "purchases": "What you used money for",
    "finance": "Figures and entries without a name",
}


class HouseApi(Api):
    """The library's API with public documents; errors are answered in ``refusals`` and never by the library."""

    ERROR_SCHEMA = RefusalSchema

    def _register_error_handlers(self) -> None:
        """Leave the errors of pages alone: the library would answer them in JSON as well."""

    @everybody
    def _openapi_json(self) -> Response:
        return jsonify(
            {**self.spec.to_dict(), "tags": [{"name": name, "description": _GROUPS[name]} for name in _GROUPS]}
        )

    @everybody
    def _openapi_swagger_ui(self) -> str:
        page: str = super()._openapi_swagger_ui()
        return page


def install(app: Flask, blueprint: Blueprint) -> None:
    """Serve the endpoints, the OpenAPI document and its page."""
    app.config.update(_SETTINGS)
    api = HouseApi(app, spec_kwargs={"info": {"description": _ABOUT}})
    api.spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "planner"})
    api.register_blueprint(blueprint)
    folder = Path(flask_swagger_ui.__file__).parent / "dist"
    app.register_blueprint(Blueprint("api-ui", __name__, static_url_path="/api/ui", static_folder=str(folder)))
