"""What a file is: told by its content, and believed only if its name agrees."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jumper_app.errors import BadInput

from .content import Content, opened
from .structure import (
    is_film,
    is_office,
    is_old_office,
    is_pdf,
    is_sound,
    is_text,
    is_two_things,
)

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class FileType:
    """A kind of file that may pass through us.

    Attributes:
        called: What people call it.
        endings: What its name may end with; the first is given to one that has none.
        test: Looks at the content.
        alone: It goes on as it is, so it must not be anything else as well. Pictures are
            made anew, an Office file is an archive itself, and text is only text.
    """

    mime: str
    called: str
    endings: tuple[str, ...]
    test: Callable[[Content], bool]
    alone: bool = False


def _begins(*marks: bytes) -> Callable[[Content], bool]:
    return lambda content: content.beginning.startswith(marks)


def _riff(form: bytes) -> Callable[[Content], bool]:
    return lambda content: content.at(0, 4) == b"RIFF" and content.at(8, 4) == form


def _brand(*brands: bytes) -> Callable[[Content], bool]:
    return lambda content: content.at(4, 4) == b"ftyp" and content.at(8, 4) in brands


def _film(*brands: bytes) -> Callable[[Content], bool]:
    return lambda content: is_film(content, *brands)


def _office(folder: str) -> Callable[[Content], bool]:
    return lambda content: is_office(content, folder)


def _old_office(*streams: str) -> Callable[[Content], bool]:
    return lambda content: any(is_old_office(content, stream) for stream in streams)


def _ogg(content: Content) -> bool:
    return content.beginning.startswith(b"OggS") and (
        b"OpusHead" in content.beginning[:128] or b"\x01vorbis" in content.beginning[:128]
    )


def _webm(content: Content) -> bool:
    return content.beginning.startswith(b"\x1aE\xdf\xa3") and b"webm" in content.beginning[:64]


def _adts(content: Content) -> bool:
    return content.at(0, 1) == b"\xff" and content.number(1, 1) & 0xF6 == 0xF0


TYPES = (
    FileType("image/jpeg", "JPEG", (".jpg", ".jpeg", ".jfif"), _begins(b"\xff\xd8\xff")),
    FileType("image/png", "PNG", (".png",), _begins(b"\x89PNG\r\n\x1a\n")),
    FileType("image/gif", "GIF", (".gif",), _begins(b"GIF87a", b"GIF89a")),
    FileType("image/webp", "WebP", (".webp",), _riff(b"WEBP")),
    FileType("image/avif", "AVIF", (".avif",), _brand(b"avif")),
    FileType(
        "image/heic",
        "HEIC",
        (".heic", ".heif"),
        _brand(b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"),
    ),
    FileType("audio/mp4", "M4A", (".m4a",), _film(b"M4A", b"M4B"), alone=True),
    FileType("video/3gpp", "3GP", (".3gp", ".3gpp"), _film(b"3g"), alone=True),
    FileType("video/quicktime", "MOV", (".mov",), _film(b"qt  "), alone=True),
    FileType(
        "video/mp4",
        "MP4",
        (".mp4", ".m4v"),
        _film(b"iso", b"mp4", b"avc", b"M4V", b"MSNV", b"dash"),
        alone=True,
    ),
    FileType("video/webm", "WebM", (".webm",), _webm, alone=True),
    FileType("audio/ogg", "OGG", (".ogg", ".oga", ".opus"), _ogg, alone=True),
    FileType("audio/wav", "WAV", (".wav",), _riff(b"WAVE"), alone=True),
    FileType("audio/amr", "AMR", (".amr",), _begins(b"#!AMR\n", b"#!AMR-WB\n"), alone=True),
    FileType("audio/aac", "AAC", (".aac",), _adts, alone=True),
    FileType("audio/mpeg", "MP3", (".mp3",), is_sound, alone=True),
    FileType("application/pdf", "PDF", (".pdf",), is_pdf, alone=True),
    FileType(f"{OFFICE}.wordprocessingml.document", "Word", (".docx",), _office("word")),
    FileType(f"{OFFICE}.spreadsheetml.sheet", "Excel", (".xlsx",), _office("xl")),
    FileType(f"{OFFICE}.presentationml.presentation", "PowerPoint", (".pptx",), _office("ppt")),
    FileType("application/msword", "Word", (".doc",), _old_office("WordDocument"), alone=True),
    FileType(
        "application/vnd.ms-excel", "Excel", (".xls",), _old_office("Workbook", "Book"), alone=True
    ),
    FileType(
        "application/vnd.ms-powerpoint",
        "PowerPoint",
        (".ppt",),
        _old_office("PowerPoint Document"),
        alone=True,
    ),
    FileType("text/plain", "text", (".txt", ".csv", ".log", ".md"), is_text),
)
"""In the order in which they are tried: whoever looks more closely comes first."""

BY_MIME = {each.mime: each for each in TYPES}


SHOWN = frozenset(
    each.mime for each in TYPES if each.mime.partition("/")[0] in {"image", "video", "audio"}
) - {"image/heic", "image/avif"}
"""What a browser may draw in a page of ours."""


def look(path: Path) -> FileType | None:
    """What a file is by its content; None for nothing that may pass through us."""
    if path.stat().st_size == 0:
        return None
    with opened(path) as content:
        found = next((each for each in TYPES if each.test(content)), None)
        return None if found and found.alone and is_two_things(content) else found


def identify(path: Path, filename: str) -> FileType:
    """What a file is, if its name agrees. Raises BadInput when it is nothing that we pass on."""
    if path.stat().st_size == 0:
        raise BadInput("This file is empty.")
    found = look(path)
    if found is None:
        raise BadInput("This kind of file cannot be sent.")
    ending = PurePosixPath(filename).suffix.lower()
    if ending and not _agrees(ending, found):
        raise BadInput(f"This file is not what its name says: it ends in {ending}.")
    return found


def _agrees(ending: str, found: FileType) -> bool:
    """Pictures are made anew and renamed, so that any picture's name will do for them."""
    if found.mime.startswith("image/"):
        return any(ending in each.endings for each in TYPES if each.mime.startswith("image/"))
    return ending in found.endings
