"""Events and their hash chain: what somebody changed, so that no change can be hidden afterwards."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Fact = int | str | bool | None
Facts = Mapping[str, Fact | Sequence[int] | Sequence[str]]


class EventKind(StrEnum):
    """Everything that can happen to a citizen's plan and money, in the past tense."""

    COURSE_OPENED = "course_opened"
    COURSE_ENDED = "course_ended"
    GOAL_WRITTEN = "goal_written"
    GOAL_CHANGED = "goal_changed"
    GOAL_PAUSED = "goal_paused"
    GOAL_RESUMED = "goal_resumed"
    GOAL_PUT_AWAY = "goal_put_away"
    LINE_ADDED = "line_added"
    LINE_CHANGED = "line_changed"
    LINE_REMOVED = "line_removed"
    CHANGE_UNDONE = "change_undone"
    RUNG_WRITTEN = "rung_written"
    LIMIT_CHANGED = "limit_changed"
    TRY_MADE = "try_made"
    TRY_CHANGED = "try_changed"
    TRY_KEPT = "try_kept"
    TRY_DISCARDED = "try_discarded"
    AWAY_WRITTEN = "away_written"
    AWAY_REMOVED = "away_removed"
    CALENDAR_LINK_MADE = "calendar_link_made"
    CALENDAR_LINK_REVOKED = "calendar_link_revoked"
    FIGURE_SET = "figure_set"
    WISH_MADE = "wish_made"
    WISH_TAKEN_BACK = "wish_taken_back"
    WISH_ANSWERED = "wish_answered"
    HANDOVER_WRITTEN = "handover_written"
    HANDOVER_STRUCK = "handover_struck"
    PHASE_TALKED = "phase_talked"
    PLAN_SUBMITTED = "plan_submitted"
    PLAN_WITHDRAWN = "plan_withdrawn"
    PLAN_RETURNED = "plan_returned"
    PLAN_INSISTED = "plan_insisted"
    PLAN_REVISED = "plan_revised"
    PLAN_APPROVED = "plan_approved"
    PURCHASE_RECORDED = "purchase_recorded"
    PURCHASE_TAKEN_BACK = "purchase_taken_back"
    REFUND_RECORDED = "refund_recorded"
    DELIVERY_RECORDED = "delivery_recorded"
    DELIVERY_TAKEN_BACK = "delivery_taken_back"
    OBJECTION_MADE = "objection_made"
    OBJECTION_ANSWERED = "objection_answered"
    CHECKED_IN = "checked_in"
    CHIME_ANSWERED = "chime_answered"
    UNIT_ADDED = "unit_added"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    TIE_MADE = "tie_made"
    TIE_ENDED = "tie_ended"
    INVITATION_MADE = "invitation_made"
    SIGN_IN_LINKED = "sign_in_linked"
    LANGUAGE_CHOSEN = "language_chosen"
    SIGNED_OUT = "signed_out"
    FILE_TAKEN = "file_taken"
    PACKAGE_DRAFTED = "package_drafted"
    PACKAGE_DRAFT_DROPPED = "package_draft_dropped"
    PACKAGES_PUBLISHED = "packages_published"
    PRICE_LIST_TAKEN = "price_list_taken"
    PRICE_MAPPING_SAVED = "price_mapping_saved"
    PACKAGE_WITHDRAWN = "package_withdrawn"
    PACKAGE_PROPOSED = "package_proposed"
    PROPOSAL_ANSWERED = "proposal_answered"


@dataclass(frozen=True, slots=True)
class Happened:
    """What a use case reports: ids, codes, øre and days, never words or names."""

    kind: EventKind
    facts: Facts = field(default_factory=dict)
    with_id: int | None = None


def digest(rows: Iterable[Sequence[str | None]]) -> str:
    """Digest rows in the order given, each a sequence of its columns as text; nothing gives ``""``."""
    listed = [list(row) for row in rows]
    return _hash(listed) if listed else ""


def first_head(kind: str, subject_id: int) -> str:
    """Begin a chain with whose it is, so that it cannot be handed to somebody else unnoticed."""
    return _hash([kind, str(subject_id)])


def link(head: str, columns: Sequence[str | None]) -> str:
    """Hash one record onto the head of its chain; the record is all its columns as text, in table order."""
    return _hash([head, *columns])


def _hash(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def canonical(value: object) -> str:
    """Write a value as JSON in the one way that is hashed: sorted keys, no spaces, plain text."""
    return _CANONICAL.encode(value)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
