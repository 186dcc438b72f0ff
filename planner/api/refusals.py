"""Refusals as machines read them: a code and its facts, never a sentence, a trace or a hint of what exists."""

from datetime import date
from enum import Enum
from http import HTTPStatus
from secrets import token_hex
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from planner import logs
from planner.domain.errors import Conflict, DomainError, NotFound
from planner.domain.money import Money
from planner.domain.plan import NotNow

log = logs.logger()


def install(blueprint: Blueprint) -> None:
    """Answer everything that goes wrong in an endpoint; addresses without an endpoint are answered for all the app."""
    blueprint.register_error_handler(CSRFError, _forged)
    blueprint.register_error_handler(HTTPException, _http)
    blueprint.register_error_handler(DomainError, _refused)
    blueprint.register_error_handler(Exception, _accident)


def _refused(error: DomainError) -> ResponseReturnValue:
    return {"code": error.code, **_facts(error)}, _status(error)


def _status(error: DomainError) -> HTTPStatus:
    if isinstance(error, NotFound):
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.CONFLICT if isinstance(error, Conflict | NotNow) else HTTPStatus.UNPROCESSABLE_ENTITY


def _facts(error: DomainError) -> dict[str, Any]:
    return {name: _plain(value) for name, value in vars(error).items() if not name.startswith("_")}


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value if isinstance(value, int) else str(value)


def _forged(_error: CSRFError) -> ResponseReturnValue:
    return {"code": "csrf_token_missing"}, HTTPStatus.BAD_REQUEST


def _http(error: HTTPException) -> ResponseReturnValue:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    body: dict[str, Any] = {"code": status.name.lower()}
    if status is HTTPStatus.UNPROCESSABLE_ENTITY:
        found = getattr(error, "data", {}).get("messages", {})
        body = {"code": "unreadable", "fields": {name: list(part) for name, part in _flat(found).items()}}
    kept = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    return body, status, kept


def _flat(messages: dict[str, Any]) -> dict[str, list[str]]:
    """Name the faults by field, without the place (body, address) that the library puts around them."""
    return {
        str(name): [str(sentence) for sentence in (said if isinstance(said, list) else [said])]
        for place in messages.values()
        if isinstance(place, dict)
        for name, said in place.items()
    }


def _accident(error: Exception) -> ResponseReturnValue:
    reference = logs.request_id() or token_hex(4)
    log.error("accident", reference=reference, endpoint=request.endpoint, exc_info=error)
    return {"code": "internal_server_error", "reference": reference}, HTTPStatus.INTERNAL_SERVER_ERROR
