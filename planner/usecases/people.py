"""Administration: people, roles and ties, invitations and sign-in, language and signing out."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from planner import clock
from planner.domain.errors import DomainError, NotFound
from planner.domain.event import EventKind, Fact, Happened
from planner.domain.goal import checked_words
from planner.domain.money import Money
from planner.domain.people import RoleKind, TieKind, User
from planner.models.person import Identity, Invitation, Person, RoleRow, Setting, TieRow, Unit
from planner.usecases import record
from planner.usecases.transaction import Key, transaction

LONGEST_NAME = 100
INVITATION_DAYS = 14
LANGUAGES = ("da", "en")


class InvitationOver(DomainError):
    """The code is unknown, used, or too old; all three look the same."""

    code = "invitation_over"


class LastAdministrator(DomainError):
    """Somebody must be left who can give roles."""

    code = "last_administrator"


class OwnRights(DomainError):
    """Nobody gives rights to themselves: another administrator does."""

    code = "own_rights"


class UnknownUnit(DomainError):
    """There is no such unit."""

    code = "unknown_unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRole:
    """A role to be given: in which unit, deciding up to which amount, between which days."""

    kind: RoleKind
    unit_id: int | None = None
    limit: Money | None = None
    first_day: date
    last_day: date | None = None


def set_up(settings: Mapping[str, str]) -> None:
    """Write what the municipality says about itself; what is there already stays."""
    with transaction() as session:
        for key, value in settings.items():
            if session.get(Setting, key) is None:
                session.execute(insert(Setting).values(key=key, value=value))


def add_unit(
    name: str,
    municipality_code: str,
    parent_id: int | None = None,
    *,
    by: User | None,
    at: datetime,
    key: Key | None = None,
) -> int:
    """Add a unit and return its id. Raises ``NoWords`` and ``UnknownUnit``."""
    called = checked_words(name, LONGEST_NAME)
    with transaction(key, by) as session:
        if parent_id is not None and session.get(Unit, parent_id) is None:
            raise UnknownUnit(parent_id)
        values = {"name": called, "municipality_code": municipality_code, "parent_id": parent_id}
        unit_id = session.scalars(insert(Unit).values(values).returning(Unit.id)).one()
        _house(session, EventKind.UNIT_ADDED, {"unit": unit_id}, by=by, at=at, key=key)
        return unit_id


def add_person(
    called: str,
    *,
    full_name: str = "",
    phone: str = "",
    language: str = "da",
    by: User | None,
    at: datetime,
    key: Key | None = None,
) -> int:
    """Add a person who works here or helps somebody, and return their id. Raises ``NoWords``."""
    name = checked_words(called, LONGEST_NAME)
    with transaction(key, by) as session:
        values = {
            "called": name,
            "full_name": full_name.strip()[:LONGEST_NAME] or None,
            "phone": phone.strip()[:40] or None,
            "language": language if language in LANGUAGES else "da",
            "protected": False,
            "epoch": 0,
        }
        person_id = session.scalars(insert(Person).values(values).returning(Person.id)).one()
        _house(session, EventKind.PERSON_ADDED, {"person": person_id}, by=by, at=at, key=key)
        return person_id


def change_person(
    person_id: int,
    called: str,
    *,
    full_name: str = "",
    phone: str = "",
    language: str = "da",
    protected: bool = False,
    by: User,
    at: datetime,
    key: Key | None = None,
) -> None:
    """Change what is known about a person; a citizen finds it in their own record. Raises ``NoWords``, ``NotFound``."""
    name = checked_words(called, LONGEST_NAME)
    with transaction(key, by) as session:
        person = session.get(Person, person_id, with_for_update={"key_share": True})
        if person is None:
            raise NotFound
        person.called, person.protected = name, protected
        person.full_name = full_name.strip()[:LONGEST_NAME] or None
        person.phone = phone.strip()[:40] or None
        person.language = language if language in LANGUAGES else "da"
        happened = Happened(EventKind.PERSON_CHANGED, {"person": person_id})
        citizen = select(RoleRow.id).where(RoleRow.person_id == person_id, RoleRow.kind == RoleKind.CITIZEN)
        if session.scalar(citizen.limit(1)) is None:
            record.about_house(session, happened, by=by, at=at, key=key)
        else:
            record.about_citizen(session, person_id, happened, by=by, at=at, key=key)


def give_role(person_id: int, role: NewRole, *, by: User | None, at: datetime, key: Key | None = None) -> int:
    """Give a role from a day on. Raises ``OwnRights``, ``NotFound`` and ``UnknownUnit``."""
    with transaction(key, by) as session:
        _check_not_own(person_id, by)
        if session.get(Person, person_id) is None:
            raise NotFound
        if role.unit_id is not None and session.get(Unit, role.unit_id) is None:
            raise UnknownUnit(role.unit_id)
        values = {
            "person_id": person_id,
            "kind": role.kind,
            "unit_id": role.unit_id,
            "limit_oere": role.limit,
            "first_day": role.first_day,
            "last_day": role.last_day,
        }
        role_id = session.scalars(insert(RoleRow).values(values).returning(RoleRow.id)).one()
        facts = {"person": person_id, "role": role_id, "kind": role.kind.value, "unit": role.unit_id}
        _house(session, EventKind.ROLE_GIVEN, facts, by=by, at=at, key=key)
        return role_id


def end_role(role_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """End a role at once: from now on it gives nothing. Raises ``LastAdministrator`` and ``NotFound``."""
    today = clock.local(at).date()
    with transaction(key, by) as session:
        left = _administrators_but(session, role_id, today)
        role = session.get(RoleRow, role_id, with_for_update=True)
        if role is None or (role.last_day is not None and role.last_day < today):
            raise NotFound
        if role.kind is RoleKind.ADMINISTRATOR and not left:
            raise LastAdministrator
        role.last_day = today - timedelta(days=1)
        facts = {"person": role.person_id, "role": role_id, "kind": role.kind.value}
        _house(session, EventKind.ROLE_ENDED, facts, by=by, at=at, key=key)


def make_tie(
    citizen_id: int, person_id: int, kind: TieKind, *, by: User | None, at: datetime, key: Key | None = None
) -> int:
    """Tie a person to a citizen from today on, and return the tie's id. Raises ``OwnRights`` and ``NotFound``."""
    with transaction(key, by) as session:
        _check_not_own(person_id, by)
        if citizen_id == person_id or None in (session.get(Person, citizen_id), session.get(Person, person_id)):
            raise NotFound
        values = {
            "citizen_id": citizen_id,
            "person_id": person_id,
            "kind": kind,
            "scope": "plan",
            "first_day": clock.local(at).date(),
        }
        tie_id = session.scalars(insert(TieRow).values(values).returning(TieRow.id)).one()
        happened = Happened(EventKind.TIE_MADE, {"tie": tie_id, "kind": kind.value}, with_id=person_id)
        record.about_citizen(session, citizen_id, happened, by=by, at=at, key=key)
        return tie_id


def end_tie(tie_id: int, *, by: User, at: datetime, key: Key | None = None) -> None:
    """End a tie at once. The citizen may, and an administrator. Raises ``NotFound``."""
    today = clock.local(at).date()
    with transaction(key, by) as session:
        tie = session.get(TieRow, tie_id, with_for_update=True)
        if tie is None or not (tie.citizen_id == by.id or by.has(RoleKind.ADMINISTRATOR)):
            raise NotFound
        if tie.last_day is not None and tie.last_day < today:
            raise NotFound
        tie.last_day = today - timedelta(days=1)
        happened = Happened(EventKind.TIE_ENDED, {"tie": tie_id, "kind": tie.kind.value}, with_id=tie.person_id)
        record.about_citizen(session, tie.citizen_id, happened, by=by, at=at, key=key)


def invite(person_id: int, *, by: User | None, at: datetime, key: Key | None = None) -> str:
    """Make a one-time code that links a person to their first sign-in; it is shown once and kept as a digest.

    An earlier unused code stops working. Raises ``NotFound``.
    """
    code = "-".join(secrets.token_hex(4) for _ in range(4))
    with transaction(key, by) as session:
        if session.get(Person, person_id) is None:
            raise NotFound
        open_codes = (Invitation.person_id == person_id, Invitation.used_at.is_(None))
        session.execute(update(Invitation).where(*open_codes).values(expires_at=at))
        values = {
            "person_id": person_id,
            "code_digest": _code_digest(code),
            "made_by": by.id if by else None,
            "made_at": at,
            "expires_at": at + timedelta(days=INVITATION_DAYS),
        }
        session.execute(insert(Invitation).values(values))
        _house(session, EventKind.INVITATION_MADE, {"person": person_id}, by=by, at=at, key=key)
    return code


def accept(code: str, issuer: str, subject: str, *, at: datetime) -> int:
    """Link an account at the provider to the person whose code it is, and return the person's id.

    Raises ``InvitationOver`` for a code that is unknown, used or too old.
    """
    with transaction() as session:
        found = session.scalars(
            select(Invitation).where(Invitation.code_digest == _code_digest(code)).with_for_update()
        ).one_or_none()
        if found is None or found.used_at is not None or found.expires_at <= at:
            raise InvitationOver
        found.used_at = at
        values = {"person_id": found.person_id, "issuer": issuer, "subject": subject, "linked_at": at}
        session.execute(insert(Identity).values(values))
        _house(session, EventKind.SIGN_IN_LINKED, {"person": found.person_id}, by=None, at=at)
        return found.person_id


def choose_language(language: str, *, by: User, at: datetime, key: Key | None = None) -> None:
    """Choose the language of one's pages; anything else than Danish or English is Danish."""
    chosen = language if language in LANGUAGES else "da"
    with transaction(key, by) as session:
        session.execute(update(Person).where(Person.id == by.id).values(language=chosen))
        _about(session, EventKind.LANGUAGE_CHOSEN, {"language": chosen}, by=by, at=at, key=key)


def sign_out(*, by: User, at: datetime) -> None:
    """Raise the person's epoch, so that every session they have anywhere ends."""
    with transaction(by=by) as session:
        session.execute(update(Person).where(Person.id == by.id).values(epoch=Person.epoch + 1))
        _about(session, EventKind.SIGNED_OUT, {}, by=by, at=at)


def _check_not_own(person_id: int, by: User | None) -> None:
    if by is not None and by.id == person_id:
        raise OwnRights


def _administrators_but(session: Session, role_id: int, today: date) -> int:
    """Lock the roles of all administrators, always in the same order, and count those that hold without one."""
    kind = RoleRow.kind == RoleKind.ADMINISTRATOR
    rows = session.execute(
        select(RoleRow.id, RoleRow.first_day, RoleRow.last_day).where(kind).order_by(RoleRow.id).with_for_update()
    ).all()
    return sum(
        1
        for row in rows
        if row.id != role_id and row.first_day <= today and (row.last_day is None or row.last_day >= today)
    )


def _about(
    session: Session, kind: EventKind, facts: Mapping[str, Fact], *, by: User, at: datetime, key: Key | None = None
) -> None:
    if by.has(RoleKind.CITIZEN):
        record.about_citizen(session, by.id, Happened(kind, facts), by=by, at=at, key=key)
    else:
        record.about_house(session, Happened(kind, facts), by=by, at=at, key=key)


def _house(
    session: Session,
    kind: EventKind,
    facts: Mapping[str, Fact],
    *,
    by: User | None,
    at: datetime,
    key: Key | None = None,
) -> None:
    record.about_house(session, Happened(kind, facts), by=by, at=at, key=key)


def _code_digest(code: str) -> str:
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()
