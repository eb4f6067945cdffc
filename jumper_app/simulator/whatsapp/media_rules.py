"""What WhatsApp takes as media.

Source: Cloud API, Media, "Supported media types", read 2026-11-22.
"""

import io
from dataclasses import dataclass
from datetime import timedelta

from PIL import Image, UnidentifiedImageError

MIB = 1024 * 1024
MAX_UPLOAD_BYTES = 100 * MIB
"""The largest class, documents; smaller classes are judged when the file is sent."""
URL_LIVES = timedelta(minutes=5)
UPLOAD_LIVES = timedelta(days=30)
INBOUND_LIVES = timedelta(days=7)


@dataclass(frozen=True)
class Kind:
    """A message type's media: what it may be, how large."""

    mimes: frozenset[str]
    max_bytes: int


IMAGE = Kind(frozenset({"image/jpeg", "image/png"}), 5 * MIB)
UPLOADS = IMAGE.mimes | {
    "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus",
    "video/mp4", "video/3gpp", "image/webp", "text/plain", "application/pdf",
    "application/vnd.ms-powerpoint", "application/msword", "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
PICTURE_MODES = {"RGB", "RGBA"}
"""Images must be 8-bit, RGB or RGBA."""


def why_not_an_image(mime: str, content: bytes) -> str:
    """The sentence of error 131053 for a picture that cannot be sent; empty for a good one."""
    if mime not in IMAGE.mimes:
        return f"Unsupported Image mime type {mime}. Please use one of image/jpeg, image/png."
    if len(content) > IMAGE.max_bytes:
        return f"Image file size {len(content)} exceeds the limit of {IMAGE.max_bytes} bytes."
    try:
        with Image.open(io.BytesIO(content), formats=[mime.removeprefix("image/")]) as picture:
            mode = picture.mode
    except (UnidentifiedImageError, OSError, SyntaxError):
        return f"The file is not what its type {mime} says."
    return "" if mode in PICTURE_MODES else f"Images must be 8-bit, RGB or RGBA, not {mode}."
