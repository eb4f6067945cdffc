"""Small real files of every type that passes through, made from their formats' own rules."""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

from PIL import Image

from jumper_app.simulator import samples

OFFICE = "application/vnd.openxmlformats-officedocument"


def box(name: bytes, body: bytes = b"") -> bytes:
    """A box of an ISO media file."""
    return struct.pack(">I", 8 + len(body)) + name + body


def film(brand: bytes, size: int = 400) -> bytes:
    """A film without pictures: its brand, its table of contents, its data."""
    head = box(b"ftyp", brand + bytes(4) + brand) + box(b"moov", box(b"mvhd", bytes(100)))
    return head + box(b"mdat", bytes(size))


def picture(form: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **how: Any) -> bytes:
    held = io.BytesIO()
    fading = Image.linear_gradient("L").resize(size).convert(mode)
    fading.save(held, form, **how)
    return held.getvalue()


def moving(form: str, frames: int = 3) -> bytes:
    """A picture that moves."""
    held = io.BytesIO()
    first, *others = [Image.new("RGB", (32, 32), (40 * n, 0, 0)) for n in range(frames)]
    first.save(held, form, save_all=True, append_images=others, duration=100)
    return held.getvalue()


def archive(**entries: str) -> bytes:
    """A zip archive; ``__`` in a name stands for a slash, ``_dot_`` for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in entries.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return held.getvalue()


def office(folder: str) -> bytes:
    """An Office file, as far as anyone looks who does not open it."""
    types = {"[Content_Types].xml": "<Types/>", f"{folder}/document.xml": "<document/>"}
    return archive(**types)


def old_office(stream: str) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + f"{stream}\0".encode("utf-16-le") + bytes(400)


def pdf(words: str = "") -> bytes:
    body = f"1 0 obj<</Type/Catalog>>endobj\n{words}\ntrailer<</Root 1 0 R>>"
    return f"%PDF-1.4\n{body}\n%%EOF\n".encode()


def mp3() -> bytes:
    """Four silent frames of MPEG 1 layer III, 128 kbit/s at 44.1 kHz, behind an empty tag."""
    return b"ID3\x04\x00\x00\x00\x00\x00\x00" + (b"\xff\xfb\x90\x00" + bytes(413)) * 4


MADE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "image/jpeg": ("photo.jpg", lambda: picture("JPEG")),
    "image/png": ("drawing.png", lambda: picture("PNG")),
    "image/gif": ("still.gif", lambda: picture("GIF")),
    "image/webp": ("photo.webp", lambda: picture("WEBP")),
    "image/avif": ("photo.avif", lambda: picture("AVIF")),
    "image/heic": ("photo.heic", lambda: box(b"ftyp", b"heic" + bytes(4)) + bytes(64)),
    "video/mp4": ("film.mp4", lambda: film(b"isom")),
    "video/3gpp": ("film.3gp", lambda: film(b"3gp4")),
    "video/quicktime": ("film.mov", lambda: film(b"qt  ")),
    "video/webm": ("film.webm", lambda: b"\x1aE\xdf\xa3\x9f\x42\x82\x84webm" + bytes(64)),
    "audio/mp4": ("sound.m4a", lambda: film(b"M4A ")),
    "audio/mpeg": ("sound.mp3", mp3),
    "audio/ogg": ("voice.ogg", samples.voice_note),
    "audio/amr": ("voice.amr", lambda: b"#!AMR\n" + b"\x3c" + bytes(31)),
    "audio/aac": ("sound.aac", lambda: (b"\xff\xf1\x50\x80\x01\x3f\xfc" + bytes(5)) * 3),
    "audio/wav": ("sound.wav", lambda: b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + bytes(28)),
    "application/pdf": ("offer.pdf", pdf),
    "application/msword": ("letter.doc", lambda: old_office("WordDocument")),
    "application/vnd.ms-excel": ("prices.xls", lambda: old_office("Workbook")),
    "application/vnd.ms-powerpoint": ("talk.ppt", lambda: old_office("PowerPoint Document")),
    f"{OFFICE}.wordprocessingml.document": ("letter.docx", lambda: office("word")),
    f"{OFFICE}.spreadsheetml.sheet": ("prices.xlsx", lambda: office("xl")),
    f"{OFFICE}.presentationml.presentation": ("talk.pptx", lambda: office("ppt")),
    "text/plain": ("notes.txt", "Grüße aus Lund\n".encode),
}
"""By media type: a name, and what makes the bytes."""


@cache
def named(mime: str) -> tuple[str, bytes]:
    """A file of that type: its name and its bytes."""
    name, make = MADE[mime]
    return name, make()
