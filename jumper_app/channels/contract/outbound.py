"""What goes out, and with whose secrets.

Every content says two things of itself: ``words``, what a thread shows, searches and
previews of it, and ``files``, the public ids of the attachments that travel with it.
"""

from pathlib import Path
from typing import Annotated, Literal, Protocol

from pydantic import Field, SecretStr

from .base import Frozen
from .content import ContactCard, Identity
from .windows import MediaKind, Permission

Speaker = Literal["agent", "bot"]
"""Only these two can speak to a customer."""


class Choice(Frozen):
    """One answer that a customer can tap. ``id`` comes back as the payload."""

    id: str = Field(min_length=1, max_length=200)
    title: str = Field(min_length=1)


class Said(Frozen):
    """What every content answers."""

    @property
    def words(self) -> str:
        """What stands in the thread as text; empty when there is none."""
        return ""

    @property
    def files(self) -> tuple[str, ...]:
        """Public ids of the attachments in our store, in their order."""
        return ()


class OutText(Said):
    """Words for a customer, with choices to tap if there are any."""

    type: Literal["text"] = "text"
    text: str = Field(min_length=1)
    choices: tuple[Choice, ...] = ()

    @property
    def words(self) -> str:
        return self.text


class OutMedia(Said):
    """One picture, film, sound, document or sticker with an optional caption."""

    type: Literal["media"] = "media"
    kind: MediaKind
    attachment: str = Field(min_length=1)
    caption: str = ""

    @property
    def words(self) -> str:
        return self.caption

    @property
    def files(self) -> tuple[str, ...]:
        return (self.attachment,)


class OutLocation(Said):
    """A place on the earth, degrees in WGS 84."""

    type: Literal["location"] = "location"
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: str = ""
    address: str = ""

    @property
    def words(self) -> str:
        return self.name or self.address


class OutContacts(Said):
    """Contact cards. A phone is E.164 with ``+``."""

    type: Literal["contacts"] = "contacts"
    cards: tuple[ContactCard, ...] = Field(min_length=1)

    @property
    def words(self) -> str:
        return ", ".join(card.name for card in self.cards)


class TemplateValue(Frozen):
    """One value of a template. ``name``: of a named parameter, empty when they go by position."""

    text: str = Field(min_length=1)
    name: str = ""


class ButtonValue(Frozen):
    """What one button of a template needs. ``index`` counts all its buttons from 0."""

    index: int = Field(ge=0)
    kind: Literal["quick_reply", "url", "copy_code"]
    value: str = Field(min_length=1)


ButtonKind = Literal["quick_reply", "url", "phone", "copy_code", "other"]


class ShownButton(Frozen):
    """A button as the customer sees it. ``target``: the address, the number or the code."""

    kind: ButtonKind
    title: str = ""
    target: str = ""


class TemplateText(Frozen):
    """A template with its values filled in, as the customer reads it."""

    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[ShownButton, ...] = ()


class OutTemplate(Said):
    """A message that the provider approved beforehand; the only one outside the window."""

    type: Literal["template"] = "template"
    name: str = Field(min_length=1)
    language: str = Field(min_length=1)
    header: tuple[TemplateValue, ...] = ()
    header_media: OutMedia | None = None
    header_place: OutLocation | None = None
    body: tuple[TemplateValue, ...] = ()
    buttons: tuple[ButtonValue, ...] = ()
    shown: TemplateText = TemplateText()
    marketing: bool = False
    """Is it advertising, which a customer may stop?"""

    @property
    def words(self) -> str:
        return "\n".join(filter(None, (self.shown.header, self.shown.body, self.shown.footer)))

    @property
    def files(self) -> tuple[str, ...]:
        return self.header_media.files if self.header_media else ()


class Card(Frozen):
    """A product or a page: what it is, a picture, where it leads, what can be tapped."""

    title: str = Field(min_length=1)
    subtitle: str = ""
    picture: str = ""
    """Public id of an attachment, empty for none."""
    link: str = ""
    link_title: str = ""
    choices: tuple[Choice, ...] = ()


class OutCards(Said):
    """Cards side by side; a channel without them gets pictures, text and links."""

    type: Literal["cards"] = "cards"
    cards: tuple[Card, ...] = Field(min_length=1)

    @property
    def words(self) -> str:
        return "\n".join(card.title for card in self.cards)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(card.picture for card in self.cards if card.picture)


OptInForm = Literal["recurring", "one_time"]
"""Leave to write as often as it lasts, or once."""


class OutOptIn(Said):
    """Asks the customer's leave to write later. ``payload`` comes back with the answer."""

    type: Literal["optin"] = "optin"
    form: OptInForm = "recurring"
    title: str = Field(min_length=1)
    payload: str = Field(min_length=1)
    picture: str = ""

    @property
    def words(self) -> str:
        return self.title

    @property
    def files(self) -> tuple[str, ...]:
        return (self.picture,) if self.picture else ()


OutboundContent = Annotated[
    OutText | OutMedia | OutLocation | OutContacts | OutTemplate | OutCards | OutOptIn,
    Field(discriminator="type"),
]


class Outbound(Frozen):
    """A message for a customer, as stored in the outbox. No note can be one of these."""

    reference: str
    """Our own id of the message; the provider gives it back in receipts and echoes."""
    recipient: tuple[Identity, ...]
    phone: str = ""
    content: OutboundContent
    quotes: str = ""
    speaker: Speaker = "agent"
    permission: Permission = Permission.FREE
    """What the reply window allowed at the claim; some channels must say it with the message."""


class Sent(Frozen):
    """The provider took the message. It says nothing about its arrival."""

    external_id: str
    identities: tuple[Identity, ...] = ()
    """What the answer tells about the recipient's names."""


class OutReaction(Frozen):
    """What we say of a customer's message with an emoji, instead of what we said of it before."""

    reference: str
    """Our own id of the reaction; the provider may give it back in receipts."""
    recipient: tuple[Identity, ...]
    phone: str = ""
    about: str = Field(min_length=1)
    """External id of the message."""
    emoji: str = Field(default="", max_length=16)
    """Empty takes it back."""


class Upload(Frozen):
    """A file of ours on its way out. It lies on disk, and is sent from there piece by piece."""

    filename: str
    mime: str
    size: int
    path: Path = Field(repr=False)
    link: str = Field(default="", repr=False)
    """Where a provider that fetches by itself finds it, for some minutes."""


class Sink(Protocol):
    """Where a file that comes in is written, piece by piece."""

    def write(self, part: bytes, /) -> object: ...


class Download(Frozen):
    """What a provider says of a file that it has handed over."""

    filename: str
    mime: str


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
