"""What the stand-in remembers, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Delivery = Literal["accepted", "sent", "delivered", "read", "failed"]


@dataclass(frozen=True)
class Phone:
    """A customer's phone.

    Attributes:
        key: Unlike any other phone's, on whatever channel.
        facts: What only its channel understands: the names under which it knows the customer.
        reading: Id of the business's account whose chat is open on the screen, or empty.
        typing_until: Until when the business is shown as typing (UTC).
    """

    key: str
    channel: str
    name: str
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    online: bool = True
    reading: str = ""
    typing_until: datetime | None = None


@dataclass(frozen=True)
class Message:
    """A message between a phone and an account of the business.

    ``content`` is what the channel's own JSON holds. ``state`` of a customer's message:
    sent, delivered (the app took the webhook), read (the app said so). ``number``: id of
    the account, whatever the channel calls it.
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
class File:
    """What is known of a file without reading it. ``size`` in bytes."""

    id: str
    mime: str
    filename: str
    size: int


@dataclass(frozen=True)
class Request:
    """One line of the ledger: a send that reached the stand-in.

    ``accepted``: the message exists, whatever the client was told; ``message`` is its id.
    ``code``: Graph's error code when it was refused, or of the failed status that followed.
    """

    at: datetime
    channel: str
    number: str
    reference: str
    message: str
    accepted: bool
    code: int
    fault: str
    body: dict[str, Any]
