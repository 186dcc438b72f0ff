"""Private codes, under which somebody keeps a mix without a name; only a slow, keyed digest of one is ever stored."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field

from planner.domain.errors import DomainError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two signs, without those that look alike: five bits each."""

SIGNS, GROUP = 16, 4
LONGEST = 40
_BLOCK = 8
_ALIKE = str.maketrans("OIL", "011")


class TooManyCodes(DomainError):
    """So many codes are being looked at that the next one has to wait a moment (429)."""

    code = "too_many_codes"


@dataclass(frozen=True, slots=True)
class Vault:
    """What makes codes and their digests: the installation's secret, and how slow it is (a power of two)."""

    secret: bytes = field(repr=False)
    cost: int

    def code_of(self, key: str) -> str:
        """Make the code of one form, eighty bits that nobody can guess from the form's key without the secret.

        The same form sent twice so gets one code, and nothing is kept under a second one that nobody saw.
        """
        number = int.from_bytes(hmac.digest(self.secret, f"private code {key}".encode(), "sha256"))
        signs = "".join(ALPHABET[number >> 5 * place & 31] for place in range(SIGNS))
        return "-".join(signs[start : start + GROUP] for start in range(0, SIGNS, GROUP))

    def digest(self, typed: str) -> str:
        """Digest a code as somebody typed it. Whatever was typed takes the same time and memory."""
        salt = hmac.digest(self.secret, b"salt of private codes", "sha256")
        work = 2**self.cost
        room = 2 * 128 * _BLOCK * work
        return hashlib.scrypt(read(typed).encode(), salt=salt, n=work, r=_BLOCK, p=1, maxmem=room, dklen=32).hex()


def read(typed: str) -> str:
    """Read a code however it is written: small or large letters, with or without spaces, O for 0 and l for 1."""
    return re.sub(r"[\W_]+", "", typed[:LONGEST]).upper().translate(_ALIKE)
