"""Our messages → the bodies of Graph requests. Pure.

Source: WhatsApp > Send messages, and Meta's OpenAPI file v23.0, read 2026-11-22.
"""

from collections.abc import Sequence

from pydantic import JsonValue

from jumper_app.channels.contract import Choice, IdentityKind, Outbound, OutImage, OutText
from jumper_app.channels.loose import Object
from jumper_app.channels.meta.failures import BadRequest, NeedsPhone

from .limits import (
    MAX_BUTTON_TITLE,
    MAX_BUTTONS,
    MAX_CAPTION,
    MAX_INTERACTIVE_TEXT,
    MAX_ROW_TITLE,
    MAX_ROWS,
    MAX_TEXT,
)
from .people import phone_of

LIST_BUTTON = "Choose"
"""What the customer taps to open a list; at most 20 characters."""


def text_body(message: Outbound, content: OutText) -> Object:
    """The request for words: with buttons, with a list, or plain."""
    choices = content.choices
    if not choices:
        return envelope(message) | plain(content.text)
    if fit(content, MAX_BUTTONS, MAX_BUTTON_TITLE):
        return envelope(message) | interactive("button", content.text, buttons(choices))
    if fit(content, MAX_ROWS, MAX_ROW_TITLE):
        return envelope(message) | interactive("list", content.text, rows(choices))
    return envelope(message) | plain(numbered(content))


def image_body(message: Outbound, content: OutImage, media_id: str) -> Object:
    """The request for a picture that has been uploaded."""
    if len(content.caption) > MAX_CAPTION:
        raise BadRequest(detail=f"A caption has at most {MAX_CAPTION} characters.")
    image: Object = {"id": media_id}
    if content.caption:
        image["caption"] = content.caption
    body = envelope(message)
    return {**body, "type": "image", "image": image}


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


def address(message: Outbound) -> Object:
    """Where it goes: the number if we know one, with ``+``, else the user id."""
    names = {each.kind: each.value for each in message.recipient}
    number = phone_of(names.get(IdentityKind.WA_ID, "")) or phone_of(message.phone)
    if number:
        return {"to": number}
    if user_id := names.get(IdentityKind.BSUID):
        return {"recipient": user_id}
    raise NeedsPhone(detail="The customer has neither a phone number nor a user id.")


def plain(words: str) -> Object:
    """A text, with a preview if it has a link."""
    if len(words) > MAX_TEXT:
        raise BadRequest(detail=f"A text has at most {MAX_TEXT} characters.")
    has_link = "https://" in words or "http://" in words
    return {"type": "text", "text": {"body": words, "preview_url": has_link}}


def fit(content: OutText, most: int, longest: int) -> bool:
    """Can the choices be tapped? They must be few, short, distinct and without stray spaces."""
    titles, ids = titles_of(content.choices), [choice.id for choice in content.choices]
    return (
        len(titles) <= most
        and len(content.text) <= MAX_INTERACTIVE_TEXT
        and all(0 < len(title) <= longest for title in titles)
        and all(each == each.strip() for each in ids)
        and len(set(titles)) == len(set(ids)) == len(titles)
    )


def interactive(kind: str, words: str, action: Object) -> Object:
    """A text with something to tap."""
    return {
        "type": "interactive",
        "interactive": {"type": kind, "body": {"text": words}, "action": action},
    }


def buttons(choices: Sequence[Choice]) -> Object:
    """Up to three buttons under the text."""
    return {
        "buttons": [
            {"type": "reply", "reply": {"id": choice.id, "title": choice.title.strip()}}
            for choice in choices
        ]
    }


def rows(choices: Sequence[Choice]) -> Object:
    """A list that opens at a tap."""
    listed: list[JsonValue] = [
        {"id": choice.id, "title": choice.title.strip()} for choice in choices
    ]
    return {"button": LIST_BUTTON, "sections": [{"rows": listed}]}


def numbered(content: OutText) -> str:
    """The choices as lines to answer by number."""
    lines = (f"{place}. {title}" for place, title in enumerate(titles_of(content.choices), 1))
    return "\n".join((content.text, "", *lines))


def titles_of(choices: Sequence[Choice]) -> list[str]:
    """What the customer reads."""
    return [choice.title.strip() for choice in choices]
