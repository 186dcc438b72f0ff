"""Every page of the demo in every state that looks different: who is looking, and where; written by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Stop:
    """A page somebody looks at; ``act`` brings it into a state that no address leads to."""

    who: str
    address: str
    state: str = ""
    act: Act | None = None
    citizen: bool = True

    def __str__(self) -> str:
        return f"{self.who} {self.address}{' ' if self.state else ''}{self.state}"


def typed(fields: dict[str, str], button: str) -> Act:
    """Fill in fields by name and send, whatever the browser thinks of it."""

    def act(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f"main [name='{name}']").first.fill(value)
        form = page.locator(f"main form:has({button})").first
        form.evaluate("form => { form.noValidate = true; }")
        page.locator(f"main {button}").first.click()

    return act


PUBLIC = (
    Stop("", "/sign-in"),
    Stop("", "/packages"),
    Stop("", "/packages?words=findes+ikke", "nothing found"),
    Stop("", "/packages/cti"),
    Stop("", "/packages/alkohol-faseforloeb", "free by law"),
    Stop("", "/packages/fritid-badminton", "bought by oneself"),
    Stop("", "/packages/recovery-cafe", "open door"),
    Stop("", "/packages/stof-anonym", "anonymous"),
    Stop("", "/packages/compare?package=cti&package=alkohol-faseforloeb&package=mbsr"),
    Stop("", "/packages/compare", "nothing chosen"),
    Stop("", "/try", "nothing yet"),
    Stop("", "/try?package=cti"),
    Stop("", "/try?package=stof-anonym", "anonymous help"),
    Stop("", "/try?package=cti", "refused", typed({"own_hours": "x"}, "button[value='own']")),
    Stop("", "/try?package=cti", "kept", typed({}, "button[value='keep']")),
    Stop("", "/try/code"),
    Stop("", "/try/code", "unknown", typed({"code": "0000-0000-0000-0000"}, "button.button-primary")),
    Stop("", "/acute"),
    Stop("", "/accessibility"),
    Stop("", "/privacy"),
    Stop("", "/nothing", "404"),
)

CITIZEN = (
    Stop("Bo", "/me/", "with money"),
    Stop("Lis", "/me/", "opened"),
    Stop("Omar", "/me/", "draft"),
    Stop("Jytte", "/me/", "sent"),
    Stop("Kim", "/me/", "asked"),
    Stop("Sara", "/me/", "nearly used up"),
    Stop("Anne", "/me/", "ended"),
    Stop("Mikkel", "/me/", "a change is sent"),
    Stop("Bo", "/me/money"),
    Stop("Lis", "/me/money", "none yet"),
    Stop("Sara", "/me/money", "nearly used up"),
    Stop("Anne", "/me/money", "ended"),
    Stop("Peter", "/me/money", "drawing right"),
    Stop("Peter", "/me/money/{service_budget}", "money for support"),
    Stop("Bo", "/me/money/{budget}/{entry}", "help that was given"),
    Stop("Bo", "/me/purchases/new"),
    Stop("Bo", "/me/purchases/new", "refused", typed({"amount": "1,234.50"}, "button.button-primary")),
    Stop("Bo", "/me/purchases/new", "dearer", typed({"amount": "2000"}, "button.button-primary")),
    Stop("Lis", "/me/purchases/new", "nothing to use"),
    Stop("Bo", "/me/purchases/{purchase}"),
    Stop("Bo", "/me/purchases/{purchase}/money-back"),
    Stop("Bo", "/me/purchases/{purchase}/money-back", "refused", typed({"amount": "-5"}, "button.button-primary")),
    Stop("Bo", "/me/purchases/{purchase}/take-back"),
    Stop("Bo", "/me/plan", "in force"),
    Stop("Lis", "/me/plan", "opened"),
    Stop("Omar", "/me/plan", "draft"),
    Stop("Jytte", "/me/plan", "sent"),
    Stop("Kim", "/me/plan", "asked"),
    Stop("Fatima", "/me/plan", "to be answered as it is"),
    Stop("Mikkel", "/me/plan", "in force and changed"),
    Stop("Anne", "/me/plan", "ended"),
    Stop("Lis", "/me/plan/compose", "empty"),
    Stop("Omar", "/me/plan/compose"),
    Stop("Omar", "/me/plan/compose?words=findes+ikke", "nothing found"),
    Stop("Omar", "/me/plan/own"),
    Stop("Omar", "/me/plan/own", "refused", typed({"title": "Cykel", "amount": "NaN"}, "button.button-primary")),
    Stop("Omar", "/me/plan/{plan}/lines/{item}", "package"),
    Stop("Omar", "/me/plan/{plan}/lines/{own}", "own words"),
    Stop("Omar", "/me/plan/check"),
    Stop("Lis", "/me/plan/check", "something is missing"),
    Stop("Jytte", "/me/plan/sent"),
    Stop("Omar", "/me/plan/{plan}/rungs"),
    Stop("Omar", "/me/plan/{plan}/rungs", "refused", typed({"self_now": "x" * 3_000}, "button.button-primary")),
    Stop("Omar", "/me/plan/{plan}/unpaid"),
    Stop("Omar", "/me/plan/{plan}/unpaid", "refused", typed({"title": " ", "hours": "x"}, "button.button-primary")),
    Stop("Omar", "/me/plan/{plan}/lines/{item}/choices"),
    Stop("Omar", "/me/plan/{plan}/lines/{item}/choices", "a preview", typed({"weeks_2": "14"}, "button[value='look']")),
    Stop("Omar", "/me/plan/{plan}/lines/{item}/choices", "refused", typed({"weeks_2": "0"}, "button.button-primary")),
    Stop("Omar", "/me/plan/{plan}/tries", "one try"),
    Stop("Lis", "/me/plan/{plan}/tries", "none yet"),
    Stop("Omar", "/me/plan/{plan}/tries/1", "beside the plan"),
    Stop("Omar", "/me/plan/{plan}/compose?try=1", "a try"),
    Stop("Bo", "/me/plan/{plan}/tries", "a plan in force"),
    Stop("Bo", "/me/plan/{plan}/lines/{item}/phases"),
    Stop(
        "Bo",
        "/me/plan/{plan}/lines/{item}/phases?phase=2",
        "refused",
        typed({"over-what": " "}, "button.button-secondary"),
    ),
    Stop("Bo", "/me/away"),
    Stop("Lis", "/me/away", "none"),
    Stop(
        "Lis",
        "/me/away",
        "refused",
        typed({"first_day": "2026-07-09", "last_day": "2026-07-01"}, "button.button-primary"),
    ),
    Stop("Bo", "/proposals/", "none yet"),
    Stop("Lis", "/proposals/", "refused", typed({"name": " "}, "button.button-primary")),
    Stop("Omar", "/me/plan/suggestions"),
    Stop("Omar", "/me/plan/suggestions?asked=1&about-{goal}=connectedness&about-{goal}=meaning&hours=10", "found"),
    Stop("Omar", "/me/plan/suggestions?asked=1&most=1e3", "refused"),
    Stop("Lis", "/me/plan/suggestions", "no goal yet"),
    Stop("Bo", "/me/plan/paper", "in force"),
    Stop("Omar", "/me/plan/paper", "draft"),
    Stop("Bo", "/me/plan/calendar"),
    Stop("Bo", "/me/plan/calendar", "an address", typed({}, "button.button-primary")),
    Stop("Bo", "/me/goals"),
    Stop("Lis", "/me/goals", "none yet"),
    Stop("Bo", "/me/goals/new"),
    Stop("Bo", "/me/goals/new", "refused", typed({"words": " "}, "button.button-primary")),
    Stop("Bo", "/me/goals/all"),
    Stop("Bo", "/me/goals/{goal}"),
    Stop("Bo", "/me/goals/{goal}/words"),
    Stop("Bo", "/me/chime"),
    Stop("Bo", "/me/chime/answers"),
    Stop("Lis", "/me/chime/answers", "none yet"),
    Stop("Bo", "/me/readings"),
    Stop("Lis", "/me/readings", "nobody yet"),
    Stop("Bo", "/me/happened"),
    Stop("Bo", "/me/happened?page=2", "second page"),
    Stop("Bo", "/me/more"),
    Stop("Bo", "/me/people"),
    Stop("Lis", "/me/people", "only the adviser"),
    Stop("Bo", "/me/people/{tie}/stop"),
    Stop("Bo", "/me/settings"),
    Stop("Bo", "/me/earlier"),
    Stop("Omar", "/try/claim"),
    Stop("Bo", "/try/claim", "no draft"),
    Stop("Bo", "/desk/", "403"),
)

STAFF = tuple(
    Stop(who, address, state, act, citizen=False)
    for who, address, state, act in (
        ("Mette", "/desk/", "", None),
        ("Mette", "/desk/?show=all", "all", None),
        ("Mette", "/desk/?show=force", "in force", None),
        ("Mette", "/desk/?show=citizen&whose=mine", "waiting for citizens", None),
        ("Mette", "/desk/courses/new", "", None),
        ("Mette", "/desk/courses/new?q=Bo", "somebody found", None),
        ("Mette", "/desk/courses/new?citizen={citizen_of_Bo}", "for somebody known", None),
        ("Mette", "/desk/plans/{plan_of_Jytte}", "sent", None),
        ("Mette", "/desk/plans/{plan_of_Torben}", "above the limit", None),
        ("Mette", "/desk/plans/{plan_of_Fatima}", "to be answered as it is", None),
        ("Mette", "/desk/plans/{plan_of_Mikkel}", "a change", None),
        ("Mette", "/desk/plans/{plan_of_Bo}", "in force", None),
        ("Mette", "/desk/plans/{plan_of_Kim}", "waiting for the citizen", None),
        ("Mette", "/desk/plans/{plan_of_Omar}", "being put together", None),
        ("Mette", "/desk/plans/{plan_of_Jytte}", "refused", typed({"amount": "1e3"}, "button.button-primary")),
        ("Mette", "/desk/plans/{plan_of_Bo}/approved", "", None),
        ("Mette", "/desk/plans/{plan_of_Bo}/deliveries", "", None),
        ("Mette", "/desk/plans/{plan_of_Bo}/end", "", None),
        ("Mette", "/desk/objections", "", None),
        ("Mette", "/desk/objections/{objection}", "", None),
        ("Karen", "/desk/", "", None),
        ("Karen", "/desk/plans/{plan_of_Torben}", "", None),
        ("Ali", "/desk/supported", "", None),
        ("Ali", "/desk/plans/{plan_of_Bo}/deliveries", "", None),
        ("Jens", "/finance/", "by package", None),
        ("Jens", "/finance/?by=month", "by month", None),
        ("Jens", "/finance/?by=account", "by account", None),
        ("Jens", "/finance/postings", "", None),
        ("Jens", "/finance/postings?measure=spent", "behind a figure", None),
        ("Jens", "/finance/postings?first=2001-01&last=2001-01", "none", None),
        ("Jens", "/finance/estimates", "", None),
        ("Jens", "/finance/budgets/{budget_of_Bo}", "", None),
        ("Birgit", "/editor/", "", None),
        ("Birgit", "/editor/?words=findes+ikke", "nothing found", None),
        ("Birgit", "/editor/packages/new?like=cti", "", None),
        ("Birgit", "/editor/packages/new", "refused", typed({"called": " "}, "button.button-primary")),
        ("Birgit", "/editor/packages/cti", "of the files", None),
        ("Birgit", "/editor/packages/vinterbadning", "of the house", None),
        ("Birgit", "/editor/packages/vinterbadning/withdrawal", "", None),
        ("Birgit", "/editor/drafts/syng-sammen", "", None),
        ("Birgit", "/editor/drafts/syng-sammen/difference", "", None),
        ("Birgit", "/editor/drafts/syng-sammen/preview", "faulty", None),
        ("Birgit", "/editor/prices", "", None),
        ("Birgit", "/editor/prices/mappings/new", "", None),
        ("Birgit", "/editor/prices/mappings/new", "refused", typed({"toml": "prefix = 1"}, "button.button-primary")),
        ("Birgit", "/editor/proposals", "", None),
        ("Birgit", "/editor/proposals/2", "", None),
        ("Ali", "/proposals/", "", None),
        ("Mette", "/desk/wishes", "", None),
        ("Mette", "/desk/wishes/{wish_of_Omar}", "", None),
        ("Mette", "/desk/wishes/{wish_of_Omar}", "refused", typed({"reason": " "}, "button.button-primary")),
        ("Mette", "/me/plan/{plan_of_Omar}/compose", "together", None),
        ("Mette", "/me/plan/{plan_of_Omar}/tries/1", "together", None),
        ("Ali", "/me/plan/{plan_of_Bo}/lines/{item_of_Bo}/phases", "together", None),
        ("Asta", "/admin/", "", None),
        ("Asta", "/admin/figures", "", None),
        ("Asta", "/admin/figures/free_cap", "an amount", None),
        ("Asta", "/admin/figures/suggestions", "refused", typed({"source": " "}, "button.button-primary")),
    )
)

STOPS = (*PUBLIC, *CITIZEN, *STAFF)
