"""Who writes, and what: the content of a message, free of any provider's JSON."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from .base import Frozen
from .windows import MediaKind


class IdentityKind(StrEnum):
    """The names by which a provider knows a person, the most lasting first."""

    BSUID = "bsuid"
    WA_ID = "wa_id"
    PSID = "psid"
    SITE_USER = "site_user"
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
    email: str = ""
    language: str = ""
    """A language tag, for instance ``pt-BR``."""
    timezone: str = ""
    """A name of the IANA database, for instance ``Europe/Prague``."""


class MediaRef(Frozen):
    """A file that the provider holds for us for a while."""

    provider_id: str = ""
    url: str = ""
    mime: str = ""
    sha256: str = ""
    """As the provider writes it: base64 or hex; empty when not told."""
    filename: str = ""


class Profile(Frozen):
    """What a provider tells of a customer when it is asked. Any part may be missing."""

    name: str = ""
    picture: MediaRef | None = None


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
    kind: MediaKind
    media: MediaRef
    more: tuple[MediaRef, ...] = ()
    """Further files of the same message, in their order."""
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
