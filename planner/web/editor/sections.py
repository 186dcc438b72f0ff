"""What a package is on screen: every key that ``packages_catalog.shape`` knows, with its label and how it is typed."""

from packages_catalog.vocabulary import ASSUMABLE, KINDS, LANGUAGES, LAWS
from planner.domain.bounds import RHYTHMS, DelivererKind, Mode, Place
from planner.domain.package import Chime, Deliverer, LineKind, PriceUnit, Rung, TariffKind
from planner.web.editor import codes
from planner.web.editor.parts import Part, Section, Typed, both_languages, coded, named
from planner.web.wording import N_

_ACTIVITY = (
    Part(key="kind", label=N_("What happens"), typed=Typed.CHOICE, options=named(KINDS)),
    Part(key="minutes", label=N_("Minutes each time"), typed=Typed.NUMBER),
    Part(key="deliverer", label=N_("Who does it"), typed=Typed.CHOICE, options=coded(Deliverer)),
    Part(
        key="times",
        label=N_("Times in the whole step"),
        typed=Typed.NUMBER,
        hint=N_("Fill in either this one or the next."),
    ),
    Part(key="every_weeks", label=N_("Every how many weeks"), typed=Typed.NUMBER),
    Part(key="group_size", label=N_("People in the group"), typed=Typed.NUMBER),
    Part(key="staff", label=N_("People from our side"), typed=Typed.NUMBER),
    Part(key="mode", label=N_("How you meet"), typed=Typed.CHOICE, options=coded(Mode)),
)
_PHASE = (
    Part(key="name", label=N_("Name of the step"), typed=Typed.WORDS),
    Part(key="about", label=N_("About the step"), typed=Typed.LONG_WORDS),
    Part(key="weeks", label=N_("Weeks"), typed=Typed.NUMBER),
    Part(
        key="weeks_range",
        label=N_("Weeks that can be chosen"),
        typed=Typed.NUMBERS,
        hint=N_("From and to. Leave both empty when the weeks are fixed."),
    ),
    Part(
        key="rhythm_range",
        label=N_("Rhythm that can be chosen, in percent"),
        typed=Typed.NUMBERS,
        hint=", ".join(map(str, RHYTHMS)),
    ),
    Part(key="most_runs", label=N_("How often the step can be run"), typed=Typed.NUMBER),
    Part(
        key="activities",
        label=N_("Activities"),
        typed=Typed.ROWS,
        parts=_ACTIVITY,
        one=N_("Activity %(number)s"),
        add=N_("Add an activity"),
    ),
    both_languages("handover", N_("Who could take over"), one=N_("Suggestion %(number)s"), add=N_("Add a suggestion")),
)
_TARIFF = (
    Part(key="first_day", label=N_("Holds from"), typed=Typed.DAY, hint=N_("As 01.01.2026")),
    Part(key="amount", label=N_("Price in kroner"), typed=Typed.AMOUNT),
    Part(key="unit", label=N_("Price of"), typed=Typed.CHOICE, options=coded(PriceUnit)),
    Part(key="kind", label=N_("How sure it is"), typed=Typed.CHOICE, options=coded(TariffKind)),
    Part(key="source", label=N_("Where it is from")),
    Part(key="region", label=N_("Only in municipality"), hint=N_("The code, or empty for everywhere.")),
    Part(
        key="deliverer",
        label=N_("Only when it is given by"),
        typed=Typed.CHOICE,
        options=coded(DelivererKind),
    ),
    Part(key="variant", label=N_("Only for the variant"), hint=N_("The code of one of the variants below.")),
)
_VARIANT = (
    Part(key="code", label=N_("Code"), hint=N_("Small letters, digits and hyphens.")),
    Part(key="name", label=N_("Name"), typed=Typed.WORDS),
)
_LEGAL_BASIS = (
    Part(key="law", label=N_("Law"), typed=Typed.CHOICE, options=named(LAWS)),
    Part(key="paragraph", label=N_("Paragraph"), hint=N_("As 82 b")),
    Part(key="first_day", label=N_("Holds from"), typed=Typed.DAY),
    Part(key="last_day", label=N_("Holds until"), typed=Typed.DAY),
    Part(key="verify", label=N_("To be confirmed"), typed=Typed.FLAG),
    Part(key="note", label=N_("In words"), typed=Typed.WORDS),
)
_EVIDENCE = (
    Part(key="finding", label=N_("What was found"), typed=Typed.LONG_WORDS),
    Part(key="year", label=N_("Year"), typed=Typed.NUMBER),
    Part(key="source", label=N_("Where it is from")),
)
_BOUNDS = (
    Part(key="modes", label=N_("Ways to meet"), typed=Typed.CHOICES, options=coded(Mode)),
    Part(key="deliverers", label=N_("Who can give it"), typed=Typed.CHOICES, options=coded(DelivererKind)),
    Part(key="languages", label=N_("Languages beside Danish"), typed=Typed.CHOICES, options=named(LANGUAGES)),
    Part(key="places", label=N_("Places"), typed=Typed.CHOICES, options=coded(Place)),
    Part(
        key="start_weeks",
        label=N_("Start, in weeks from now"),
        typed=Typed.NUMBERS,
        hint=N_("The earliest and the latest."),
    ),
)
_CODES = (
    Part(key="ffb_service", label=N_("Code of the service")),
    Part(key="ffb_target", label=N_("Code of the target group")),
    Part(key="ffb_offer", label=N_("Code of the offer")),
)

SECTIONS: tuple[Section, ...] = (
    Section(
        "words",
        N_("Name and words"),
        (
            Part(key="name", label=N_("Name"), typed=Typed.WORDS),
            Part(key="summary", label=N_("In short"), typed=Typed.LONG_WORDS),
            Part(key="suits", label=N_("When it suits"), typed=Typed.LONG_WORDS),
            both_languages("contains", N_("It contains"), one=N_("Content %(number)s"), add=N_("Add a content")),
            both_languages(
                "leaves_out", N_("It does not contain"), one=N_("Not in it %(number)s"), add=N_("Add what is not in it")
            ),
            both_languages(
                "prerequisites", N_("What it takes"), one=N_("Condition %(number)s"), add=N_("Add a condition")
            ),
        ),
    ),
    Section(
        "kind",
        N_("What kind of help it is"),
        (
            Part(key="kind", label=N_("Who it is from"), typed=Typed.CHOICE, options=coded(LineKind)),
            Part(key="rung", label=N_("Where the help comes from"), typed=Typed.CHOICE, options=coded(Rung)),
            Part(key="chime", label=N_("What it may support"), typed=Typed.CHOICES, options=coded(Chime)),
            Part(key="min_age", label=N_("Youngest age"), typed=Typed.NUMBER),
            Part(key="max_age", label=N_("Oldest age"), typed=Typed.NUMBER),
            Part(key="anonymous", label=N_("No name is needed"), typed=Typed.FLAG),
            Part(
                key="disabled",
                label=N_("Switched off here until its conditions are met"),
                typed=Typed.FLAG,
            ),
            Part(key="start_within_days", label=N_("Starts within so many days"), typed=Typed.NUMBER),
            Part(
                key="start_counts_from",
                label=N_("The days count from"),
                typed=Typed.CHOICE,
                options=lambda: codes.pairs(codes.COUNTS_FROM),
            ),
        ),
    ),
    Section(
        "phases",
        N_("Steps and activities"),
        (
            Part(
                key="phases",
                label=N_("Steps"),
                typed=Typed.ROWS,
                parts=_PHASE,
                one=N_("Step %(number)s"),
                add=N_("Add a step"),
            ),
            Part(key="max_weeks", label=N_("At most so many weeks"), typed=Typed.NUMBER),
            Part(key="open_ended", label=N_("It has no end of its own"), typed=Typed.FLAG),
            Part(
                key="hand_over_first",
                label=N_("A step closes only when somebody takes something over"),
                typed=Typed.FLAG,
            ),
            Part(key="max_caseload", label=N_("Citizens for each worker, at most"), typed=Typed.NUMBER),
        ),
    ),
    Section(
        "prices",
        N_("Prices"),
        (
            Part(
                key="tariffs",
                label=N_("Price steps"),
                typed=Typed.ROWS,
                parts=_TARIFF,
                hint=N_("A new price is a new step. The old one stays, so that plans can be priced as they were."),
                one=N_("Price %(number)s"),
                add=N_("Add a price"),
            ),
            Part(
                key="variants",
                label=N_("Variants"),
                typed=Typed.ROWS,
                parts=_VARIANT,
                hint=N_("What differs only by day, night, place or intensity is one package with variants."),
                one=N_("Variant %(number)s"),
                add=N_("Add a variant"),
            ),
            Part(
                key="price_range",
                label=N_("Lowest and highest known price"),
                typed=Typed.AMOUNTS,
            ),
            Part(key="per_week", label=N_("The price follows the weeks"), typed=Typed.FLAG),
        ),
    ),
    Section(
        "law",
        N_("Law and knowledge"),
        (
            Part(
                key="legal_bases",
                label=N_("Legal bases"),
                typed=Typed.ROWS,
                parts=_LEGAL_BASIS,
                one=N_("Legal basis %(number)s"),
                add=N_("Add a legal basis"),
            ),
            Part(
                key="evidence",
                label=N_("What is known about the effect"),
                typed=Typed.ROWS,
                parts=_EVIDENCE,
                hint=N_("Also where a trial showed none."),
                one=N_("Finding %(number)s"),
                add=N_("Add a finding"),
            ),
            Part(key="sources", label=N_("Sources"), typed=Typed.LINES, hint=N_("One a line.")),
            Part(key="assumed", label=N_("Assumed"), typed=Typed.CHOICES, options=named(ASSUMABLE)),
            Part(key="codes", label=N_("Codes for reporting"), typed=Typed.GROUP, parts=_CODES),
        ),
    ),
    Section(
        "relations",
        N_("Together with other packages"),
        (
            Part(
                key="excludes",
                label=N_("Cannot run beside"),
                typed=Typed.IDS,
                hint=N_("Ids of packages, with a blank between them."),
            ),
            Part(key="needs", label=N_("Needs"), typed=Typed.IDS),
            Part(
                key="combines",
                label=N_("Goes well with"),
                typed=Typed.IDS,
                hint=N_("Ids, or a single * for all packages."),
            ),
        ),
    ),
    Section(
        "bounds",
        N_("What the citizen can adjust"),
        (Part(key="bounds", label=N_("For the whole package"), typed=Typed.GROUP, parts=_BOUNDS),),
    ),
)
"""Everything but the id, which stays, and the day a package is withdrawn, which has its own page."""

PARTS: tuple[Part, ...] = tuple(part for section in SECTIONS for part in section.parts)
