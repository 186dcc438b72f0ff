"""The way in: front page, sign-in, the demo's people, signing out, language."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from planner import clock, logs
from planner.access import everybody
from planner.access import sign_in as start_session
from planner.config import Settings
from planner.domain.people import RoleKind, TieKind, User
from planner.queries import people
from planner.queries.people import DemoPerson
from planner.usecases import people as administration
from planner.web.house import house
from planner.web.public import blueprint
from planner.web.wording import N_

log = logs.logger()

Kind = RoleKind | TieKind

_HOME: tuple[tuple[Kind, str], ...] = (
    (RoleKind.CITIZEN, "citizen.home"),
    (RoleKind.CASEWORKER, "caseworker.plans"),
    (RoleKind.APPROVER, "caseworker.plans"),
    (RoleKind.FINANCE, "finance.overview"),
    (RoleKind.CATALOGUE_EDITOR, "editor.packages"),
    (RoleKind.ADMINISTRATOR, "administrator.people"),
    (TieKind.SUPPORT_PERSON, "caseworker.supported"),
)
_PARTS: tuple[tuple[Kind, str, str], ...] = (
    (RoleKind.CITIZEN, N_("Citizen"), N_("Put a plan together, use the money, see who has looked.")),
    (RoleKind.CASEWORKER, N_("Caseworker"), N_("Open a course, read plans, say yes or ask.")),
    (RoleKind.APPROVER, N_("Approver"), N_("Decide the plans that are above a caseworker's limit.")),
    (TieKind.SUPPORT_PERSON, N_("Support person"), N_("Record what a granted service has delivered.")),
    (RoleKind.FINANCE, N_("Finance"), N_("Follow the money, without names and words.")),
    (RoleKind.CATALOGUE_EDITOR, N_("Catalogue editor"), N_("Make packages, publish them, and answer proposals.")),
    (RoleKind.ADMINISTRATOR, N_("Administrator"), N_("Give people roles and invitations, without content.")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """The demo's people who play one part, and what one can do as one of them."""

    title: str
    what: str
    people: tuple[DemoPerson, ...]


def home_of(user: User | None) -> str:
    """Find the address of the page where a person starts."""
    for kind, endpoint in _HOME:
        if user is not None and user.has(kind):
            return url_for(endpoint)
    return url_for("public.sign_in")


def enter(person_id: int, after: str) -> ResponseReturnValue:
    """Start a new session for a person, and lead them to where they wanted to go, or to where they start."""
    start_session(person_id)
    log.info("signed in", person_id=person_id)
    user = people.user(person_id, None, clock.today())
    return redirect(safe_next(after) or home_of(user), HTTPStatus.SEE_OTHER)


@blueprint.get("/")
@everybody
def front() -> ResponseReturnValue:
    """Lead everybody to where they start."""
    return redirect(home_of(g.user))


@blueprint.get("/sign-in")
@everybody
def sign_in() -> ResponseReturnValue:
    """Offer the ways in; the demo's people only on a database that the demo marked."""
    return render_template(
        "public/sign_in.html",
        groups=_groups() if demo_open() else [],
        openid=_settings().oidc,
        next=safe_next(request.args.get("next", "")),
        home=home_of(g.user) if g.user is not None else "",
    )


@blueprint.post("/sign-in/demo")
@everybody
def demo_sign_in() -> ResponseReturnValue:
    """Sign in as one of the demo's people."""
    if not demo_open():
        abort(HTTPStatus.NOT_FOUND)
    wanted = request.form.get("person", "")
    known = {str(person.id): person.id for person in people.everybody(clock.today())}
    if wanted not in known:
        abort(HTTPStatus.NOT_FOUND)
    return enter(known[wanted], request.form.get("next", ""))


@blueprint.post("/sign-out")
@everybody
def sign_out() -> ResponseReturnValue:
    """Sign out here and everywhere else."""
    if g.user is not None:
        administration.sign_out(by=g.user, at=clock.now())
        log.info("signed out", person_id=g.user.id)
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


def demo_open() -> bool:
    """Tell whether the demo's people may be used: only where the demo made everybody up (reliability T1)."""
    return house().demo and not _settings().production


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _groups() -> list[Group]:
    """Put the demo's people together by the first part they play."""
    left = people.everybody(clock.today())
    groups = []
    for kind, title, what in _PARTS:
        found = tuple(person for person in left if kind.value in (*person.kinds, *person.ties))
        left = [person for person in left if person not in found]
        if found:
            groups.append(Group(gettext(title), gettext(what), found))
    return groups
