"""The list as one browser has it, and how it is told of changes.

A list is sent whole whenever it changes, so it is sent rarely: ``base`` holds the whole
list as of its number, ``patches`` the last few changes, numbered on from there. The
browser adds them up (``foldRows`` in ``assets/live.js``) and asks for the whole list
again when a number is missing. What a change costs does not depend on the rows. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypedDict

from .rows import Row

KEPT = 3
"""Patches that are sent together, so that the browser may miss two deltas unharmed."""

KEPT_ROWS = 8
"""Rows in the patches that are sent again; a whole page is not."""


class Base(TypedDict):
    """The whole list, as of change number ``number``."""

    number: int
    rows: list[Row]


class Patch(TypedDict):
    """Change ``number``: rows that are new or drawn otherwise, and ids that left."""

    number: int
    rows: list[Row]
    gone: list[str]


@dataclass
class Shown:
    """Which rows a browser has, without their content."""

    number: int = 0
    more: bool = False
    keys: dict[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])
    """Conversation id → the row's public id and sorting key."""

    def start(self, rows: Iterable[tuple[int, Row]], *, more: bool) -> Base:
        """Begin anew with these rows."""
        placed = list(rows)
        self.number += 1
        self.more = more
        self.keys = {each: (row["id"], row["key"]) for each, row in placed}
        return Base(number=self.number, rows=[row for _, row in placed])

    def add_older(self, rows: Iterable[tuple[int, Row]], *, more: bool) -> Patch | None:
        """Add a page below."""
        self.more = False
        patch = self.change(rows, ())
        self.more = more
        return patch

    def change(self, rows: Iterable[tuple[int, Row]], gone: Iterable[int]) -> Patch | None:
        """Put rows that are new or drawn otherwise, take away others; None if nothing shows."""
        left = [self.keys.pop(each)[0] for each in sorted(gone) if each in self.keys]
        put = [(each, row) for each, row in rows if self._reaches(each, row)]
        if not put and not left:
            return None
        self.keys |= {each: (row["id"], row["key"]) for each, row in put}
        self.number += 1
        return Patch(number=self.number, rows=[row for _, row in put], gone=left)

    def _reaches(self, conversation_id: int, row: Row) -> bool:
        """A row below the last one shown comes with *Show more*."""
        if conversation_id in self.keys or not self.more:
            return True
        return row["key"] > min((key for _, key in self.keys.values()), default="")


def kept(patches: list[Patch], patch: Patch) -> list[Patch]:
    """The patches to send, the newest last."""
    again = patches[1 - KEPT :]
    while sum(len(one["rows"]) for one in again) > KEPT_ROWS:
        again = again[1:]
    return [*again, patch]
