"""Where the bytes of attachments lie: under names of our own, written whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from jumper_app.settings import settings

INCOMING = "incoming"
"""The folder of files that are still coming in; it lies on the same disk as the others."""


def folder() -> Path:
    """Where all attachments lie."""
    return settings().data_dir / "media"


def path_of(public_id: str) -> Path:
    """Where the bytes of an attachment lie. The id is ours: hex, never a name from outside."""
    return folder() / public_id[:2] / public_id


class Landing:
    """A file while it comes in. Implements ``contract.Sink``."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self.path = path
        self.size = 0
        self._file = file
        self._digest = sha256()

    @property
    def sha256(self) -> str:
        """Of what has been written so far, hex."""
        return self._digest.hexdigest()

    def write(self, part: bytes, /) -> int:
        self._digest.update(part)
        self.size += len(part)
        return self._file.write(part)

    def begin_again(self) -> None:
        """Forget what has been written."""
        self._file.seek(0)
        self._file.truncate()
        self._digest, self.size = sha256(), 0

    def flush(self) -> None:
        """Let whoever opens ``path`` see all of it."""
        self._file.flush()

    def keep_as(self, public_id: str) -> None:
        """Make sure that the disk has it, then move it to its place: all of it or nothing.

        Takes a while: never inside a transaction.
        """
        self.flush()
        os.fsync(self._file.fileno())
        place = path_of(public_id)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.replace(place)
        _sync_folder(place.parent)


@contextmanager
def landing() -> Generator[Landing]:
    """A place to write a file to. What was not kept by the end of the block is deleted."""
    there = folder() / INCOMING
    there.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=there)
    path = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield Landing(file, path)
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def copy_into(landing: Landing, public_id: str) -> None:
    """Write the bytes of a kept file into a landing. Raises FileNotFoundError."""
    with path_of(public_id).open("rb") as kept:
        shutil.copyfileobj(kept, landing)


def _sync_folder(path: Path) -> None:
    """Make a new name in a folder last."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
