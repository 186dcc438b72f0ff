"""Files made to hurt are refused by name, quickly, and nothing beside them is loaded."""

import time

import pytest

from packages_catalog.reader import CatalogueFaults, check, read
from tests.catalogue.samples import WALK

KILO = 1024

HOSTILE = [
    # (what it is, file, key, reason)
    ("ten megabytes", b'id = "' + b"x" * (10 * KILO * KILO) + b'"', "", "Larger than 256 kB."),
    ("lists in lists", b"id = " + b"[" * (200 * KILO), "", "Nested too deeply."),
    ("tables in tables", b"id = " + b"{a = " * (40 * KILO), "", "Nested too deeply."),
    ("a dotted key that fills the memory", b"a." * (3 * KILO) + b"a = 1", "line 1", "Too many dots."),
    ("a header that fills the memory", b"[" + b"a." * (3 * KILO) + b"a]", "line 1", "Too many dots."),
    (
        "a dotted key that looks like many lines",
        '"\u2028".'.encode() * (3 * KILO) + b"a = 1",
        "line 1",
        "Too many dots.",
    ),
    ("a number of 200,000 digits", b"max_weeks = " + b"9" * (200 * KILO), "", "Holds a number that is too long."),
    (
        "duplicate keys",
        b'id = "bad"\nid = "worse"\n',
        "line 2",
        "Not TOML: Cannot overwrite a value (at line 2, column 13).",
    ),
    ("UTF-16", 'id = "bad"'.encode("utf-16"), "byte 1", "Not UTF-8."),
    ("Latin-1", 'id = "bæd"'.encode("latin-1"), "byte 8", "Not UTF-8."),
    ("a NUL byte", b'id = "b\0d"', "line 1", "Not TOML: Illegal character '\\x00' (at line 1, column 8)."),
    (
        "a string without end",
        b'id = """' + b"x" * KILO,
        "end of file",
        "Not TOML: Unterminated string (at end of document).",
    ),
]


@pytest.mark.parametrize(("content", "key", "reason"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_is_refused_and_nothing_beside_it_is_loaded(put, content, key, reason):
    directory = put(walk=WALK, bad=content)
    started = time.monotonic()

    with pytest.raises(CatalogueFaults) as refused:
        read(directory)

    assert [(fault.file, fault.key, fault.reason) for fault in refused.value.faults] == [("bad.toml", key, reason)]
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("number", ["1e400", "-1e400", "nan", "inf", "9223372036854775808", "0x" + "f" * 4000])
@pytest.mark.parametrize(
    ("instead_of", "key"),
    [
        ("weeks = 10", "phases.1.weeks"),
        ("year = 2020", "evidence.1.year"),
        ("minutes = 60", "phases.1.activities.1.minutes"),
    ],
)
def test_a_number_beyond_reason_is_a_fault_of_its_key(put, number, instead_of, key):
    (fault,) = check(put(walk=WALK.replace(instead_of, f"{instead_of.split('=')[0]}= {number}")))

    assert (fault.file, fault.key) == ("walk.toml", key)


def test_thousands_of_unknown_keys_are_each_a_fault(put):
    many = "\n".join(f"key{number} = 1" for number in range(3000))

    assert len(check(put(walk=f"{many}\n{WALK}"))) == 3000


def test_a_list_longer_than_anybody_writes_is_a_fault(put):
    long = WALK.replace('"https://example.org/walks"', ", ".join(f'"source {number}"' for number in range(61)))

    (fault,) = check(put(walk=long))

    assert fault.key == "sources"


def test_a_directory_with_the_name_of_a_file_is_a_fault(put):
    directory = put(walk=WALK)
    (directory / "bad.toml").mkdir()

    (fault,) = check(directory)

    assert (fault.file, fault.reason) == ("bad.toml", "Not a file.")


def test_a_link_to_nowhere_is_a_fault(put):
    directory = put(walk=WALK)
    (directory / "bad.toml").symlink_to(directory / "nowhere")

    (fault,) = check(directory)

    assert (fault.file, fault.reason) == ("bad.toml", "Not a file.")
