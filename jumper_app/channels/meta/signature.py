"""Is it Meta who speaks? Source: Webhooks > Create a webhook endpoint, read 2026-11-22."""

import hmac
from collections.abc import Iterable, Mapping

from pydantic import SecretStr

SIGNATURE_HEADER = "X-Hub-Signature-256"
LONGEST_CHALLENGE = 512
"""Characters of a challenge that we give back; Meta's are short numbers."""


def is_signed(body: bytes, signature: str, secrets: Iterable[SecretStr]) -> bool:
    """Is ``signature`` that of ``body`` under one of ``secrets``?

    Every secret is tried, so that the time taken tells nothing. An empty secret
    signs nothing. ``body`` are the bytes as received, before any parsing or decoding;
    ``signature`` is the header's value, ``sha256=`` and 64 lower-case hex digits.
    """
    given = signature.encode("utf-8", "surrogateescape")
    matches = [
        hmac.compare_digest(given, sign(body, secret).encode())
        for secret in secrets
        if secret.get_secret_value()
    ]
    return any(matches)


def sign(body: bytes, secret: SecretStr) -> str:
    """The header's value for ``body``."""
    key = secret.get_secret_value().encode()
    return f"sha256={hmac.digest(key, body, 'sha256').hex()}"


def challenge(query: Mapping[str, str], verify_tokens: Iterable[SecretStr]) -> str | None:
    """What to answer to Meta's handshake, as text/plain; None when it is not ours.

    ``query`` are the request's parameters, with dots in their names (``hub.mode``).
    """
    given = query.get("hub.verify_token", "").encode("utf-8", "surrogateescape")
    known = [
        hmac.compare_digest(given, token.get_secret_value().encode())
        for token in verify_tokens
        if token.get_secret_value()
    ]
    asked = query.get("hub.challenge", "")
    subscribes = query.get("hub.mode") == "subscribe"
    return asked if any(known) and subscribes and 0 < len(asked) <= LONGEST_CHALLENGE else None
