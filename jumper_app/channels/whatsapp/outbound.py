"""Our messages → the bodies of Graph requests. Pure.

Source: WhatsApp > Send messages, and Meta's OpenAPI file v23.0, read 2026-11-22.
"""

from collections.abc import Mapping

from jumper_app.channels.contract import (
    IdentityKind,
    Outbound,
    OutCards,
    OutContacts,
    OutLocation,
    OutMedia,
    OutOptIn,
    OutReaction,
    OutTemplate,
    OutText,
)
from jumper_app.channels.loose import Object
from jumper_app.channels.meta.failures import BadRequest, NeedsPhone

from .asking import spoken
from .enclosures import contacts, location, media
from .people import phone_of
from .products import cards
from .templates import template


def body_of(message: Outbound, media_ids: Mapping[str, str], filename: str = "") -> Object:
    """The request for a message.

    Args:
        media_ids: Meta's id of every file that the content names, by ours.
        filename: What the customer sees a document called.

    Raises:
        BadRequest: WhatsApp has no such message, or it is too long.
        NeedsPhone: There is no address to send it to.
    """
    return envelope(message) | _content(message, media_ids, filename)


def _content(message: Outbound, media_ids: Mapping[str, str], filename: str) -> Object:
    match message.content:
        case OutText() as content:
            return spoken(content)
        case OutMedia() as content:
            return media(content, media_ids[content.attachment], filename)
        case OutLocation() as content:
            return location(content)
        case OutContacts() as content:
            return contacts(content)
        case OutTemplate() as content:
            return template(content, media_ids, filename)
        case OutCards() as content:
            return cards(content, media_ids)
        case OutOptIn():
            raise BadRequest(detail="WhatsApp has no opt-in request.")


def read_body(external_id: str, *, typing: bool) -> Object:
    """The request that marks a customer's message, and all before it, as read."""
    body: Object = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": external_id,
    }
    if typing:
        body["typing_indicator"] = {"type": "text"}
    return body


def reaction_body(reaction: OutReaction) -> Object:
    """The request that reacts to a message; without an emoji it takes that back."""
    spoken_of: Object = {"message_id": reaction.about, "emoji": reaction.emoji}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address(reaction),
        "biz_opaque_callback_data": reaction.reference,
        "type": "reaction",
        "reaction": spoken_of,
    }


def envelope(message: Outbound) -> Object:
    """What every message carries: to whom, our reference, what it quotes."""
    body: Object = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address(message),
        "biz_opaque_callback_data": message.reference,
    }
    if message.quotes:
        body["context"] = {"message_id": message.quotes}
    return body


def address(message: Outbound | OutReaction) -> Object:
    """Where it goes: the number if we know one, with ``+``, else the user id."""
    names = {each.kind: each.value for each in message.recipient}
    number = phone_of(names.get(IdentityKind.WA_ID, "")) or phone_of(message.phone)
    if number:
        return {"to": number}
    if user_id := names.get(IdentityKind.BSUID):
        return {"recipient": user_id}
    raise NeedsPhone(detail="The customer has neither a phone number nor a user id.")
