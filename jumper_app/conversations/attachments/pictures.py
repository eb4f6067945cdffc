"""Pictures made anew from their pixels: nothing else that a file carried survives.

What a picture may cost is known from its header, before a pixel is unpacked: at most
100 MB of memory, and about a second. Measured with Pillow 13.
"""

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any, cast

from PIL import Image, ImageOps, UnidentifiedImageError

from jumper_app.errors import BadInput

from .content import Content, opened
from .shelf import Landing

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
"""What can be unpacked here."""

MOST_PIXELS = {
    "JPEG": 100_000_000,
    "PNG": 16_000_000,
    "GIF": 8_000_000,
    "WEBP": 5_500_000,
    "AVIF": 8_000_000,
}
"""A JPEG is unpacked at a fraction of its size if need be; a WebP takes three times its
pixels at once."""

KEPT_PIXELS = 12_200_000
"""A larger picture is made smaller. One of 4032 x 3024, turned upright, takes 96 MB."""

MOST_PROGRESSIVE_PIXELS = 12_200_000
"""A progressive JPEG is unpacked whole, whatever size is asked for."""

MOST_SCANS = 64
"""Of a JPEG: each costs a pass over the whole picture."""

MOST_FRAMES, MOST_MOVING_PIXELS = 500, 20_000_000
"""Of a moving picture; the pixels are those of all its frames together."""

QUALITIES = (90, 80, 70)
"""Of a JPEG, tried in this order until it is small enough."""

WITHOUT_EXTRAS: dict[str, dict[str, Any]] = {
    "image/gif": {"comment": b""},
    "image/webp": {"icc_profile": b"", "exif": b"", "xmp": b"", "method": 0, "quality": 80},
}
"""A moving picture is saved frame by frame, without what Pillow would carry over."""

HALVINGS = 4
"""How often a picture may be halved until it is small enough."""

TOO_LARGE = "This picture has too many pixels. Please make it smaller."
DAMAGED = "This file is damaged or is not a picture."
MOVING = "Moving pictures cannot be sent here. Please send it as a video."

Image.MAX_IMAGE_PIXELS = MOST_PIXELS["JPEG"]

_side_by_side = BoundedSemaphore(2)
"""So many pictures are unpacked at the same time in one process."""


@dataclass(frozen=True)
class Picture:
    """What a picture has become."""

    mime: str
    width: int
    height: int


@dataclass(frozen=True)
class Wanted:
    """What a picture may become: one of ``types``, of at most so many ``bytes``."""

    types: frozenset[str]
    bytes: int


def made_anew(source: Path, mime: str, wanted: Wanted, into: Landing) -> Picture:
    """Unpack a picture and pack it again. Raises BadInput.

    One that need not be kept in its own type becomes a JPEG, or a PNG if one can see
    through it. It loses quality, then size, rather than being too large afterwards.
    """
    if mime not in FORMATS:
        raise BadInput("Pictures of this kind cannot be opened here. Please save it as JPEG.")
    with _side_by_side:
        try:
            return _made_anew(source, mime, wanted, into)
        except (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError) as error:
            raise BadInput(DAMAGED) from error
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise BadInput(TOO_LARGE) from error


def _made_anew(source: Path, mime: str, wanted: Wanted, into: Landing) -> Picture:
    form = FORMATS[mime]
    with opened(source) as content:
        _check_header(content, form)
    with Image.open(source, formats=[form]) as image:
        _check_pixels(image, form)
        if getattr(image, "is_animated", False) and form in {"GIF", "WEBP"}:
            return _moving(image, mime, wanted, into)
        return _packed(_upright(image), mime, wanted, into)


def _check_header(content: Content, form: str) -> None:
    """What must be known before a decoder sees the file."""
    if form == "WEBP" and _webp_pixels(content) > MOST_PIXELS[form]:
        raise BadInput(TOO_LARGE)
    if (
        form == "JPEG"
        and sum(1 for _ in itertools.islice(_scans(content), MOST_SCANS + 1)) > MOST_SCANS
    ):
        raise BadInput(DAMAGED)


def _webp_pixels(content: Content) -> int:
    """Of the canvas. Source: RFC 9649, 2.5 to 2.7."""
    match content.at(12, 4):
        case b"VP8X":
            return (content.number(24, 3, little=True) + 1) * (
                content.number(27, 3, little=True) + 1
            )
        case b"VP8L":
            bits = content.number(21, 4, little=True)
            return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
        case _:
            width, height = content.number(26, 2, little=True), content.number(28, 2, little=True)
            return (width & 0x3FFF) * (height & 0x3FFF)


def _scans(content: Content) -> Iterator[int]:
    """Where the scans of a JPEG begin."""
    place = content.find(b"\xff\xda")
    while place >= 0:
        yield place
        place = content.find(b"\xff\xda", place + 2)


def _check_pixels(image: Image.Image, form: str) -> None:
    pixels = image.width * image.height
    most = MOST_PROGRESSIVE_PIXELS if image.info.get("progressive") else MOST_PIXELS[form]
    if pixels > most:
        raise BadInput(TOO_LARGE)


def _upright(image: Image.Image) -> Image.Image:
    """The pixels as one sees them: 8 bits a colour, not lying on their side, not too many."""
    shrink = next(by for by in (1, 2, 4, 8) if image.width * image.height <= KEPT_PIXELS * by**2)
    image.draft("RGB", (image.width // shrink, image.height // shrink))
    image.load()
    while image.width * image.height > KEPT_PIXELS:
        image = image.reduce(2)
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bits(image)
    has_alpha = image.has_transparency_data
    wanted = "RGBA" if has_alpha else "RGB"
    if image.mode != wanted:
        image = image.convert(wanted)
    with suppress(SyntaxError, ValueError, KeyError, OSError):  # notes that nobody can read
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Of 16 bits a grey the upper 8."""
    scaled = image.convert("I").point(lambda value: value / 256)  # pyright: ignore[reportUnknownMemberType]
    return scaled.convert("L")


def _packed(image: Image.Image, mime: str, wanted: Wanted, into: Landing) -> Picture:
    """Save it so that it is small enough. Raises BadInput when nothing helps."""
    image.info = {}
    for _ in range(HALVINGS + 1):
        for target, options in _ways(image, mime, wanted.types):
            into.begin_again()
            _save(_ready(image, target), target, into, **options)
            if into.size <= wanted.bytes:
                return Picture(target, image.width, image.height)
        image = image.reduce(2)
    raise BadInput(TOO_LARGE)


def _ways(
    image: Image.Image, mime: str, types: frozenset[str]
) -> Iterator[tuple[str, dict[str, int]]]:
    """How it can be saved, the best first."""
    clear = image.mode == "RGB" or image.getchannel("A").getextrema() == (255, 255)
    first = mime if mime in types else "image/jpeg" if clear else "image/png"
    if first in types and first != "image/jpeg":
        yield first, {"compress_level": 6} if first == "image/png" else {"quality": 90}
    if "image/jpeg" in types and (clear or first not in types or first == "image/jpeg"):
        yield from (("image/jpeg", {"quality": quality}) for quality in QUALITIES)


def _save(image: Image.Image, target: str, into: Landing, **options: Any) -> None:
    """Pillow asks only that one can write to it."""
    image.save(cast("IO[bytes]", into), FORMATS[target], **options)


def _ready(image: Image.Image, target: str) -> Image.Image:
    """A JPEG has no transparency: what one sees through becomes white."""
    if target != "image/jpeg" or image.mode == "RGB":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _moving(image: Image.Image, mime: str, wanted: Wanted, into: Landing) -> Picture:
    """Frame by frame, all of them or none."""
    if mime not in wanted.types:
        raise BadInput(MOVING)
    most = min(MOST_FRAMES, MOST_MOVING_PIXELS // (image.width * image.height))
    try:
        image.seek(most)
    except EOFError:
        image.seek(0)
    else:
        raise BadInput(TOO_LARGE)
    _save(image, mime, into, save_all=True, **WITHOUT_EXTRAS[mime])
    if into.size > wanted.bytes:
        raise BadInput(TOO_LARGE)
    return Picture(mime, image.width, image.height)
