"""What has happened, told in plain words: one sentence for every kind of event, with who did it."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext

from planner.domain.event import EventKind
from planner.domain.money import Money
from planner.domain.people import TieKind
from planner.queries import offers
from planner.queries.record import EventSeen, Who
from planner.web.filters import day, kr, words
from planner.web.wording import N_

_WHO: dict[Who, str] = {
    Who.YOU: N_("You"),
    Who.ADVISER: N_("Your adviser"),
    Who.SUPPORT_PERSON: N_("Your support person"),
    Who.RELATIVE: N_("Somebody close to you"),
    Who.PEER: N_("Somebody who has been through it"),
    Who.GUARDIAN: N_("Your guardian"),
    Who.CASEWORKER: N_("An adviser of the municipality"),
    Who.APPROVER: N_("A leader of the municipality"),
    Who.FINANCE: N_("Finance"),
    Who.ADMINISTRATOR: N_("An administrator of the municipality"),
    Who.STAFF: N_("Somebody in the municipality"),
    Who.SYSTEM: N_("The system"),
}

_TIES: dict[TieKind, str] = {
    TieKind.CASEWORKER: N_("your adviser"),
    TieKind.SUPPORT_PERSON: N_("your support person"),
    TieKind.RELATIVE: N_("somebody close to you"),
    TieKind.PEER: N_("somebody who has been through it"),
    TieKind.GUARDIAN: N_("your guardian"),
}

_SENTENCES: dict[EventKind, str] = {
    EventKind.COURSE_OPENED: N_(
        "%(who)s opened a course for you, from %(first)s to %(last)s. The amount to plan with is %(amount)s."
    ),
    EventKind.COURSE_ENDED: N_("%(who)s ended the course. The money that was not used went back."),
    EventKind.GOAL_WRITTEN: N_("%(who)s wrote a goal: “%(goal)s”"),
    EventKind.GOAL_CHANGED: N_("%(who)s said a goal in other words: “%(goal)s”"),
    EventKind.GOAL_PAUSED: N_("%(who)s put a goal on pause: “%(goal)s”"),
    EventKind.GOAL_RESUMED: N_("%(who)s took a goal up again: “%(goal)s”"),
    EventKind.GOAL_PUT_AWAY: N_("%(who)s put a goal away: “%(goal)s”"),
    EventKind.LINE_ADDED: N_("%(who)s put “%(item)s” into the plan."),
    EventKind.LINE_CHANGED: N_("%(who)s changed “%(item)s” in the plan."),
    EventKind.LINE_REMOVED: N_("%(who)s took “%(item)s” out of the plan."),
    EventKind.CHANGE_UNDONE: N_("%(who)s took the last change of the plan back."),
    EventKind.RUNG_WRITTEN: N_("%(who)s wrote what is there now, and what is possible."),
    EventKind.LIMIT_CHANGED: N_("%(who)s said how many hours a week are enough."),
    EventKind.TRY_MADE: N_("%(who)s made a try beside the plan."),
    EventKind.TRY_CHANGED: N_("%(who)s changed “%(item)s” in a try. The plan stayed as it was."),
    EventKind.TRY_KEPT: N_("%(who)s used a try. The draft is now like the try."),
    EventKind.TRY_DISCARDED: N_("%(who)s threw a try away."),
    EventKind.AWAY_WRITTEN: N_("%(who)s wrote when you are away."),
    EventKind.AWAY_REMOVED: N_("%(who)s removed days when you are away."),
    EventKind.CALENDAR_LINK_MADE: N_("%(who)s made a private calendar address."),
    EventKind.CALENDAR_LINK_REVOKED: N_("%(who)s switched a private calendar address off."),
    EventKind.FIGURE_SET: N_("%(who)s set a figure of the municipality."),
    EventKind.WISH_MADE: N_("%(who)s wished something about “%(item)s” that has to be asked for."),
    EventKind.WISH_TAKEN_BACK: N_("%(who)s took a wish about “%(item)s” back."),
    EventKind.WISH_ANSWERED: N_("%(who)s answered a wish about “%(item)s”."),
    EventKind.HANDOVER_WRITTEN: N_("%(who)s wrote down who takes something over from “%(item)s”."),
    EventKind.HANDOVER_STRUCK: N_("%(who)s struck out who takes something over from “%(item)s”."),
    EventKind.PHASE_TALKED: N_("%(who)s wrote down what was agreed about a phase of “%(item)s”."),
    EventKind.PLAN_SUBMITTED: N_("%(who)s sent the plan."),
    EventKind.PLAN_WITHDRAWN: N_("%(who)s took the plan back."),
    EventKind.PLAN_RETURNED: N_("%(who)s had a question about the plan. It is not a no."),
    EventKind.PLAN_INSISTED: N_("%(who)s asked for an answer to the plan as it is."),
    EventKind.PLAN_REVISED: N_("%(who)s began to change the plan."),
    EventKind.PLAN_APPROVED: N_("%(who)s said yes to the plan. The amount is %(amount)s."),
    EventKind.PURCHASE_RECORDED: N_("%(who)s wrote a purchase down: %(amount)s."),
    EventKind.PURCHASE_TAKEN_BACK: N_("%(who)s took a purchase of %(amount)s back."),
    EventKind.REFUND_RECORDED: N_("%(who)s wrote down that %(amount)s came back."),
    EventKind.DELIVERY_RECORDED: N_("%(who)s wrote down help that you got: “%(item)s”. It cost %(amount)s."),
    EventKind.DELIVERY_TAKEN_BACK: N_(
        "%(who)s took back what was written about “%(item)s”. %(amount)s is set aside again."
    ),
    EventKind.OBJECTION_MADE: N_("%(who)s wrote that a payment is not right."),
    EventKind.OBJECTION_ANSWERED: N_("%(who)s answered what you wrote about a payment."),
    EventKind.CHECKED_IN: N_("%(who)s told how it goes: “%(goal)s”"),
    EventKind.CHIME_ANSWERED: N_("%(who)s answered the five questions about your life."),
    EventKind.UNIT_ADDED: N_("%(who)s added a unit."),
    EventKind.PERSON_ADDED: N_("%(who)s added a person."),
    EventKind.PERSON_CHANGED: N_("%(who)s changed what is known about a person."),
    EventKind.ROLE_GIVEN: N_("%(who)s gave somebody a role."),
    EventKind.ROLE_ENDED: N_("%(who)s ended somebody's role."),
    EventKind.TIE_MADE: N_("%(who)s wrote down that %(other)s is %(tie)s."),
    EventKind.TIE_ENDED: N_("%(who)s wrote down that %(other)s is no longer %(tie)s."),
    EventKind.INVITATION_MADE: N_("%(who)s made a code for signing in."),
    EventKind.SIGN_IN_LINKED: N_("%(who)s linked a sign-in to a person."),
    EventKind.LANGUAGE_CHOSEN: N_("%(who)s chose the language: %(language)s."),
    EventKind.SIGNED_OUT: N_("%(who)s signed out everywhere."),
    EventKind.FILE_TAKEN: N_("%(who)s took a copy as a file."),
    EventKind.PACKAGE_DRAFTED: N_("%(who)s worked on a package."),
    EventKind.PACKAGE_DRAFT_DROPPED: N_("%(who)s threw the draft of a package away."),
    EventKind.PACKAGES_PUBLISHED: N_("%(who)s published packages."),
    EventKind.PRICE_LIST_TAKEN: N_("%(who)s took a price list in."),
    EventKind.PRICE_MAPPING_SAVED: N_("%(who)s saved how a price list is read."),
    EventKind.PACKAGE_WITHDRAWN: N_("%(who)s withdrew a package."),
    EventKind.PACKAGE_PROPOSED: N_("%(who)s proposed a package."),
    EventKind.PROPOSAL_ANSWERED: N_("%(who)s answered the proposal of a package."),
}

_YOURS = frozenset(
    {
        *(EventKind.GOAL_WRITTEN, EventKind.GOAL_CHANGED, EventKind.GOAL_PAUSED, EventKind.GOAL_RESUMED),
        *(EventKind.GOAL_PUT_AWAY, EventKind.CHECKED_IN, EventKind.CHIME_ANSWERED),
        *(EventKind.LINE_ADDED, EventKind.LINE_CHANGED, EventKind.LINE_REMOVED, EventKind.CHANGE_UNDONE),
        *(EventKind.RUNG_WRITTEN, EventKind.LIMIT_CHANGED, EventKind.AWAY_WRITTEN, EventKind.AWAY_REMOVED),
        *(EventKind.TRY_MADE, EventKind.TRY_CHANGED, EventKind.TRY_KEPT, EventKind.TRY_DISCARDED),
        *(EventKind.PLAN_SUBMITTED, EventKind.PLAN_WITHDRAWN, EventKind.PLAN_INSISTED, EventKind.PLAN_REVISED),
        *(EventKind.PURCHASE_RECORDED, EventKind.PURCHASE_TAKEN_BACK, EventKind.REFUND_RECORDED),
        EventKind.OBJECTION_MADE,
    }
)
"""What citizens mostly do themselves: when somebody else did it, the sentence says that it was done for them."""

_LANGUAGES = {"da": "dansk", "en": "English"}


def tell(event: EventSeen) -> str:
    """Tell in one or two sentences what happened."""
    said = [gettext(_SENTENCES[event.kind], **_values(event))]
    if event.kind is EventKind.COURSE_OPENED and event.other:
        said.append(gettext("%(other)s is your support person.", other=event.other))
    if event.for_you and event.kind in _YOURS:
        said.append(gettext("It was done for you."))
    return " ".join(said)


def tie_name(kind: TieKind) -> str:
    """Say what somebody is to the citizen, within a sentence."""
    return gettext(_TIES[kind])


def _values(event: EventSeen) -> Mapping[str, str]:
    facts = event.facts
    kind = str(facts.get("kind", ""))
    return {
        "who": gettext(_WHO[event.who]),
        "other": event.other or gettext("somebody"),
        "item": _item(event),
        "goal": event.goal or gettext("a goal"),
        "amount": _amount(event),
        "first": _day(facts.get("first_day")),
        "last": _day(facts.get("last_day")),
        "tie": tie_name(TieKind(kind)) if kind in set(TieKind) else gettext("with you"),
        "language": _LANGUAGES.get(str(facts.get("language", "")), "dansk"),
    }


def _item(event: EventSeen) -> str:
    if event.item is None:
        return gettext("something")
    package = offers.catalogue().get(event.item.package_id) if event.item.package_id else None
    return words(package.name) if package else event.item.title or gettext("something")


def _amount(event: EventSeen) -> str:
    oere = event.facts.get("award", event.facts.get("oere"))
    return kr(Money(oere)) if isinstance(oere, int) else gettext("an amount")


def _day(text: object) -> str:
    return day(date.fromisoformat(text)) if isinstance(text, str) else gettext("a day")
