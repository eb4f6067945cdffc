"""What goes out, and with whose secrets."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from .base import Frozen
from .content import Identity


class Choice(Frozen):
    """One answer that a customer can tap. ``id`` comes back as the payload."""

    id: str = Field(min_length=1, max_length=200)
    title: str = Field(min_length=1)


class OutText(Frozen):
    """Words for a customer, with choices to tap if there are any."""

    type: Literal["text"] = "text"
    text: str = Field(min_length=1)
    choices: tuple[Choice, ...] = ()


class OutImage(Frozen):
    """One picture with an optional caption. ``attachment`` is the public id in our store."""

    type: Literal["image"] = "image"
    attachment: str
    caption: str = ""


OutboundContent = Annotated[OutText | OutImage, Field(discriminator="type")]


class Outbound(Frozen):
    """A message for a customer, as stored in the outbox. No note can be one of these."""

    reference: str
    """Our own id of the message; the provider gives it back in receipts and echoes."""
    recipient: tuple[Identity, ...]
    phone: str = ""
    content: OutboundContent
    quotes: str = ""


class Sent(Frozen):
    """The provider took the message. It says nothing about its arrival."""

    external_id: str
    identities: tuple[Identity, ...] = ()
    """What the answer tells about the recipient's names."""


class Upload(Frozen):
    """The bytes of an attachment on their way out."""

    filename: str
    mime: str
    content: bytes = Field(repr=False)


class Credentials(Frozen):
    """What we need to speak for an account. Encrypted at rest, never in a state or a log."""

    external_id: str
    parent_id: str = ""
    token: SecretStr = SecretStr("")
    app_secrets: tuple[SecretStr, ...] = ()
    """The newest first; more than one while a secret is being rotated."""
    verify_token: SecretStr = SecretStr("")
    graph_url: str = ""
    """The API's address for this account; empty means the installation's."""
