"""The side menu of those who work here, by their roles."""

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext

from planner.domain.people import RoleKind, TieKind, User
from planner.web.wording import N_

_DECIDES = (RoleKind.CASEWORKER, RoleKind.APPROVER)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A place of the menu; ``here`` marks the one that is shown."""

    words: str
    address: str
    here: bool


_MENU: tuple[tuple[tuple[RoleKind | TieKind, ...], str, str], ...] = (
    (_DECIDES, "caseworker.plans", N_("Plans")),
    (_DECIDES, "caseworker.wishes", N_("Wishes")),
    ((RoleKind.CASEWORKER,), "caseworker.objections", N_("Objections")),
    ((RoleKind.CASEWORKER,), "caseworker.new_course", N_("Open a course")),
    ((TieKind.SUPPORT_PERSON,), "caseworker.supported", N_("Those I support")),
    ((RoleKind.FINANCE,), "finance.overview", N_("Finance")),
    ((RoleKind.CATALOGUE_EDITOR,), "editor.packages", N_("Packages")),
    ((RoleKind.CATALOGUE_EDITOR,), "editor.price_lists", N_("Price lists")),
    ((RoleKind.CATALOGUE_EDITOR,), "editor.proposals", N_("Proposals")),
    ((RoleKind.ADMINISTRATOR,), "administrator.people", N_("People")),
    ((RoleKind.ADMINISTRATOR,), "administrator.units", N_("Units")),
    ((RoleKind.ADMINISTRATOR,), "administrator.figures", N_("Figures")),
)


def menu() -> list[MenuItem]:
    """List the places that the signed-in person's roles open."""
    user: User | None = g.get("user")
    if user is None:
        return []
    return [
        MenuItem(gettext(words), url_for(endpoint), request.endpoint == endpoint)
        for kinds, endpoint, words in _MENU
        if user.has(*kinds)
    ]


_ROLES = {
    RoleKind.CITIZEN: N_("Citizen"),
    RoleKind.CASEWORKER: N_("Caseworker"),
    RoleKind.APPROVER: N_("Approver"),
    RoleKind.FINANCE: N_("Finance"),
    RoleKind.CATALOGUE_EDITOR: N_("Catalogue editor"),
    RoleKind.ADMINISTRATOR: N_("Administrator"),
}
_TIES = {
    TieKind.CASEWORKER: N_("Adviser of"),
    TieKind.SUPPORT_PERSON: N_("Support person of"),
    TieKind.RELATIVE: N_("Relative of"),
    TieKind.PEER: N_("Peer of"),
    TieKind.GUARDIAN: N_("Guardian of"),
}


def role_name(kind: RoleKind) -> str:
    """Name a role."""
    return gettext(_ROLES[kind])


def tie_name(kind: TieKind) -> str:
    """Name what somebody is to a citizen, before the citizen's name."""
    return gettext(_TIES[kind])
