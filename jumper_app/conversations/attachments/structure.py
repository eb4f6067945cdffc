"""Is the whole file what its first bytes say? Each question is answered in bounded time.

A file that is two things at once (a picture with a page behind it, a film with a program
at its end) fails here, because its own structure does not reach from its start to its end.
"""

import re
import struct
import zipfile
from collections.abc import Iterator

from .content import Content

MOST_BOXES = 10_000
MOST_ENTRIES = 10_000
LARGEST_DIRECTORY = 4 * 1024 * 1024
"""Bytes of an archive's list of entries that are read."""

ARCHIVE_END = b"PK\x05\x06"
ARCHIVE_END_LENGTH = 22
NEAR_END = 66_000
"""Bytes before the end in which an archive may hide: its end record and longest comment."""

MARKUP = re.compile(
    rb"<\s*(script|html|head|body|svg|iframe|object|embed|!doctype|\?php)", re.IGNORECASE
)
MARKUP_FIRST = re.compile(rb"^(\xef\xbb\xbf)?\s*(<[!?a-z/%]|#!)", re.IGNORECASE)
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
"""What no text holds. 0x1b stays: some texts carry colours of a terminal."""

DANGEROUS_PARTS = ("vbaproject.bin", "meta-inf/manifest.mf", "classes.dex", "androidmanifest.xml")


def is_film(content: Content, *brands: bytes) -> bool:
    """An ISO media file of one of these brands, made of boxes from its start to its end."""
    brand = content.at(8, 4)
    named = content.at(4, 4) == b"ftyp" and any(brand.startswith(one) for one in brands)
    return named and b"moov" in set(_boxes(content))


def _boxes(content: Content) -> Iterator[bytes]:
    """The names of the outermost boxes; nothing if they do not fill the file exactly."""
    names: list[bytes] = []
    place = 0
    while place < content.size and len(names) < MOST_BOXES:
        length, name = content.number(place, 4), content.at(place + 4, 4)
        if length == 1:
            length = content.number(place + 8, 8)
        elif length == 0:
            length = content.size - place
        if length < 8 or not re.fullmatch(rb"[ -~\xa9]{4}", name):
            return iter(())
        names.append(name)
        place += length
    return iter(names if place == content.size else ())


def is_office(content: Content, folder: str) -> bool:
    """An Office file (a zip archive) whose document lies in ``folder``. It is never unpacked."""
    if not content.beginning.startswith(b"PK\x03\x04"):
        return False
    names = _entries(content)
    dangerous = any(name.lower().endswith(DANGEROUS_PARTS) for name in names)
    return (
        not dangerous
        and "[Content_Types].xml" in names
        and any(name.startswith(f"{folder}/") for name in names)
    )


def _entries(content: Content) -> set[str]:
    """The entries of an archive that begins and ends with the file; none if it is odd."""
    end = content.mapped.rfind(ARCHIVE_END, max(0, content.size - NEAR_END))
    if (
        end < 0
        or end + ARCHIVE_END_LENGTH + content.number(end + 20, 2, little=True) != content.size
    ):
        return set()
    count = content.number(end + 10, 2, little=True)
    length, start = struct.unpack("<II", content.at(end + 12, 8))
    if count > MOST_ENTRIES or length > LARGEST_DIRECTORY or start + length != end:
        return set()
    try:
        with zipfile.ZipFile(_Window(content)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError):
        return set()


class _Window:
    """A mapped file as ``zipfile`` wants it: it can be read and wound, and is not closed."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._place = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._place, self._content.size)[whence]
        self._place = max(0, base + offset)
        return self._place

    def tell(self) -> int:
        return self._place

    def seekable(self) -> bool:
        return True

    def read(self, length: int = -1) -> bytes:
        length = self._content.size if length < 0 else length
        found = self._content.at(self._place, length)
        self._place += len(found)
        return found


def is_old_office(content: Content, stream: str) -> bool:
    """A file of the older Office that has a stream of this name."""
    is_ole = content.beginning.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return is_ole and content.find(f"{stream}\0".encode("utf-16-le")) >= 0


def is_pdf(content: Content) -> bool:
    """A PDF from its first byte to its end mark."""
    return content.beginning.startswith(b"%PDF-") and b"%%EOF" in content.end(1024)


def is_text(content: Content) -> bool:
    """Nothing but text, and no page or program of which somebody says it is text."""
    if MARKUP_FIRST.match(content.beginning):
        return False
    return CONTROLS.search(content.mapped) is None


def is_sound(content: Content) -> bool:
    """MPEG audio: a frame at the start, or right behind its tag."""
    start = 0
    if content.beginning.startswith(b"ID3"):
        start = 10 + _without_high_bits(content.at(6, 4))
    first, second, third = (*content.at(start, 3), 0, 0, 0)[:3]
    version, layer, rate = second >> 3 & 3, second >> 1 & 3, third >> 4
    return first == 0xFF and second >= 0xE0 and version != 1 and layer == 1 and 0 < rate < 15


def _without_high_bits(size: bytes) -> int:
    """A number of seven bits a byte. Source: ID3v2.4, 3.1."""
    total = 0
    for one in size:
        total = total << 7 | one & 0x7F
    return total


def is_two_things(content: Content) -> bool:
    """Does a page stand where a browser would look, or an archive at the end?"""
    return MARKUP.search(content.beginning) is not None or ARCHIVE_END in content.end(NEAR_END)
