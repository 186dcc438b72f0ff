"""The way in: front page, demo sign-in, signing out, language."""

from http import HTTPStatus

from flask import abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from planner import clock
from planner.access import everybody
from planner.access import sign_in as start_session
from planner.domain.people import RoleKind, TieKind, User
from planner.queries import people
from planner.usecases import people as administration
from planner.web.house import house
from planner.web.public import blueprint

_HOME: tuple[tuple[RoleKind | TieKind, str], ...] = (
    (RoleKind.CITIZEN, "citizen.home"),
    (RoleKind.CASEWORKER, "caseworker.plans"),
    (RoleKind.APPROVER, "caseworker.plans"),
    (RoleKind.FINANCE, "finance.overview"),
    (RoleKind.ADMINISTRATOR, "administrator.people"),
    (TieKind.SUPPORT_PERSON, "caseworker.supported"),
)


def home_of(user: User | None) -> str:
    """Find the address of the page where a person starts."""
    for kind, endpoint in _HOME:
        if user is not None and user.has(kind):
            return url_for(endpoint)
    return url_for("public.sign_in")


@blueprint.get("/")
@everybody
def front() -> ResponseReturnValue:
    """Lead everybody to where they start."""
    return redirect(home_of(g.user))


@blueprint.get("/sign-in")
@everybody
def sign_in() -> ResponseReturnValue:
    """Offer the ways in; the demo's people only on a database that the demo marked."""
    persons = people.everybody(clock.today()) if house().demo else []
    return render_template("public/sign_in.html", people=persons, next=safe_next(request.args.get("next", "")))


@blueprint.post("/sign-in/demo")
@everybody
def demo_sign_in() -> ResponseReturnValue:
    """Sign in as one of the demo's people."""
    if not house().demo:
        abort(HTTPStatus.NOT_FOUND)
    wanted = request.form.get("person", "")
    known = {str(person.id): person.id for person in people.everybody(clock.today())}
    if wanted not in known:
        abort(HTTPStatus.NOT_FOUND)
    start_session(known[wanted])
    user = people.user(known[wanted], None, clock.today())
    return redirect(safe_next(request.form.get("next", "")) or home_of(user), HTTPStatus.SEE_OTHER)


@blueprint.post("/sign-out")
@everybody
def sign_out() -> ResponseReturnValue:
    """Sign out here and everywhere else."""
    if g.user is not None:
        administration.sign_out(by=g.user, at=clock.now())
    session.clear()
    answer = redirect(url_for("public.sign_in"), HTTPStatus.SEE_OTHER)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.post("/language")
@everybody
def choose_language() -> ResponseReturnValue:
    """Choose Danish or English, for the visit or for good."""
    wanted = request.form.get("language", "da")
    session["language"] = wanted if wanted in administration.LANGUAGES else "da"
    if g.user is not None:
        administration.choose_language(wanted, by=g.user, at=clock.now())
    return redirect(safe_next(request.form.get("next", "")) or url_for("public.front"), HTTPStatus.SEE_OTHER)


def safe_next(address: str) -> str:
    """Return an address inside this site, or nothing (reliability T34)."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return (
        address if plain and address.isprintable() and "\\" not in address and "%2f%2f" not in address.lower() else ""
    )
