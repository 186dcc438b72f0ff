"""The guard: a page or endpoint that does not name its readers is closed, and every look is written down."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from planner import clock
from planner.domain.people import RoleKind, TieKind, User
from planner.models.base import db
from planner.queries import people
from planner.usecases import readings
from planner.usecases.readings import Look

Kind = RoleKind | TieKind
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may open a page: some kinds of people, or everybody; and why they look at citizens' data there."""

    kinds: tuple[Kind, ...]
    purpose: str = ""
    public: bool = False


def readers(*kinds: Kind, purpose: str = "") -> Callable[[View], View]:
    """Name the readers of a page. With a ``purpose`` the page must say whose data it shows, by ``shows``."""
    return _marked(Readers(kinds, purpose))


def everybody(view: View) -> View:
    """Open a page to people who are not signed in."""
    return _marked(Readers((), public=True))(view)


def signed_in(view: View) -> View:
    """Open a page to everybody who is signed in, whatever their role."""
    return _marked(Readers((*RoleKind, *TieKind)))(view)


def _marked(spec: Readers) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.readers = spec  # type: ignore[attr-defined]  # the guard reads it back from the view
        return view

    return mark


def readers_of(view: object) -> Readers | None:
    """Read back who may open a view; nothing means nobody."""
    return getattr(view, "readers", None) or getattr(getattr(view, "view_class", None), "readers", None)


def shows(citizens: Iterable[int]) -> None:
    """Say whose data the answer shows; the guard writes it down before the first byte leaves."""
    g.shown = {*getattr(g, "shown", ()), *citizens}


def current_user() -> User:
    """Give the signed-in user; only for pages that need one."""
    assert g.user is not None
    user: User = g.user
    return user


def sign_in(person_id: int) -> None:
    """Start a new session for a person; whatever was in the old one is gone."""
    language = session.get("language")
    session.clear()
    session["person"], session["epoch"] = person_id, people.epoch_of(person_id)
    if language:
        session["language"] = language


def body_digest(sent: str) -> str:
    """Digest what a request sent, keyed with the installation's secret.

    It tells a repeated request from another, and stays in the record when words are erased: without the secret
    nobody can guess the words from it.
    """
    secret = str(current_app.secret_key).encode()
    return hmac.digest(secret, sent.encode(errors="replace"), "sha256").hex()


def install(app: Flask) -> None:
    """Put the guard before every request and after every answer."""
    app.before_request(_admit)
    app.after_request(_write_reading)


def _admit() -> AnyResponse | None:
    g.user = _load_user()
    if request.endpoint is None or request.endpoint == "static" or request.endpoint.endswith(".static"):
        return None
    spec = readers_of(current_app.view_functions.get(request.endpoint))
    if spec is None:
        abort(403)
    if spec.public:
        return None
    if g.user is None:
        return _ask_to_sign_in()
    if not g.user.has(*spec.kinds):
        abort(403)
    return None


def _load_user() -> User | None:
    person_id = session.get("person")
    if not isinstance(person_id, int):
        return None
    user = people.user(person_id, session.get("epoch"), clock.today())
    if user is None:
        session.clear()
    return user


def _ask_to_sign_in() -> AnyResponse:
    if request.path.startswith("/api/") or request.method != "GET":
        abort(401)
    return redirect(url_for("public.sign_in", next=request.full_path.rstrip("?")))


def _write_reading(response: Response) -> Response:
    user: User | None = g.get("user")
    spec = readers_of(current_app.view_functions.get(request.endpoint or ""))
    if (
        user is None
        or spec is None
        or not spec.purpose
        or (response.status_code >= HTTPStatus.MULTIPLE_CHOICES and not g.get("shown"))
    ):
        return response
    if "shown" not in g:
        raise RuntimeError(f"{request.endpoint} has a purpose and did not say whose data it shows")
    db.session.remove()
    readings.write(_look(user, spec), g.shown, by=user, at=clock.now())
    return response


def _look(user: User, spec: Readers) -> Look:
    kind = next(kind for kind in spec.kinds if user.has(kind))
    units = user.units(kind) if isinstance(kind, RoleKind) else frozenset()
    return Look(kind.value, min(units, default=None), request.endpoint or "", spec.purpose)
