"""Webhook bodies in Meta's own shape, and their signature.

Source: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jumper_app.simulator.config import Number
from jumper_app.simulator.graph_errors import GraphError
from jumper_app.simulator.rows import Media, Message, Phone

Json = dict[str, Any]


def incoming(number: Number, phone: Phone, message: Message) -> Json:
    """The change that tells of a customer's message."""
    item: Json = {}
    if phone.shows_number:
        item["from"] = phone.wa_id
    if phone.bsuid:
        item["from_user_id"] = phone.bsuid
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
    error: GraphError | None = None,
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


def merge(bodies: Iterable[bytes]) -> bytes:
    """Several deliveries in one, as Meta batches them."""
    parsed = [json.loads(body) for body in bodies]
    entries = [entry for body in parsed for entry in body["entry"]]
    return encode({"object": "whatsapp_business_account", "entry": entries})


def encode(body: Json) -> bytes:
    r"""The bytes that Meta signs: non-ASCII as ``\u00e4`` in lower case, slashes escaped."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def headers(body: bytes, app_secret: str) -> dict[str, str]:
    """The headers of a signed delivery."""
    key = app_secret.encode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature": "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    }


def _change(number: Number, content: Json) -> Json:
    metadata = {
        "display_phone_number": number.digits,
        "phone_number_id": number.phone_number_id,
    }
    value = {"messaging_product": "whatsapp", "metadata": metadata, **content}
    return {"value": value, "field": "messages"}


def _contact(phone: Phone) -> Json:
    profile = {"name": phone.name}
    if phone.username:
        profile["username"] = "@" + phone.username.removeprefix("@")
    contact: Json = {"profile": profile}
    if phone.shows_number:
        contact["wa_id"] = phone.wa_id
    return contact | ({"user_id": phone.bsuid} if phone.bsuid else {})


def _recipient(phone: Phone | None, message: Message) -> Json:
    if phone is None:
        return {"recipient_id": message.phone} if message.phone.isdigit() else {}
    names: Json = {"recipient_id": phone.wa_id} if phone.shows_number else {}
    return names | ({"recipient_user_id": phone.bsuid} if phone.bsuid else {})


def _pricing(message: Message) -> Json:
    free = message.category == "service"
    kind = "free_customer_service" if free else "regular"
    price = {"billable": not free, "pricing_model": "PMP", "type": kind}
    return price | {"category": message.category}


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))
