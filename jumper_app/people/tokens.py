"""Secrets that are handed out once and never kept: only their digest is stored."""

import hashlib
import secrets

TOKEN_BYTES = 32
"""256 bits; OWASP ASVS 5.0, 7.2.3 asks for at least 128."""

MAX_TOKEN_LENGTH = 100
"""Longer strings are no token of ours and are not even hashed."""


def new_token() -> str:
    """A random secret that fits into a cookie and into an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is stored of a token: 64 hex digits. A fast hash is enough for 256 random bits."""
    return hashlib.sha256(token[:MAX_TOKEN_LENGTH].encode("utf-8", "replace")).hexdigest()
