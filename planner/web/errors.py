"""Pages for what goes wrong: they say what to do, never what broke; details stand in the log (reliability T39)."""

from http import HTTPStatus
from secrets import token_hex

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from planner import logs
from planner.domain.errors import Conflict, DomainError, NotFound
from planner.web.wording import explain

log = logs.logger()

_OWN_PAGE = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}

_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def install(app: Flask) -> None:
    """Answer refusals and accidents with pages; the API answers its own in JSON."""
    app.before_request(_begin)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, lambda _error: error_page(HTTPStatus.NOT_FOUND))
    app.register_error_handler(Conflict, lambda error: error_page(HTTPStatus.CONFLICT, explain(error)))
    app.register_error_handler(DomainError, lambda error: error_page(HTTPStatus.UNPROCESSABLE_ENTITY, explain(error)))
    app.register_error_handler(Exception, _accident)


def _begin() -> None:
    logs.begin_request(method=request.method, endpoint=request.endpoint)


def error_page(status: HTTPStatus, sentence: str = "", reference: str = "") -> tuple[str | dict[str, str], HTTPStatus]:
    """Draw the page of a status, with a sentence of the rules where there is one; machines get its code."""
    if request.path.startswith("/api/"):
        return {"code": status.name.lower()}, status
    name = str(status.value) if status in _OWN_PAGE else "500"
    return render_template(f"errors/{name}.html", sentence=sentence, reference=reference), status


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return error_page(HTTPStatus.BAD_REQUEST)


def _wrong_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer without a page: under a host that is not ours no address can be made (reliability T36)."""
    return gettext("This address is not ours."), HTTPStatus.BAD_REQUEST, _PLAIN


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
    try:
        return error_page(HTTPStatus.INTERNAL_SERVER_ERROR, reference=reference)
    except Exception:
        # The page leans on the database, which may be what broke.
        log.exception("accident", reference=reference)
        return _bare(reference), HTTPStatus.INTERNAL_SERVER_ERROR, _PLAIN


def _bare(reference: str) -> str:
    """Say in both languages, without a page, that it is our fault."""
    return (
        f"Noget gik galt hos os. Det er ikke din fejl. Prøv igen om lidt. Nummer: {reference}\n"
        f"Something went wrong on our side. It is not your fault. Try again in a moment. Reference: {reference}\n"
    )
