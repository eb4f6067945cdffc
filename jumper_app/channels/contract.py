"""What every channel promises. Pure: no network, no database, no clock.

A channel turns the bodies that its provider posts into the small frozen family
below (*In*), says what may be sent when (*Windows and limits*), and turns an
``Outbound`` into the provider's requests (*Out*). Past this border nobody sees a
provider's JSON.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, JsonValue, SecretStr

from jumper_app.errors import SendFailed

KIB = 1024
MIB = 1024 * KIB


class Frozen(BaseModel):
    """A value: made once, compared by its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- In: who and what -----------------------------------------------------------


class IdentityKind(StrEnum):
    """The names by which a provider knows a person, the most lasting first."""

    BSUID = "bsuid"
    WA_ID = "wa_id"
    PSID = "psid"
    VISITOR = "visitor"


class Identity(Frozen):
    """One name of one person at one channel account. ``value`` is kept exactly as received."""

    kind: IdentityKind
    value: str = Field(min_length=1, max_length=300)


class Person(Frozen):
    """What an item says about the customer. ``identities``: most lasting first, never empty."""

    identities: tuple[Identity, ...] = Field(min_length=1)
    name: str = ""
    username: str = ""
    phone: str = ""
    """Digits with a leading ``+`` (E.164), or empty when the provider keeps it back."""


class MediaRef(Frozen):
    """A file that the provider holds for us for a while."""

    provider_id: str = ""
    url: str = ""
    mime: str = ""
    sha256: str = ""
    """As the provider writes it: base64 or hex; empty when not told."""
    filename: str = ""


class Text(Frozen):
    """Written words. ``from_button``: the customer tapped them instead of typing them."""

    type: Literal["text"] = "text"
    text: str
    payload: str = ""
    """The value behind a tapped button or list row, empty for typed text."""
    from_button: bool = False


class Media(Frozen):
    """A picture, film, sound, document or sticker."""

    type: Literal["media"] = "media"
    kind: Literal["image", "video", "audio", "document", "sticker"]
    media: MediaRef
    caption: str = ""
    voice: bool = False
    """A voice note, not a sound file."""
    animated: bool = False


class Location(Frozen):
    """A place on the earth, degrees in WGS 84."""

    type: Literal["location"] = "location"
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: str = ""
    address: str = ""
    url: str = ""


class ContactCard(Frozen):
    """One person out of the customer's address book."""

    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    organisation: str = ""


class Contacts(Frozen):
    """Contact cards that the customer shares."""

    type: Literal["contacts"] = "contacts"
    cards: tuple[ContactCard, ...]


class OrderLine(Frozen):
    """One product of an order. ``price`` is the provider's number as text."""

    product: str
    quantity: int
    price: str = ""
    currency: str = ""


class Order(Frozen):
    """A basket sent from a catalogue."""

    type: Literal["order"] = "order"
    lines: tuple[OrderLine, ...]
    text: str = ""
    catalogue: str = ""


class Form(Frozen):
    """A filled-in form (a WhatsApp flow, an address). ``answers`` is the customer's data."""

    type: Literal["form"] = "form"
    name: str = ""
    text: str = ""
    answers: dict[str, JsonValue] = Field(default_factory=dict)


class Unsupported(Frozen):
    """A message whose kind we or the provider cannot show. ``raw`` keeps it whole."""

    type: Literal["unsupported"] = "unsupported"
    kind: str = "unknown"
    reason: str = ""
    raw: JsonValue = None


Content = Annotated[
    Text | Media | Location | Contacts | Order | Form | Unsupported,
    Field(discriminator="type"),
]


class Advert(Frozen):
    """The advertisement or post through which the customer came."""

    source_id: str = ""
    url: str = ""
    headline: str = ""
    body: str = ""


class Inbound(Frozen):
    """A customer's message, to be stored exactly once per account and ``external_id``."""

    account: str
    """The provider's id of our side: phone number id, page id."""
    external_id: str
    sender: Person
    sent_at: datetime
    """By the provider's clock, aware UTC. It opens the reply window, not our receipt time."""
    content: Content
    quotes: str = ""
    """External id of the message that this one answers, empty for none."""
    forwarded: bool = False
    advert: Advert | None = None
    opens_window: bool = True
    answered_elsewhere: bool = False
    """Another app holds the thread (standby): store it, but wake no bot."""
    historical: bool = False
    """Written before we were connected: store it, but notify nobody."""


class Echo(Frozen):
    """What was sent in our name by another tool: the owner's phone, another app."""

    account: str
    external_id: str
    recipient: Person
    sent_at: datetime
    content: Content
    quotes: str = ""
    our_reference: str = ""
    """Set when the message proves to be one of our own sends."""
    historical: bool = False


class Amendment(Frozen):
    """What somebody says about an earlier message: a reaction, an edit, a withdrawal.

    The latest by ``sent_at`` then ``external_id`` counts, one per message, kind and
    person, in whatever order they come and whether or not the message came before.
    """

    account: str
    external_id: str
    about: str
    """External id of the message spoken of."""
    person: Person
    by_us: bool = False
    """Our own side did it, from another tool."""
    kind: Literal["reaction", "edit", "revoke"]
    sent_at: datetime
    emoji: str = ""
    """Of a reaction; empty takes it back."""
    content: Content | None = None
    """Of an edit."""


class ReceiptState(StrEnum):
    """How far a message of ours has come, in the provider's words."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"


class Receipt(Frozen):
    """News of a message of ours. May come before we know the message's external id."""

    account: str
    external_id: str
    state: ReceiptState
    at: datetime
    our_reference: str = ""
    recipient: tuple[Identity, ...] = ()
    error_code: str = ""
    error_detail: str = ""


class IdentityChange(Frozen):
    """The same person goes by other names from now on."""

    account: str
    external_id: str
    at: datetime
    before: tuple[Identity, ...]
    after: Person
    text: str = ""


class AccountChange(Frozen):
    """News about our own side: templates, quality, restrictions, calls, preferences."""

    account: str
    """External id of the account, or of its parent (the WABA)."""
    kind: str
    at: datetime | None = None
    raw: JsonValue = None


class Parked(Frozen):
    """An item that we keep but do not understand. ``kind`` names it for a person."""

    account: str
    kind: str
    raw: JsonValue = None


Item = Inbound | Echo | Amendment | Receipt | IdentityChange | AccountChange | Parked


# --- Windows and limits -----------------------------------------------------------


class Permission(StrEnum):
    """What may be sent at a moment, the widest first."""

    FREE = "free"
    HUMAN_ONLY = "human_only"
    TEMPLATE_ONLY = "template_only"
    CLOSED = "closed"


class ReplyWindow(Frozen):
    """How long after the customer's last message one may answer. ``None``: for ever.

    ``automation`` binds bots, ``human`` a person's own typing. ``template``: the
    channel has pre-approved messages that may be sent outside both.
    """

    automation: timedelta | None
    human: timedelta | None
    template: bool

    def permission(self, last_heard: datetime | None, now: datetime) -> Permission:
        """Say what may be sent at ``now``.

        Args:
            last_heard: When the customer last wrote, by the provider's clock (UTC);
                None if never, or if the channel told us that the window is closed.
            now: The present moment (UTC).
        """
        if self.human is None:
            return Permission.FREE
        shut = Permission.TEMPLATE_ONLY if self.template else Permission.CLOSED
        if last_heard is None:
            return shut
        age = now - last_heard
        if self.automation is None or age < self.automation:
            return Permission.FREE
        return Permission.HUMAN_ONLY if age < self.human else shut

    def closes_at(self, last_heard: datetime | None) -> datetime | None:
        """When a person may no longer answer; None when never heard, or never."""
        if last_heard is None or self.human is None:
            return None
        return last_heard + self.human


class Limits(Frozen):
    """What the channel takes. Sizes in bytes, lengths in characters."""

    text: int
    caption: int
    images: frozenset[str]
    """Media types of pictures, for instance ``image/png``."""
    image_bytes: int
    choices: int
    """At most so many buttons; 0: the channel has none and choices become numbered text."""
    choice_title: int
    list_rows: int
    list_title: int


class Wording(Frozen):
    """The channel's own sentences for agents."""

    name: str
    window_closed: str


# --- Out -----------------------------------------------------------------------


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


class Pace(Frozen):
    """A token bucket per recipient: ``burst`` at once, then one every ``every_s`` seconds."""

    burst: int
    every_s: float


class Door(Protocol):
    """How a channel reaches its provider. ``Sender`` implementations hold a pooled client."""

    async def send(
        self, credentials: Credentials, message: Outbound, upload: Upload | None
    ) -> Sent:
        """Send once. Raises a ``SendFailed`` member; never tries again by itself."""
        ...

    async def mark_read(self, credentials: Credentials, external_id: str, *, typing: bool) -> None:
        """Tell the customer that we read up to this message, and show typing if asked."""
        ...

    async def download(self, credentials: Credentials, media: MediaRef, limit: int) -> Upload:
        """Fetch a customer's file of at most ``limit`` bytes. Raises ``SendFailed`` members."""
        ...

    async def check(self, credentials: Credentials) -> str:
        """Ask the provider who we are; the account's display name. Raises ``SendFailed``."""
        ...

    async def aclose(self) -> None:
        """Close the pooled connections."""
        ...


@dataclass(frozen=True)
class Channel:
    """One channel. Everything that differs between channels hangs here and nowhere else.

    Attributes:
        key: Its name in addresses and rows, for instance ``whatsapp``.
        parse: Raw JSON of one delivery → its items, in order. Never raises for a bad
            item: that one becomes ``Parked``.
        explain: A provider's error code and detail → the ``SendFailed`` member they mean.
        accounts_in: The external ids that a delivery is for, to find whose secret signs it.
    """

    key: str
    wording: Wording
    window: ReplyWindow
    limits: Limits
    pace: Pace
    parse: "Parse"
    accounts_in: "AccountsIn"
    explain: "Explain"
    door: "MakeDoor"


class Parse(Protocol):
    """See ``Channel.parse``. ``received_at`` stands in for times that cannot be true."""

    def __call__(self, body: Any, received_at: datetime) -> Sequence[Item]: ...


class AccountsIn(Protocol):
    """See ``Channel.accounts_in``."""

    def __call__(self, body: Any) -> frozenset[str]: ...


class Explain(Protocol):
    """See ``Channel.explain``. ``code`` may be empty or unknown."""

    def __call__(self, code: str, detail: str = "") -> SendFailed: ...


class MakeDoor(Protocol):
    """Makes the door of an installation; it opens connections only when it is used."""

    def __call__(self, graph_url: str, graph_version: str) -> Door: ...
