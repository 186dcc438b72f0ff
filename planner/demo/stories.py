"""Twelve made-up citizens, each in a different state; days are counted from the day the demo is made."""

from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.package import Rung
from planner.domain.purchase import Category


class Fate(StrEnum):
    """How far a course has come."""

    OPENED = "opened"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    INSISTED = "insisted"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Own:
    """A free line: title, whole kroner (0: nobody pays), monthly or once, from which day of the plan, how many days.

    ``rung`` is where it comes from, ``minutes`` what it takes of a week.
    """

    title: str
    kroner: int
    category: Category
    monthly: bool = False
    from_day: int = 0
    days: int = 30
    rung: Rung | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase on a day of the plan; ``of`` is a package id or an own line's title, nothing is the free money."""

    on_day: int
    kroner: str
    category: Category
    words: str
    of: str = ""
    last: bool = False
    back: str = ""
    mistake: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A check-in on a day of the plan: 0 to 10 and own words."""

    on_day: int
    score: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One citizen and their course. ``start`` is the plan's first day, counted from today (negative: past).

    Lines are for the first goal, those named in ``second`` for the second; ``rungs`` hold what is there and possible.
    """

    called: str
    full_name: str
    number: str
    fate: Fate
    start: int
    days: int
    amount: int
    template: str = "full"
    language: str = "da"
    protected: bool = False
    south: bool = False
    weekly_hours: int | None = None
    goals: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    rungs: tuple[tuple[Rung, str, str], ...] = ()
    packages: tuple[tuple[str, int], ...] = ()
    own: tuple[Own, ...] = ()
    bought: tuple[Bought, ...] = ()
    said: tuple[Said, ...] = ()
    chime: tuple[tuple[int, tuple[int, int, int, int, int]], ...] = ()
    deliver: int = 0
    supported: bool = False
    question: str = ""
    answer: str = ""
    objection: str = ""
    note: str = ""
    change: tuple[str, ...] = field(default=())


_FOOD = tuple(
    Bought(day, kroner, Category.NETWORK_AND_FAMILY, words)
    for day, kroner, words in (
        (6, "86.00", "Kaffe og kage på caféen"),
        (19, "142.50", "Fællesspisning"),
        (33, "95.00", "Fællesspisning"),
        (47, "120.00", "Gave til min søster"),
        (75, "95.00", "Fællesspisning"),
        (103, "64.00", "Kaffe med Ali"),
    )
)

STORIES: tuple[Story, ...] = (
    Story(
        called="Bo",
        full_name="Bo Madsen",
        number="610180-4001",
        fate=Fate.APPROVED,
        start=-120,
        days=240,
        amount=24_000,
        weekly_hours=7,
        supported=True,
        goals=("Spise med andre to gange om ugen.", "Sove hele natten igen."),
        second=("mbsr", "Nye gardiner, så der bliver mørkt"),
        packages=(
            ("peer-individuel", 0),
            ("fritid-badminton", 7),
            ("trivselskort", 0),
            ("mbsr", 130),
            ("peer-gruppe", 30),
        ),
        own=(
            Own("Buskort", 390, Category.TRANSPORT, monthly=True, days=180),
            Own("Nye gardiner, så der bliver mørkt", 1_200, Category.HOME, from_day=10, days=40),
        ),
        bought=(
            Bought(3, "390.00", Category.TRANSPORT, "Buskort", of="Buskort"),
            Bought(14, "649.00", Category.SPORT_AND_LEISURE, "Ketcher og sko", of="fritid-badminton"),
            Bought(15, "49.95", Category.SPORT_AND_LEISURE, "Fjerbolde, dobbelt", mistake=True),
            Bought(
                21, "1049.00", Category.HOME, "Mørklægningsgardiner", of="Nye gardiner, så der bliver mørkt", last=True
            ),
            Bought(34, "390.00", Category.TRANSPORT, "Buskort", of="Buskort"),
            Bought(64, "390.00", Category.TRANSPORT, "Buskort", of="Buskort"),
            Bought(68, "299.00", Category.CLOTHES, "Regnjakke, forkert størrelse", back="299.00"),
            Bought(95, "390.00", Category.TRANSPORT, "Buskort", of="Buskort"),
            *_FOOD,
        ),
        said=(
            Said(4, 2, "Det er svært at gå derhen alene."),
            Said(32, 4, "Jeg har været der tre gange."),
            Said(61, 4, "Ikke den bedste måned."),
            Said(97, 6, "Jeg kender nogen nu. De spurgte efter mig."),
        ),
        chime=((2, (3, 5, 4, 6, 2)), (90, (5, 6, 4, 7, 4))),
        deliver=2,
        objection="Vi mødtes ikke i de første to uger. Passer prisen så?",
        answer="Tak, fordi du skrev. Prisen gælder hele fasen. Vi lægger de to møder til i slutningen.",
    ),
    Story(
        called="Lis",
        full_name="Lis Krogh",
        number="750290-1235",
        fate=Fate.OPENED,
        start=14,
        days=180,
        amount=30_000,
    ),
    Story(
        called="Omar",
        full_name="Omar Haddad",
        number="820165-0012",
        fate=Fate.DRAFT,
        start=10,
        days=270,
        amount=90_000,
        weekly_hours=5,
        goals=("Have min egen lejlighed og blive boende.",),
        rungs=(
            (Rung.SELF, "Jeg laver mad og holder orden.", "Åbne min post samme dag."),
            (Rung.NETWORK, "Min fætter Yusuf ringer om søndagen.", "Spise hos dem en gang om ugen."),
            (Rung.COMMUNITY, "Biblioteket.", "Fodbold på banen bag stationen."),
        ),
        packages=(("cti", 10), ("peer-individuel", 20)),
        own=(
            Own("Seng og dyne", 3_500, Category.HOME, from_day=12, days=30, rung=Rung.SELF),
            Own("Spise hos Yusuf", 0, Category.OTHER, from_day=5, days=260, rung=Rung.NETWORK, minutes=120),
            Own("Fodbold bag stationen", 0, Category.OTHER, from_day=30, days=200, rung=Rung.COMMUNITY, minutes=90),
        ),
    ),
    Story(
        called="Jytte",
        full_name="Jytte Sand",
        number="710355-2006",
        fate=Fate.SUBMITTED,
        start=20,
        days=180,
        amount=28_000,
        weekly_hours=6,
        goals=("Drikke mindre, og være der for mine børnebørn.",),
        packages=(("alkohol-faseforloeb", 0), ("mbsr", 30), ("paaroerende-kursus", 14), ("peer-individuel", 0)),
        own=(Own("Svømmehal med Emma", 150, Category.SPORT_AND_LEISURE, monthly=True, days=150),),
        note="Jeg vil gerne i gang, før det bliver jul.",
    ),
    Story(
        called="Kim",
        full_name="Kim Bergstrøm",
        number="680770-3119",
        fate=Fate.RETURNED,
        start=21,
        days=150,
        amount=22_000,
        goals=("Komme ud af huset, også når det er en dårlig dag.",),
        packages=(("fritid-badminton", 3), ("bostoette-video", 0)),
        own=(Own("Cykel", 2_800, Category.TRANSPORT, from_day=5, days=30),),
        question="Du skriver en cykel til 2.800 kr. Er det en ny eller en brugt? Så kan vi se, om der skal være mere til lås og hjelm.",
    ),
    Story(
        called="Sara",
        full_name="Sara Lindqvist",
        number="641101-7026",
        fate=Fate.APPROVED,
        start=-160,
        days=190,
        amount=9_000,
        goals=("Tegne hver dag.", "Vise nogen, hvad jeg laver."),
        packages=(("trivselskort", 0),),
        own=(
            Own("Tegnekursus", 2_400, Category.EDUCATION, from_day=10, days=90),
            Own("Farver og papir", 250, Category.SPORT_AND_LEISURE, monthly=True, days=150),
        ),
        bought=(
            Bought(12, "2400.00", Category.EDUCATION, "Tegnekursus, hele forløbet", of="Tegnekursus", last=True),
            Bought(20, "249.00", Category.SPORT_AND_LEISURE, "Akvarel", of="Farver og papir"),
            Bought(51, "250.00", Category.SPORT_AND_LEISURE, "Papir", of="Farver og papir"),
            Bought(83, "250.00", Category.SPORT_AND_LEISURE, "Kul og fiksativ", of="Farver og papir"),
            Bought(60, "899.00", Category.IT_AND_PHONE, "Skærmbeskyttelse og pen til tablet"),
            Bought(118, "310.50", Category.OTHER, "Rammer til udstillingen"),
            Bought(140, "415.00", Category.NETWORK_AND_FAMILY, "Fernisering: kage til alle"),
        ),
        said=(Said(10, 3, ""), Said(70, 7, "Jeg viste tre billeder frem."), Said(141, 9, "Der kom 14 mennesker.")),
        chime=((9, (2, 3, 3, 4, 2)), (71, (4, 6, 5, 7, 5)), (142, (6, 7, 7, 8, 6))),
        deliver=2,
    ),
    Story(
        called="Peter",
        full_name="Peter Juhl",
        number="650586-2214",
        fate=Fate.APPROVED,
        start=-75,
        days=360,
        amount=50_000,
        template="drawing",
        supported=True,
        goals=("Få et kørekort, så jeg kan søge job.",),
        packages=(("bostoette-85-individuel", 0), ("brobygger", 20)),
        own=(
            Own("Kørekort", 14_500, Category.EDUCATION, from_day=5, days=200),
            Own("Briller", 2_200, Category.HEALTH, from_day=5, days=60),
        ),
        bought=(
            Bought(9, "2350.00", Category.HEALTH, "Briller, dyrere end vi troede", of="Briller"),
            Bought(15, "4500.00", Category.EDUCATION, "Kørekort, første rate", of="Kørekort"),
            Bought(52, "3200.00", Category.EDUCATION, "Kørekort, anden rate", of="Kørekort"),
        ),
        said=(Said(16, 4, "Teorien er svær."), Said(60, 6, "Bestod teoriprøven!")),
        deliver=2,
    ),
    Story(
        called="Anne",
        full_name="Anne Wulff",
        number="720868-1022",
        fate=Fate.ENDED,
        start=-260,
        days=200,
        amount=16_000,
        goals=("Turde tage bussen alene.",),
        packages=(("peer-individuel", 0),),
        own=(Own("Buskort", 390, Category.TRANSPORT, monthly=True, days=180),),
        bought=tuple(
            Bought(day, "390.00", Category.TRANSPORT, "Buskort", of="Buskort") for day in (4, 36, 66, 97, 128)
        ),
        said=(Said(5, 1, ""), Said(80, 6, "Jeg kørte til min mor."), Said(150, 9, "Jeg gør det bare nu.")),
        deliver=2,
    ),
    Story(
        called="Hanne",
        full_name="Hanne Riis",
        number="690973-3348",
        fate=Fate.APPROVED,
        start=-6,
        days=180,
        amount=20_000,
        language="en",
        goals=("Feel at home in this town.",),
        packages=(("peer-gruppe", 8), ("fritid-badminton", 12)),
        own=(Own("Choir", 200, Category.NETWORK_AND_FAMILY, monthly=True, days=150),),
    ),
    Story(
        called="Mikkel",
        full_name="Mikkel Storm",
        number="630795-1147",
        fate=Fate.CHANGED,
        start=-60,
        days=240,
        amount=75_000,
        weekly_hours=8,
        goals=("Få et rigtigt job, som jeg kan blive i.",),
        packages=(("ips", 0), ("peer-individuel", 0)),
        own=(Own("Arbejdssko", 900, Category.WORK, from_day=3, days=60),),
        bought=(Bought(8, "849.95", Category.WORK, "Sikkerhedssko", of="Arbejdssko", last=True),),
        said=(Said(20, 5, "To samtaler allerede."),),
        deliver=1,
        change=("mentorstoette",),
        note="Jeg starter på lageret i næste måned. Jeg vil gerne have en mentor med.",
    ),
    Story(
        called="Fatima",
        full_name="Fatima Yilmaz",
        number="780188-4412",
        fate=Fate.INSISTED,
        start=25,
        days=200,
        amount=40_000,
        goals=("Kunne sige fra hjemme, uden at det bliver skænderi.",),
        packages=(("aaben-dialog", 5), ("mbsr", 40)),
        own=(Own("Kursus i assertion", 3_800, Category.EDUCATION, from_day=20, days=60),),
        question="Kunne gruppen på biblioteket være lige så god? Den er gratis.",
        note="Nej, jeg kender dem, der går der. Svar på den, som den er.",
    ),
    Story(
        called="Torben",
        full_name="Torben Vang",
        number="670460-2283",
        fate=Fate.SUBMITTED,
        start=22,
        days=300,
        amount=110_000,
        protected=True,
        goals=("Blive i min bolig hele vinteren.",),
        packages=(("cti", 0), ("stof-ambulant", 0)),
        own=(Own("Møbler fra genbrug", 4_000, Category.HOME, from_day=3, days=60),),
    ),
)
