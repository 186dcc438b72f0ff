"""Private codes at the door: how they are digested here, and how many are looked at in a minute, whoever asks."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from flask import current_app

from planner import clock
from planner.config import Settings
from planner.domain.private_code import TooManyCodes, Vault

A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 120


class Throttle:
    """Lets so many through in a minute. It knows how many there were and when, and nothing about anybody."""

    def __init__(self, most: int = MOST_A_MINUTE) -> None:
        self._most = most
        self._seen: deque[datetime] = deque()
        self._lock = Lock()

    def admit(self, at: datetime) -> None:
        """Let one through. Raises ``TooManyCodes``; who is turned away does not count."""
        with self._lock:
            while self._seen and self._seen[0] <= at - A_MINUTE:
                self._seen.popleft()
            if len(self._seen) >= self._most:
                raise TooManyCodes
            self._seen.append(at)


def throttle() -> Throttle:
    """Give the throttle of this process."""
    found: Throttle = current_app.extensions.setdefault("private_codes", Throttle())
    return found


def code_of(key: str) -> str:
    """Make the code of a form from its key."""
    return _vault().code_of(key)


def digest(typed: str) -> str:
    """Digest a code as it was typed, slowly. Raises ``TooManyCodes``."""
    throttle().admit(clock.now())
    return _vault().digest(typed)


def _vault() -> Vault:
    settings: Settings = current_app.extensions["settings"]
    return Vault(settings.secret_key.encode(), settings.code_cost)
