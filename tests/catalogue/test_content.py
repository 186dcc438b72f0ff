"""The 36 packages: hours, prices and laws as the facts have them, and words a citizen can read."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from packages_catalog.reader import read
from packages_catalog.vocabulary import ASSUMABLE, KINDS, LAWS, LOCAL
from planner.domain.money import Money
from planner.domain.package import LineKind, Package, TariffKind, Words, contact_minutes, own_minutes
from tests.catalogue.samples import WALK

TABLE = [
    # (id, kind, weeks, contact hours, first day of the price, price, unit, how sure, start within days)
    ("alkohol-faseforloeb", "statutory_free", 48, 105.4, "2024-01-01", "22100.00", "course", "assumed", 14),
    ("alkohol-dagbehandling", "statutory_free", 52, 257.0, "2024-01-01", "27500.00", "course", "assumed", 14),
    ("alkohol-video", "statutory_free", 52, 8.8, "2024-01-01", "5300.00", "course", "assumed", 14),
    ("stof-ambulant", "statutory_free", 56, 89.0, "2024-01-01", "30900.00", "course", "assumed", 14),
    ("stof-anonym", "open_free", 12, 26.2, "2024-01-01", "5000.00", "course", "assumed", None),
    ("move-individuel", "statutory_free", 40, 18.4, "2024-01-01", "11000.00", "course", "assumed", 14),
    ("move-gruppe", "statutory_free", 40, 27.9, "2024-01-01", "8600.00", "course", "assumed", 14),
    ("cti", "allocated_service", 43, 38.1, "2017-01-01", "49000.00", "course", "sourced", None),
    ("icm", "allocated_service", 52, 117.0, "2023-01-01", "85000.00", "year", "derived", None),
    ("act", "allocated_service", 52, 177.5, "2023-01-01", "130000.00", "year", "derived", None),
    ("ips", "allocated_service", 72, 68.5, "2024-01-01", "41100.00", "course", "assumed", None),
    ("peer-individuel", "allocated_service", 26, 13.0, "2024-01-01", "4600.00", "course", "assumed", None),
    ("peer-gruppe", "civil_free", 11, 21.0, "2024-01-01", "0.00", "course", "free", None),
    ("peer-uddannelse", "budget_item", 26, 165.0, "2023-01-01", "14000.00", "course", "sourced", None),
    ("aaben-dialog", "allocated_service", 18, 5.5, "2024-01-01", "6000.00", "course", "assumed", None),
    ("paaroerende-kursus", "civil_free", 6, 13.5, "2024-01-01", "0.00", "course", "free", None),
    ("medicinpaedagogik", "allocated_service", 14, 21.5, "2024-01-01", "2400.00", "course", "assumed", None),
    ("fit", "site_level", 26, 0.0, "2024-01-01", "0.00", "course", "assumed", None),
    ("la2", "site_level", 26, 9.5, "2024-01-01", "5700.00", "course", "assumed", None),
    ("mbsr", "budget_item", 9, 26.5, "2024-01-01", "1600.00", "course", "assumed", None),
    ("trivselskort", "allocated_service", 16, 5.0, "2024-01-01", "3000.00", "course", "assumed", None),
    ("recovery-cafe", "open_free", 26, 26.0, "2024-01-01", "0.00", "course", "free", None),
    ("brobygger", "civil_free", 1, 3.0, "2024-01-01", "0.00", "escort", "free", None),
    ("voldsforebyggelse", "site_level", 34, 21.4, "2024-01-01", "11300.00", "course", "assumed", None),
    ("dobbeltdiagnose-integreret", "statutory_free", 56, 80.5, "2024-01-01", "0.00", "course", "free", 14),
    ("skadesreduktion", "open_free", 12, 10.0, "2024-01-01", "6000.00", "quarter", "assumed", None),
    ("akuttilbud", "open_free", 1, 1.0, "2024-01-01", "600.00", "contact", "assumed", 0),
    ("forebyggende-gruppe-82a", "allocated_service", 10, 20.0, "2024-01-01", "3000.00", "course", "assumed", None),
    ("individuel-82b", "allocated_service", 16, 16.0, "2024-01-01", "9600.00", "course", "derived", None),
    (
        "bostoette-85-individuel",
        "allocated_service",
        39,
        58.5,
        "2018-01-01",
        "47000.00",
        "nine_months",
        "sourced",
        None,
    ),
    ("bostoette-85-gruppe", "allocated_service", 26, 52.0, "2024-01-01", "5200.00", "course", "assumed", None),
    ("bostoette-video", "allocated_service", 26, 17.3, "2024-01-01", "10400.00", "course", "assumed", None),
    ("mentorstoette", "allocated_service", 26, 39.0, "2024-01-01", "23400.00", "course", "assumed", None),
    ("virksomhedspraktik", "allocated_service", 13, 80.4, "2024-01-01", "1500.00", "course", "assumed", None),
    ("fritid-badminton", "budget_item", 26, 43.0, "2025-09-01", "1500.00", "year", "sourced", None),
    ("aktivitet-104", "allocated_service", 26, 208.0, "2024-01-01", "322.00", "day", "sourced", None),
]
IDS = [row[0] for row in TABLE]

# Said to nobody who reads about help for themselves.
NEVER = re.compile(
    r"\b(sag(en|er|erne)?|sagsbehand\w*|afslag\w*|afvis\w*|\w*misbrug\w*|visit\w*|foranstaltning\w*|indsats\w*"
    r"|udeblev\w*|umotiver\w*|psykisk syg\w*|tung borger|overtræk\w*|overforbrug\w*|partshøring|klient\w*|borger\w*)\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 20
MOST_SUMMARY_SENTENCES = 4


def words_of(package: Package) -> Iterator[Words]:
    yield from (package.name, package.summary, *package.contains, *package.leaves_out, *package.prerequisites)
    yield from (finding.finding for finding in package.evidence)
    yield from (basis.note for basis in package.legal_bases if basis.note)
    for phase in package.phases:
        yield phase.name
        yield from phase.handover
        if phase.about:
            yield phase.about
    if package.suits:
        yield package.suits


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def test_the_catalogue_holds_exactly_the_36_packages(catalogue):
    assert sorted(catalogue) == sorted(IDS)
    assert len(IDS) == 36


@pytest.mark.parametrize("row", TABLE, ids=IDS)
def test_weeks_hours_and_guarantee_are_those_of_the_facts(catalogue, row):
    identifier, kind, weeks, hours, *_, within = row
    package = catalogue[identifier]

    assert package.kind == kind
    assert package.weeks == weeks
    assert contact_minutes(package.phases) / 60 == pytest.approx(hours, rel=0.05)
    assert package.start_within_days == within


@pytest.mark.parametrize("row", TABLE, ids=IDS)
def test_the_price_is_that_of_the_facts_and_says_how_sure_it_is(catalogue, row):
    identifier, _, _, _, day, amount, unit, sure, _ = row

    usual = catalogue[identifier].tariffs_of("")
    (step,) = [tariff for tariff in usual if tariff.first_day == date.fromisoformat(day)]

    assert (step.amount, step.unit, step.kind) == (Money.kroner(amount), unit, sure)


@pytest.mark.parametrize(("identifier", "hours"), [("mbsr", 36.0), ("fit", 4.3)])
def test_own_exercise_is_counted_by_itself(catalogue, identifier, hours):
    assert own_minutes(catalogue[identifier].phases) / 60 == pytest.approx(hours, rel=0.05)


def test_two_packages_have_dated_price_steps_and_the_guessed_ones_are_marked(catalogue):
    usual = {identifier: package.tariffs_of("") for identifier, package in catalogue.items()}
    stepped = {identifier: steps for identifier, steps in usual.items() if len(steps) > 1}

    assert {identifier: [str(step.first_day) for step in steps] for identifier, steps in stepped.items()} == {
        "aktivitet-104": ["2024-01-01", "2027-01-01"],
        "fritid-badminton": ["2024-01-01", "2025-09-01"],
    }
    for identifier, steps in stepped.items():
        assert {step.kind for step in steps} == {TariffKind.SOURCED, TariffKind.ASSUMED}
        assert "tariffs" in catalogue[identifier].assumed


def test_an_assumed_price_is_always_among_the_assumptions(catalogue):
    unmarked = [
        identifier
        for identifier, package in catalogue.items()
        if any(step.kind is TariffKind.ASSUMED for step in package.tariffs) and "tariffs" not in package.assumed
    ]

    assert unmarked == []


def test_what_is_our_judgement_is_among_the_assumptions(catalogue):
    assert all({"chime", "rung"} <= set(package.assumed) for package in catalogue.values())
    assert all("codes" in package.assumed for package in catalogue.values() if package.codes)


def test_what_excludes_is_excluded(catalogue):
    one_sided = [
        (package.id, other)
        for package in catalogue.values()
        for other in package.excludes
        if package.id not in catalogue[other].excludes
    ]

    assert one_sided == []
    assert catalogue["cti"].excludes == ("act", "bostoette-85-individuel", "icm", "individuel-82b")


def test_the_other_side_of_an_exclusion_is_completed(put):
    catalogue = read(put(walk=WALK))

    assert catalogue["walk"].excludes == ("rest",)
    assert catalogue["rest"].excludes == ("walk",)
    assert catalogue["swim"].excludes == ()
    assert catalogue["rest"].digest != catalogue["swim"].digest


def test_the_catalogue_cannot_be_changed(catalogue):
    with pytest.raises(TypeError):
        catalogue["cti"] = catalogue["act"]


def test_a_right_by_law_needs_no_other_package_and_starts_in_time(catalogue):
    rights = [package for package in catalogue.values() if package.kind is LineKind.STATUTORY_FREE]

    assert len(rights) == 7
    assert all(not package.needs for package in rights)
    assert all(package.start_within_days for package in rights)
    assert {package.id for package in rights if package.start_counts_from == "referral"} == {
        "dobbeltdiagnose-integreret"
    }


def test_fit_cannot_be_chosen_and_shows_no_licensed_item(catalogue):
    fit = catalogue["fit"]

    assert fit.disabled
    assert not fit.choosable
    assert {activity.kind for phase in fit.phases for activity in phase.activities} == {"meeting_form"}
    assert fit.evidence[0].finding.en.startswith("A Danish trial in home support showed no effect")


def test_what_is_open_or_belongs_to_a_place_is_no_line_of_a_plan(catalogue):
    assert {package.id for package in catalogue.values() if not package.choosable} == {
        "akuttilbud", "fit", "la2", "recovery-cafe", "skadesreduktion", "stof-anonym", "voldsforebyggelse"
    }  # fmt: skip


def test_ages_and_longest_durations_are_those_of_the_law(catalogue):
    assert {package.id for package in catalogue.values() if (package.min_age, package.max_age) == (15, 25)} == {
        "move-individuel",
        "move-gruppe",
    }
    assert catalogue["individuel-82b"].max_weeks == 26
    assert all(
        package.min_age == 18
        for package in catalogue.values()
        if package.choosable
        and package.kind is LineKind.ALLOCATED_SERVICE
        and any(basis.law == "SEL" for basis in package.legal_bases)
    )


@pytest.mark.parametrize("identifier", IDS)
def test_no_paragraph_stands_without_its_law(catalogue, identifier):
    for basis in catalogue[identifier].legal_bases:
        assert basis.law in LAWS
        assert bool(basis.paragraph) == (basis.law != LOCAL)
        assert basis.first_day or basis.verify or basis.law == LOCAL


def test_the_same_number_in_two_laws_is_told_apart(catalogue):
    numbers = {
        (basis.law, basis.paragraph)
        for package in catalogue.values()
        for basis in package.legal_bases
        if basis.paragraph
    }

    assert {("SUL", "82 c"), ("SEL", "82 c")} <= numbers
    assert ("SUL", "141") in numbers


@pytest.mark.parametrize("identifier", IDS)
def test_every_text_is_there_in_both_languages_and_not_the_same(catalogue, identifier):
    package = catalogue[identifier]

    assert all(words.da.strip() and words.en.strip() for words in words_of(package))
    assert package.summary.da != package.summary.en
    assert package.suits is not None
    assert all(phase.about is not None for phase in package.phases)
    assert package.evidence


@pytest.mark.parametrize("identifier", IDS)
def test_sentences_are_short(catalogue, identifier):
    package = catalogue[identifier]
    long = [
        sentence
        for words in words_of(package)
        for sentence in sentences(words.da)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]

    assert long == []
    assert len(sentences(package.summary.da)) <= MOST_SUMMARY_SENTENCES


@pytest.mark.parametrize("identifier", IDS)
def test_no_text_uses_a_word_that_nobody_wants_to_read_about_themselves(catalogue, identifier):
    found = [match[0] for words in words_of(catalogue[identifier]) for match in NEVER.finditer(words.da)]

    assert found == []


def test_texts_are_neither_hard_nor_childish(catalogue):
    """LIX over all running text: words a sentence, plus the share of words with more than six letters."""
    running = [
        words.da
        for package in catalogue.values()
        for words in (package.summary, package.suits, *(phase.about for phase in package.phases))
        if words
    ]
    words = [word for text in running for word in re.findall(r"\w+", text)]
    ends = sum(len(re.findall(r"[.?!](?=\s|$)", text)) for text in running)

    lix = len(words) / ends + 100 * sum(len(word) > 6 for word in words) / len(words)

    assert 18 <= lix <= 30


def test_every_kind_of_activity_is_used_and_has_words_in_both_languages(catalogue):
    used = {
        activity.kind for package in catalogue.values() for phase in package.phases for activity in phase.activities
    }

    assert used == set(KINDS)
    for known in (KINDS, ASSUMABLE, LAWS):
        assert all(words.da and words.en for words in known.values())


def test_every_package_names_its_sources_and_every_address_is_whole(catalogue):
    addresses = {
        source
        for package in catalogue.values()
        for source in (*package.sources, *(e.source for e in package.evidence), *(t.source for t in package.tariffs))
        if source.startswith("http")
    }

    assert all(package.sources for package in catalogue.values())
    assert [address for address in addresses if not re.fullmatch(r"https?://[^\s/]+\.[a-z]+/\S*", address)] == []
