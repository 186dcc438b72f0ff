"""What editors' pages call where a package stands."""

from flask_babel import gettext

from planner.queries.editing import Standing
from planner.queries.proposals import Stage
from planner.web.wording import N_

_STANDINGS = {
    Standing.DRAFT: N_("Being written"),
    Standing.PUBLISHED: N_("Published here"),
    Standing.WITHDRAWN: N_("Withdrawn"),
    Standing.FILE: N_("From the planner"),
}
_STAGES = {
    Stage.OPEN: N_("waits for an answer"),
    Stage.BEING_MADE: N_("is being written"),
    Stage.PUBLISHED: N_("stands in the catalogue"),
    Stage.ANSWERED: N_("answered"),
}


def standing_name(standing: Standing) -> str:
    """Name where a package stands."""
    return gettext(_STANDINGS[standing])


def stage_name(stage: Stage) -> str:
    """Name how far a proposal has come, within a sentence."""
    return gettext(_STAGES[stage])
