"""Who has looked, told in plain words: the reader by role, the page and the purpose by their codes."""

from flask_babel import gettext

from planner import clock
from planner.domain.people import RoleKind, TieKind
from planner.queries.readings import ReadingSeen
from planner.web.filters import clock_time, weekday
from planner.web.wording import N_

_READERS: dict[str, tuple[str, str]] = {
    RoleKind.CASEWORKER: (N_("An adviser from %(unit)s"), N_("An adviser of the municipality")),
    RoleKind.APPROVER: (N_("A leader from %(unit)s"), N_("A leader of the municipality")),
    RoleKind.FINANCE: (N_("Finance in %(unit)s"), N_("Finance")),
    RoleKind.CATALOGUE_EDITOR: (N_("A catalogue editor from %(unit)s"), N_("A catalogue editor")),
    RoleKind.ADMINISTRATOR: (N_("An administrator from %(unit)s"), N_("An administrator of the municipality")),
    TieKind.SUPPORT_PERSON: ("", N_("Your support person")),
    TieKind.RELATIVE: ("", N_("Somebody close to you")),
    TieKind.PEER: ("", N_("Somebody who has been through it")),
    TieKind.GUARDIAN: ("", N_("Your guardian")),
}
_ADVISER = N_("Your adviser")
_SOMEBODY = N_("Somebody in the municipality")

_GROUPS: dict[str, str] = {
    RoleKind.CASEWORKER: N_("advisers %(times)s"),
    RoleKind.APPROVER: N_("leaders %(times)s"),
    RoleKind.FINANCE: N_("finance %(times)s"),
    RoleKind.CATALOGUE_EDITOR: N_("catalogue editors %(times)s"),
    RoleKind.ADMINISTRATOR: N_("administrators %(times)s"),
    TieKind.SUPPORT_PERSON: N_("your support person %(times)s"),
    TieKind.RELATIVE: N_("people close to you %(times)s"),
    TieKind.PEER: N_("people who have been through it %(times)s"),
    TieKind.GUARDIAN: N_("your guardian %(times)s"),
}
_OTHERS = N_("others %(times)s")

PURPOSES: dict[str, str] = {
    "decide_plan": N_("to answer your plan"),
    "follow_up": N_("to follow how your plan goes"),
    "deliver": N_("to write down the help that you got"),
    "open_course": N_("to open a course for you"),
    "end_course": N_("to end a course"),
    "answer": N_("to answer what you wrote"),
    "list": N_("to see which plans wait for an answer"),
    "money": N_("to keep the accounts"),
    "month_end": N_("to close the accounts of the month"),
    "export": N_("to take figures for the accounts"),
    "compose": N_("to put your plan together with you"),
    "support": N_("to help you with your plan"),
    "people": N_("to give people the right access"),
}

PAGES: dict[str, str] = {
    "caseworker.plans": N_("the list of plans, with your name and what the plan costs"),
    "caseworker.new_course": N_("your name, in the list of citizens"),
    "caseworker.search_citizen": N_("your name, in the list of citizens"),
    "caseworker.open_course": N_("your name, in the list of citizens"),
    "caseworker.review": N_("your plan, your goals and what it costs"),
    "caseworker.approve": N_("your plan, your goals and what it costs"),
    "caseworker.ask": N_("your plan, your goals and what it costs"),
    "caseworker.approved": N_("the answer to your plan"),
    "caseworker.deliveries": N_("which help you have got, and what it cost"),
    "caseworker.record_delivery": N_("which help you have got, and what it cost"),
    "caseworker.take_back_delivery": N_("which help you have got, and what it cost"),
    "caseworker.objections": N_("the list of what people wrote about payments"),
    "caseworker.objection": N_("what you wrote about a payment"),
    "caseworker.answer_objection": N_("what you wrote about a payment"),
    "citizen.phases": N_("the phases of your support"),
    "citizen.hand_over": N_("the phases of your support"),
    "citizen.strike_handover": N_("the phases of your support"),
    "citizen.talk": N_("the phases of your support"),
    "caseworker.wishes": N_("the list of wishes about packages"),
    "caseworker.wish": N_("a wish of yours about a package"),
    "caseworker.answer_wish": N_("a wish of yours about a package"),
    "caseworker.end": N_("your plan and your money"),
    "caseworker.end_course": N_("your plan and your money"),
    "caseworker.supported": N_("the help in your plan"),
    "finance.budget": N_("the amounts in your budget, without your name"),
    "finance.estimates": N_("what is expected to be used, without your name"),
    "finance.postings": N_("payments, without your name"),
    "api.finance_postings": N_("payments, without your name"),
    "finance.take_postings": N_("a file with payments, without your name"),
}
PARTS: dict[str, str] = {
    "citizen": N_("your plan while it was put together"),
    "caseworker": N_("a page about your plan"),
    "finance": N_("amounts, without your name"),
    "administrator": N_("your name, your roles and your people"),
}
_A_PAGE = N_("a page about you")


def when(seen: ReadingSeen) -> str:
    """Say on which weekday, day and time somebody looked."""
    day = weekday(clock.local(seen.at).date())
    return gettext("%(day)s at %(time)s", day=day[:1].upper() + day[1:], time=clock_time(seen.at))


def reader(seen: ReadingSeen) -> str:
    """Say who looked: by role and unit, with the name in front where the municipality shows it."""
    role = _role(seen)
    if not seen.reader:
        return role
    return gettext("%(name)s, %(role)s", name=seen.reader, role=role[:1].lower() + role[1:])


def _role(seen: ReadingSeen) -> str:
    if seen.role == RoleKind.CASEWORKER and seen.adviser:
        return gettext(_ADVISER)
    of_unit, plain = _READERS.get(seen.role, ("", _SOMEBODY))
    return gettext(of_unit, unit=seen.unit) if of_unit and seen.unit else gettext(plain)


def group(role: str, times: int) -> str:
    """Say how often people of one role looked."""
    return gettext(_GROUPS.get(role, _OTHERS), times=times)


def page(endpoint: str) -> str:
    """Say what was looked at; a page that nobody gave words is told by whose pages it is among."""
    return gettext(PAGES.get(endpoint) or PARTS.get(endpoint.partition(".")[0], _A_PAGE))


def purpose(code: str) -> str:
    """Say why somebody looked; a code that nobody gave words is shown as it is, so that it can be asked about."""
    return gettext(PURPOSES[code]) if code in PURPOSES else gettext("for the reason “%(code)s”", code=code)
