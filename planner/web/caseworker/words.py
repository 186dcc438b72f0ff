"""How staff pages name days that are due, differences in kroner, changes, payers and laws."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext, ngettext

from packages_catalog.vocabulary import LAWS, LOCAL
from planner import clock
from planner.domain.money import ZERO, Money
from planner.domain.package import LegalBasis, LineKind, TariffKind
from planner.domain.plan import PlanAction, PlanStatus
from planner.domain.review import Change, Difference, SentLine
from planner.queries.caseload import Row, Show, Whose
from planner.queries.plans import Act
from planner.queries.review import Review, Source
from planner.web.filters import kr, words
from planner.web.wording import N_, status_name

_CHANGES = {
    Change.NEW: N_("new"),
    Change.CHANGED: N_("changed"),
    Change.OUT: N_("out"),
    Change.SAME: N_("unchanged"),
}
_SHOWN = {
    Show.ANSWER: N_("To answer"),
    Show.CITIZEN: N_("Waiting for the citizen"),
    Show.FORCE: N_("In force"),
    Show.ALL: N_("All"),
}
_WHOSE = {
    Whose.ALL: N_("everybody in my units"),
    Whose.MINE: N_("those I advise"),
    Whose.HIGH: N_("above the adviser's limit"),
}
_ACTS = {
    PlanAction.SUBMIT: N_("%(name)s sent plan %(number)s"),
    PlanAction.RETURN: N_("%(name)s asked about plan %(number)s"),
    PlanAction.INSIST: N_("%(name)s asked for an answer to plan %(number)s as it is"),
    PlanAction.WITHDRAW: N_("%(name)s took plan %(number)s back"),
    PlanAction.REVISE: N_("%(name)s began plan %(number)s"),
    PlanAction.APPROVE: N_("%(name)s said yes to plan %(number)s"),
    PlanAction.END: N_("%(name)s ended the course"),
}
_UNPAID = {
    LineKind.STATUTORY_FREE: N_("Free by law. Needs no answer."),
    LineKind.CIVIL_FREE: N_("Volunteers. Costs nothing."),
}


def shown_name(show: Show) -> str:
    """Name a part of the list."""
    return gettext(_SHOWN[show])


def whose_name(whose: Whose) -> str:
    """Name whose plans are listed."""
    return gettext(_WHOSE[whose])


def change_name(change: Change) -> str:
    """Name what became of a line."""
    return gettext(_CHANGES[change])


def act(done: Act, found: Review) -> str:
    """Say who did what to a plan."""
    return gettext(_ACTS[done.action], name=found.names.get(done.by_id, ""), number=done.number)


def what(row: Row) -> str:
    """Say what a plan of the list wants."""
    if row.answer_by is None:
        return status_name(row.status)
    if row.status is PlanStatus.INSISTED:
        return gettext("to be answered as it is")
    return gettext("a change") if row.approved else gettext("a new plan")


def due(day: date) -> str:
    """Say how far away a day is: ``in 5 days``, ``today``, ``2 days ago``."""
    days = (day - clock.today()).days
    if days == 0:
        return gettext("today")
    if days < 0:
        return ngettext("%(num)s day late", "%(num)s days late", -days)
    return ngettext("in %(num)s day", "in %(num)s days", days)


def signed(amount: Money) -> str:
    """Show a difference with its sign: ``+ 1.600 kr.``, ``− 1.800 kr.``, ``0 kr.``."""
    if amount == ZERO:
        return kr(ZERO)
    sign = "+" if amount > ZERO else "−"
    return f"{sign}\u00a0{kr(amount if amount > ZERO else -amount)}"


def source_name(source: Source) -> str:
    """Name where money comes from, as staff speak of it."""
    return gettext("the citizen's amount") if source.own else words(source.name)


def payer(sent: SentLine, found: Review) -> str:
    """Say who pays for a line."""
    if sent.source_id is not None:
        return gettext("Paid from %(source)s.", source=source_name(found.sources[sent.source_id]))
    return gettext(_UNPAID.get(sent.line.kind, N_("No budget pays for it.")))


def standing(status: PlanStatus) -> str:
    """Name where a plan stands."""
    return status_name(status)


def total(lines: Iterable[SentLine]) -> Money:
    """Add up what lines draw on budgets."""
    return Money.sum(sent.drawn for sent in lines)


def total_before(changes: Iterable[Difference]) -> Money:
    """Add up what the version before drew on budgets."""
    return total(each.before for each in changes if each.before is not None)


def assumed(sent: SentLine) -> bool:
    """Tell whether a line's price is a guess of the catalogue's."""
    return any(step.kind is TariffKind.ASSUMED for step in sent.line.tariffs)


def law(basis: LegalBasis) -> str:
    """Name a legal basis: ``Serviceloven § 85``."""
    name = words(LAWS[basis.law]) if basis.law in LAWS else basis.law
    return name if basis.law == LOCAL or not basis.paragraph else f"{name} §\u00a0{basis.paragraph}"


def laws(bases: Iterable[LegalBasis]) -> str:
    """Name the laws behind a line, each once, with a mark on those whose validity is not known."""
    named = (f"{law(basis)} ({gettext('to be checked')})" if basis.verify else law(basis) for basis in bases)
    return ", ".join(dict.fromkeys(named))
