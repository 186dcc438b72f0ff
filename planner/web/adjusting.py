"""What may be adjusted about a package, told in words: the parts, what each can be, and what is a wish."""

from datetime import date

from flask_babel import gettext, lazy_gettext, ngettext

from packages_catalog.vocabulary import LANGUAGES
from planner.domain.allowed import Allowed, Beyond, allowed
from planner.domain.bounds import DelivererKind, Mode, Place
from planner.domain.choices import NUMBERS, Choices, Value
from planner.domain.package import Package
from planner.domain.wish import START
from planner.queries import offers
from planner.queries.wishes import WishSeen
from planner.web.filters import day, weeks, words

_PARTS = {
    "weeks": lazy_gettext("How many weeks"),
    "rhythm": lazy_gettext("How often"),
    "runs": lazy_gettext("How many times in a row"),
    "variant": lazy_gettext("Which kind"),
    "mode": lazy_gettext("How we meet"),
    "deliverer": lazy_gettext("Who helps"),
    "language": lazy_gettext("Language"),
    "place": lazy_gettext("Where"),
    START: lazy_gettext("First day"),
}
_MODES = {
    Mode.IN_PERSON: lazy_gettext("We meet"),
    Mode.GROUP: lazy_gettext("In a group"),
    Mode.VIDEO: lazy_gettext("On a screen"),
    Mode.PHONE: lazy_gettext("By telephone"),
    Mode.OUTREACH: lazy_gettext("You come to me"),
}
_DELIVERERS = {
    DelivererKind.PROFESSIONAL: lazy_gettext("A professional"),
    DelivererKind.PEER: lazy_gettext("Somebody who has been through it"),
    DelivererKind.VOLUNTEER: lazy_gettext("A volunteer"),
}
_PLACES = {
    Place.HOME: lazy_gettext("At my home"),
    Place.OFFICE: lazy_gettext("At your place"),
    Place.TOWN: lazy_gettext("Somewhere in town"),
    Place.OUTDOORS: lazy_gettext("Outdoors, on a walk"),
    Place.WORKPLACE: lazy_gettext("At work"),
}
_RHYTHMS = {
    50: lazy_gettext("Half as often"),
    75: lazy_gettext("A little less often"),
    100: lazy_gettext("As the package says"),
    150: lazy_gettext("More often"),
    200: lazy_gettext("Twice as often"),
}


def part_name(part: str) -> str:
    """Name a part of a package, without its phase."""
    return str(_PARTS[part.partition(".")[0]])


def said(part: str, value: Value, package: Package | None) -> str:
    """Say in one line what a part was chosen or wished to be: with its phase, or with what it is about."""
    number = part.partition(".")[2]
    told = value_name(part, value, package).lower()
    if number and package is not None and int(number) <= len(package.phases):
        return f"{words(package.phases[int(number) - 1].name)}: {told}"
    return f"{part_name(part)}: {told}"


def value_name(part: str, value: Value, package: Package | None = None) -> str:
    """Say what a part was chosen or wished to be; a variant is named by its package."""
    name = part.partition(".")[0]
    if name == "variant":
        variants = package.variants if package else ()
        named = next((words(variant.name) for variant in variants if variant.code == value), str(value))
        return named or gettext("As the package says")
    if name == "weeks":
        return weeks(int(value))
    if name == "runs":
        return ngettext("%(num)s time", "%(num)s times", int(value))
    if name == "rhythm":
        return str(_RHYTHMS.get(int(value), f"{value} %"))
    if name == START:
        return day(date.fromisoformat(str(value)))
    if name == "language":
        return words(LANGUAGES[str(value)]) if value in LANGUAGES else gettext("Danish")
    return _code_name(name, str(value))


def _code_name(name: str, value: str) -> str:
    known: dict[str, dict[str, str]] = {
        "mode": {mode.value: str(said) for mode, said in _MODES.items()},
        "deliverer": {kind.value: str(said) for kind, said in _DELIVERERS.items()},
        "place": {place.value: str(said) for place, said in _PLACES.items()},
    }
    return known[name].get(value) or gettext("As the package says")


def allowed_name(part: str, allowed: Allowed) -> str:
    """Say what can be chosen for a part, within a sentence."""
    name = part.partition(".")[0]
    if name == START:
        first, last = (day(date.fromisoformat(code)) for code in allowed.codes)
        return gettext("from %(first)s to %(last)s", first=first, last=last)
    if name == "weeks":
        if allowed.low == allowed.high:
            return weeks(allowed.low)
        return gettext("%(low)s to %(high)s weeks", low=allowed.low, high=allowed.high)
    if name == "runs":
        return ngettext("at most %(num)s time", "at most %(num)s times", allowed.high)
    if name == "rhythm":
        return ", ".join(str(said).lower() for often, said in _RHYTHMS.items() if allowed.low <= often <= allowed.high)
    return ", ".join(value_name(part, code).lower() for code in allowed.codes) or gettext("as the package says")


def allowed_of(package: Package, part: str) -> str:
    """Say what a package allows for a part by itself, within a sentence."""
    if part.partition(".")[2] and int(part.partition(".")[2]) > len(package.phases):
        return gettext("as the package says")
    return allowed_name(part, allowed(package, part))


def wish_title(wish: WishSeen) -> str:
    """Say in one line what is wished, and about which package."""
    package = offers.catalogue().get(wish.package_id)
    named = words(package.name) if package else wish.package_id
    return f"{named}. {said(wish.part, wish.wanted, package)}."


def beyond_name(over: Beyond, package: Package | None) -> str:
    """Say what was chosen beyond the bounds, and what they are."""
    return gettext(
        "%(wanted)s (you can choose %(allowed)s)",
        wanted=said(over.part, over.wanted, package),
        allowed=allowed_name(over.part, over.allowed),
    )


def in_short(package: Package | None, choices: Choices) -> list[str]:
    """Tell what was chosen about a package, each part once; nothing when it is as it is described."""
    order = {name: place for place, name in enumerate((*NUMBERS, "variant", "mode", "deliverer", "language", "place"))}
    chosen = sorted(choices.values.items(), key=lambda one: (one[0].partition(".")[2], order[one[0].partition(".")[0]]))
    return [said(part, value, package) for part, value in chosen]
