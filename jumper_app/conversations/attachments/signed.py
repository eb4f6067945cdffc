"""Links by which somebody without a session fetches one file for some minutes."""

import hashlib
import hmac
from datetime import datetime, timedelta

from jumper_app.settings import settings

LIVES = timedelta(minutes=10)
"""Long enough for a provider to fetch what we have just told it of."""


def signed_path(public_id: str, now: datetime) -> str:
    """Where one file can be fetched until ``LIVES`` from now. ``now``: the machine's clock."""
    until = int((now + LIVES).timestamp())
    return f"/media/{public_id}?until={until}&seal={_seal(public_id, until)}"


def is_signed(public_id: str, until: str, seal: str, now: datetime) -> bool:
    """Does this seal open this file now?"""
    if not (until.isascii() and until.isdigit() and len(until) <= 12 and seal.isascii()):
        return False
    left = int(until) - now.timestamp()
    is_ours = hmac.compare_digest(seal, _seal(public_id, int(until)))
    return is_ours and 0 < left <= LIVES.total_seconds()


def _seal(public_id: str, until: int) -> str:
    secret = settings().secret_key.get_secret_value().encode()
    key = hashlib.sha256(b"links to media" + secret).digest()
    return hmac.new(key, f"{public_id}.{until}".encode(), hashlib.sha256).hexdigest()
