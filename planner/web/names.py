"""Names for codes: how categories, ways to pay, moves of money and the parts of a budget are called."""

from datetime import date

from flask_babel import gettext

from planner.domain.delivery import DeliveryPart
from planner.domain.ledger import EntryKind, EnvelopeKind
from planner.domain.purchase import BoughtBy, Category, PaidWith
from planner.queries import offers
from planner.queries.money import Pot
from planner.web.filters import day, month, words
from planner.web.wording import N_

_CATEGORIES = {
    Category.TRANSPORT: N_("Transport"),
    Category.IT_AND_PHONE: N_("Computer and phone"),
    Category.EDUCATION: N_("Courses and education"),
    Category.WORK: N_("Work"),
    Category.HOME: N_("Home and household"),
    Category.HEALTH: N_("Health"),
    Category.THERAPY_AND_BODY: N_("Therapy and body"),
    Category.SPORT_AND_LEISURE: N_("Sport and leisure"),
    Category.CLOTHES: N_("Clothes"),
    Category.NETWORK_AND_FAMILY: N_("Friends and family"),
    Category.OTHER: N_("Something else"),
}
_WAYS = {
    PaidWith.CARD: N_("Card"),
    PaidWith.CASH: N_("Cash"),
    PaidWith.INVOICE: N_("Invoice"),
    PaidWith.TRANSFER: N_("Bank transfer or MobilePay"),
}
_BUYERS = {
    BoughtBy.MYSELF: N_("I did"),
    BoughtBy.TOGETHER: N_("I did, together with somebody"),
    BoughtBy.SUPPORT_PERSON: N_("My support person did"),
    BoughtBy.OTHER: N_("Somebody else did"),
}
_MOVES = {
    EntryKind.AWARD: N_("Given to your budget"),
    EntryKind.RETURN: N_("Given back to the municipality"),
    EntryKind.COMMIT: N_("Set aside"),
    EntryKind.RELEASE: N_("Made free again"),
    EntryKind.PAY: N_("Paid"),
    EntryKind.REVERSE: N_("Payment taken back"),
    EntryKind.REFUND: N_("Money back from a shop"),
}


def category_name(category: Category) -> str:
    """Name what money went to."""
    return gettext(_CATEGORIES[category])


def way_name(way: PaidWith) -> str:
    """Name how something was paid."""
    return gettext(_WAYS[way])


def buyer_name(buyer: BoughtBy) -> str:
    """Name who bought something, as the citizen answers."""
    return gettext(_BUYERS[buyer])


def move_name(kind: EntryKind) -> str:
    """Name a move of money."""
    return gettext(_MOVES[kind])


def part_name(part: str, which: str) -> str:
    """Name what was delivered: a month, a phase, or the day of a session."""
    if part == DeliveryPart.MONTH:
        return month(which)
    if part == DeliveryPart.PHASE:
        return gettext("phase %(number)s", number=which)
    return day(date.fromisoformat(which))


def pot_name(pot: Pot) -> str:
    """Name a part of a budget: the free money, or the line it belongs to."""
    if pot.kind is EnvelopeKind.FREE:
        return gettext("What you choose yourself")
    if pot.kind is EnvelopeKind.RESERVE:
        return gettext("Kept for later")
    package = offers.catalogue().get(pot.package_id) if pot.package_id else None
    return words(package.name) if package else pot.title or pot.package_id or ""


def purchase_name(said: str | None, category: Category | None, pot: str) -> str:
    """Name a purchase by the citizen's own words, else by its kind, else by what it was paid from."""
    if said or category is None or category is Category.OTHER:
        return said or pot
    return category_name(category)
