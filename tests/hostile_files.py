"""Files that want to run in a browser, to be taken for others, or to eat a machine."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests import files

HIT = "localStorage.setItem('hit',document.URL);document.title='hit'"
"""What a file does if it runs; nobody else ever does it."""

SCRIPT = f"<script>{HIT}</script>"

MARKUP = {
    "html": f"<html><body>{SCRIPT}</body></html>",
    "doctype": f"<!DOCTYPE html>{SCRIPT}",
    "bom": f"\ufeff<html>{SCRIPT}",
    "blanks": f"\n\n   \t<html>{SCRIPT}",
    "comment": f"<!-- a picture -->{SCRIPT}",
    "svg": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{HIT}">{SCRIPT}</svg>',
    "xml": f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>',
    "xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{SCRIPT}</body></html>',
    "onerror": f'<img src=x onerror="{HIT}">',
    "php": f"<?php echo '{SCRIPT}'; ?>",
    "word-html": f'<html xmlns:w="urn:schemas-microsoft-com:office:word">{SCRIPT}</html>',
}
DISGUISES = ("html", "svg", "png", "jpg", "txt", "pdf", "doc")

PROGRAMS = {
    "program.exe": b"MZ\x90\x00" + bytes(200),
    "program.pdf": b"MZ\x90\x00" + bytes(200),
    "library.so": b"\x7fELF" + bytes(200),
    "script.js": HIT.encode(),
    "script.sh": b"#!/bin/sh\nrm -rf /\n",
    "script.txt": b"#!/usr/bin/env python\nprint('hi')\n",
    "script.bat": b"@echo off\r\ndel *.*\r\n",
    "flash.swf": b"FWS\x09" + bytes(60),
    "wasm.wasm": b"\x00asm\x01\x00\x00\x00",
    "link.lnk": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
    "page.mht": b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + SCRIPT.encode(),
    "style.css": b"body{background:url(//evil.example/x)}",
}


def appended(content: bytes) -> bytes:
    return content + SCRIPT.encode()


def _comment(content: bytes) -> bytes:
    """A JPEG with a page in its comment."""
    words = SCRIPT.encode()
    return content[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + content[2:]


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *extra: bytes, rows: bytes = b"") -> bytes:
    """A PNG that says it is so large, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(rows, 1))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(extra) + data + chunk(b"IEND", b"")
    )


def two_things() -> Iterator[tuple[str, bytes]]:
    """Files that are one thing and another as well."""
    archive = files.archive(evil_dot_js=HIT)
    jpeg, small, film = files.picture("JPEG"), files.picture("PNG"), files.film(b"isom")
    yield "script.gif", b"GIF89a/*" + bytes(20) + f"*/=1;{HIT}".encode()
    yield "page.gif", files.picture("GIF") + SCRIPT.encode()
    yield "comment.jpg", _comment(jpeg)
    yield "page.jpg", appended(jpeg)
    yield "archive.jpg", jpeg + archive
    yield "text.png", small[:33] + chunk(b"tEXt", b"a\0" + SCRIPT.encode()) + small[33:]
    yield "page.png", appended(small)
    yield "page.webp", appended(files.picture("WEBP"))
    yield "page.pdf", f"%PDF-1.4\n{SCRIPT}\n%%EOF".encode()
    yield "archive.pdf", files.pdf() + archive
    yield "late.pdf", SCRIPT.encode() + files.pdf()
    yield "script.pdf", files.pdf("2 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj")
    yield "page.mp4", appended(film)
    yield "inside.mp4", files.box(b"ftyp", b"isom" + SCRIPT.encode()) + files.box(b"moov")
    yield "archive.mp4", film + archive
    yield "page.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x3f" + SCRIPT.encode() + files.mp3()
    yield "page.ogg", files.named("audio/ogg")[1][:60] + SCRIPT.encode()
    yield "macro.docx", files.archive(**{"[Content_Types].xml": "", "word/vbaProject.bin": "x"})
    yield "program.docx", files.archive(**{"META-INF/MANIFEST.MF": "Main-Class: Evil"})
    yield "prefixed.docx", SCRIPT.encode() + files.office("word")
    yield "tailed.docx", appended(files.office("word"))
    yield "packed.zip", archive
    yield "page.doc", files.old_office("Workbook")
    yield "photo.png.exe", small
    yield "photo\u202egnp.exe", small
    yield "invoice.pdf.html", files.pdf()


def hostile() -> dict[str, tuple[str, bytes]]:
    """By a name for the test: what the file is called, and its bytes."""
    found = {
        f"{kind} as {ending}": (f"a.{ending}", words.encode())
        for kind, words in MARKUP.items()
        for ending in DISGUISES
    }
    found |= {name: (name, content) for name, content in PROGRAMS.items()}
    return found | {f"two things: {name}": (name, content) for name, content in two_things()}


def _gif_of_many_frames(count: int) -> bytes:
    """Each frame one pixel: 20 bytes a frame."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\x04\0\1\0\0\0" + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
    return head + (frame + b"\x02\x02\x44\x01\0") * count + b";"


def _jpeg_of_many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    whole = files.picture("JPEG", (3000, 2000), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * count + b"\xff\xd9"


def _jpeg_that_lies(width: int, height: int) -> bytes:
    """A small JPEG that says it is large."""
    whole = bytearray(files.picture("JPEG"))
    at = whole.index(b"\xff\xc0") + 5
    whole[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(whole)


def _webp_that_lies() -> bytes:
    canvas = struct.pack("<I", 16382)[:3]
    head = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas + canvas
    return b"RIFF" + struct.pack("<I", 4 + len(head)) + b"WEBP" + head


def _avif_that_lies() -> bytes:
    whole = files.picture("AVIF")
    at = whole.index(b"ispe") + 8
    return whole[:at] + struct.pack(">II", 16384, 16384) + whole[at + 8 :]


def _many_entries(count: int) -> bytes:
    """An archive whose directory says that it holds so many files."""
    whole = bytearray(files.office("word"))
    end = whole.rindex(b"PK\x05\x06")
    whole[end + 8 : end + 12] = struct.pack("<HH", count, count)
    return bytes(whole)


def _zip_bomb() -> bytes:
    names = {"[Content_Types].xml": "", "word/document.xml": "\0" * 50_000_000}
    return files.archive(**names)


def _large_picture(form: str, size: tuple[int, int]) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, "navy").save(held, form)
    return held.getvalue()


def _turned_photo() -> bytes:
    """A phone's photo, lying on its side, in the kind of JPEG that is unpacked whole."""
    held, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    grain = Image.effect_noise((504, 378), 60).resize((4032, 3024)).convert("RGB")
    grain.save(held, "JPEG", progressive=True, exif=exif)
    return held.getvalue()


def bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that would unpack to something huge, or take for ever."""
    yield "huge.png", png(50_000, 50_000, rows=bytes(600_000))
    yield "wide.png", png(16_000_000, 1, rows=bytes(600_000))
    yield "just-too-many.png", png(4_001, 4_000, rows=bytes(64_000_000))
    yield "deep.png", png(64, 64, rows=bytes(60_000_000))
    yield "words.png", png(8, 8, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60_000_000), 1)))
    yield (
        "words-twice.png",
        png(8, 8, chunk(b"iTXt", b"a\0\1\0\0\0" + zlib.compress(bytes(60_000_000), 1))),
    )
    yield "profile.png", png(8, 8, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(60_000_000), 1)))
    yield "most.png", _large_picture("PNG", (4_000, 4_000))
    yield "huge.jpg", _jpeg_that_lies(65_500, 65_500)
    yield "large.jpg", _jpeg_that_lies(10_001, 10_000)
    yield "most.jpg", _large_picture("JPEG", (10_000, 10_000))
    yield "turned.jpg", _turned_photo()
    yield "scans.jpg", _jpeg_of_many_scans(50)
    yield "too-many-scans.jpg", _jpeg_of_many_scans(300)
    yield "huge.gif", b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b";"
    yield "frames.gif", _gif_of_many_frames(100_000)
    yield "huge.webp", _webp_that_lies()
    yield "most.webp", _large_picture("WEBP", (2_345, 2_345))
    yield "huge.avif", _avif_that_lies()
    yield "most.avif", _large_picture("AVIF", (2_800, 2_800))
    yield "bomb.docx", _zip_bomb()
    yield "entries.docx", _many_entries(65_535)
