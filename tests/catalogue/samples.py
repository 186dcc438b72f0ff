"""A small valid package file to spoil, and the same under another id."""

WALK = """
id = "walk"
kind = "allocated_service"
rung = "community"
max_weeks = 26
min_age = 18
start_within_days = 14
start_counts_from = "contact"
excludes = ["rest"]
combines = ["swim"]
price_range = ["90.00", "110.00"]
chime = ["connectedness"]
assumed = ["minutes"]
sources = ["https://example.org/walks"]

[name]
da = "Gåture"
en = "Walks"

[summary]
da = "Gå en tur sammen med andre."
en = "Go for a walk with others."

[[contains]]
da = "Ture"
en = "Walks"

[[leaves_out]]
da = "Sko"
en = "Shoes"

[[phases]]
weeks = 10
name.da = "Ture"
name.en = "Walks"

[[phases.activities]]
kind = "companion"
minutes = 60
deliverer = "peer"
every_weeks = 1

[[tariffs]]
first_day = 2024-01-01
amount = "100.00"
unit = "course"
kind = "sourced"
source = "https://example.org/prices"

[[tariffs]]
first_day = 2026-01-01
amount = "110.00"
unit = "course"
kind = "assumed"
source = "guess"

[[legal_bases]]
law = "SEL"
paragraph = "82 b"
verify = true

[[evidence]]
year = 2020
source = "https://example.org/study"
finding.da = "Det hjalp."
finding.en = "It helped."

[codes]
ffb_service = "c56634ca-6847-4c50-b5c1-c528c1ffc1d8"
"""


def neighbour(identifier: str) -> str:
    """Write the same package under another id, relating to nobody."""
    return (
        WALK.replace('id = "walk"', f'id = "{identifier}"')
        .replace('excludes = ["rest"]\n', "")
        .replace('combines = ["swim"]\n', "")
    )
