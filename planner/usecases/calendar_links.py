"""Private calendar addresses: made by the citizen, shown once, kept as a digest, and switched off for good."""

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from planner.domain.calendar_link import digest, new_token
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Happened
from planner.domain.people import User
from planner.models.composing import CalendarLink
from planner.usecases import record, versions
from planner.usecases.transaction import Key, transaction

MOST_LINKS = 5


class TooManyLinks(DomainError):
    """There are as many private addresses as one plan may have; one must be switched off first."""

    code = "too_many_links"

    def __init__(self, most: int = MOST_LINKS) -> None:
        super().__init__(most)
        self.most = most


def make(plan_id: int, *, named: bool, by: User, at: datetime, key: Key | None = None) -> str:
    """Make a private address for the calendar of one's own plan, and return its token: 192 bits, shown this once.

    Raises ``TooManyLinks`` and ``NotFound``.
    """
    token = new_token()
    with transaction(key, by) as session:
        plan = versions.own(session, plan_id, by)
        working = (CalendarLink.plan_id == plan.id, CalendarLink.revoked_at.is_(None))
        if (session.scalar(select(func.count()).where(*working)) or 0) >= MOST_LINKS:
            raise TooManyLinks
        values = {"citizen_id": plan.citizen_id, "plan_id": plan.id, "token_digest": digest(token)}
        made = insert(CalendarLink).values(**values, named=named, made_at=at).returning(CalendarLink.id)
        link_id = session.scalars(made).one()
        facts = {"plan": plan.id, "link": link_id, "named": named}
        _happened(session, Happened(EventKind.CALENDAR_LINK_MADE, facts), by=by, at=at, key=key)
    return token


def revoke(link_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Switch an address of one's own off; it never works again. Raises ``NotFound``, also when it is off already."""
    with transaction(key, by) as session:
        link = session.get(CalendarLink, link_id, with_for_update=True)
        if link is None or link.citizen_id != by.id or link.revoked_at is not None:
            raise NotFound
        link.revoked_at = at
        facts = {"plan": link.plan_id, "link": link.id}
        _happened(session, Happened(EventKind.CALENDAR_LINK_REVOKED, facts), by=by, at=at, key=key)


def _happened(session: Session, happened: Happened, *, by: User, at: datetime, key: Key | None) -> None:
    record.about_citizen(session, by.id, happened, by=by, at=at, key=key)
