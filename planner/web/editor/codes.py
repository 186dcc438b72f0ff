"""Words for the codes that editors choose from."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import gettext

from planner.domain.bounds import DelivererKind, Mode, Place
from planner.domain.package import Chime, Deliverer, LineKind, PriceUnit, Rung, TariffKind
from planner.web.packages import RUNGS, WISHES, kind_name, unit_name
from planner.web.wording import N_

_DELIVERERS = {
    Deliverer.CASEWORKER: N_("an adviser"),
    Deliverer.NURSE: N_("a nurse"),
    Deliverer.JOB_CONSULTANT: N_("a job consultant"),
    Deliverer.TEACHER: N_("a teacher"),
    Deliverer.NETWORK_FACILITATOR: N_("somebody who leads network meetings"),
    Deliverer.PSYCHOLOGIST: N_("a psychologist"),
    Deliverer.DOCTOR: N_("a doctor"),
    Deliverer.PEER: N_("a peer"),
    Deliverer.VOLUNTEER: N_("a volunteer"),
    Deliverer.EMPLOYER: N_("an employer"),
    Deliverer.SELF: N_("the citizen alone"),
}
_MODES = {
    Mode.IN_PERSON: N_("face to face"),
    Mode.GROUP: N_("in a group"),
    Mode.VIDEO: N_("on screen"),
    Mode.PHONE: N_("by telephone"),
    Mode.OUTREACH: N_("where the citizen is"),
}
_GIVERS = {
    DelivererKind.PROFESSIONAL: N_("a professional"),
    DelivererKind.PEER: N_("a peer"),
    DelivererKind.VOLUNTEER: N_("a volunteer"),
}
_PLACES = {
    Place.HOME: N_("at home"),
    Place.OFFICE: N_("at an office"),
    Place.TOWN: N_("in town"),
    Place.OUTDOORS: N_("outdoors"),
    Place.WORKPLACE: N_("at the workplace"),
}
_SURE = {
    TariffKind.SOURCED: N_("published"),
    TariffKind.DERIVED: N_("worked out"),
    TariffKind.ASSUMED: N_("assumed"),
    TariffKind.FREE: N_("free"),
}
COUNTS_FROM: Mapping[str, str] = {"contact": N_("the first contact"), "referral": N_("the referral")}
_OWN_LINE = N_("A line of the citizen's own")

# A mapping for each kind of code, because the same code may stand in two of them.
_NAMES: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Deliverer: _DELIVERERS,
    Mode: _MODES,
    DelivererKind: _GIVERS,
    Place: _PLACES,
    TariffKind: _SURE,
}


def name(code: StrEnum) -> str:
    """Name a code in the language that is spoken."""
    match code:
        case LineKind():
            return gettext(_OWN_LINE) if code is LineKind.OWN_LINE else kind_name(code)
        case PriceUnit():
            return unit_name(code)
        case Rung():
            return str(RUNGS[code])
        case Chime():
            return str(WISHES[code])
        case _:
            return gettext(_NAMES[type(code)][code])


def pairs(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """List codes with their names."""
    return [(code, gettext(said)) for code, said in names.items()]
