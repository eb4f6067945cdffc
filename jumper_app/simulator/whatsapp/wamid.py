"""Message ids in the form of WhatsApp's, whose text sorts in the order of their making.

A real id is base64 of a short frame that holds the customer's number and upper-case hex.
Here the hex begins with a growing count, written so that base64 keeps its order: each
group of three signs is two decimal digits and a fixed letter.
"""

import base64
import secrets
from datetime import datetime

HEX_LENGTH = 32
COUNT_DIGITS = 16
"""Microseconds since 1970 fill them until the year 2286."""


class Ids:
    """Makes ids; later ones of the same person sort after earlier ones."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, digits: str, at: datetime) -> str:
        """An id for a message from or to the person with these digits."""
        self._last = max(self._last + 1, int(at.timestamp() * 1_000_000))
        person = digits[:15].encode()
        start = (
            b"\x1c\x18"
            + bytes([len(person)])
            + person
            + b"\x15\x02\x00\x12\x18"
            + bytes([HEX_LENGTH])
        )
        lead = "A" * (-len(start) % 3)
        count = f"{self._last:0{COUNT_DIGITS}d}"
        groups = "".join(f"{count[i : i + 2]}C" for i in range(0, COUNT_DIGITS, 2))
        tail = secrets.token_hex(HEX_LENGTH // 2).upper()
        frame = start + (lead + groups + tail)[:HEX_LENGTH].encode() + b"\x00"
        return "wamid." + base64.b64encode(frame).decode()
