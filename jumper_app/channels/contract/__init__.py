"""What every channel promises. Pure: no network, no database, no clock.

A channel turns the bodies that its provider posts into the small frozen family
below (*In*), says what may be sent when (*Windows and limits*), and turns an
``Outbound`` into the provider's requests (*Out*). Past this border nobody sees a
provider's JSON.
"""

from .base import KIB, MIB, Frozen
from .channel import AccountsIn, Channel, Door, Explain, MakeDoor, Parse
from .content import (
    ContactCard,
    Contacts,
    Content,
    Form,
    Identity,
    IdentityKind,
    Location,
    Media,
    MediaRef,
    Order,
    OrderLine,
    Person,
    Text,
    Unsupported,
)
from .inbound import (
    AccountChange,
    Advert,
    Amendment,
    Echo,
    IdentityChange,
    Inbound,
    Item,
    Parked,
    Receipt,
    ReceiptState,
)
from .outbound import (
    Choice,
    Credentials,
    Outbound,
    OutboundContent,
    OutImage,
    OutText,
    Sent,
    Upload,
)
from .windows import Limits, Pace, Permission, ReplyWindow, Wording

__all__ = [
    "KIB",
    "MIB",
    "AccountChange",
    "AccountsIn",
    "Advert",
    "Amendment",
    "Channel",
    "Choice",
    "ContactCard",
    "Contacts",
    "Content",
    "Credentials",
    "Door",
    "Echo",
    "Explain",
    "Form",
    "Frozen",
    "Identity",
    "IdentityChange",
    "IdentityKind",
    "Inbound",
    "Item",
    "Limits",
    "Location",
    "MakeDoor",
    "Media",
    "MediaRef",
    "Order",
    "OrderLine",
    "OutImage",
    "OutText",
    "Outbound",
    "OutboundContent",
    "Pace",
    "Parked",
    "Parse",
    "Permission",
    "Person",
    "Receipt",
    "ReceiptState",
    "ReplyWindow",
    "Sent",
    "Text",
    "Unsupported",
    "Upload",
    "Wording",
]
