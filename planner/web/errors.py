"""Pages for what goes wrong: they say what to do, never what broke; details stand in the log (reliability T39)."""

from http import HTTPStatus
from secrets import token_hex

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from planner import logs
from planner.domain.errors import Conflict, DomainError, NotFound
from planner.web.wording import explain

log = logs.logger()

_OWN_PAGE = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}


def install(app: Flask) -> None:
    """Answer refusals and accidents with pages; the API answers its own in JSON."""
    app.before_request(_begin)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, lambda _error: error_page(HTTPStatus.NOT_FOUND))
    app.register_error_handler(Conflict, lambda error: error_page(HTTPStatus.CONFLICT, explain(error)))
    app.register_error_handler(DomainError, lambda error: error_page(HTTPStatus.UNPROCESSABLE_ENTITY, explain(error)))
    app.register_error_handler(Exception, _accident)


def _begin() -> None:
    logs.begin_request(method=request.method, endpoint=request.endpoint)


def error_page(status: HTTPStatus, sentence: str = "", reference: str = "") -> tuple[str, HTTPStatus]:
    """Draw the page of a status, with a sentence of the rules where there is one."""
    name = str(status.value) if status in _OWN_PAGE else "500"
    return render_template(f"errors/{name}.html", sentence=sentence, reference=reference), status


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return error_page(HTTPStatus.BAD_REQUEST)


def _http(error: HTTPException) -> ResponseReturnValue:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    page, code = error_page(status)
    headers = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    return page, code, headers


def _accident(error: Exception) -> ResponseReturnValue:
    reference = logs.request_id() or token_hex(4)
    log.error("accident", reference=reference, endpoint=request.endpoint, exc_info=error)
    return error_page(HTTPStatus.INTERNAL_SERVER_ERROR, reference=reference)
