"""Webhook bodies in WhatsApp's own shape.

Source: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples.
"""

import base64
from collections.abc import Iterable
from datetime import datetime

from jumper_app.simulator.meta.webhooks import Json
from jumper_app.simulator.rows import Media, Message, Phone
from jumper_app.simulator.whatsapp.config import Number
from jumper_app.simulator.whatsapp.errors import WhatsAppError
from jumper_app.simulator.whatsapp.known import known


def incoming(number: Number, phone: Phone, message: Message) -> Json:
    """The change that tells of a customer's message."""
    item: Json = {}
    who = known(phone)
    if who.shows_number:
        item["from"] = who.wa_id
    if who.bsuid:
        item["from_user_id"] = who.bsuid
    if message.quotes:
        item["context"] = {"from": number.digits, "id": message.quotes}
    item |= {"id": message.id, "timestamp": _seconds(message.at), "type": message.type}
    item[message.type] = message.content
    return _change(number, {"contacts": [_contact(phone)], "messages": [item]})


def status(
    number: Number,
    phone: Phone | None,
    message: Message,
    state: str,
    at: datetime,
    error: WhatsAppError | None = None,
) -> Json:
    """The change that tells how far a message of the business has come.

    Failed ones carry no contact and no price. ``conversation`` is left out, as Meta does
    outside a free entry point.
    """
    item: Json = {"id": message.id, "status": state, "timestamp": _seconds(at)}
    item |= _recipient(phone, message)
    if message.reference:
        item["biz_opaque_callback_data"] = message.reference
    if error is not None:
        return _change(number, {"statuses": [item | {"errors": [error.in_status()]}]})
    if state in ("sent", "delivered"):
        item["pricing"] = _pricing(message)
    contacts = {"contacts": [_contact(phone)]} if phone else {}
    return _change(number, contacts | {"statuses": [item]})


def media_content(media: Media, url: str = "", **more: str | bool) -> Json:
    """What stands under ``image``, ``audio`` … of an incoming message."""
    content: Json = {**more, "mime_type": media.mime, "id": media.id}
    content["sha256"] = base64.b64encode(media.sha256).decode()
    return content | ({"url": url} if url else {})


def envelope(waba_id: str, changes: Iterable[Json]) -> Json:
    """One delivery for one business account."""
    entry = {"id": waba_id, "changes": list(changes)}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def _change(number: Number, content: Json) -> Json:
    metadata = {
        "display_phone_number": number.digits,
        "phone_number_id": number.phone_number_id,
    }
    value = {"messaging_product": "whatsapp", "metadata": metadata, **content}
    return {"value": value, "field": "messages"}


def _contact(phone: Phone) -> Json:
    who = known(phone)
    profile = {"name": phone.name}
    if who.username:
        profile["username"] = "@" + who.username.removeprefix("@")
    contact: Json = {"profile": profile}
    if who.shows_number:
        contact["wa_id"] = who.wa_id
    return contact | ({"user_id": who.bsuid} if who.bsuid else {})


def _recipient(phone: Phone | None, message: Message) -> Json:
    if phone is None:
        return {"recipient_id": message.phone} if message.phone.isdigit() else {}
    who = known(phone)
    names: Json = {"recipient_id": who.wa_id} if who.shows_number else {}
    return names | ({"recipient_user_id": who.bsuid} if who.bsuid else {})


def _pricing(message: Message) -> Json:
    free = message.category == "service"
    kind = "free_customer_service" if free else "regular"
    price = {"billable": not free, "pricing_model": "PMP", "type": kind}
    return price | {"category": message.category}


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))
