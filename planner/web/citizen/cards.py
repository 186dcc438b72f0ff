"""The catalogue beside a draft: cards to choose from, by where the help comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.draft import Payer
from planner.domain.money import Money
from planner.domain.package import LineKind, Package, Rung
from planner.queries.mix import Mix
from planner.queries.packages import Offer, Place, Wish, offers
from planner.queries.plans import PlanSummary
from planner.web.citizen.course import catalogue
from planner.web.packages import RUNGS

FEW = 3


@dataclass(frozen=True, slots=True)
class Card:
    """A package to choose: who would pay for it here, whether it is chosen, and what it costs beyond the free money."""

    offer: Offer
    payer: Payer
    item: int | None
    beyond: Money | None


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one rung; ``total`` counts all that fit, shown or not."""

    rung: Rung
    name: str
    cards: tuple[Card, ...]
    total: int


def groups(plan: PlanSummary, mix: Mix, wish: Wish, today: date) -> list[Group]:
    """Group what can be chosen by rung; a few of each until something is looked for, and always what is chosen."""
    found = [_card(one, mix) for one in offers(catalogue(), wish, today, place(plan, mix)) if one.package.choosable]
    by_rung = {rung: [card for card in found if card.offer.package.rung is rung] for rung in Rung}
    return [
        Group(rung, str(RUNGS[rung]), _shown(cards, everything=wish.any), len(cards))
        for rung, cards in by_rung.items()
        if cards
    ]


def without_plan(today: date) -> list[Package]:
    """List the open doors: what a citizen can walk into without a plan."""
    everything = offers(catalogue(), Wish(), today, Place())
    return [one.package for one in everything if one.package.kind is LineKind.OPEN_FREE and not one.package.disabled]


def place(plan: PlanSummary, mix: Mix) -> Place:
    """Look from a plan: its days, its prices, and what is free in it."""
    return Place(region=mix.region, plan=plan.period, left=mix.balance.available, own_kinds=mix.own_kinds)


def _card(one: Offer, mix: Mix) -> Card:
    payer, item = mix.pays(one.package.kind), mix.item_of(one.package.id)
    if (chosen := mix.choice(item) if item is not None else None) is not None:
        return Card(replace(one, period=chosen.period, cost=chosen.cost), payer, item, None)
    left = mix.balance.available
    beyond = one.cost - left if payer is Payer.OWN and one.cost and one.cost > left else None
    return Card(one, payer, item, beyond)


def _shown(cards: Sequence[Card], *, everything: bool) -> tuple[Card, ...]:
    return tuple(card for index, card in enumerate(cards) if everything or index < FEW or card.item is not None)
