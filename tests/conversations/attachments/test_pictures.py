"""Pictures are made anew: upright, small enough, and nothing but pixels."""

import io
from typing import Any

import pytest
from PIL import Image

from jumper_app.channels.contract import MIB
from jumper_app.conversations.attachments import landing
from jumper_app.conversations.attachments.pictures import KEPT_PIXELS, Wanted, made_anew
from jumper_app.errors import BadInput
from tests import files

PLAIN = Wanted(frozenset({"image/jpeg", "image/png"}), 5 * MIB)
MOVING = Wanted(frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}), 5 * MIB)


@pytest.fixture
def remade(tmp_path):
    def make(content, mime, wanted=PLAIN):
        path = tmp_path / "picture"
        path.write_bytes(content)
        with landing() as into:
            told = made_anew(path, mime, wanted, into)
            into.flush()
            kept = into.path.read_bytes()
        assert len(kept) == into.size
        return told, kept

    return make


@pytest.mark.parametrize(
    ("form", "mode", "becomes"),
    [
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("PNG", "RGB", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "I;16", "image/png"),
        ("PNG", "1", "image/png"),
        ("PNG", "LA", "image/png"),
        ("WEBP", "RGB", "image/jpeg"),
        ("AVIF", "RGB", "image/jpeg"),
        ("GIF", "P", "image/jpeg"),
    ],
)
def test_a_picture_becomes_one_that_the_channel_takes(remade, form, mode, becomes):
    told, kept = remade(files.picture(form, mode=mode), f"image/{form.lower()}")
    with Image.open(io.BytesIO(kept)) as image:
        assert (told.mime, Image.MIME[image.format or ""]) == (becomes, becomes)
        assert (told.width, told.height) == image.size == (64, 48)
        assert image.mode in {"RGB", "RGBA"}


def test_a_clear_picture_of_many_shades_of_grey_keeps_them(remade):
    grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 256)
    held = io.BytesIO()
    grey.convert("I;16").save(held, "PNG")
    _, kept = remade(held.getvalue(), "image/png")
    with Image.open(io.BytesIO(kept)) as image:
        assert image.convert("L").getextrema() == (0, 255)


def test_what_one_sees_through_stays_so_where_it_can(remade):
    glass = Image.new("RGBA", (8, 8), (255, 0, 0, 100))
    held = io.BytesIO()
    glass.save(held, "WEBP", lossless=True)
    told, _ = remade(held.getvalue(), "image/webp")
    assert told.mime == "image/png"
    only_jpeg = Wanted(frozenset({"image/jpeg"}), MIB)
    told, kept = remade(held.getvalue(), "image/webp", only_jpeg)
    assert told.mime == "image/jpeg"
    with Image.open(io.BytesIO(kept)) as image:
        assert image.getpixel((4, 4)) == pytest.approx((255, 155, 155), abs=12)


def test_a_photo_that_lies_on_its_side_stands_up(remade):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "The maker of the camera"
    told, kept = remade(files.picture("JPEG", (80, 40), exif=exif), "image/jpeg")
    assert (told.width, told.height) == (40, 80)
    assert b"maker" not in kept


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF"])
def test_nothing_but_pixels_survives(remade, form):
    more = {"PNG": {"icc_profile": b"canary" * 9}, "WEBP": {"exif": b"canary" * 9}}
    how: dict[str, Any] = more.get(form, {"comment": b"canary" * 9})
    _, kept = remade(files.picture(form, **how), f"image/{form.lower()}", MOVING)
    assert b"canary" not in kept


def test_a_picture_loses_quality_and_then_size_before_it_is_too_large(remade):
    noise = Image.effect_noise((900, 900), 90).convert("RGB")
    held = io.BytesIO()
    noise.save(held, "PNG")
    told, kept = remade(held.getvalue(), "image/png", Wanted(PLAIN.types, 300_000))
    assert (told.mime, len(kept) <= 300_000) == ("image/jpeg", True)
    told, kept = remade(held.getvalue(), "image/png", Wanted(PLAIN.types, 30_000))
    assert (told.width, len(kept) <= 30_000) == (225, True)
    with pytest.raises(BadInput):
        remade(held.getvalue(), "image/png", Wanted(PLAIN.types, 100))


def test_a_photo_of_a_hundred_million_pixels_becomes_a_smaller_one(remade):
    held = io.BytesIO()
    Image.new("L", (10_000, 10_000), 9).save(held, "JPEG")
    told, _ = remade(held.getvalue(), "image/jpeg")
    assert told.width == told.height == 2500
    assert told.width * told.height <= KEPT_PIXELS


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_a_moving_picture_goes_on_moving_or_does_not_go(remade, form):
    mime = f"image/{form.lower()}"
    _, kept = remade(files.moving(form), mime, MOVING)
    with Image.open(io.BytesIO(kept)) as image:
        assert getattr(image, "n_frames", 1) == 3
    with pytest.raises(BadInput, match="video"):
        remade(files.moving(form), mime, PLAIN)


@pytest.mark.parametrize("mime", ["image/heic", "image/tiff", "text/html"])
def test_what_cannot_be_unpacked_here_says_so(remade, mime):
    with pytest.raises(BadInput, match="JPEG"):
        remade(b"x", mime)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_picture_that_is_cut_short_is_refused(remade, form, part):
    whole = files.picture(form, (200, 200))
    with pytest.raises(BadInput):
        remade(whole[: int(len(whole) * part)], f"image/{form.lower()}")
