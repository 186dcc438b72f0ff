"""Checking the books and the record."""

from collections.abc import Callable


def run(say: Callable[[str], None]) -> bool:
    """Check everything, say a line per check, and tell whether all is well."""
    say("nothing is checked yet")
    return False
