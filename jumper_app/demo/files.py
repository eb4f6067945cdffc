"""The files that the demo's customers have sent: drawn here, so that none has to be shipped."""

import io
import random
from dataclasses import dataclass

from PIL import Image, ImageColor, ImageDraw, ImageFilter

from jumper_app.simulator import samples

from .film import film

SIZE = (960, 720)
SKIES = (("lightskyblue", "seashell"), ("thistle", "papayawhip"), ("steelblue", "lavenderblush"))
THINGS = ("peru", "slategray", "darkseagreen", "rosybrown", "cadetblue", "tan")


@dataclass(frozen=True)
class File:
    """A file as a phone would send it."""

    content: bytes
    mime: str
    name: str = ""


def photo(name: str) -> File:
    """A photo: mountains if its name says so, else something near and out of focus."""
    chance = random.Random(name)  # noqa: S311 (a picture, not a secret)
    picture = _peaks(chance) if name.startswith("peaks") else _near(chance)
    return File(_written(picture, "JPEG"), "image/jpeg")


def sticker() -> File:
    """A smiling sun on nothing."""
    picture = Image.new("RGBA", (512, 512), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((56, 56, 456, 456), fill="gold", outline="darkorange", width=14)
    for left in (176, 296):
        draw.ellipse((left, 190, left + 40, 250), fill="saddlebrown")
    draw.arc((156, 200, 356, 370), 20, 160, fill="saddlebrown", width=16)
    return File(_written(picture, "WEBP"), "image/webp")


def voice() -> File:
    """A voice note that says nothing."""
    return File(samples.voice_note(), "audio/ogg; codecs=opus")


def moving() -> File:
    """A short film."""
    return File(film(), "video/webm")


def document(name: str, pages: int) -> File:
    """A PDF with its own name on every page."""
    leaf = Image.new("RGB", (595, 842), "white")
    draw = ImageDraw.Draw(leaf)
    draw.text((56, 64), name, fill="black", font_size=22)
    for line in range(18):
        draw.rectangle((56, 130 + line * 34, 420 + 113 * (line % 2), 138 + line * 34), "gainsboro")
    written = io.BytesIO()
    leaf.save(written, "PDF", save_all=True, append_images=[leaf] * (pages - 1))
    return File(written.getvalue(), "application/pdf", name)


def _peaks(chance: random.Random) -> Image.Image:
    picture = _fading(*chance.choice(SKIES))
    draw = ImageDraw.Draw(picture)
    for depth, colour in enumerate(("lightsteelblue", "slategray", "darkslategray")):
        height = 330 + depth * 120
        tops = [(x, height - chance.randint(20, 190 - depth * 40)) for x in range(0, 1080, 120)]
        draw.polygon([(0, 720), *tops, (960, 720)], fill=colour)
    return picture


def _near(chance: random.Random) -> Image.Image:
    picture = _fading(chance.choice(THINGS), "linen")
    draw = ImageDraw.Draw(picture, "RGBA")
    for _ in range(14):
        x, y, size = chance.randint(-80, 960), chance.randint(-80, 720), chance.randint(80, 320)
        shade = ImageColor.getrgb(chance.choice(THINGS))
        draw.ellipse((x, y, x + size, y + size), fill=(*shade[:3], 110))
    return picture.filter(ImageFilter.GaussianBlur(9))


def _fading(above: str, below: str) -> Image.Image:
    mask = Image.linear_gradient("L").resize(SIZE)
    return Image.composite(Image.new("RGB", SIZE, below), Image.new("RGB", SIZE, above), mask)


def _written(picture: Image.Image, kind: str) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, quality=82)
    return written.getvalue()
