"""What a message says: Meta's objects → our content.

Source: Messenger Platform > Webhooks > messages, read 2026-11-22.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import ValidationError

from jumper_app.channels.contract import Content, Location, Media, MediaRef, Text, Unsupported
from jumper_app.channels.loose import Object, listed, number, obj, text

from .template import lines_of_template

FileKind = Literal["image", "video", "audio", "document", "sticker"]

FILES: dict[str, FileKind] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "document",
    "sticker": "sticker",
}
"""Meta's kinds of attachments that are files, and ours."""

LIKES = frozenset({"369239263222822", "369239343222814", "369239383222810"})
"""The thumb beside Messenger's text field, in three sizes: a sticker by Meta's id."""
THUMB = "👍"

SHARED = frozenset({"fallback", "share", "reel", "ig_reel", "post", "ig_post", "story_mention"})
"""Attachments that are a link with a title."""


def content_of(message: Object) -> Content:
    """What ``message`` says, ``Unsupported`` when it cannot be told."""
    try:
        return read(message) or unsupported(message)
    except ValidationError:
        return unsupported(message)


def read(message: Object) -> Content | None:
    """The words, files or place of a message; None when there is nothing that we know."""
    words = text(message.get("text"))
    attachments = [obj(each) for each in listed(message.get("attachments"))]
    if is_like(message, attachments):
        return Text(text=words or THUMB)
    lines = [words, *(line for each in attachments for line in lines_of(each, words))]
    said = "\n".join(filter(None, lines))
    files = without_doubles(each for each in attachments if file_of(each) is not None)
    if files:
        return media(files, said)
    place = next(filter(None, (location(each) for each in attachments)), None)
    if place is not None:
        return place.model_copy(update={"name": said or place.name})
    return tapped(message, said)


def tapped(message: Object, said: str) -> Content | None:
    """Words, typed or of a quick reply that was tapped."""
    payload = text(obj(message.get("quick_reply")).get("payload"))
    if not said and not payload:
        return None
    return Text(text=said or payload, payload=payload, from_button=bool(payload))


def unsupported(message: Object) -> Unsupported:
    """A message that cannot be shown, kept whole."""
    kinds = [text(obj(each).get("type")) for each in listed(message.get("attachments"))]
    kind = next(filter(None, kinds), "unsupported" if message.get("is_unsupported") else "unknown")
    return Unsupported(kind=kind[:80], raw=message)


def is_like(message: Object, attachments: Sequence[Object]) -> bool:
    """Is it the thumb, and nothing else?"""
    ids = {sticker_id(each) for each in attachments} | {text(message.get("sticker_id"))}
    return bool(ids & LIKES) and all(sticker_id(each) in LIKES for each in attachments)


def sticker_id(attachment: Object) -> str:
    """Meta's id of a sticker; empty for anything else."""
    return text(obj(attachment.get("payload")).get("sticker_id"))


def file_of(attachment: Object) -> MediaRef | None:
    """How to fetch the file of an attachment; None when it has none."""
    address = text(obj(attachment.get("payload")).get("url"))
    if text(attachment.get("type")) not in FILES or not address:
        return None
    return MediaRef(url=address)


def without_doubles(files: Iterable[Object]) -> list[Object]:
    """For a while Meta sends a sticker twice, as itself and as an image: the sticker counts."""
    each = list(files)
    stickers = {sticker_id(one) for one in each if one.get("type") == "sticker"} - {""}
    return [one for one in each if one.get("type") == "sticker" or sticker_id(one) not in stickers]


def media(files: Sequence[Object], caption: str) -> Media:
    """One or several files with their words. What kind it is, the first file says."""
    refs = [ref for each in files if (ref := file_of(each)) is not None]
    kind = "sticker" if sticker_id(files[0]) else FILES[text(files[0].get("type"))]
    return Media(kind=kind, media=refs[0], more=tuple(refs[1:]), caption=caption)


def location(attachment: Object) -> Location | None:
    """A place; None when it is not on the earth."""
    at = obj(obj(attachment.get("payload")).get("coordinates"))
    latitude, longitude = number(at.get("lat")), number(at.get("long"))
    if attachment.get("type") != "location" or latitude is None or longitude is None:
        return None
    return Location(
        latitude=latitude,
        longitude=longitude,
        name=text(attachment.get("title")),
        url=text(attachment.get("url")),
    )


def lines_of(attachment: Object, words: str) -> list[str]:
    """What an attachment without a file says, in lines that are not among ``words`` yet."""
    kind = text(attachment.get("type"))
    if kind == "template":
        return lines_of_template(obj(attachment.get("payload")))
    if kind not in SHARED:
        return []
    payload = obj(attachment.get("payload"))
    told = (attachment.get("title"), payload.get("title"))
    links = (attachment.get("url"), payload.get("url"))
    found = [first_text(told), first_text(links)]
    return [line for line in found if line and line not in words]


def first_text(values: Iterable[object]) -> str:
    """The first that is text and not empty."""
    return next((each for each in values if isinstance(each, str) and each), "")
