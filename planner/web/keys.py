"""Keys for small forms: a page holds many, and each is carried out once."""

from uuid import uuid4


def new_key() -> str:
    """Make the idempotency key of one small form."""
    return str(uuid4())
