"""Every fault is named by file, key and reason, all of them at once, and then nothing is loaded."""

import tomllib
from pathlib import Path

import pytest

from packages_catalog.reader import CatalogueFaults, Fault, check, read
from packages_catalog.shape import dump, load
from tests.catalogue.samples import WALK, neighbour

WEEKS = "weeks = 10"
RHYTHM = "every_weeks = 1"
SECOND_STEP = "first_day = 2026-01-01"
BASIS = 'law = "SEL"\nparagraph = "82 b"\nverify = true'

ONE_FAULT = [
    # (written, instead of, key, reason)
    ("colour = 1\nmax_weeks = 26", "max_weeks = 26", "colour", "Unknown field"),
    ("weeks = 10\nlength = 1", WEEKS, "phases.1.length", "Unknown field"),
    ("minutes = 60\nlength = 1", "minutes = 60", "phases.1.activities.1.length", "Unknown field"),
    ('year = 2020\nrank = "A"', "year = 2020", "evidence.1.rank", "Unknown field"),
    ("ffb_number = 1\nffb_service", "ffb_service", "codes.ffb_number", "Unknown field"),
    ("", 'kind = "allocated_service"\n', "kind", "Missing data"),
    ("", 'deliverer = "peer"\n', "phases.1.activities.1.deliverer", "Missing data"),
    ("", '[[leaves_out]]\nda = "Sko"\nen = "Shoes"\n', "leaves_out", "Missing data"),
    ("", 'en = "Walks"\n\n[summary]'[:13], "name.en", "Missing data"),
    ("weeks = -1", WEEKS, "phases.1.weeks", "greater than or equal to 1"),
    ("weeks = 0", WEEKS, "phases.1.weeks", "greater than or equal to 1"),
    ("weeks = 261", f"{WEEKS}", "phases.1.weeks", "less than or equal to 260"),
    ('weeks = "10"', WEEKS, "phases.1.weeks", "Not a valid integer"),
    ("weeks = 10.0", WEEKS, "phases.1.weeks", "Not a valid integer"),
    ("weeks = true", WEEKS, "phases.1.weeks", "Not a valid integer"),
    ("weeks = 27", WEEKS, "phases", "longer than allowed"),
    ("minutes = 0", "minutes = 60", "phases.1.activities.1.minutes", "greater than or equal to 1"),
    ("minutes = 1441", "minutes = 60", "phases.1.activities.1.minutes", "less than or equal to 1440"),
    ('kind = "dance"', 'kind = "companion"', "phases.1.activities.1.kind", "Not a known kind"),
    ('deliverer = "robot"', 'deliverer = "peer"', "phases.1.activities.1.deliverer", "Must be one of"),
    ("", f"{RHYTHM}\n", "phases.1.activities.1.times", "either times"),
    (f"times = 3\n{RHYTHM}", RHYTHM, "phases.1.activities.1.times", "either times"),
    ("times = 0", RHYTHM, "phases.1.activities.1.times", "greater than or equal to 1"),
    (f"{RHYTHM}\nmode = 7", RHYTHM, "phases.1.activities.1.mode", "Must be one of"),
    ("first_day = 2023-12-31", SECOND_STEP, "tariffs", "Not in order"),
    ("first_day = 2024-01-01", SECOND_STEP, "tariffs", "Two on the same day"),
    ("first_day = 2026-01-01T00:00:00", SECOND_STEP, "tariffs.2.first_day", "Not a date"),
    ('first_day = "1 January"', SECOND_STEP, "tariffs.2.first_day", "Not a date"),
    ('first_day = "2026-02-30"', SECOND_STEP, "tariffs.2.first_day", "Not a date"),
    ('unit = "year"\nkind = "assumed"', 'unit = "course"\nkind = "assumed"', "tariffs", "Two units"),
    ('region = "02"\nkind = "assumed"', 'kind = "assumed"', "tariffs.2.region", "Not a municipality code"),
    ('kind = "free"\nsource = "guess"', 'kind = "assumed"\nsource = "guess"', "tariffs.2.amount", "What is free"),
    ("amount = 110", 'amount = "110.00"', "tariffs.2.amount", "Not an amount"),
    ('amount = "110"', 'amount = "110.00"', "tariffs.2.amount", "Not an amount"),
    ('amount = "-1.00"', 'amount = "110.00"', "tariffs.2.amount", "Not an amount"),
    ('amount = "999999999999.00"', 'amount = "110.00"', "tariffs.2.amount", "Not an amount"),
    ("", 'law = "SEL"\n', "legal_bases.1.law", "A bare paragraph"),
    ('law = "LOCAL"\nnote = {da = "x", en = "x"}', 'law = "SEL"', "legal_bases.1.paragraph", "A bare paragraph"),
    ('law = "§"', 'law = "SEL"', "legal_bases.1.law", "Must be one of"),
    ('law = "LOCAL"', BASIS, "legal_bases.1.note", "Say in words"),
    ('paragraph = "SEL 82"', 'paragraph = "82 b"', "legal_bases.1.paragraph", "Not a paragraph"),
    ("", 'paragraph = "82 b"\n', "legal_bases.1.paragraph", "Name the paragraph"),
    ("verify = false", "verify = true", "legal_bases.1.verify", "verify = true"),
    ("", "verify = true\n", "legal_bases.1.verify", "verify = true"),
    ("verify = 1", "verify = true", "legal_bases.1.verify", "Not true or false"),
    ("first_day = 2020-01-02\nlast_day = 2020-01-01", "verify = true", "legal_bases.1.last_day", "before first_day"),
    ('da = " "', 'da = "Gåture"', "name.da", "Must not be empty"),
    ('en = ""', 'en = "Go for a walk with others."', "summary.en", "Must not be empty"),
    ("da = 1", 'da = "Gåture"', "name.da", "Not a valid string"),
    ('da = "a\\u0000b"', 'da = "Gåture"', "name.da", "cannot be seen"),
    ('da = "a\\u202Eb"', 'da = "Gåture"', "name.da", "cannot be seen"),
    (f'da = "{"x" * 1001}"', 'da = "Gåture"', "name.da", "Longer than 1000"),
    ('chime = ["joy"]', 'chime = ["connectedness"]', "chime.1", "Must be one of"),
    ('assumed = ["prices"]', 'assumed = ["minutes"]', "assumed.1", "Must be one of"),
    ('assumed = ["minutes", "minutes"]', 'assumed = ["minutes"]', "assumed", "same thing twice"),
    ('assumed = "minutes"', 'assumed = ["minutes"]', "assumed", "Not a valid list"),
    ("combines = {swim = 1}", 'combines = ["swim"]', "combines", "Not a valid list"),
    ('combines = ["*", "swim"]', 'combines = ["swim"]', "combines", 'Write "*" alone'),
    ('price_range = ["2.00", "1.00"]', 'price_range = ["90.00", "110.00"]', "price_range", "lowest amount first"),
    ('price_range = ["2.00"]', 'price_range = ["90.00", "110.00"]', "price_range", "Length must be 2"),
    ("", "start_within_days = 14\n", "start_within_days", "both its days and what"),
    ("", 'start_counts_from = "contact"\n', "start_within_days", "both its days and what"),
    ('start_counts_from = "birth"', 'start_counts_from = "contact"', "start_counts_from", "Must be one of"),
    ("min_age = 18\nmax_age = 17", "min_age = 18", "max_age", "Lies below"),
    ('ffb_service = "1"', 'ffb_service = "c56634ca-6847-4c50-b5c1-c528c1ffc1d8"', "codes.ffb_service", "match"),
    ('id = "stroll"', 'id = "walk"', "id", "Must be the file's name"),
    ('excludes = ["rest", "rest"]', 'excludes = ["rest"]', "excludes", "same thing twice"),
    ('excludes = ["nowhere"]', 'excludes = ["rest"]', "excludes", "Unknown package 'nowhere'"),
    ('combines = ["nowhere"]', 'combines = ["swim"]', "combines", "Unknown package 'nowhere'"),
    ('needs = ["nowhere"]\nmax_weeks = 26', "max_weeks = 26", "needs", "Unknown package 'nowhere'"),
    ('excludes = ["walk"]', 'excludes = ["rest"]', "excludes", "cannot name itself"),
    ('combines = ["walk"]', 'combines = ["swim"]', "combines", "cannot name itself"),
    ('needs = ["walk"]\nmax_weeks = 26', "max_weeks = 26", "needs", "cannot name itself"),
    ('needs = ["rest"]\nmax_weeks = 26', "max_weeks = 26", "needs", "excludes the other"),
    ('combines = ["rest"]', 'combines = ["swim"]', "combines", "excludes the other"),
    ("colour = \nmax_weeks = 26", "max_weeks = 26", "line 5", "Not TOML"),
    ("max_weeks = 26\nmax_weeks = 26", "max_weeks = 26", "line 6", "Not TOML"),
    ("weeks = 400", WEEKS, "phases.1.weeks", "less than or equal to 260"),
    (f"{WEEKS}\nweeks_range = [12, 8]", WEEKS, "phases.1.weeks_range", "lowest first: 12 is more than 8"),
    (f"{WEEKS}\nweeks_range = [11, 20]", WEEKS, "phases.1.weeks_range", "own 10 lies outside 11 to 20"),
    (f"{WEEKS}\nweeks_range = [0, 20]", WEEKS, "phases.1.weeks_range.1", "greater than or equal to 1"),
    (f"{WEEKS}\nweeks_range = [8, 400]", WEEKS, "phases.1.weeks_range.2", "less than or equal to 260"),
    (f"{WEEKS}\nweeks_range = [8]", WEEKS, "phases.1.weeks_range", "Length must be 2"),
    (f"{WEEKS}\nrhythm_range = [150, 200]", WEEKS, "phases.1.rhythm_range", "own 100 lies outside 150 to 200"),
    (f"{WEEKS}\nrhythm_range = [50, 900]", WEEKS, "phases.1.rhythm_range.2", "less than or equal to 200"),
    (f"{WEEKS}\nmost_runs = 0", WEEKS, "phases.1.most_runs", "greater than or equal to 1"),
    ('[bounds]\nmodes = ["telepathy"]\n[codes]', "[codes]", "bounds.modes.1", "Must be one of"),
    ('[bounds]\nmodes = ["video"]\n[codes]', "[codes]", "bounds", "None of modes"),
    ('[bounds]\ndeliverers = ["volunteer"]\n[codes]', "[codes]", "bounds", "None of deliverers"),
    ('[bounds]\ndeliverers = ["robot"]\n[codes]', "[codes]", "bounds.deliverers.1", "Must be one of"),
    ('[bounds]\nlanguages = ["xx"]\n[codes]', "[codes]", "bounds.languages.1", "Must be one of"),
    ('[bounds]\nlanguages = ["en", "en"]\n[codes]', "[codes]", "bounds.languages", "same thing twice"),
    ('[bounds]\nplaces = ["moon"]\n[codes]', "[codes]", "bounds.places.1", "Must be one of"),
    ("[bounds]\nstart_weeks = [9, 3]\n[codes]", "[codes]", "bounds.start_weeks", "lowest first: 9 is more than 3"),
    ("[bounds]\ncolours = 1\n[codes]", "[codes]", "bounds.colours", "Unknown field"),
    ("max_caseload = 0\nmax_weeks = 26", "max_weeks = 26", "max_caseload", "greater than or equal to 1"),
    ('kind = "assumed"\ndeliverer = "robot"', 'kind = "assumed"', "tariffs.2.deliverer", "Must be one of"),
]


@pytest.mark.parametrize(("written", "instead_of", "key", "reason"), ONE_FAULT)
def test_a_fault_is_named_by_file_key_and_reason(put, written, instead_of, key, reason):
    assert instead_of in WALK
    directory = put(walk=WALK.replace(instead_of, written, 1))

    (fault,) = check(directory)

    assert (fault.file, fault.key) == ("walk.toml", key)
    assert reason in fault.reason


def test_the_file_that_the_faults_are_made_from_has_none(put):
    directory = put(walk=WALK)

    assert check(directory) == ()
    assert list(read(directory)) == ["rest", "swim", "walk"]


def test_every_fault_of_every_file_is_told_at_once_and_none_is_loaded(put):
    spoilt = (
        WALK.replace("weeks = 10", "weeks = -3\nlength = 1")
        .replace("minutes = 60", 'minutes = "60"')
        .replace("every_weeks = 1", "every_weeks = 1\ntimes = 2")
        .replace("first_day = 2026-01-01", "first_day = 2020-01-01\nnote = 1")
        .replace('law = "SEL"\n', "")
        .replace('excludes = ["rest"]', 'excludes = ["rest", "walk", "nowhere"]')
        .replace('da = "Gåture"', 'da = ""')
    )
    directory = put(walk=spoilt, rest=b"id = ", swim=neighbour("swim").replace("min_age = 18", "min_age = true"))

    with pytest.raises(CatalogueFaults) as refused:
        read(directory)

    assert [(fault.file, fault.key) for fault in refused.value.faults] == [
        ("rest.toml", "end of file"),
        ("swim.toml", "min_age"),
        ("walk.toml", "excludes"),
        ("walk.toml", "excludes"),
        ("walk.toml", "legal_bases.1.law"),
        ("walk.toml", "name.da"),
        ("walk.toml", "phases.1.activities.1.minutes"),
        ("walk.toml", "phases.1.activities.1.times"),
        ("walk.toml", "phases.1.length"),
        ("walk.toml", "phases.1.weeks"),
        ("walk.toml", "tariffs"),
        ("walk.toml", "tariffs.2.note"),
    ]
    assert refused.value.faults == check(directory)


def test_the_weeks_of_all_phases_together_have_a_limit(put):
    phase = WALK[WALK.index("[[phases]]") : WALK.index("[[tariffs]]")].replace("weeks = 10", "weeks = 200")
    directory = put(walk=WALK.replace("max_weeks = 26\n", "").replace("[[tariffs]]", f"{phase}\n[[tariffs]]", 1))

    assert check(directory) == ()

    directory = put(walk=WALK.replace("max_weeks = 26\n", "").replace("[[tariffs]]", f"{phase}{phase}\n[[tariffs]]", 1))

    assert check(directory) == (
        Fault("walk.toml", "phases", "The phases last 410 weeks together, longer than allowed."),
    )


@pytest.mark.parametrize("identifier", ["Walk", "walk--far", "-walk", "wálk", "walk\n", "", "../walk", "w" * 41])
def test_an_id_is_small_letters_digits_and_single_hyphens(identifier):
    with pytest.raises(CatalogueFaults) as refused:
        load({**dump(read()["cti"]), "id": identifier})

    assert [(fault.key, fault.reason) for fault in refused.value.faults] == [
        ("id", "Not an id: small letters, digits and single hyphens.")
    ]


BEYOND = [
    # where it stands, what is written there, the key that is named
    (("phases", 0, "activities", 0, "every_weeks"), 261, "phases.1.activities.1.every_weeks"),
    (("phases", 0, "activities", 0, "group_size"), 501, "phases.1.activities.1.group_size"),
    (("phases", 0, "activities", 0, "group_size"), 0, "phases.1.activities.1.group_size"),
    (("phases", 0, "activities", 0, "staff"), 51, "phases.1.activities.1.staff"),
    (("phases", 0, "activities"), [], "phases.1.activities"),
    (("phases", 0, "activities"), [7], "phases.1.activities.1"),
    (("phases",), [], "phases"),
    (("phases",), 7, "phases"),
    (("tariffs",), [], "tariffs"),
    (("legal_bases",), [], "legal_bases"),
    (("contains",), [{"da": "Ture", "en": "Walks"}] * 61, "contains"),
    (("excludes",), [f"package-{number}" for number in range(61)], "excludes"),
    (("combines",), [f"package-{number}" for number in range(61)], "combines"),
    (("sources",), [f"source {number}" for number in range(61)], "sources"),
    (("chime",), ["hope", "connectedness", "identity", "meaning", "empowerment", "hope"], "chime"),
    (("start_within_days",), 366, "start_within_days"),
    (("start_within_days",), -1, "start_within_days"),
    (("max_weeks",), 261, "max_weeks"),
    (("min_age",), -1, "min_age"),
    (("max_age",), 121, "max_age"),
    (("codes", "ffb_target"), "tall", "codes.ffb_target"),
    (("codes", "ffb_offer"), "tall", "codes.ffb_offer"),
    (("name",), "Gåture", "name"),
]


@pytest.mark.parametrize(("where", "what", "key"), BEYOND, ids=[row[2] for row in BEYOND])
def test_every_part_has_its_limits(where, what, key):
    mapping = dump(load(tomllib.loads(WALK)))
    part = mapping
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = what

    with pytest.raises(CatalogueFaults) as refused:
        load(mapping)

    assert {fault.key for fault in refused.value.faults} == {key}


def test_two_files_with_one_id_are_both_told(put):
    directory = put(walk=WALK, stroll=WALK)

    assert [(fault.file, fault.key, fault.reason) for fault in check(directory)] == [
        ("stroll.toml", "id", "Must be the file's name, 'stroll'."),
        ("walk.toml", "id", "Duplicate: 'walk' is also the id in stroll.toml."),
    ]


def test_needs_that_lead_back_are_told_in_every_file_of_the_circle(put):
    def needing(identifier: str, other: str) -> str:
        return neighbour(identifier).replace("max_weeks", f'needs = ["{other}"]\nmax_weeks')

    directory = put(rest=needing("rest", "swim"), swim=needing("swim", "walk"), walk=needing("walk", "rest"))

    assert [(fault.file, fault.reason) for fault in check(directory)] == [
        ("rest.toml", "A circle: rest needs swim needs walk needs rest."),
        ("swim.toml", "A circle: swim needs walk needs rest needs swim."),
        ("walk.toml", "A circle: walk needs rest needs swim needs walk."),
    ]


def test_a_right_by_law_cannot_depend_on_another_package(put):
    statutory = WALK.replace('"allocated_service"', '"statutory_free"')
    assert check(put(walk=statutory)) == ()

    (fault,) = check(put(walk=statutory.replace("max_weeks = 26", 'needs = ["swim"]\nmax_weeks = 26')))

    assert fault.key == "needs"
    assert "right by law" in fault.reason


def test_a_price_for_one_region_alone_leaves_the_others_without(put):
    (fault,) = check(put(walk=WALK.replace('source = "', 'region = "101"\nsource = "', 2)))

    assert (fault.key, fault.reason) == ("tariffs", "Only prices with a region: nobody else would have one.")


def test_price_steps_of_different_regions_may_start_on_the_same_day(put):
    own = WALK.replace("first_day = 2026-01-01\n", 'first_day = 2024-01-01\nregion = "101"\n')

    assert check(put(walk=own)) == ()


def test_a_directory_without_packages_is_a_fault(tmp_path: Path):
    (fault,) = check(tmp_path / "nowhere")

    assert fault.reason == "There is no package file here."
    with pytest.raises(CatalogueFaults):
        read(tmp_path)


def test_a_fault_is_shown_short_and_without_signs_that_steer_a_terminal():
    assert str(Fault("walk.toml", "a\x1b[2Jb", "r" * 500)) == f"walk.toml: a\\u001b[2Jb: {'r' * 200}…"
