"""What a visitor's browser hands in, after we know who they are: one JSON body each.

The widget's door writes these, so that a visitor's message is kept raw and parsed like any
provider's delivery.
"""

import hashlib
from typing import Literal

from pydantic import Field

from jumper_app.channels.contract import Frozen, Identity

from .limits import MAX_TEXT

Name = Literal["image", "video", "audio", "document"]

LONGEST_NAME = 100
LONGEST_EMAIL = 254
"""Characters of an address. Source: RFC 5321, 4.5.3.1.3."""

LANGUAGE = r"^[A-Za-z0-9-]{0,20}$"
TIMEZONE = r"^[A-Za-z0-9_+/-]{0,64}$"
"""As browsers name them; empty when not told."""


class Sender(Frozen):
    """Who writes, and what they say of themselves, or their site does."""

    identity: Identity
    name: str = Field(default="", max_length=LONGEST_NAME)
    email: str = Field(default="", max_length=LONGEST_EMAIL)
    language: str = Field(default="", pattern=LANGUAGE)
    timezone: str = Field(default="", pattern=TIMEZONE)


class File(Frozen):
    """A visitor's file that waits in our tray. ``place`` is its name there."""

    place: str = Field(min_length=1, max_length=100)
    kind: Name
    mime: str = Field(max_length=100)
    filename: str = Field(default="", max_length=200)


class Written(Frozen):
    """One message. ``id`` was made in the browser: the same one twice is the same message."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")
    text: str = Field(default="", max_length=MAX_TEXT)
    choice: str = Field(default="", max_length=200)
    """The id of the button that was tapped; ``text`` is what stood on it."""
    file: File | None = None


class Seen(Frozen):
    """Messages of ours that reached the browser, and those that were looked at."""

    delivered: tuple[str, ...] = ()
    read: tuple[str, ...] = ()


class Post(Frozen):
    """One body: a message, or how far ours have come."""

    account: str
    sender: Sender
    written: Written | None = None
    seen: Seen | None = None


def external_id(sender: Identity, written_id: str) -> str:
    """The message's id at its account: nobody's can meet with another visitor's."""
    whose = hashlib.sha256(f"{sender.kind}:{sender.value}".encode()).hexdigest()[:24]
    return f"{whose}.{written_id}"


def written_id(external_id: str) -> str:
    """The browser's own id of a message."""
    return external_id.partition(".")[2]
