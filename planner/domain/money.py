"""Amounts in kroner, held as whole øre, and the strict reading of what a Dane types."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from planner.domain.errors import DomainError

# One billion kroner: far above any budget here, far below what a 64-bit column holds when summed.
LARGEST_OERE = 99_999_999_999

_DANISH = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12})(?:,[0-9]{1,2})?", re.ASCII)
_EXACT = re.compile(r"[0-9]{1,12}\.[0-9]{2}", re.ASCII)


class UnreadableAmount(DomainError):
    """The text is not an amount in Danish notation such as ``1.234,50``."""

    code = "unreadable_amount"


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in kroner held as whole øre, so that sums never drift. May be negative (a difference)."""

    oere: int

    @classmethod
    def kroner(cls, amount: int | str) -> Self:
        """Make an amount from whole kroner or from ``"1234.50"`` (two decimals, for code and files)."""
        if isinstance(amount, int):
            return cls(amount * 100)
        sign, digits = (-1, amount[1:]) if amount.startswith("-") else (1, amount)
        if not _EXACT.fullmatch(digits):
            raise UnreadableAmount(amount)
        return cls(sign * int(digits.replace(".", "")))

    @classmethod
    def sum(cls, amounts: Iterable["Money"]) -> Self:
        """Add amounts up; nothing is zero kroner."""
        return cls(sum(amount.oere for amount in amounts))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.oere + other.oere)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.oere - other.oere)

    def __neg__(self) -> "Money":
        return Money(-self.oere)

    def __bool__(self) -> bool:
        return self.oere != 0

    def times(self, factor: Fraction | int) -> "Money":
        """Multiply and round half an øre away from zero, the rule of decision 6."""
        return self.share(factor.numerator, factor.denominator)

    def share(self, part: int, whole: int) -> "Money":
        """Take a part of a whole, rounded as ``times`` does."""
        exact = self.oere * part
        rounded = (abs(exact) * 2 + whole) // (whole * 2)
        return Money(rounded if exact >= 0 else -rounded)

    def __str__(self) -> str:
        """Write the amount for machines: ``1234.50``, with a point and two decimals."""
        sign = "-" if self.oere < 0 else ""
        return f"{sign}{abs(self.oere) // 100}.{abs(self.oere) % 100:02d}"


ZERO = Money(0)


def read_danish(text: str) -> Money:
    """Read what a person typed: ``1234``, ``1.234,50`` or ``1.234,50 kr.``; always positive.

    Strict on purpose (``1,234.50``, ``1e3``, ``12,345`` and full-width digits are refused), because a
    guess can be a hundred times wrong. Raises ``UnreadableAmount``.
    """
    plain = text.replace("\u00a0", " ").strip().removesuffix("kr.").removesuffix("kr").strip()
    if not _DANISH.fullmatch(plain):
        raise UnreadableAmount(text)
    whole, _, part = plain.replace(".", "").partition(",")
    amount = Money(int(whole) * 100 + int(part.ljust(2, "0")))
    if not 0 < amount.oere <= LARGEST_OERE:
        raise UnreadableAmount(text)
    return amount
