"""The faults of a package in the language that is spoken: the same reasons that a file's faults have."""

import re
from collections.abc import Mapping

from flask_babel import gettext

from planner.web.wording import N_

_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"Missing data for required field\.", N_("This is missing.")),
    (r"Must not be empty\.", N_("This is missing.")),
    (r"Not a valid string\.", N_("Write it in words.")),
    (r"Not a valid integer\.", N_("Write a whole number.")),
    (r"Not a valid list\.", N_("This is not a list.")),
    (r"Unknown field\.", N_("A package has nothing of that name.")),
    (
        r"Must be greater than or equal to (?P<low>\d+) and .* (?P<high>\d+)\.",
        N_("Write a number from %(low)s to %(high)s."),
    ),
    (r"Length must be 2\.", N_("Fill in both.")),
    (
        r"Length must be between (?P<low>\d+) and (?P<high>\d+)\.",
        N_("There must be at least %(low)s and at most %(high)s."),
    ),
    (r"Longer than maximum length (?P<high>\d+)\.", N_("There are too many. At most %(high)s fit.")),
    (r"Shorter than minimum length 1\.", N_("Choose at least one, or leave all of it empty.")),
    (r"Longer than (?P<high>\d+) characters\.", N_("That is too long. At most %(high)s characters fit.")),
    (r"Holds characters that cannot be seen\.", N_("There are characters in it that cannot be seen.")),
    (r"Not an id: .*", N_("An id has small letters, digits and single hyphens.")),
    (r"Not a date such as .*", N_("Write the day as 01.01.2026.")),
    (r"Not an amount written as text.*", N_("Write the amount as 1.234,50.")),
    (r"Not true or false\.", N_("Choose yes or no.")),
    (r"Not a known kind\.", N_("Choose what happens from the list.")),
    (r"Must be one of: .*", N_("Choose one from the list.")),
    (r"Not a municipality code.*", N_("Write the code of the municipality in digits.")),
    (r"Not a paragraph such as .*", N_("Write the paragraph as 82 b, without §.")),
    (r"String does not match expected pattern\.", N_("The code is not written as such codes are.")),
    (r"What is free costs 0\.00\.", N_("What is free costs 0.")),
    (r"A bare paragraph: name the law.*", N_("Choose the law; two laws can have the same paragraph.")),
    (r"A bare paragraph: LOCAL is no law\.", N_("A local scheme has no paragraph.")),
    (r"Say in words what the local basis is\.", N_("Say in words what the local basis is.")),
    (r"Name the paragraph of the law\.", N_("Name the paragraph of the law.")),
    (
        r"Write from or to which day the paragraph holds.*",
        N_("Write from or until when it holds, or mark it “to be confirmed”."),
    ),
    (r"Lies before first_day\.", N_("The last day lies before the first.")),
    (r"Lies below min_age\.", N_("It lies below the youngest age.")),
    (r"A start guarantee needs both.*", N_("Fill in both the days and what they count from.")),
    (r"A right by law cannot depend on another package\.", N_("A right by law cannot depend on another package.")),
    (r"Write either times .*", N_("Fill in either the times or the weeks between them.")),
    (
        r"The phases last (?P<weeks>\d+) weeks together, longer than allowed\.",
        N_("The steps last %(weeks)s weeks together. That is longer than allowed."),
    ),
    (r"Write the lowest amount first\.", N_("Write the lowest amount first.")),
    (
        r"Write the lowest first: (?P<low>\d+) is more than (?P<high>\d+)\.",
        N_("Write the lowest first: %(low)s is more than %(high)s."),
    ),
    (
        r"The package's own (?P<own>\d+) lies outside (?P<low>\d+) to (?P<high>\d+)\.",
        N_("What the package says itself, %(own)s, lies outside %(low)s to %(high)s."),
    ),
    (
        r"None of .* is how the package's own activities are\.",
        N_("The package's own activities are none of what can be chosen."),
    ),
    (r"Names the same thing twice\.", N_("It names the same thing twice.")),
    (r"Write \"\*\" alone, or ids\.", N_("Write a single * or ids, not both.")),
    (r"Only prices with a region.*", N_("A price for everywhere is missing.")),
    (r"Not in order of their first day(?P<where>.*)\.", N_("The prices do not stand in the order of their first day.")),
    (r"Two on the same day(?P<where>.*)\.", N_("Two prices begin on the same day.")),
    (r"Two units(?P<where>.*)", N_("All price steps must be the price of the same thing.")),
    (r"A package cannot name itself\.", N_("A package cannot name itself.")),
    (r"Unknown package '(?P<id>[^']*)'\.", N_("There is no package with the id “%(id)s”.")),
    (r"One of the two excludes the other: '(?P<id>[^']*)'\.", N_("One of the two excludes the other: “%(id)s”.")),
    (r"Unknown variant '(?P<id>[^']*)'\.", N_("There is no variant with the code “%(id)s”.")),
    (r"A circle: (?P<way>.*)\.", N_("They need each other in a circle: %(way)s.")),
)
_KNOWN = tuple((re.compile(reason, re.ASCII), said) for reason, said in _SENTENCES)


def sentence(reason: str) -> str:
    """Say a reason in the language that is spoken; one that nobody gave words is shown as the files show it."""
    for known, said in _KNOWN:
        if found := known.fullmatch(reason):
            values: Mapping[str, str] = found.groupdict()
            return gettext(said, **values)
    return reason
