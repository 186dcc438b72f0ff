"""Every form of the product, filled in as somebody would: written by hand, one entry an address that changes something."""

from dataclasses import dataclass, field

from werkzeug.test import TestResponse

from tests.forms import Form, form_to
from tests.visitor import Visitor
from tests.web.access import Place

WORDS = "Ord, som nogen skriver."


@dataclass(frozen=True)
class Filled:
    """A form: who finds it on which page, where it goes, what is typed, and which of its fields are free words.

    ``after`` is the form that has to be sent first, when its answer is the page. ``changes`` is false for a form
    that only asks, and ``anew`` tells that sending it again does it again, because it holds no key.
    """

    who: str
    page: str
    action: str
    typed: dict[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    after: "Filled | None" = None
    changes: bool = True
    anew: bool = False

    def __str__(self) -> str:
        return self.action

    def form(self, visitor: Visitor, place: Place) -> Form:
        """Find the form on its page."""
        page = self.after.send(visitor, place) if self.after else visitor.get(place.address(self.page))
        assert page.status_code == 200, page.status
        return form_to(page.text, place.address(self.action))

    def words(self, place: Place) -> dict[str, str]:
        """Say what is typed, with the ids of the place."""
        return {place.address(name): place.address(value) for name, value in self.typed.items()}

    def send(self, visitor: Visitor, place: Place) -> TestResponse:
        """Open the page, fill the form in, send it."""
        form = self.form(visitor, place)
        return visitor.post(form.action, data=form.filled(**self.words(place)))


_TIE_SEARCH = Filled(
    "asta", "/admin/people/{finn}/ties/new", "/admin/people/{finn}/ties/search", {"name": "Bo Madsen"}, ("name",),
    changes=False,
)  # fmt: skip

CODE = "0000-1111-2222-3333"
"""The code under which the town keeps a mix that somebody made without a name."""

_CLAIM = Filled("bo", "/try/claim", "/try/claim", {"code": CODE}, changes=False)

FORMS: tuple[Filled, ...] = (
    Filled("nobody", "/try", "/try", {"do": "own", "own_title": WORDS}, ("own_title",), changes=False),
    Filled("nobody", "/try/code", "/try/code", {"code": CODE}, changes=False),
    _CLAIM,
    Filled("bo", "", "/try/claim/plan", after=_CLAIM),
    Filled("bo", "/me/money/{budget}/{entry}", "/me/money/{budget}/{entry}", {"words": WORDS}, ("words",)),
    Filled("bo", "/me/purchases/new", "/me/purchases/new", {"pot": "{free}", "amount": "12,50", "words": WORDS}, ("words",)),
    Filled("bo", "/me/purchases/{purchase}/money-back", "/me/purchases/{purchase}/money-back", {"amount": "10"}),
    Filled("bo", "/me/purchases/{purchase}/take-back", "/me/purchases/{purchase}/take-back"),
    Filled("bo", "/me/plan/{sent}", "/me/plan/{sent}/withdrawal"),
    Filled("bo", "/me/plan/{returned}", "/me/plan/{returned}/answer", {"note": WORDS}, ("note",)),
    Filled("bo", "/me/plan/{plan}", "/me/plan/{plan}/change"),
    Filled("bo", "/me/plan/{draft}/compose", "/me/plan/{draft}/packages/mbsr"),
    Filled("bo", "/me/plan/{draft}/own", "/me/plan/{draft}/own", {"title": WORDS, "amount": "600", "aims": "{goal}"}, ("title",)),
    Filled("bo", "/me/plan/{draft}/lines/{own}", "/me/plan/{draft}/lines/{own}", {"title": WORDS, "amount": "401"}, ("title",)),
    Filled("bo", "/me/plan/{draft}/compose", "/me/plan/{draft}/lines/{own}/move", {"weeks": "1"}),
    Filled("bo", "/me/plan/{draft}/lines/{line}", "/me/plan/{draft}/lines/{line}/removal"),
    Filled("bo", "/me/plan/{draft}/unpaid", "/me/plan/{draft}/unpaid", {"title": WORDS, "hours": "2", "aims": "{goal}"}, ("title",)),
    Filled("bo", "/me/plan/{draft}/lines/{own}", "/me/plan/{draft}/lines/{own}/goals", {"aims": "because"}),
    Filled("bo", "/me/plan/{draft}/compose", "/me/plan/{draft}/undo"),
    Filled("bo", "/me/plan/{draft}/compose", "/me/plan/{draft}/limit", {"hours": "6"}),
    Filled("bo", "/me/plan/{draft}/rungs", "/me/plan/{draft}/rungs", {"self_now": WORDS, "network_possible": WORDS}, ("self_now", "network_possible")),
    Filled("bo", "/me/plan/{draft}/tries", "/me/plan/{draft}/tries", {"name": WORDS}, ("name",)),
    Filled("bo", "/me/plan/{draft}/lines/{line}/choices", "/me/plan/{draft}/lines/{line}/choices", {"weeks_1": "16", "words": WORDS}, ("words",)),
    Filled("bo", "/me/plan/{draft}/lines/{line}/choices", "/me/plan/{draft}/wishes/{wish}/removal"),
    Filled("bo", "/me/plan/{plan}/lines/{item}/phases?phase=1", "/me/plan/{plan}/lines/{item}/phases/1/handovers", {"over-what": WORDS}, ("over-what",)),
    Filled("bo", "/me/plan/{plan}/lines/{item}/phases?phase=1", "/me/plan/{plan}/lines/{item}/phases/1/handovers/{handover}/removal"),
    Filled("bo", "/me/plan/{plan}/lines/{item}/phases?phase=1", "/me/plan/{plan}/lines/{item}/phases/1/talks", {"talk-outcome": "close", "talk-words": WORDS}, ("talk-words",)),
    Filled("mette", "/desk/wishes/{wish}", "/desk/wishes/{wish}", {"granted": "yes", "reason": WORDS}, ("reason",)),
    Filled("bo", "/me/plan/{draft}/tries/{trial}", "/me/plan/{draft}/tries/{trial}/use"),
    Filled("bo", "/me/plan/{draft}/tries/{trial}", "/me/plan/{draft}/tries/{trial}/throw"),
    Filled("bo", "/me/plan/{draft}/tries/{trial}", "/me/plan/{draft}/tries/{trial}/lines/{line}/back"),
    Filled("bo", "/me/plan/{draft}/suggestions?asked=1&about-{goal}=connectedness", "/me/plan/{draft}/suggestions"),
    Filled("bo", "/me/plan/{plan}/calendar", "/me/plan/{plan}/calendar", {"named": "y"}),
    Filled("bo", "/me/plan/{plan}/calendar", "/me/plan/{plan}/calendar/1/revocation"),
    Filled("bo", "/me/away", "/me/away", {"first_day": "2026-07-01", "last_day": "2026-07-09", "words": WORDS}, ("words",)),
    Filled("bo", "/me/away", "/me/away/{away}/removal"),
    Filled("bo", "/me/plan/{draft}/check", "/me/plan/{draft}/submission", {"note": WORDS}, ("note",)),
    Filled("bo", "/me/goals/new", "/me/goals", {"words": WORDS}, ("words",)),
    Filled("bo", "/me/goals/{goal}", "/me/goals/{goal}/check-ins", {"score": "6", "words": WORDS}, ("words",)),
    Filled("bo", "/me/goals/{goal}", "/me/goals/{goal}/step", {"step": "pause"}),
    Filled("bo", "/me/goals/{goal}/words", "/me/goals/{goal}/words", {"words": WORDS}, ("words",)),
    Filled("bo", "/me/chime", "/me/chime", {"hope": "7"}),
    Filled("bo", "/me/people/{tie}/stop", "/me/people/{tie}/stop"),
    Filled("mette", "/desk/courses/new", "/desk/courses/search", {"name": "Bo"}, ("name",), changes=False),
    Filled(
        "mette", "/desk/courses/new", "/desk/courses",
        {
            "called": WORDS, "full_name": WORDS, "phone": WORDS, "number": "610180-4001", "amount": "20.000",
            "first_day": "2026-06-01", "last_day": "2026-11-30", "hours": "7,5",
        },
        ("called", "full_name", "phone"),
    ),
    Filled("mette", "/desk/plans/{sent}", "/desk/plans/{sent}/approval", {"amount": "30.000", "reasons": WORDS}, ("reasons",)),
    Filled("mette", "/desk/plans/{asked}", "/desk/plans/{asked}/question", {"ask-message": WORDS}, ("ask-message",)),
    Filled("mette", "/desk/plans/{plan}/end", "/desk/plans/{plan}/end"),
    Filled("ali", "/desk/plans/{plan}/deliveries", "/desk/plans/{plan}/deliveries/{due}", {"service{due}-day": "2026-05-11"}),
    Filled("mette", "/desk/plans/{plan}/deliveries", "/desk/plans/{plan}/deliveries/{delivery}/take-back"),
    Filled("mette", "/desk/objections/{objection}", "/desk/objections/{objection}", {"words": WORDS}, ("words",)),
    Filled("birgit", "/editor/packages/new", "/editor/packages", {"called": WORDS, "ident": "sang"}, ("called",)),
    Filled("birgit", "/editor/packages/{local}", "/editor/packages/{local}/draft"),
    Filled("birgit", "/editor/packages/{local}/withdrawal", "/editor/packages/{local}/withdrawal", {"day": "2026-06-01"}),
    Filled("birgit", "/editor/packages/{gone}", "/editor/packages/{gone}/offer"),
    Filled("birgit", "/editor/drafts/{kladde}", "/editor/drafts/{kladde}", {"name-da": WORDS, "do": "save"}),
    Filled("birgit", "/editor/drafts/{kladde}/difference", "/editor/drafts/{kladde}/publication"),
    Filled("birgit", "/editor/packages/{kladde}", "/editor/drafts/{kladde}/removal"),
    Filled("birgit", "/editor/proposals/{proposal}", "/editor/proposals/{proposal}", {"words": WORDS}, ("words",)),
    Filled("birgit", "/editor/proposals/{proposal}", "/editor/proposals/{proposal}/draft", {"ident": "kor"}),
    Filled("birgit", "/editor/prices/mappings/new", "/editor/prices/mappings/new", {"name": WORDS}, ("name",)),
    Filled("birgit", "/editor/prices/mappings/{list_mapping}", "/editor/prices/mappings/{list_mapping}", {"name": WORDS}, ("name",)),
    Filled("bo", "/proposals/", "/proposals/", {"name": WORDS, "what": WORDS, "why": WORDS}, ("name", "what", "why")),
    Filled("jens", "/finance/postings", "/finance/postings/file", {"format": "csv"}, anew=True),
    Filled("asta", "/admin/", "/admin/search", {"name": "Bo"}, ("name",), changes=False),
    Filled(
        "asta", "/admin/people/new", "/admin/people",
        {"called": WORDS, "full_name": WORDS, "phone": WORDS}, ("called", "full_name", "phone"),
    ),
    Filled(
        "asta", "/admin/people/{bo}/change", "/admin/people/{bo}/change",
        {"called": WORDS, "full_name": WORDS, "phone": WORDS}, ("called", "full_name", "phone"),
    ),
    Filled("asta", "/admin/people/{ali}", "/admin/people/{ali}/invitation"),
    Filled("asta", "/admin/people/{ali}", "/admin/people/{ali}/roles", {"kind": "caseworker", "unit": "{north}", "limit": "5.000"}),
    Filled("asta", "/admin/people/{finn}", "/admin/people/{finn}/roles/{role}/end"),
    _TIE_SEARCH,
    Filled("asta", "", "/admin/people/{finn}/ties", {"kind": "relative"}, after=_TIE_SEARCH),
    Filled("asta", "/admin/people/{bo}", "/admin/people/{bo}/ties/{tie}/end"),
    Filled("asta", "/admin/figures/free_cap", "/admin/figures/free_cap", {"value": "600", "first_day": "2026-06-01", "source": WORDS}, ("source",)),
    Filled("asta", "/admin/units", "/admin/units", {"name": WORDS, "code": "0101"}, ("name",)),
)  # fmt: skip

WITHOUT_A_KEY = frozenset({"/sign-in/demo", "/sign-in/invitation", "/sign-out", "/language"})
"""What can be done again and again, so nothing is kept about it; and the API has its own tests."""

WITH_A_FILE = frozenset({"/editor/prices", "/editor/prices/list"})
"""A price list is a file that is looked at before it is taken in; its own tests send it twice and send odd ones."""
