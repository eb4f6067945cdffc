"""What a delivery holds: the items that a channel makes of a provider's body."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import JsonValue, SecretStr

from .base import Frozen
from .content import Content, Identity, Person


class Advert(Frozen):
    """The advertisement, post or link through which the customer came."""

    source_id: str = ""
    url: str = ""
    headline: str = ""
    body: str = ""
    ref: str = ""
    """What the business wrote into its own link."""


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


class Arrival(Frozen):
    """The customer came back through a link or an advertisement, without a word."""

    account: str
    external_id: str
    person: Person
    at: datetime
    """By the provider's clock. Opens the reply window, as a message would."""
    advert: Advert | None = None
    answered_elsewhere: bool = False


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
    opens_window: bool = False
    """The provider counts it as a message of the customer's, as some count a reaction."""


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


class Watermark(Frozen):
    """How far the customer has come in everything that we sent, up to a moment of the provider's.

    It names no message, may come before we know that one was sent, and holds for every
    message of ours in this conversation that the provider dates at or before ``up_to``.
    """

    account: str
    person: Person
    state: Literal[ReceiptState.DELIVERED, ReceiptState.READ]
    up_to: datetime


class OptIn(Frozen):
    """A customer lets us write to them later, or no longer. Opens no reply window."""

    account: str
    external_id: str
    person: Person
    at: datetime
    kind: Literal["one_time", "recurring", "plugin", "marketing"]
    """``plugin``: a box or button on a web page. ``marketing``: advertising as a whole."""
    state: Literal["accepted", "stopped"]
    title: str = ""
    payload: str = ""
    """What we, or the page, gave with the request."""
    token: SecretStr = SecretStr("")
    """Stands for the leave when we send; empty when there is none."""
    expires_at: datetime | None = None


class ControlChange(Frozen):
    """Another app, or we, answer this customer from now on, by the provider's rules."""

    account: str
    external_id: str
    person: Person
    at: datetime
    kind: Literal["passed", "taken", "requested", "gained"]
    """``passed``: another app gave the customer to us. ``taken``: it took them from us, or
    was given them. ``requested``: it asks us to hand them over. ``gained``: we took them
    over by answering."""
    other: str = ""
    """The other side in the provider's words: a role, an app's id."""


class Call(Frozen):
    """News of one telephone call; several may come, and the same call keeps its id."""

    account: str
    external_id: str
    person: Person
    at: datetime
    by_customer: bool
    state: Literal["began", "answered", "declined", "ended", "failed"]
    seconds: int = 0


class IdentityChange(Frozen):
    """The same person goes by other names from now on."""

    account: str
    external_id: str
    at: datetime
    before: tuple[Identity, ...]
    after: Person
    text: str = ""


class AccountChange(Frozen):
    """News about our own side: templates, quality, restrictions."""

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


Item = (
    Inbound
    | Echo
    | Arrival
    | Amendment
    | Receipt
    | Watermark
    | OptIn
    | ControlChange
    | Call
    | IdentityChange
    | AccountChange
    | Parked
)
