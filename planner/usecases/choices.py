"""The citizen adjusts a package of the draft within its bounds; what is beyond them becomes a wish."""

from collections.abc import Sequence
from datetime import datetime

from packages_catalog.reader import Catalogue
from planner import clock
from planner.domain.adjustment import Standing, Wanted, adjustment
from planner.domain.allowed import Beyond, BeyondBounds
from planner.domain.choices import Choices
from planner.domain.draft import offered
from planner.domain.errors import NotFound
from planner.domain.event import EventKind
from planner.domain.goal import checked_words
from planner.domain.people import User
from planner.domain.wish import LONGEST_WORDS
from planner.usecases import adjustments, sheets
from planner.usecases.transaction import Key, transaction


def choose(
    plan_id: int,
    item_id: int,
    wanted: Wanted,
    *,
    catalogue: Catalogue,
    trial: int = 0,
    stamp: str | None = None,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> tuple[int, ...]:
    """Adjust a package of the draft, and return the ids of the wishes that what lies beyond its bounds became.

    The plan holds what is inside the bounds. A line sent before is priced anew. Raises ``BeyondBounds`` when
    something is beyond them and nobody said why (in a try always), ``TooLongInAll``, ``LineOutsidePlan``,
    ``LineChanged`` when the line is not as in the ``stamp`` that the page showed, ``PackageGone``, ``NotNow`` and
    ``NotFound``.
    """
    today = clock.local(at).date()
    with transaction(key, by) as session:
        sheet = sheets.opened(session, plan_id, trial, by=by, at=at)
        line = sheets.line(session, sheet, item_id, stamp)
        if line.package_id is None:
            raise NotFound
        package = offered(catalogue, line.package_id, today)
        now = Standing(Choices.of(line.terms), line.period, adjustments.granted(session, item_id))
        found = adjustment(package, now, wanted, plan=sheet.plan.period, today=today)
        why = _why(package.id, found.over, wanted.words, trial)
        if (found.choices.values, found.period) != (now.choices.values, now.period):
            adjustments.write(line, found)
        sheets.changed(session, sheet, EventKind.LINE_CHANGED, item_id, by=by, at=at, key=key)
        return tuple(adjustments.wish(session, sheet.plan, item_id, one, why, by=by, at=at) for one in found.over)


def _why(package_id: str, over: Sequence[Beyond], words: str, trial: int) -> str:
    """Read why somebody wishes more than they can choose. Raises ``BeyondBounds`` without words, or in a try."""
    if over and (trial or not words.strip()):
        raise BeyondBounds(package_id, over)
    return checked_words(words, LONGEST_WORDS) if over else ""
