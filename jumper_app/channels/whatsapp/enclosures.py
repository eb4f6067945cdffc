"""What travels beside words: files, places, contact cards. Pure.

Source: WhatsApp > Send messages, and Meta's OpenAPI file v23.0, read 2026-11-22.
"""

from pydantic import JsonValue

from jumper_app.channels.contract import (
    ContactCard,
    MediaKind,
    OutContacts,
    OutLocation,
    OutMedia,
    Upload,
)
from jumper_app.channels.loose import Object
from jumper_app.channels.meta.failures import BadRequest, MediaRefused

from .limits import MAX_CAPTION, MEDIA, MIB

CALLED: dict[MediaKind, str] = {
    "image": "pictures",
    "video": "videos",
    "audio": "sound files",
    "document": "files",
    "sticker": "stickers",
}


def media(content: OutMedia, media_id: str, filename: str = "") -> Object:
    """A file that has been uploaded. A document is shown under its name."""
    if len(content.caption) > MAX_CAPTION:
        raise BadRequest(detail=f"A caption has at most {MAX_CAPTION} characters.")
    file: Object = {"id": media_id}
    if content.caption and MEDIA[content.kind].captioned:
        file["caption"] = content.caption
    if filename and content.kind == "document":
        file["filename"] = filename
    return {"type": content.kind, content.kind: file}


def check_upload(content: OutMedia, upload: Upload | None) -> Upload:
    """The file, if WhatsApp takes it. Raises MediaRefused with the limit that it breaks."""
    limit, called = MEDIA[content.kind], CALLED[content.kind]
    if upload is None or upload.mime not in limit.types:
        raise MediaRefused(f"WhatsApp does not take {called} of this type.")
    if upload.size > limit.bytes:
        size = f"{limit.bytes // MIB} MB" if limit.bytes >= MIB else f"{limit.bytes // 1024} KB"
        raise MediaRefused(f"WhatsApp takes {called} of at most {size}.")
    return upload


def location(content: OutLocation) -> Object:
    """A place."""
    return {"type": "location", "location": place(content)}


def place(content: OutLocation) -> Object:
    """Where it is, degrees as text, and what it is called if anybody says so."""
    where: Object = {"latitude": str(content.latitude), "longitude": str(content.longitude)}
    named = {"name": content.name, "address": content.address}
    return where | {key: words for key, words in named.items() if words}


def contacts(content: OutContacts) -> Object:
    """Contact cards."""
    return {"type": "contacts", "contacts": [card(each) for each in content.cards]}


def card(one: ContactCard) -> Object:
    """One card; WhatsApp wants the whole name and at least one part of it."""
    first, _, last = one.name.strip().partition(" ")
    name: Object = {"formatted_name": one.name, "first_name": first}
    if last:
        name["last_name"] = last
    phones: list[JsonValue] = [{"phone": phone, "type": "WORK"} for phone in one.phones]
    emails: list[JsonValue] = [{"email": email, "type": "WORK"} for email in one.emails]
    found: Object = {"name": name, "phones": phones}
    if emails:
        found["emails"] = emails
    if one.organisation:
        found["org"] = {"company": one.organisation}
    return found
