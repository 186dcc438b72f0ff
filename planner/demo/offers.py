"""What the demo's catalogue editor has done: a package of the house with a new price, a draft, and two proposals."""

from datetime import datetime, timedelta

from packages_catalog.reader import Catalogue
from packages_catalog.shape import dump, load
from planner.demo.town import Town, as_user
from planner.usecases import packages, proposals

_WORDS = {
    "name": {"da": "Vinterbadning", "en": "Winter swimming"},
    "summary": {
        "da": "Hop i havnen sammen med andre. I mødes, varmer op og bader, når du er klar.",
        "en": "Jump into the harbour with others. You meet, warm up and swim when you are ready.",
    },
    "suits": {
        "da": "Den passer, når kroppen har brug for noget nyt.",
        "en": "It suits you when your body needs something new.",
    },
    "contains": [{"da": "Plads i klubben og nøgle til saunaen", "en": "A place in the club and a key to the sauna"}],
    "leaves_out": [{"da": "Badetøj og håndklæde", "en": "Swimwear and towel"}],
    "sources": ["Havneby Vinterbadere"],
}


def tell(town: Town, catalogue: Catalogue, at: datetime) -> None:
    """Let Birgit publish, change and begin packages, and let others propose some."""
    birgit = as_user(town.birgit, at)
    like = {key: value for key, value in dump(catalogue["fritid-badminton"]).items() if key not in {"id", "codes"}}
    own = {**like, **_WORDS, "id": "vinterbadning", "chime": ["connectedness", "hope"], "evidence": []}
    packages.publish_many([load(own)], by=birgit, at=at - timedelta(days=90))
    tariffs = [{**step, "amount": "1450.00", "source": "Havneby Vinterbadere"} for step in own["tariffs"]]  # type: ignore[attr-defined]  # plain values
    packages.publish_many([load({**own, "tariffs": tariffs})], by=birgit, at=at - timedelta(days=9))
    draft = {"name": {"da": "Syng sammen"}, "summary": {"da": "Et kor, hvor ingen skal kunne noget i forvejen."}}
    packages.start_draft("syng-sammen", draft, by=birgit, at=at - timedelta(days=2), new=True)
    asked = proposals.propose(
        "Natcafé", "Et sted at være, når natten er lang.", "Flere ringer mellem to og fem.",
        by=as_user(town.mette, at), at=at - timedelta(days=12),
    )  # fmt: skip
    answer = "Det akutte tilbud har åbent hele natten. Vi skriver på dets side, at man kan komme uden at ringe."
    proposals.answer(asked, answer, by=birgit, at=at - timedelta(days=10))
    proposals.propose(
        "Ture med hund", "Gå tur med en hund, man låner.", "For dem, der har lettere ved dyr end ved mennesker.",
        by=as_user(town.ali, at), at=at - timedelta(days=3),
    )  # fmt: skip
