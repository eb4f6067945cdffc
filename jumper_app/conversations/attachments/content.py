"""The bytes of a file under examination: never read whole, whatever they claim to be."""

import mmap
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BEGINNING = 4096
"""Bytes at the start that most questions are answered from; browsers look at 1445."""


@dataclass(frozen=True)
class Content:
    """A mapped file. ``beginning``: its first bytes."""

    beginning: bytes
    size: int
    mapped: mmap.mmap

    def at(self, offset: int, length: int) -> bytes:
        """Bytes from a place; fewer at the end, none outside."""
        return self.mapped[offset : offset + length] if 0 <= offset < self.size else b""

    def number(self, offset: int, length: int, *, little: bool = False) -> int:
        """A whole number at a place; 0 outside."""
        return int.from_bytes(self.at(offset, length), "little" if little else "big")

    def end(self, length: int) -> bytes:
        """The last bytes."""
        return self.mapped[max(0, self.size - length) :]

    def find(self, wanted: bytes, start: int = 0) -> int:
        """Where these bytes first stand, -1 for nowhere."""
        return self.mapped.find(wanted, start)


@contextmanager
def opened(path: Path) -> Generator[Content]:
    """Map a file that is not empty."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        yield Content(mapped[:BEGINNING], len(mapped), mapped)
