"""Searching packages finds exactly what a plain look at each of them finds, in a steady order, and prices only a page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import product

import pytest
from flask import Flask

from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain.money import Money
from planner.domain.package import Chime, LineKind, Package, Rung, Tariff
from planner.domain.period import Period
from planner.queries.packages import DECIDED_KINDS, FREE_KINDS, UNDER, Place, PriceWish, Wish, offer, offers, search
from planner.queries.search import index_of, places_in, set_of
from tests.factories import CATALOGUE

TODAY = clock.today()


@cache
def known_words(package_id: str) -> frozenset[str]:
    package = CATALOGUE[package_id]
    parts = (package.name, package.summary, package.suits, *package.contains)
    return frozenset(re.findall(r"\w+", " ".join(f"{part.da} {part.en}" for part in parts if part).casefold()))


@cache
def price(package_id: str, *, planned: bool) -> Money | None:
    return offer(CATALOGUE[package_id], TODAY, IN_A_PLAN if planned else HERE).to_pay


def says(package: Package, words: str) -> bool:
    """Look at every word of the package for every word that is looked for."""
    known = known_words(package.id)
    return all(any(word in each for each in known) for word in re.findall(r"\w+", words.casefold()))


def fits(package: Package, wish: Wish, place: Place) -> bool:
    to_pay = price(package.id, planned=place.plan is not None)
    prices: dict[PriceWish, Callable[[], bool]] = {
        PriceWish.FREE: lambda: package.kind in FREE_KINDS,
        PriceWish.LAW: lambda: package.kind is LineKind.STATUTORY_FREE,
        PriceWish.UNDER_5000: lambda: to_pay is not None and to_pay <= UNDER[PriceWish.UNDER_5000],
        PriceWish.UNDER_20000: lambda: to_pay is not None and to_pay <= UNDER[PriceWish.UNDER_20000],
        PriceWish.AFFORDABLE: lambda: (
            place.left is None or package.kind not in place.own_kinds or (to_pay is not None and to_pay <= place.left)
        ),
    }
    return (
        says(package, wish.words)
        and wish.rung in {None, package.rung}
        and (wish.chime is None or wish.chime in package.chime)
        and (wish.most_weeks is None or package.weeks <= wish.most_weeks)
        and (not wish.anonymous or package.anonymous)
        and (wish.decided is None or wish.decided == (package.kind in DECIDED_KINDS))
        and (wish.price is None or prices[wish.price]())
    )


HERE = Place()
IN_A_PLAN = Place(
    plan=Period(TODAY, TODAY + timedelta(179)), left=Money.kroner(9_000), own_kinds=frozenset({LineKind.BUDGET_ITEM})
)
WISHES = [
    Wish(words=words, rung=rung, chime=chime, price=price, most_weeks=weeks, anonymous=anonymous, decided=decided)
    for words, rung, chime, price, weeks, (anonymous, decided) in product(
        ("", "STØTTE hverdag", "group"),
        (None, Rung.COMMUNITY),
        (None, Chime.HOPE),
        (None, *PriceWish),
        (None, 26),
        ((False, None), (True, None), (False, True), (False, False)),
    )
]


@pytest.mark.parametrize("place", [HERE, IN_A_PLAN], ids=["without a plan", "in a plan"])
def test_a_search_finds_what_a_look_at_every_package_finds(place: Place) -> None:
    found_something = 0
    for wish in WISHES:
        found = {one.package.id for one in offers(CATALOGUE, wish, TODAY, place)}

        assert found == {package.id for package in CATALOGUE.values() if fits(package, wish, place)}, wish
        found_something += bool(found)

    assert found_something > len(WISHES) // 4


def test_what_is_named_so_comes_first_and_the_rest_stays_in_order() -> None:
    found = [one.package for one in offers(CATALOGUE, Wish(words="peer"), TODAY, HERE)]

    named = [
        any(w.startswith("peer") for w in re.findall(r"\w+", f"{p.name.da} {p.name.en}".casefold())) for p in found
    ]
    assert named == sorted(named, reverse=True)
    assert True in named
    assert False in named
    for group in (True, False):
        ids = [package.id for package, is_named in zip(found, named, strict=True) if is_named is group]
        assert ids == sorted(ids)


def test_danish_letters_are_found_however_they_are_typed() -> None:
    for typed in ("Pårørende", "PÅRØRENDE", "pa\u030arørende"):
        found = [one.package.id for one in offers(CATALOGUE, Wish(words=typed), TODAY, HERE)]
        assert "paaroerende-kursus" in found


def test_a_part_of_a_long_danish_word_is_found() -> None:
    found = [one.package.id for one in offers(CATALOGUE, Wish(words="behandling alkohol"), TODAY, HERE)]

    assert "alkohol-faseforloeb" in found


def test_what_is_withdrawn_is_found_until_its_day() -> None:
    withdrawn = replace(CATALOGUE["cti"], withdrawn_on=TODAY + timedelta(1))
    catalogue = Catalogue([*(p for p in CATALOGUE.values() if p.id != "cti"), withdrawn])

    assert search(catalogue, Wish(), TODAY, HERE).total == len(CATALOGUE)
    assert search(catalogue, Wish(), TODAY + timedelta(1), HERE).total == len(CATALOGUE) - 1


class NeverPriced(tuple):
    """Prices at which nobody may look."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Tariff]:
        raise AssertionError("priced, though it is not shown")


def test_only_the_page_that_is_shown_is_priced() -> None:
    mbsr = CATALOGUE["mbsr"]
    many = Catalogue(
        replace(mbsr, id=f"mbsr-{number:04}", tariffs=mbsr.tariffs if number >= 1_950 else NeverPriced(mbsr.tariffs))
        for number in range(2_000)
    )

    found = search(many, Wish(words="ro"), TODAY, HERE)

    assert found.total == 2_000
    assert [one.package.id for one in found.page(1_950, 50)] == [f"mbsr-{number}" for number in range(1_950, 2_000)]
    with pytest.raises(AssertionError):
        found.page(1_949, 1)


def test_a_catalogue_is_prepared_once_and_another_one_anew() -> None:
    other = Catalogue(CATALOGUE.values())

    assert index_of(CATALOGUE) is index_of(CATALOGUE)
    assert index_of(other) is not index_of(CATALOGUE)


@pytest.mark.parametrize("places", [[], [0], [7, 8], [1, 2, 63, 64, 4_999], list(range(300))])
def test_a_set_of_places_gives_them_back(places: list[int]) -> None:
    assert list(places_in(set_of(places))) == places


@pytest.mark.only_sqlite
def test_prices_of_a_day_are_those_of_that_day(in_app: Flask) -> None:
    later = CATALOGUE["aktivitet-104"].tariffs[-1].first_day
    cheap = Wish(price=PriceWish.UNDER_20000)

    first = [one.cost for one in offers(CATALOGUE, cheap, TODAY, HERE)]
    after = [one.cost for one in offers(CATALOGUE, cheap, later, HERE)]

    assert first != after
