"""Suggestions: three best mixes by uncovered goals, price and ids, the same as a search that tries everything."""

from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.domain.suggestion import MOST_MIXES, MOST_PACKAGES, Asked, Option, Suggestion, suggest

NAMES = [f"pakke-{letter}" for letter in "abcdefghij"]


def option(name: str, covers: int, kroner: int = 0, minutes: int = 60, **more: frozenset[str]) -> Option:
    return Option(id=name, covers=covers, oere=kroner * 100, minutes=minutes, **more)


def ids(found: tuple[Suggestion, ...]) -> list[tuple[str, ...]]:
    return [one.ids for one in found]


def everything(options: list[Option], asked: Asked) -> list[tuple[int, int, tuple[str, ...]]]:
    """Try every set of packages with plain sets: the second, independent search."""
    goals = {o.id: {bit for bit in range(asked.goals) if o.covers & 2**bit} for o in options}
    found = []
    for size in range(1, MOST_PACKAGES + 1):
        for mix in combinations(sorted(options, key=lambda o: o.id), size):
            if allowed(mix, goals, asked):
                uncovered = asked.goals - len(set().union(*(goals[o.id] for o in mix)))
                found.append((uncovered, sum(o.oere for o in mix), tuple(o.id for o in mix)))
    return sorted(found)[:MOST_MIXES]


def allowed(mix: tuple[Option, ...], goals: dict[str, set[int]], asked: Asked) -> bool:
    names = {o.id for o in mix}
    if sum(o.oere for o in mix) > asked.most_oere:
        return False
    if asked.most_minutes is not None and sum(o.minutes for o in mix) > asked.most_minutes:
        return False
    if any(names & o.excludes for o in mix) or any(o.needs - names - asked.chosen for o in mix):
        return False
    useful = {o.id for o in mix if goals[o.id] - set().union(*(goals[p.id] for p in mix if p is not o))}
    for _ in mix:
        useful |= {needed for o in mix if o.id in useful for needed in o.needs} - asked.chosen
    return names <= useful


some = st.frozensets(st.sampled_from(NAMES), max_size=2)


@st.composite
def catalogues(draw: st.DrawFn) -> list[Option]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=10))
    related = draw(st.booleans())
    return [
        Option(
            id=name,
            covers=draw(st.integers(0, 15)),
            oere=draw(st.sampled_from([0, 0, 100, 200, 700])),
            minutes=draw(st.sampled_from([0, 30, 60, 90])),
            excludes=draw(some) - {name} if related else frozenset(),
            needs=draw(some) - {name} if related and draw(st.integers(0, 3)) == 0 else frozenset(),
        )
        for name in names
    ]


questions = st.builds(
    Asked,
    goals=st.just(4),
    most_oere=st.sampled_from([0, 250, 1_000, 10_000]),
    most_minutes=st.sampled_from([None, 60, 120, 400]),
    chosen=st.frozensets(st.sampled_from(NAMES), max_size=1),
)


@settings(max_examples=400)
@given(catalogues(), questions)
@example(
    [option("pakke-a", 1), option("pakke-b", 1), option("pakke-c", 1), option("pakke-d", 1)],
    Asked(goals=4, most_oere=0),
)
def test_the_search_finds_what_trying_everything_finds(options: list[Option], asked: Asked) -> None:
    found = suggest(options, asked)

    assert [(one.uncovered, one.oere, one.ids) for one in found] == everything(options, asked)


@given(catalogues(), questions, st.randoms(use_true_random=False))
def test_the_order_in_which_packages_stand_does_not_matter(options: list[Option], asked: Asked, chance) -> None:
    found = suggest(options, asked)

    chance.shuffle(options)

    assert suggest(options, asked) == found


@given(catalogues(), questions)
def test_what_a_mix_covers_is_what_its_packages_cover(options: list[Option], asked: Asked) -> None:
    known = {o.id: o.covers for o in options}

    for one in suggest(options, asked):
        covered = 0
        for package in one.ids:
            covered |= known[package]
        assert one.covered == covered
        assert one.uncovered == asked.goals - covered.bit_count()


def test_goals_come_before_price_and_price_before_names() -> None:
    options = [option("dyr-alt", 0b11, 900), option("b-halv", 0b01, 100), option("a-halv", 0b01, 100)]

    found = suggest(options, Asked(goals=2, most_oere=100_000))

    assert ids(found) == [("dyr-alt",), ("a-halv",), ("b-halv",)]


def test_of_mixes_as_dear_the_first_by_name_is_found_whenever_it_is_met() -> None:
    early = frozenset({"d", "e", "f"})
    options = [
        *(option(name, 0b01, 100) for name in early),
        option("z", 0b10, 200),
        option("b", 0b01, 150),
        option("c", 0b10, 150, excludes=early),
    ]

    found = suggest(options, Asked(goals=2, most_oere=100_000))

    assert ids(found) == [("b", "c"), ("d", "z"), ("e", "z")]


def test_nothing_stands_in_a_mix_beside_the_point() -> None:
    options = [option("begge", 0b11), option("den-ene", 0b01), option("ingen", 0)]

    assert ids(suggest(options, Asked(goals=2, most_oere=0))) == [("begge",), ("den-ene",)]


def test_what_is_needed_comes_along_or_is_in_the_plan_already() -> None:
    options = [option("kursus", 0b1, needs=frozenset({"samtale"})), option("samtale", 0)]

    assert ids(suggest(options, Asked(goals=1, most_oere=0))) == [("kursus", "samtale")]
    assert ids(suggest(options[:1], Asked(goals=1, most_oere=0, chosen=frozenset({"samtale"})))) == [("kursus",)]
    assert suggest(options[:1], Asked(goals=1, most_oere=0)) == ()


def test_what_excludes_each_other_is_never_suggested_together_whoever_says_so() -> None:
    options = [option("cti", 0b01, excludes=frozenset({"act"})), option("act", 0b10)]

    assert ids(suggest(options, Asked(goals=2, most_oere=0))) == [("act",), ("cti",)]


def test_the_amount_and_the_hours_are_kept() -> None:
    options = [option("dyr", 0b1, 501), option("lang", 0b1, 0, 241), option("passer", 0b1, 500, 240)]

    assert ids(suggest(options, Asked(goals=1, most_oere=50_000, most_minutes=240))) == [("passer",)]


def test_a_catalogue_of_thousands_is_looked_through_as_well() -> None:
    options = [option(f"pakke-{n:04}", 1 << n % 31 % 6, n % 7 * 100, n % 9 * 30) for n in range(5_000)]

    found = suggest(options, Asked(goals=6, most_oere=100_000, most_minutes=600))

    assert len(found) == MOST_MIXES
    assert all(len(one.ids) == MOST_PACKAGES for one in found)
