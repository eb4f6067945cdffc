"""What all deliveries of Meta have in common: their bytes, their signature, their batches.

Source: Webhooks > Create a webhook endpoint, read 2026-11-22.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]


def merge(bodies: Iterable[bytes]) -> bytes:
    """Several deliveries of one channel in one, as Meta batches them."""
    parsed = [json.loads(body) for body in bodies]
    entries = [entry for body in parsed for entry in body["entry"]]
    return encode({"object": parsed[0]["object"], "entry": entries})


def encode(body: Json) -> bytes:
    r"""The bytes that Meta signs: non-ASCII as ``\u00e4`` in lower case, slashes escaped."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def headers(body: bytes, app_secret: str) -> dict[str, str]:
    """The headers of a signed delivery."""
    key = app_secret.encode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature": "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    }
