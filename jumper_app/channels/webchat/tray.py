"""Where visitors' files wait until they are fetched like any provider's: one folder of ours.

A file's place names whose it is, so that nobody can send what somebody else has put there.
"""

import hashlib
import os
import re
import secrets
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from jumper_app.settings import settings

PLACE = re.compile(r"[0-9a-f]{32}-[0-9a-f]{32}")
KEPT_FOR = timedelta(days=2)
"""Long enough for every attempt at fetching it; what nobody sent by then is thrown away."""


def folder() -> Path:
    """The tray, made at first use."""
    path = settings().data_dir / "tray"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def put(owner: str, content: bytes) -> str:
    """Lay a file in the tray for its owner, whole or not at all; its place."""
    place = f"{_whose(owner)}-{secrets.token_hex(16)}"
    handle, neighbour = tempfile.mkstemp(dir=folder())
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(neighbour).replace(folder() / place)
    return place


def holds(owner: str, place: str) -> bool:
    """Is there such a file of this owner?"""
    return place.startswith(f"{_whose(owner)}-") and _path(place) is not None


def look(place: str) -> bytes | None:
    """The bytes at a place; None when they are gone."""
    path = _path(place)
    return path.read_bytes() if path else None


def sweep(now: datetime) -> None:
    """Throw away what has lain too long."""
    latest = (now - KEPT_FOR).timestamp()
    for path in folder().iterdir():
        if path.stat().st_mtime < latest:
            path.unlink(missing_ok=True)


def _whose(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()[:32]


def _path(place: str) -> Path | None:
    path = folder() / place if PLACE.fullmatch(place) else None
    return path if path and path.is_file() else None
