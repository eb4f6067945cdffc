"""What a message says: Meta's objects → our content, one function for each kind.

Source: WhatsApp > Webhooks > Reference > Messages, read 2026-11-22.
"""

from collections.abc import Callable
from typing import Literal

from pydantic import ValidationError

from jumper_app.channels.contract import (
    Content,
    Form,
    Location,
    Media,
    MediaRef,
    Order,
    OrderLine,
    Text,
    Unsupported,
)
from jumper_app.channels.loose import Object, listed, number, obj, parsed, text, whole

from .cards import contacts
from .place import complaint_in

MediaKind = Literal["image", "video", "audio", "document", "sticker"]
LONGEST_MIME = 100
LONGEST_FILENAME = 200
LONGEST_DIGEST = 64
"""Characters of a SHA-256 in hex; in base64 it has 44."""


def content_of(message: Object, complaint: str = "") -> Content:
    """What ``message`` says, ``Unsupported`` when it cannot be told.

    ``complaint`` are Meta's words about the whole change, used if the message has none.
    """
    kind = text(message.get("type"))
    read = KINDS.get(kind)
    try:
        found = read(message) if read else None
    except ValidationError:
        found = None
    return found or unsupported(message, complaint)


def unsupported(message: Object, complaint: str = "") -> Unsupported:
    """A message that cannot be shown, kept whole."""
    kind = text(message.get("type")) or "unknown"
    inner = text(obj(message.get(kind)).get("type"))
    if kind == "unsupported":
        kind = inner or kind
    elif inner:
        kind = f"{kind}.{inner}"
    reason = complaint_in(message) or complaint
    return Unsupported(kind=kind[:80], reason=reason, raw=message)


def typed(message: Object) -> Content | None:
    """Written words."""
    body = obj(message.get("text")).get("body")
    return Text(text=body) if isinstance(body, str) and body else None


def media(kind: MediaKind) -> Callable[[Object], Content | None]:
    """A reader for one kind of file."""

    def read(message: Object) -> Content | None:
        file = obj(message.get(text(message.get("type")))) or obj(message.get(kind))
        ref = media_ref(file)
        if not (ref.provider_id or ref.url):
            return None
        return Media(
            kind=kind,
            media=ref,
            caption=text(file.get("caption")),
            voice=file.get("voice") is True or message.get("type") == "voice",
            animated=file.get("animated") is True,
        )

    return read


def media_ref(file: Object) -> MediaRef:
    """How to ask Meta for a file."""
    sha256 = text(file.get("sha256"))
    return MediaRef(
        provider_id=text(file.get("id")),
        url=text(file.get("url")) or text(file.get("link")),
        mime=text(file.get("mime_type"), LONGEST_MIME),
        sha256=sha256 if len(sha256) <= LONGEST_DIGEST else "",
        filename=text(file.get("filename"), LONGEST_FILENAME),
    )


def location(message: Object) -> Content | None:
    """A place; None when it is not on the earth."""
    place = obj(message.get("location"))
    latitude, longitude = number(place.get("latitude")), number(place.get("longitude"))
    if latitude is None or longitude is None:
        return None
    return Location(
        latitude=latitude,
        longitude=longitude,
        name=text(place.get("name")),
        address=text(place.get("address")),
        url=text(place.get("url")),
    )


def button(message: Object) -> Content | None:
    """A tap on a template's quick reply."""
    answer = obj(message.get("button"))
    return tapped(text(answer.get("text")), text(answer.get("payload")))


def tapped(words: str, payload: str) -> Content | None:
    """A button or row that the customer chose instead of typing."""
    if not words and not payload:
        return None
    return Text(text=words or payload, payload=payload, from_button=True)


def interactive(message: Object) -> Content | None:
    """A tap on one of our buttons or rows, a filled-in form, or such a message of our own."""
    answer = obj(message.get("interactive"))
    kind = text(answer.get("type"))
    reply = obj(answer.get(kind))
    match kind:
        case "button_reply" | "list_reply":
            return tapped(text(reply.get("title")), text(reply.get("id")))
        case "nfm_reply" if reply:
            return form(reply)
        case "call_permission_reply" if reply:
            return Form(name=kind, text=text(reply.get("response")), answers=reply)
        case _:
            asked = text(obj(answer.get("body")).get("text"))
            return Text(text=asked) if asked and "action" in answer else None


def form(reply: Object) -> Content:
    """A filled-in form. Its answers are JSON in a string, mostly but not always an object."""
    written = text(reply.get("response_json"))
    found = parsed(written)
    answers: Object = found if isinstance(found, dict) else {"response": found or written}
    return Form(name=text(reply.get("name")), text=text(reply.get("body")), answers=answers)


def order(message: Object) -> Content | None:
    """A basket; None when it holds nothing."""
    basket = obj(message.get("order"))
    lines = tuple(order_line(obj(each)) for each in listed(basket.get("product_items")))
    if not lines:
        return None
    return Order(
        lines=lines, text=text(basket.get("text")), catalogue=text(basket.get("catalog_id"))
    )


def order_line(line: Object) -> OrderLine:
    """One product; without a quantity it is one."""
    quantity = whole(line.get("quantity"))
    return OrderLine(
        product=text(line.get("product_retailer_id")),
        quantity=1 if quantity is None else quantity,
        price=text(line.get("item_price")),
        currency=text(line.get("currency")),
    )


KINDS: dict[str, Callable[[Object], Content | None]] = {
    "text": typed,
    "image": media("image"),
    "video": media("video"),
    "audio": media("audio"),
    "voice": media("audio"),
    "document": media("document"),
    "sticker": media("sticker"),
    "location": location,
    "contacts": contacts,
    "button": button,
    "interactive": interactive,
    "order": order,
}
"""The kinds of message that we can show. ``voice`` is how old bodies name a voice note."""
