"""What the stand-in remembers, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Delivery = Literal["accepted", "sent", "delivered", "read", "failed"]


@dataclass(frozen=True)
class Phone:
    """A customer's phone. ``key`` is its WhatsApp id, or its BSUID when it has none.

    Attributes:
        hides_number: The customer goes by a username; webhooks carry the BSUID alone.
        reading: Id of the business number whose chat is open on the screen, or empty.
        typing_until: Until when the business is shown as typing (UTC).
    """

    key: str
    wa_id: str
    bsuid: str
    name: str
    username: str = ""
    hides_number: bool = False
    online: bool = True
    reading: str = ""
    typing_until: datetime | None = None

    @property
    def shows_number(self) -> bool:
        """Does the business learn the phone number?"""
        return bool(self.wa_id) and not self.hides_number


@dataclass(frozen=True)
class Message:
    """A message between a phone and a business number.

    ``content`` is the object that stands under its type in Meta's JSON. ``state`` of a
    customer's message: sent, delivered (the app took the webhook), read (the app said so).
    """

    id: str
    phone: str
    number: str
    from_customer: bool
    type: str
    content: dict[str, Any]
    at: datetime
    state: Delivery
    quotes: str = ""
    reference: str = ""
    category: str = "service"
    error: int = 0


@dataclass(frozen=True)
class Media:
    """A file on the stand-in's shelf."""

    id: str
    number: str
    mime: str
    content: bytes = field(repr=False)
    sha256: bytes
    filename: str
    expires_at: datetime


@dataclass(frozen=True)
class Request:
    """One line of the ledger: a send that reached the stand-in.

    ``accepted``: the message exists, whatever the client was told. ``code``: Graph's
    error code when it was refused, or the code of the failed status that followed.
    """

    at: datetime
    number: str
    reference: str
    wamid: str
    accepted: bool
    code: int
    fault: str
    body: dict[str, Any]
