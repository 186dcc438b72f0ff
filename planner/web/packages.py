"""How packages are told to people: names for their codes, the few facts on a card, and where a figure comes from."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from flask_babel import gettext, lazy_gettext, ngettext, pgettext

from packages_catalog.vocabulary import ASSUMABLE, KINDS, LAWS, LOCAL
from planner.domain.draft import Payer
from planner.domain.money import ZERO, Money
from planner.domain.package import (
    Activity,
    Chime,
    LegalBasis,
    LineKind,
    Package,
    Phase,
    PriceUnit,
    Rung,
    TariffKind,
    contact_minutes,
)
from planner.queries.packages import DECIDED_KINDS, UNDER, Offer, PriceWish, Wish, weekly, weekly_own
from planner.web.fading import Fading
from planner.web.filters import hours, kr, weeks, words
from planner.web.language import spoken

MOST_LETTERS = 80
WEEKS = (4, 12, 26, 52)
ASKED = ("words", "wish", "rung", "price", "weeks", "answer", "anonymous")
"""What an address or a form may ask the catalogue for."""
_HOUR, _SHORT_HOUR = 60, 15

RUNGS = {
    Rung.SELF: lazy_gettext("Myself"),
    Rung.NETWORK: lazy_gettext("Those close to me"),
    Rung.COMMUNITY: lazy_gettext("The town around me"),
    Rung.SERVICES: lazy_gettext("The municipality"),
}
WISHES = {
    Chime.CONNECTEDNESS: lazy_gettext("be together with others"),
    Chime.HOPE: lazy_gettext("have hope"),
    Chime.IDENTITY: lazy_gettext("be myself"),
    Chime.MEANING: lazy_gettext("have something to get up for"),
    Chime.EMPOWERMENT: lazy_gettext("decide more myself"),
}
DECIDED = {"free": lazy_gettext("is not needed"), "asked": lazy_gettext("is needed")}
"""What one may look for in who has to say yes: nobody, or the municipality."""

_KINDS = {
    LineKind.STATUTORY_FREE: lazy_gettext("Free by law"),
    LineKind.ALLOCATED_SERVICE: lazy_gettext("From the municipality"),
    LineKind.BUDGET_ITEM: lazy_gettext("You buy it yourself"),
    LineKind.CIVIL_FREE: lazy_gettext("Volunteers"),
    LineKind.OPEN_FREE: lazy_gettext("Open door"),
    LineKind.SITE_LEVEL: lazy_gettext("For the whole house"),
    LineKind.OWN_LINE: lazy_gettext("Things of your own"),
}
_PAYERS = {
    Payer.OWN: lazy_gettext("From your amount"),
    Payer.SERVICE: lazy_gettext("The municipality's support"),
    Payer.LAW: lazy_gettext("Free by law"),
    Payer.VOLUNTEERS: lazy_gettext("Volunteers"),
}
_UNITS = {
    PriceUnit.COURSE: lazy_gettext("for the whole course"),
    PriceUnit.SESSION: lazy_gettext("each time"),
    PriceUnit.CONTACT: lazy_gettext("each contact"),
    PriceUnit.ESCORT: lazy_gettext("each time somebody comes along"),
    PriceUnit.DAY: lazy_gettext("per day"),
    PriceUnit.WEEK: lazy_gettext("per week"),
    PriceUnit.MONTH: lazy_gettext("per month"),
    PriceUnit.QUARTER: lazy_gettext("per quarter"),
    PriceUnit.NINE_MONTHS: lazy_gettext("for nine months"),
    PriceUnit.YEAR: lazy_gettext("per year"),
}
_SURE = {
    TariffKind.SOURCED: lazy_gettext("The price is published."),
    TariffKind.DERIVED: lazy_gettext("The price is worked out from published figures."),
    TariffKind.ASSUMED: lazy_gettext("The price is assumed. The municipality may change it."),
    TariffKind.FREE: lazy_gettext("It is free."),
}

Choice = TypeVar("Choice", bound=StrEnum)


def decided(package: Package) -> bool:
    """Tell whether the municipality has to say yes before it starts."""
    return package.kind in DECIDED_KINDS


def decided_value(wish: Wish) -> str | None:
    """Tell which of ``DECIDED`` is looked for."""
    return None if wish.decided is None else "asked" if wish.decided else "free"


def prices(left: Money | None = None) -> list[tuple[PriceWish, str]]:
    """Name what one may look for in a price; ``left`` is what is free in the plan of whoever looks."""
    within = [(PriceWish.AFFORDABLE, gettext("at most %(amount)s, what is free", amount=kr(left)))] if left else []
    return [
        *within,
        (PriceWish.FREE, kr(ZERO)),
        (PriceWish.LAW, gettext("free by law")),
        *((wish, gettext("at most %(amount)s", amount=kr(most))) for wish, most in UNDER.items()),
    ]


def kind_name(kind: LineKind) -> str:
    """Name who a package is from, where no plan says who pays."""
    return str(_KINDS[kind])


def payer_name(payer: Payer) -> str:
    """Name who pays for a line."""
    return str(_PAYERS[payer])


def unit_name(unit: PriceUnit) -> str:
    """Name what a price is the price of."""
    return str(_UNITS[unit])


def how_sure(kind: TariffKind) -> str:
    """Say how sure a price is."""
    return str(_SURE[kind])


def time_fact(offer: Offer) -> tuple[str, str]:
    """Name and tell how much time it takes: hours a week, or the whole where that is less than a quarter of one."""
    low, high = offer.weekly_minutes
    if high < _SHORT_HOUR:
        return gettext("In all"), hours(contact_minutes(offer.package.phases))
    return gettext("A week"), between(low, high)


def between(low: int, high: int) -> str:
    """Show a span of minutes in hours: ``¼–6 timer``, or one figure where both ends look alike."""
    least, most = hours(low), hours(high)
    return most if least == most else f"{least.split()[0]}–{most}"


def length(minutes: int) -> str:
    """Show how long something lasts: minutes below an hour, else hours."""
    return ngettext("%(num)s minute", "%(num)s minutes", minutes) if minutes < _HOUR else hours(minutes)


def lasts(package: Package) -> str:
    """Tell how long a package lasts; an open-ended one has no end of its own."""
    return gettext("as needed") if package.open_ended else weeks(package.weeks)


def price_fact(offer: Offer) -> str:
    """Tell what it costs whoever pays."""
    return gettext("no price yet") if offer.to_pay is None else kr(offer.to_pay)


def together(package: Package) -> str:
    """Tell how many hours with others everything comes to."""
    return hours(contact_minutes(package.phases))


def a_week(phase: Phase) -> str:
    """Tell how much time a week a phase takes, with what one does alone beside it."""
    with_others = a_week_of(weekly(phase))
    alone = weekly_own(phase)
    return gettext("%(time)s, and %(own)s on your own", time=with_others, own=length(alone)) if alone else with_others


def a_week_of(minutes: int) -> str:
    """Tell minutes a week."""
    return gettext("%(time)s a week", time=length(minutes))


def curve_in_words(curve: Fading) -> str:
    """Tell the figures of the curve, phase by phase."""
    return " ".join(
        gettext("%(name)s, %(weeks)s: %(time)s.", name=words(g.name), weeks=weeks(g.weeks), time=a_week_of(g.minutes))
        for g in curve.gates
    )


def ages(package: Package) -> str:
    """Tell for which ages a package is."""
    if package.min_age and package.max_age:
        return gettext("%(first)s to %(last)s years", first=package.min_age, last=package.max_age)
    if package.min_age:
        return gettext("from %(age)s years", age=package.min_age)
    return gettext("up to %(age)s years", age=package.max_age)


def nothing() -> str:
    """Show an amount of nothing."""
    return kr(ZERO)


def public_price(offer: Offer) -> str:
    """Tell what it costs where no plan says for how long: what has no end of its own is told by its unit."""
    if offer.package.open_ended and offer.to_pay and offer.step:
        return f"{kr(offer.step.amount)} {unit_name(offer.step.unit)}"
    return price_fact(offer)


def happenings(phase: Phase) -> list[str]:
    """Tell what happens in a phase, each thing once."""
    return [_told(activity, times) for activity, times in Counter(phase.activities).items()]


def _rhythm(activity: Activity, times: int) -> str:
    """Tell how often something happens, when it stands so many times in its phase."""
    if not activity.every_weeks:
        often = activity.times * times
        return pgettext("how often", "once") if often == 1 else gettext("%(number)s times", number=often)
    if activity.every_weeks == 1 and times > 1:
        return gettext("%(number)s times a week", number=times)
    named = {1: gettext("every week"), 2: gettext("every second week")}
    often = named.get(activity.every_weeks) or gettext("every %(number)s weeks", number=activity.every_weeks)
    return often if times == 1 else gettext("%(number)s times %(often)s", number=times, often=often)


def _told(activity: Activity, times: int) -> str:
    """Tell it in one line: what, how long, how often, and with how many."""
    parts = [words(KINDS[activity.kind]), length(activity.minutes), _rhythm(activity, times)]
    if activity.group_size > 1:
        parts.append(gettext("up to %(number)s in the group", number=activity.group_size))
    return ", ".join(parts)


def law_name(basis: LegalBasis) -> str:
    """Name a law with its paragraph, never the paragraph alone; a local scheme has its words."""
    note = words(basis.note) if basis.note else ""
    if basis.law == LOCAL:
        return note
    named = f"{words(LAWS[basis.law])} §\u00a0{basis.paragraph}"
    return f"{named}, {note[:1].lower()}{note[1:]}" if note else named


def assumptions(package: Package) -> str:
    """List what in a package is assumed, as one part of a sentence."""
    return ", ".join(words(ASSUMABLE[what]) for what in package.assumed if what != "codes")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: words, and an address where there is one."""

    name: str
    address: str


_ADDRESS = re.compile(r"https?://[^\s]+")


def source(text: str) -> Source:
    """Take a source apart; an address alone is named by its site."""
    found = _ADDRESS.search(text)
    address = found[0] if found else ""
    said = text.replace(address, "").strip(" :;") if address else text
    both = said.split(" / ", 1)
    return Source((both[-1] if spoken() == "en" else both[0]) or _site(address), address)


def _site(address: str) -> str:
    """Name an address by its site and the last words of its path, so that two pages of one site differ."""
    split = urlsplit(address)
    last = re.sub(r"[-_+]+", " ", unquote(split.path).rstrip("/").rpartition("/")[2].partition(".")[0])
    told = last if len(last) <= MOST_LETTERS else last[:MOST_LETTERS].rpartition(" ")[0]
    return ": ".join(part for part in ((split.hostname or "").removeprefix("www."), told) if part)


def kept(asked: Mapping[str, str]) -> dict[str, str]:
    """Keep what was looked for, to be carried on in addresses; other parts of the address are not carried on."""
    return {name: asked[name][:MOST_LETTERS] for name in ASKED if asked.get(name)}


def wish_from(asked: Mapping[str, str]) -> Wish:
    """Read what an address asks for; what is not known does not matter."""
    most = asked.get("weeks", "")
    return Wish(
        words=asked.get("words", "").strip()[:MOST_LETTERS],
        rung=_one_of(Rung, asked.get("rung", "")),
        chime=_one_of(Chime, asked.get("wish", "")),
        price=_one_of(PriceWish, asked.get("price", "")),
        most_weeks=int(most) if most in {str(number) for number in WEEKS} else None,
        anonymous=asked.get("anonymous", "") == "1",
        decided={"asked": True, "free": False}.get(asked.get("answer", "")),
    )


def _one_of(codes: type[Choice], text: str) -> Choice | None:
    return codes(text) if text in {code.value for code in codes} else None


def start_promise(package: Package) -> str:
    """Tell within how many days the help starts, and from when they are counted; nothing when nobody promised."""
    if package.start_within_days is None:
        return ""
    if package.start_within_days == 0:
        return gettext("You get help the same day.")
    if package.start_counts_from == "referral":
        return gettext("It starts within %(days)s days after you were referred.", days=package.start_within_days)
    return gettext("It starts within %(days)s days after you got in touch.", days=package.start_within_days)


def not_a_line(package: Package) -> str:
    """Say why a package cannot be put into a plan; nothing when it can."""
    if package.disabled:
        return gettext("It is switched off here. It can only be used when everything below is in place.")
    if package.kind is LineKind.OPEN_FREE:
        return gettext("You need no plan for it. Nobody writes down that you came.")
    if package.kind is LineKind.SITE_LEVEL:
        return gettext("It is for everybody in a house. The house starts it, so it is not part of your own plan.")
    return ""
