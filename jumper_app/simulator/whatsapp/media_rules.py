"""What WhatsApp takes as media.

Source: Cloud API, Media, "Supported media types", read 2026-11-22.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from PIL import Image, UnidentifiedImageError

KIB = 1024
MIB = 1024 * KIB
URL_LIVES = timedelta(minutes=5)
UPLOAD_LIVES = timedelta(days=30)
INBOUND_LIVES = timedelta(days=7)

PICTURE_MODES = {"RGB", "RGBA"}
"""Images must be 8-bit, RGB or RGBA."""
STICKER_SIDE = 512
"""Pixels of a sticker's width and height."""
MAX_STATIC_STICKER = 100 * KIB
OFFICE = "application/vnd.openxmlformats-officedocument"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"

Wrong = Callable[[str, bytes], str]
"""A media type and a file → what is wrong with the file, empty for nothing."""


@dataclass(frozen=True)
class Kind:
    """A message type's media: what it may be, how large, and what is looked for in it."""

    called: str
    mimes: frozenset[str]
    max_bytes: int
    wrong: Wrong


def why_not(kind: str, mime: str, content: bytes) -> str:
    """The sentence of error 131053 for a file that cannot be sent; empty for a good one."""
    rule = KINDS[kind]
    if mime not in rule.mimes:
        listed = ", ".join(sorted(rule.mimes))
        return f"Unsupported {rule.called} mime type {mime}. Please use one of {listed}."
    if len(content) > rule.max_bytes:
        size, most = len(content), rule.max_bytes
        return f"{rule.called} file size {size} exceeds the limit of {most} bytes."
    return rule.wrong(mime, content)


def _wrong_picture(mime: str, content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=[mime.removeprefix("image/")]) as picture:
            mode = picture.mode
    except (UnidentifiedImageError, OSError, SyntaxError):
        return _not_what_it_says(mime)
    return "" if mode in PICTURE_MODES else f"Images must be 8-bit, RGB or RGBA, not {mode}."


def _wrong_sticker(mime: str, content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=["webp"]) as picture:
            size, moves = picture.size, getattr(picture, "is_animated", False)
    except (UnidentifiedImageError, OSError, SyntaxError):
        return _not_what_it_says(mime)
    if size != (STICKER_SIDE, STICKER_SIDE):
        return "Stickers must be 512 x 512 pixels."
    if not moves and len(content) > MAX_STATIC_STICKER:
        return "Static stickers must be at most 100 KB."
    return ""


def _wrong_film(mime: str, content: bytes) -> str:
    return "" if content[4:8] == b"ftyp" else _not_what_it_says(mime)


def _wrong_sound(mime: str, content: bytes) -> str:
    beginnings = {
        "audio/ogg": (b"OggS",),
        "audio/amr": (b"#!AMR",),
        "audio/aac": (b"\xff\xf1", b"\xff\xf9"),
        "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    }
    if mime == "audio/mp4":
        return _wrong_film(mime, content)
    if not content.startswith(beginnings[mime]):
        return _not_what_it_says(mime)
    if mime == "audio/ogg" and b"OpusHead" not in content[:128]:
        return "Only OPUS codecs are supported for audio/ogg files."
    return ""


def _wrong_document(mime: str, content: bytes) -> str:
    beginnings = {
        "application/pdf": b"%PDF-",
        "application/msword": OLD_OFFICE,
        "application/vnd.ms-excel": OLD_OFFICE,
        "application/vnd.ms-powerpoint": OLD_OFFICE,
        "text/plain": b"",
    }
    good = content.startswith(beginnings.get(mime, b"PK\x03\x04"))
    return "" if good else _not_what_it_says(mime)


def _not_what_it_says(mime: str) -> str:
    return f"The file is not what its type {mime} says."


KINDS = {
    "image": Kind("Image", frozenset({"image/jpeg", "image/png"}), 5 * MIB, _wrong_picture),
    "video": Kind("Video", frozenset({"video/mp4", "video/3gpp"}), 16 * MIB, _wrong_film),
    "audio": Kind(
        "Audio",
        frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
        16 * MIB,
        _wrong_sound,
    ),
    "document": Kind(
        "Document",
        frozenset(
            {
                "text/plain",
                "application/pdf",
                "application/msword",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                f"{OFFICE}.wordprocessingml.document",
                f"{OFFICE}.spreadsheetml.sheet",
                f"{OFFICE}.presentationml.presentation",
            }
        ),
        100 * MIB,
        _wrong_document,
    ),
    "sticker": Kind("Sticker", frozenset({"image/webp"}), 500 * KIB, _wrong_sticker),
}
UPLOADS = frozenset().union(*(kind.mimes for kind in KINDS.values()))
"""What can be uploaded at all, up to 100 MB; each kind is judged when it is sent."""
