"""Headers on every answer: strict content security policy, nothing cached, nothing framed (reliability T37, T44)."""

from flask import Flask, Response, request

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# The documentation page of the API draws its icons from data addresses.
_EXCEPTIONS = {"api-docs.": {"img-src": "'self' data:"}}


def install(app: Flask) -> None:
    """Set the headers on every answer, errors and downloads included."""

    @app.after_request
    def _set(response: Response) -> Response:
        policy = dict(_POLICY)
        for prefix, more in _EXCEPTIONS.items():
            if (request.endpoint or "").startswith(prefix):
                policy |= more
        response.headers["Content-Security-Policy"] = "; ".join(f"{k} {v}" for k, v in policy.items())
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response
