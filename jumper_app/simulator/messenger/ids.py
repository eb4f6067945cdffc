"""Message ids in the form of Messenger's, whose text sorts in the order of their making."""

import secrets
from datetime import datetime


class Ids:
    """Makes ids; later ones sort after earlier ones."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at: datetime) -> str:
        """An id for a message of this moment."""
        self._last = max(self._last + 1, int(at.timestamp() * 1_000_000))
        return f"m_{self._last:016d}{secrets.token_urlsafe(48)}"


def new_psid() -> str:
    """A page-scoped id that nobody has: 16 digits, longer than any phone number."""
    return str(10**15 + secrets.randbelow(9 * 10**15))
