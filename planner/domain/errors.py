"""Refusals: one class per reason, carrying facts; the sentences stand in ``web/wording.py``."""


class DomainError(Exception):
    """An answer the rules give, not an accident: shown to the person, never logged as an error.

    ``code`` is the stable name of the reason for machines.
    """

    code = "refused"


class NotFound(DomainError):
    """There is no such thing, or not for this person: both look the same (404)."""

    code = "not_found"


class Conflict(DomainError):
    """Somebody else was quicker; nothing was changed (409)."""

    code = "conflict"
