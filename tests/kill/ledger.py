"""What the outside world knows: an append-only file in another process than the killed one."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TextIO


class Ledger:
    """Writes line after line, each handed to the system before the next step."""

    def __init__(self, path: Path) -> None:
        self._file: TextIO = path.open("a", buffering=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def enter(self, what: str, **facts: Any) -> None:
        """Note that something happened."""
        self._file.write(json.dumps({"what": what, **facts}) + "\n")


@dataclass
class World:
    """A ledger read back.

    Attributes:
        posted: The text of every message that was ever posted, by its id.
        acknowledged: The ids of those that were answered 200.
        accepted: How often a message of ours was accepted, by its reference.
    """

    posted: dict[str, str] = field(default_factory=dict[str, str])
    acknowledged: set[str] = field(default_factory=set[str])
    accepted: Counter[str] = field(default_factory=Counter[str])


def read(path: Path) -> World:
    """The ledger so far; a last line that is still being written is left out."""
    world = World()
    for line in path.read_text().splitlines(keepends=True):
        if line.endswith("\n"):
            _add(world, json.loads(line))
    return world


def _add(world: World, line: dict[str, Any]) -> None:
    match line["what"]:
        case "posted":
            world.posted.update(line["messages"])
        case "acknowledged":
            world.acknowledged.update(line["ids"])
        case "accepted":
            world.accepted[line["reference"]] += 1


class Tail:
    """Counts acknowledgements as they come."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0

    def acknowledged(self) -> int:
        """How many deliveries were answered 200 since the last look."""
        if not self._path.exists():
            return 0
        with self._path.open("rb") as file:
            file.seek(self._read)
            news = file.read()
        self._read += len(news)
        return news.count(b'"acknowledged"')
