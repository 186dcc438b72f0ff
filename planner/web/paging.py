"""Which page of a list an address asks for."""

from flask import request

LONGEST_NUMBER = 18


def wanted_page() -> int:
    """Read ``?page=``; what is no number means the first, and a list caps what is too large."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 1
