"""Wishes about a package: taken back by whoever composes, answered with a reason by whoever decides."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.domain.errors import NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.goal import checked_words
from planner.domain.people import User
from planner.domain.plan import NotYourPart
from planner.domain.wish import LONGEST_WORDS, WishOver
from planner.models.composing import Wish
from planner.models.plan import Plan
from planner.usecases import record, versions
from planner.usecases.transaction import Key, transaction


def take_back(wish_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Take a wish back before it is answered. Raises ``WishOver`` and ``NotFound``."""
    with transaction(key, by) as session:
        wish = _wish(session, wish_id)
        plan = versions.composed(session, wish.plan_id, by)
        _open(session, wish)
        wish.withdrawn_at = at
        _happened(session, plan, EventKind.WISH_TAKEN_BACK, wish, by=by, at=at, key=key)


def answer(wish_id: int, *, granted: bool, reason: str, by: User, at: datetime, key: Key | None = None) -> None:
    """Answer a wish with yes or no, and why. A yes widens what can be chosen for this line, and changes no plan.

    Raises ``NoWords`` without a reason, ``WishOver`` when it was answered or taken back, ``NotYourPart`` for one's
    own wish, and ``NotFound``.
    """
    words = checked_words(reason, LONGEST_WORDS)
    with transaction(key, by) as session:
        wish = _wish(session, wish_id)
        plan = versions.in_unit(session, wish.plan_id, by)
        if plan.citizen_id == by.id:
            raise NotYourPart
        _open(session, wish)
        wish.granted, wish.reason, wish.answered_by, wish.answered_at = granted, words, by.id, at
        _happened(session, plan, EventKind.WISH_ANSWERED, wish, by=by, at=at, key=key)


def _wish(session: Session, wish_id: int) -> Wish:
    wish = session.get(Wish, wish_id)
    if wish is None:
        raise NotFound
    return wish


def _open(session: Session, wish: Wish) -> None:
    """Read the wish again now that its plan is locked. Raises ``WishOver``."""
    session.refresh(wish)
    if wish.granted is not None or wish.withdrawn_at is not None:
        raise WishOver


def _happened(
    session: Session, plan: Plan, kind: EventKind, wish: Wish, *, by: User, at: datetime, key: Key | None
) -> None:
    facts = {"plan": plan.id, "item": wish.item_id, "wish": wish.id}
    record.about_citizen(session, plan.citizen_id, Happened(kind, facts), by=by, at=at, key=key)
