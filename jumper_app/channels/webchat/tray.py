"""Where visitors' files wait until they are fetched like any provider's: one folder of ours.

A file's place names whose it is, so that nobody can send what somebody else has put there.
"""

import hashlib
import re
import secrets
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from jumper_app.channels.contract import MIB
from jumper_app.settings import settings

from .posts import File

PLACE = re.compile(r"[0-9a-f]{32}-[0-9a-f]{32}")

KEPT_FOR = timedelta(days=1)
"""Long enough for every attempt at fetching it; what nobody sent by then is thrown away."""

MOST_BYTES = 2048 * MIB
"""Of all files that wait together."""

FREE_BYTES = 512 * MIB
"""What visitors leave free on the disk, whatever they want to send."""


def has_room() -> bool:
    """May a stranger still lay something down?"""
    here = _folder()
    used = sum(path.stat().st_size for path in here.iterdir())
    return used < MOST_BYTES and shutil.disk_usage(here).free > FREE_BYTES


def put(owner: str, source: Path, *, kind: str, mime: str, filename: str) -> File:
    """Move a whole file into the tray of its owner. It lies on the same disk."""
    place = f"{_whose(owner)}-{secrets.token_hex(16)}"
    file = File.model_validate({"place": place, "kind": kind, "mime": mime, "filename": filename})
    (_folder() / f"{place}.json").write_text(file.model_dump_json())
    source.replace(_folder() / place)
    return file


def find(owner: str, place: str) -> File | None:
    """The file at a place, if it is there and this owner's."""
    if not PLACE.fullmatch(place) or not place.startswith(f"{_whose(owner)}-"):
        return None
    try:
        return File.model_validate_json((_folder() / f"{place}.json").read_bytes())
    except (OSError, ValidationError):
        return None


def path_at(place: str) -> Path | None:
    """Where a file lies; None when it is gone."""
    path = _folder() / place
    return path if PLACE.fullmatch(place) and path.is_file() else None


def sweep(now: datetime) -> int:
    """Throw away what has lain too long. Returns how many files that were."""
    latest = (now - KEPT_FOR).timestamp()
    old = [path for path in _folder().iterdir() if path.stat().st_mtime < latest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    path = settings().data_dir / "tray"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _whose(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()[:32]
