"""What a file may be called: a plain name, the same for every system and every eye."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
"""Characters; with four bytes each it still fits every file system's name."""

UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
"""Controls, and what turns the direction of writing: with it ``gpj.exe`` reads ``exe.jpg``."""

FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for itself."""


def plain_name(filename: str, ending: str = "") -> str:
    """The last part of ``filename`` without anything that hides or leads elsewhere.

    Args:
        ending: What it shall end with, in place of its own; empty keeps its own.
    """
    flat = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    clean = FORBIDDEN.sub("_", UNSEEN.sub("", flat)).strip(" .")
    own = PurePosixPath(clean).suffix
    stem = clean.removesuffix(own) if own else clean
    stem = stem.strip(" .") or "file"
    if DEVICES.fullmatch(stem):
        stem = f"_{stem}"
    last = ending or own
    return stem[: LONGEST - len(last)] + last
