"""Phases told in words: who takes over, and what people agreed on."""

from flask_babel import gettext, lazy_gettext

from planner.domain.phase import Outcome, Taker
from planner.queries.phases import TalkSeen
from planner.web.filters import weeks

TAKERS = {
    Taker.ME: lazy_gettext("I take it over"),
    Taker.NETWORK: lazy_gettext("Somebody close to me"),
    Taker.COMMUNITY: lazy_gettext("A club or a place in town"),
    Taker.SERVICE: lazy_gettext("Another kind of help"),
}
OUTCOMES = {
    Outcome.CLOSE: lazy_gettext("We are done with it"),
    Outcome.LONGER: lazy_gettext("It lasts longer"),
    Outcome.SHORTER: lazy_gettext("It becomes shorter"),
    Outcome.AGAIN: lazy_gettext("Once more from the start"),
}


def taker_name(taker: Taker) -> str:
    """Say who takes something over."""
    return str(TAKERS[taker])


def agreed(talk: TalkSeen) -> str:
    """Say what was agreed."""
    said = str(OUTCOMES[talk.outcome])
    return gettext("%(agreed)s: %(weeks)s in all", agreed=said, weeks=weeks(talk.weeks)) if talk.weeks else said
