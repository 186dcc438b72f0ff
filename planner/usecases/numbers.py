"""CPR numbers: encrypted at rest, found by a keyed digest, and known to nothing else."""

import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.fernet import Fernet
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

from planner.domain.errors import DomainError

_FICTITIOUS = 60


class UnreadableNumber(DomainError):
    """The text is not a CPR number: six digits of a date and four more."""

    code = "unreadable_number"


@dataclass(frozen=True, slots=True)
class SealedNumber:
    """A number as it may be stored: cipher and keyed digest; its text form shows neither."""

    cipher: str = field(repr=False)
    lookup: str = field(repr=False)


def seal(text: str, personal_key: str) -> SealedNumber:
    """Encrypt a number with the installation's key. Raises ``UnreadableNumber``.

    A number that fails modulus 11 is valid since 2007; a day from 61 to 91 marks a fictitious person.
    """
    number = _checked(text)
    key = personal_key.encode()
    lookup = hmac.new(key, number.encode(), hashlib.sha256).hexdigest()
    return SealedNumber(Fernet(key).encrypt(number.encode()).decode(), lookup)


def shown(cipher: str, personal_key: str) -> str:
    """Show a number with its last four digits covered: ``010180-••••``."""
    number = Fernet(personal_key.encode()).decrypt(cipher.encode()).decode()
    return f"{number[:6]}-••••"


def _checked(text: str) -> str:
    number = cpr.compact(text.strip())
    if not (len(number) == 10 and number.isascii() and number.isdigit()):  # noqa: PLR2004 - digits of a CPR number
        raise UnreadableNumber
    day = int(number[:2])
    real = number if day <= _FICTITIOUS else f"{day - _FICTITIOUS:02d}{number[2:]}"
    try:
        cpr.get_birth_date(real)
    except ValidationError as fault:
        raise UnreadableNumber from fault
    return str(number)
