"""A thread's rows in order, cut so that a new message costs the wire little.

The browser is sent whole lists only, so the rows stand in three of them: ``history``
(hardly ever sent again), ``recent`` and the short ``tail`` that new messages join. A
full tail folds into ``recent``, a full ``recent`` into ``history``. Ticks that move
stand beside the rows until their rows are sent again anyway. Pure: no state, no clock.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .rows import MessageRow

TAIL = 6
"""Rows that a new message is sent with at most."""

RECENT = 64
"""Rows that are sent again when the tail folds."""

WINDOW = 150
"""Rows kept while nobody has asked for older ones."""

TICKS = 24
"""Ticks that may stand beside their rows."""


@dataclass(order=True)
class Place:
    """Where a message stands: by the provider's time, then the provider's id, then ours."""

    at: datetime
    order: str
    id: int
    row: MessageRow = field(compare=False)


class Scroll:
    """The rows of one open conversation.

    Attributes:
        more: There are older messages that are not loaded.
        ticks: Delivery by message id, newer than what the row itself says.
        changed: Which of ``history``, ``recent``, ``tail`` and ``ticks`` the browser
            does not have yet. Whoever sends them clears it.
    """

    def __init__(self) -> None:
        self.more = False
        self.ticks: dict[str, str] = {}
        self.changed: set[str] = set()
        self._places: list[Place] = []
        self._recent_at = 0
        self._tail_at = 0
        self._asked_for_older = False

    def __len__(self) -> int:
        return len(self._places)

    @property
    def history(self) -> list[MessageRow]:
        return [place.row for place in self._places[: self._recent_at]]

    @property
    def recent(self) -> list[MessageRow]:
        return [place.row for place in self._places[self._recent_at : self._tail_at]]

    @property
    def tail(self) -> list[MessageRow]:
        return [place.row for place in self._places[self._tail_at :]]

    @property
    def rows(self) -> list[MessageRow]:
        return [place.row for place in self._places]

    @property
    def oldest(self) -> int | None:
        """The id of the first message that is loaded; None if there is none."""
        return self._places[0].id if self._places else None

    def start(self, places: Iterable[Place], *, more: bool) -> None:
        """Begin anew with what was read."""
        self._places = sorted(places)
        self.more, self._asked_for_older = more, False
        self._recent_at = self._tail_at = len(self._places)
        self.ticks = {}
        self.changed = {"history", "recent", "tail", "ticks"}

    def put_before(self, places: Iterable[Place], *, more: bool) -> None:
        """Add older messages that somebody asked for."""
        known = {place.id for place in self._places}
        older = sorted(place for place in places if place.id not in known)
        self._places = older + self._places
        self._recent_at += len(older)
        self._tail_at += len(older)
        self.more, self._asked_for_older = more, True
        self.changed.add("history")

    def put(self, place: Place) -> bool:
        """Add a message, or draw it as it is now. True if it is new here."""
        index = bisect_left(self._places, place)
        if index < len(self._places) and self._places[index].id == place.id:
            self._draw_anew(index, place)
            return False
        if index == 0 and self.more:
            return False
        insort(self._places, place)
        self._make_room(index)
        return True

    def find(self, public_id: str) -> Place | None:
        """The place of a loaded message."""
        return next((one for one in self._places if one.row["id"] == public_id), None)

    def _draw_anew(self, index: int, place: Place) -> None:
        old, new = self._places[index].row, place.row
        delivery = new.get("delivery", "")
        if old.keys() == new.keys() and {**old, "delivery": delivery} == {
            **new,
            "delivery": delivery,
        }:
            self._tick(old, delivery)
            return
        self._places[index] = place
        self._forget_ticks(index, index + 1)
        self._touch(index)

    def _tick(self, row: MessageRow, delivery: str) -> None:
        if self.ticks.get(row["id"], row.get("delivery", "")) == delivery:
            return
        self.ticks = {**self.ticks, row["id"]: delivery}
        self.changed.add("ticks")
        if len(self.ticks) > TICKS:
            self._write_ticks(0)
            self.changed |= {"history", "recent", "tail"}

    def _make_room(self, index: int) -> None:
        if index < self._recent_at:
            self._recent_at += 1
        if index < self._tail_at:
            self._tail_at += 1
        self._touch(index)
        if len(self._places) - self._tail_at > TAIL:
            self._fold()

    def _fold(self) -> None:
        """Move the tail into ``recent``, and ``recent`` into ``history`` when it is full."""
        self._tail_at = len(self._places)
        sent_from, sent = self._recent_at, {"recent", "tail"}
        if self._tail_at - self._recent_at > RECENT:
            self._recent_at, sent_from = self._tail_at, 0
            sent.add("history")
            self._drop_oldest()
        self._write_ticks(sent_from)
        self.changed |= sent

    def _drop_oldest(self) -> None:
        surplus = len(self._places) - WINDOW
        if surplus <= 0 or self._asked_for_older:
            return
        self._forget_ticks(0, surplus)
        del self._places[:surplus]
        self._recent_at -= surplus
        self._tail_at -= surplus
        self.more = True

    def _write_ticks(self, start: int) -> None:
        """Write ticks into rows that are being sent again anyway."""
        for place in self._places[start:]:
            tick = self.ticks.get(place.row["id"])
            if tick is not None:
                place.row = MessageRow(**{**place.row, "delivery": tick})  # type: ignore[typeddict-item]
        self._forget_ticks(start, len(self._places))

    def _forget_ticks(self, start: int, end: int) -> None:
        written = {place.row["id"] for place in self._places[start:end]} & self.ticks.keys()
        if written:
            self.ticks = {key: tick for key, tick in self.ticks.items() if key not in written}
            self.changed.add("ticks")

    def _touch(self, index: int) -> None:
        if index < self._recent_at:
            self.changed.add("history")
        else:
            self.changed.add("recent" if index < self._tail_at else "tail")
