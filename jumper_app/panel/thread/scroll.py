"""A thread's rows in order, cut so that a new message costs the wire little.

The browser is sent whole lists only, so the rows stand in three of them: ``history``
(hardly ever sent again), ``recent`` and the short ``tail`` that new messages join. A
full tail folds into ``recent``, a full ``recent`` into ``history``. Ticks that move
stand beside the rows until their rows are sent again anyway. Pure: no state, no clock.

A browser holds a bounded stretch of a thread. Where older rows are asked for, the newest
give way, and the stretch ends before the thread does (``newer``); what arrives then is
counted and not added.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .rows import MessageRow, Tick

TAIL = 6
"""Rows that a new message is sent with at most."""

RECENT = 64
"""Rows that are sent again when the tail folds."""

WINDOW = 150
"""Rows kept while nobody has asked for older ones."""

MOST = 300
"""Rows kept however many pages are asked for."""

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
        newer: There are newer messages that are not loaded.
        waiting: How many messages arrived since the end of the thread was let go.
        ticks: Delivery by message id, newer than what the row itself says.
        changed: Which of ``history``, ``recent``, ``tail`` and ``ticks`` the browser
            does not have yet. Whoever sends them clears it.
    """

    def __init__(self) -> None:
        self.more = self.newer = False
        self.waiting = 0
        self.ticks: dict[str, Tick] = {}
        self.changed: set[str] = set()
        self._places: list[Place] = []
        self._recent_at = 0
        self._tail_at = 0
        self._asked_for_older = self._let_go = False
        self._end: Place | None = None

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

    @property
    def between(self) -> tuple[int, int] | None:
        """The ids of the first and last row of a stretch that ends before the thread does."""
        return (self._places[0].id, self._places[-1].id) if self.newer else None

    @property
    def end(self) -> int:
        """The id of the thread's newest message, loaded or not; 0 if there is none."""
        return self._end.id if self._end else 0

    def heard_until(self, message_id: int) -> list[str]:
        """The public ids of the customer's loaded messages, up to the one with this id."""
        heard = (place for place in self._places if place.row["kind"] == "customer")
        return [place.row["id"] for place in heard if place.id <= message_id]

    def start(
        self,
        places: Iterable[Place],
        *,
        more: bool,
        newer: bool = False,
        end: Place | None = None,
    ) -> None:
        """Begin anew with what was read. ``end``: the newest message, if ``newer``."""
        self._places = sorted(places)
        self.more, self.newer = more, newer
        self._asked_for_older = self._let_go = newer
        self.waiting = 0
        self._end = end or (self._places[-1] if self._places else None)
        self._recent_at = self._tail_at = len(self._places)
        self.ticks = {}
        self.changed = {"history", "recent", "tail", "ticks"}

    def put_before(self, places: Iterable[Place], *, more: bool) -> None:
        """Add older messages that somebody asked for; the newest give way to them."""
        known = {place.id for place in self._places}
        older = sorted(place for place in places if place.id not in known)
        self._places = older + self._places
        self._recent_at += len(older)
        self._tail_at += len(older)
        self.more, self._asked_for_older = more, True
        self.changed.add("history")
        if len(self._places) > MOST:
            self._drop_newest(len(self._places) - MOST)

    def put_after(self, places: Iterable[Place], *, newer: bool) -> None:
        """Add newer messages that somebody asked for; the oldest give way to them."""
        known = {place.id for place in self._places}
        self._places += sorted(place for place in places if place.id not in known)
        self.newer = newer
        self._end = max(filter(None, (self._end, *self._places[-1:])), default=None)
        self._recent_at = self._tail_at = len(self._places)
        self.changed |= {"history", "recent", "tail"}
        self._drop_oldest(len(self._places) - MOST)

    def put(self, place: Place) -> bool:
        """Add a message, or draw it as it is now. True if it is new here."""
        index = bisect_left(self._places, place)
        if index < len(self._places) and self._places[index].id == place.id:
            self._draw_anew(index, place)
            return False
        if index == 0 and self.more:
            return False
        if index == len(self._places) and self._is_beyond(place):
            return False
        insort(self._places, place)
        self._make_room(index)
        return True

    def _is_beyond(self, place: Place) -> bool:
        """Does it stand behind a stretch that ends before the thread does, or is full?"""
        is_new = self._end is None or self._end < place
        if is_new:
            self._end = place
        if self._asked_for_older and len(self._places) >= MOST + RECENT:
            self._let_go_of_the_end()
        if self._let_go and is_new and place.row["kind"] != "status":
            self.waiting += 1
        return self.newer

    def _let_go_of_the_end(self) -> None:
        if not self.newer:
            self.newer, self._let_go, self.waiting = True, True, 0

    def find(self, public_id: str) -> Place | None:
        """The place of a loaded message."""
        return next((one for one in self._places if one.row["id"] == public_id), None)

    def _draw_anew(self, index: int, place: Place) -> None:
        old, new = self._places[index].row, place.row
        tick = _tick_of(new)
        if {**old, **tick} == {**new, **tick}:
            self._tick(old, tick)
            return
        self._places[index] = place
        self._forget_ticks(index, index + 1)
        self._touch(index)

    def _tick(self, row: MessageRow, tick: Tick) -> None:
        if self.ticks.get(row["id"], _tick_of(row)) == tick:
            return
        self.ticks = {**self.ticks, row["id"]: tick}
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
        if len(self._places) > MOST + RECENT + TAIL:
            self._drop_oldest(len(self._places) - MOST)

    def _fold(self) -> None:
        """Move the tail into ``recent``, and ``recent`` into ``history`` when it is full."""
        self._tail_at = len(self._places)
        sent_from, sent = self._recent_at, {"recent", "tail"}
        if self._tail_at - self._recent_at > RECENT:
            self._recent_at, sent_from = self._tail_at, 0
            sent.add("history")
            if not self._asked_for_older:
                self._drop_oldest(len(self._places) - WINDOW)
        self._write_ticks(sent_from)
        self.changed |= sent

    def _drop_oldest(self, surplus: int) -> None:
        if surplus <= 0:
            return
        self._forget_ticks(0, surplus)
        del self._places[:surplus]
        if surplus > self._recent_at:
            self.changed |= {"recent", "tail"}
        self._recent_at = max(0, self._recent_at - surplus)
        self._tail_at = max(0, self._tail_at - surplus)
        self.changed.add("history")
        self.more = True

    def _drop_newest(self, surplus: int) -> None:
        self._write_ticks(0)
        self._let_go_of_the_end()
        del self._places[-surplus:]
        self._recent_at = self._tail_at = len(self._places)
        self.changed |= {"history", "recent", "tail"}

    def _write_ticks(self, start: int) -> None:
        """Write ticks into rows that are being sent again anyway."""
        for place in self._places[start:]:
            tick = self.ticks.get(place.row["id"])
            if tick is not None:
                place.row = MessageRow(**{**place.row, **tick})  # type: ignore[typeddict-item]
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


def _tick_of(row: MessageRow) -> Tick:
    return Tick(delivery=row.get("delivery", ""), after=row.get("after", {}))
