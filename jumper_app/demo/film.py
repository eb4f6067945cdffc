"""A short film without a film studio: WebP pictures put one after another into WebM.

A lossy WebP picture is one key frame of VP8, and WebM is a box around such frames.
Sources: RFC 9649, section 2.5 (WebP); RFC 8794 (EBML); the Matroska elements of RFC 9559.
"""

import io
import math
import struct
from collections.abc import Iterable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 480, 270
FRAMES = 24
FRAME_MS = 100

EBML, SEGMENT, INFO, TRACKS, CLUSTER = (
    b"\x1a\x45\xdf\xa3",
    b"\x18\x53\x80\x67",
    b"\x15\x49\xa9\x66",
    b"\x16\x54\xae\x6b",
    b"\x1f\x43\xb6\x75",
)
TRACK, VIDEO, BLOCK = b"\xae", b"\xe0", b"\xa3"


def film() -> bytes:
    """Some seconds of a tent pole that goes up and down, as WebM."""
    frames = [_vp8(_pole(number)) for number in range(FRAMES)]
    info = _element(b"\x2a\xd7\xb1", _number(1_000_000)) + _element(
        b"\x44\x89", struct.pack(">d", float(FRAMES * FRAME_MS))
    )
    head = _elements(
        (b"\x42\x86", 1), (b"\x42\xf7", 1), (b"\x42\xf2", 4), (b"\x42\xf3", 8), (b"\x42\x87", 4)
    )
    doctype = _element(b"\x42\x82", b"webm") + _element(b"\x42\x85", _number(2))
    body = _element(INFO, info) + _element(TRACKS, _track()) + _cluster(frames)
    return _element(EBML, head + doctype) + _element(SEGMENT, body)


def _track() -> bytes:
    size = _elements((b"\xb0", WIDTH), (b"\xba", HEIGHT))
    numbers = _elements((b"\xd7", 1), (b"\x73\xc5", 1), (b"\x83", 1))
    return _element(TRACK, numbers + _element(b"\x86", b"V_VP8") + _element(VIDEO, size))


def _cluster(frames: Iterable[bytes]) -> bytes:
    key_frame = 0x80
    blocks = [
        _element(BLOCK, b"\x81" + struct.pack(">hB", number * FRAME_MS, key_frame) + frame)
        for number, frame in enumerate(frames)
    ]
    return _element(CLUSTER, _element(b"\xe7", _number(0)) + b"".join(blocks))


def _elements(*pairs: tuple[bytes, int]) -> bytes:
    return b"".join(_element(key, _number(value)) for key, value in pairs)


def _element(key: bytes, content: bytes) -> bytes:
    """An EBML element; its length always takes eight bytes."""
    return key + struct.pack(">Q", (1 << 56) | len(content)) + content


def _number(value: int) -> bytes:
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")


def _vp8(picture: Image.Image) -> bytes:
    """The key frame inside a picture's WebP file: the content of its ``VP8`` chunk."""
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=60)
    chunk = written.getvalue()
    start = chunk.index(b"VP8 ")
    (length,) = struct.unpack("<I", chunk[start + 4 : start + 8])
    return chunk[start + 8 : start + 8 + length]


def _pole(number: int) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), "darkseagreen")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 200, WIDTH, HEIGHT), fill="olivedrab")
    lift = 110 * (0.5 - 0.5 * math.cos(2 * math.pi * number / FRAMES))
    draw.polygon(((90, 215), (240, 190 - lift), (390, 215)), fill="darkorange")
    draw.line(((90, 215), (240, 186 - lift), (390, 215)), fill="midnightblue", width=5)
    return picture
