"""The token in a private calendar address, of which only a digest is ever stored."""

import hashlib
import secrets

TOKEN_BYTES = 24


def new_token() -> str:
    """Make a token of 192 bits, written so that it can stand in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """Digest a token; with so many bits nobody finds one by trying, so the digest need not be slow."""
    return hashlib.sha256(token.encode()).hexdigest()
