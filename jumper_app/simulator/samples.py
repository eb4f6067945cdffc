"""Small real files for a phone to send when nobody picks one: a photo and a voice note."""

import io
import struct
from functools import cache

from PIL import Image

OPUS_SILENCE = b"\xf8\xff\xfe"
"""One 20 ms frame of mono silence. Source: RFC 6716, section 3.1 (TOC) and common encoders."""
FRAMES = 50
SAMPLES_PER_FRAME = 960
"""20 ms at Ogg Opus' 48 kHz. Source: RFC 7845, section 4."""


@cache
def photo() -> bytes:
    """A JPEG of 640 x 480: a sky over a beach, in two gradients."""
    picture = Image.new("RGB", (640, 480))
    picture.paste(_fading("skyblue", "aliceblue", (640, 300)), (0, 0))
    picture.paste(_fading("peru", "wheat", (640, 180)), (0, 300))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()


@cache
def voice_note() -> bytes:
    """One second of silence as Ogg Opus, mono: the kind of file WhatsApp records."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48000, 0, 0)
    vendor = b"jumper"
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", 0)
    sound = [OPUS_SILENCE] * FRAMES
    return (
        _page([head], 0, granule=0, flags=2)
        + _page([tags], 1, granule=0, flags=0)
        + _page(sound, 2, granule=FRAMES * SAMPLES_PER_FRAME, flags=4)
    )


def _fading(above: str, below: str, size: tuple[int, int]) -> Image.Image:
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, below), Image.new("RGB", size, above), mask)


def _page(packets: list[bytes], number: int, *, granule: int, flags: int) -> bytes:
    """One Ogg page; every packet is shorter than 255 bytes. Source: RFC 3533, section 6."""
    lacing = bytes(len(packet) for packet in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, 1, number, 0, len(packets))
    page = head + lacing + b"".join(packets)
    return page[:22] + struct.pack("<I", _crc(page)) + page[26:]


def _crc(page: bytes) -> int:
    """Ogg's checksum: polynomial 0x04c11db7, no reflection, start and end at zero."""
    register = 0
    for byte in page:
        register ^= byte << 24
        for _ in range(8):
            register = (register << 1) ^ (0x04C11DB7 if register & 0x80000000 else 0)
        register &= 0xFFFFFFFF
    return register
